"""How facts are set on a label of a size: three sizes of letters, the price the largest, in the shop's words."""

from dataclasses import dataclass

from config.reference.label_stocks import LabelStock
from core.i18n import gettext, written, written_day
from core.quantity import Unit
from inventory.labels.label_facts import LabelFacts
from inventory.labels.label_kind import LabelKind
from printers.labels.label import Label, LabelText
from printers.labels.stock_room import printed_height


@dataclass(frozen=True, slots=True)
class LetterSizes:
    """Heights of letters in tenths of a millimetre on labels at least so high."""

    least_height: int
    name: int
    name_lines: int
    price: int
    small: int


# The first that fits the height. Small print is 1,9 mm and more: what a customer must read is not set smaller.
SIZES = (
    LetterSizes(600, name=52, name_lines=3, price=130, small=34),
    LetterSizes(360, name=34, name_lines=2, price=58, small=24),
    LetterSizes(326, name=30, name_lines=2, price=52, small=22),
    LetterSizes(250, name=27, name_lines=2, price=42, small=21),
    LetterSizes(0, name=22, name_lines=1, price=32, small=19),
)


def design(facts: LabelFacts, stock: LabelStock) -> Label:
    """The label of these facts for a stock; what does not fit is left out by the printer's room and told by it."""
    sizes = next(one for one in SIZES if printed_height(stock) >= one.least_height)
    parts = _lot_parts(facts, sizes) if facts.kind is LabelKind.LOT else _priced_parts(facts, sizes)
    return Label(tuple(part for part in parts if part.text or part.right), facts.symbol)


def _priced_parts(facts: LabelFacts, sizes: LetterSizes) -> list[LabelText]:
    """Product and shelf labels: name, price, then what the buyer compares by, then stars, days and origin."""
    price = price_words(facts)
    return [
        LabelText(facts.name, sizes.name, bold=True, lines=sizes.name_lines, needed=True),
        LabelText(price, sizes.price, bold=True, needed=True, whole=True),
        LabelText(*_pack_and_measure(facts, sizes)),
        *_days(facts, sizes),
        LabelText(stars_words(facts), sizes.small, whole=True),
        LabelText(origin_words(facts), sizes.small, lines=2),
    ]


def _lot_parts(facts: LabelFacts, sizes: LetterSizes) -> list[LabelText]:
    """Lot labels: name and pack, lot, days, whose they are."""
    return [
        LabelText(facts.name, sizes.name, bold=True, lines=sizes.name_lines, needed=True),
        LabelText(gettext("Lot %(lot)s", lot=facts.lot), sizes.name, needed=True, whole=True),
        *_days(facts, sizes, needed=True),
        LabelText(facts.pack, sizes.small),
        LabelText(stars_words(facts), sizes.small, whole=True),
        LabelText(origin_words(facts), sizes.small, lines=2),
    ]


def price_words(facts: LabelFacts) -> str:
    """The price, by measure where the goods are sold so: 120.000 ₫/kg."""
    if facts.price is None:
        return ""
    return f"{written(facts.price)}/{facts.unit_label}" if facts.by_measure else written(facts.price)


def _pack_and_measure(facts: LabelFacts, sizes: LetterSizes) -> tuple[str, int]:
    """Pack and, where it is known, the price of a kilogram or litre: Hũ 500 g · 240.000 ₫/kg."""
    words = [facts.pack] if facts.pack else []
    if facts.price_of_one is not None and facts.content is not None:
        unit = gettext("kg") if facts.content.unit is Unit.KILOGRAM else gettext("litre")
        words.append(f"{written(facts.price_of_one)}/{unit}")
    return " · ".join(words), sizes.small


def _days(facts: LabelFacts, sizes: LetterSizes, *, needed: bool = False) -> list[LabelText]:
    if facts.best_before is not None:
        said = gettext("Best before %(day)s", day=written_day(facts.best_before))
    elif facts.sell_by is not None:
        said = gettext("Sell by %(day)s", day=written_day(facts.sell_by))
    else:
        return []
    return [LabelText(said, sizes.small, bold=True, needed=needed, whole=True)]


def stars_words(facts: LabelFacts) -> str:
    """OCOP 4 sao đến 30/06/2027: in words, with the last day of the certificate."""
    if facts.stars is None:
        return ""
    until = written_day(facts.stars.until)
    return gettext("OCOP %(stars)s stars until %(day)s", stars=facts.stars.stars, day=until)


def origin_words(facts: LabelFacts) -> str:
    """Who made it, and where, in today's names of places."""
    return ", ".join(words for words in (facts.producer, facts.commune) if words)
