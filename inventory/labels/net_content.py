"""How much is in a pack, read from how people write it: "hũ 500 g", "chai 1,5 lít", "lốc 6 x 330 ml", "2 gói × 250g".

Nothing is guessed: a pack that can be read in two ways, or not at all, has no price for a kilogram.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

from core.money import Money
from core.quantity import Unit
from core.text import fold

_UNITS = {
    "kg": (Unit.KILOGRAM, 1_000_000),
    "kilogram": (Unit.KILOGRAM, 1_000_000),
    "g": (Unit.KILOGRAM, 1_000),
    "gr": (Unit.KILOGRAM, 1_000),
    "gram": (Unit.KILOGRAM, 1_000),
    "gam": (Unit.KILOGRAM, 1_000),
    "l": (Unit.LITRE, 1_000_000),
    "lit": (Unit.LITRE, 1_000_000),
    "ml": (Unit.LITRE, 1_000),
    "cl": (Unit.LITRE, 10_000),
}
_AMOUNT = r"([0-9]{1,5})(?:[.,]([0-9]{1,3}))?\s*(kg|kilogram|gram|gam|gr|g|lit|l|ml|cl)(?![a-z])"
# "6 x 330 ml", "6 chai x 330 ml", "2 goi × 250 g"; a number of pieces without x says nothing of their weight.
_ONE = re.compile(rf"(?<![0-9.,])(?:([0-9]{{1,3}})\s*(?:[a-z]{{1,12}}\s*)?[x×*]\s*)?{_AMOUNT}")


@dataclass(frozen=True, slots=True)
class NetContent:
    """So many millionths of a kilogram or a litre."""

    millionths: int
    unit: Unit

    def price_of_one(self, price: Money) -> Money:
        """What a kilogram or a litre costs when the pack costs this; rounded once.

        >>> NetContent(500_000, Unit.KILOGRAM).price_of_one(Money(120_000)).dong
        240000
        """
        return price.share(Fraction(1_000_000, self.millionths))


def net_content_of(pack: str) -> NetContent | None:
    """What a pack holds; None when its words do not say it in one way only.

    >>> net_content_of("hũ 500 g")
    NetContent(millionths=500000, unit=<Unit.KILOGRAM: 'kg'>)
    """
    words = fold(pack)
    found = list(_ONE.finditer(words))
    if len(found) != 1 or _is_followed_by_more(words, found[0]):
        return None
    count, whole, decimals, name = found[0].groups()
    if decimals is not None and len(decimals) == 3:
        return None  # 1.500 g is a kilogram and a half to one reader and 1,5 g to another
    unit, millionths = _UNITS[name]
    amount = (int(whole) * 1000 + int((decimals or "0").ljust(3, "0"))) * millionths // 1000 * int(count or 1)
    return NetContent(amount, unit) if amount > 0 else None


def _is_followed_by_more(words: str, found: re.Match[str]) -> bool:
    """Whether "x 12" or a range stands behind, so that the amount is not the whole: 250 g x 12, 500 g - 600 g."""
    return re.match(r"\s*(?:[x×*~+/]|-\s*[0-9])", words[found.end() :]) is not None
