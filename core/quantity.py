"""Quantity: thousandths of a piece, kilogram, litre or metre."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from core.errors import RuleBroken
from core.i18n import N_

_NUMBER = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,30}))?")
_DECIMALS = 3


class UnreadableQuantity(RuleBroken, ValueError):
    """What was typed is not a quantity."""

    message = N_("“%(text)s” is not a quantity. Type a number such as 2 or 0,850.")


class TooManyDecimals(RuleBroken, ValueError):
    """Finer than a thousandth."""

    message = N_("“%(text)s” has more than three decimals. Type at most three, such as 0,850.")


class NotDivisible(RuleBroken, ValueError):
    """Part of a thing that is sold whole."""

    message = N_("This is sold by the piece: “%(text)s” is not a whole number. Type 1, 2, 3 …")


class Unit(enum.Enum):
    """What one of a quantity is."""

    PIECE = "piece"
    KILOGRAM = "kg"
    LITRE = "l"
    METRE = "m"

    @property
    def divisible(self) -> bool:
        """Whether a part of one can be sold."""
        return self is not Unit.PIECE

    @property
    def symbol(self) -> str:
        """What is written after the number; nothing for pieces, whose label the product gives."""
        return {"kg": "kg", "l": "lít", "m": "m"}.get(self.value, "")

    def takes(self, quantity: Quantity) -> bool:
        """Whether there can be so much of a thing: pieces come whole.

        >>> Unit.PIECE.takes(Quantity(500)), Unit.KILOGRAM.takes(Quantity(500))
        (False, True)
        """
        return self.divisible or quantity.thousandths % 1000 == 0


@dataclass(frozen=True, slots=True, order=True)
class Quantity:
    """So many thousandths of a unit; stock and sales keep it above zero, differences may be below."""

    thousandths: int

    def __post_init__(self) -> None:
        if type(self.thousandths) is not int:
            raise TypeError(f"Quantity takes whole thousandths, not {self.thousandths!r}")

    @classmethod
    def of(cls, text: str | int, unit: Unit = Unit.PIECE) -> Quantity:
        """Read a quantity as people type it: comma or point before at most three decimals.

        Zero is read too; whether nothing may be sold or counted is the caller's rule.

        >>> Quantity.of("0,850", Unit.KILOGRAM)
        Quantity(thousandths=850)
        """
        if type(text) is int:
            text = str(text)
        if not isinstance(text, str):
            raise TypeError(f"A quantity is read from text or a whole number, not {text!r}")
        found = _NUMBER.fullmatch(text.strip(" \t\r\n"))
        if found is None:
            raise UnreadableQuantity(text=_shown(text))
        whole, decimals = found[1], (found[2] or "")
        if not unit.divisible:
            _refuse_part(text, decimals)
        if len(decimals) > _DECIMALS:
            raise TooManyDecimals(text=_shown(text))
        return cls(int(whole) * 1000 + int(decimals.ljust(_DECIMALS, "0")))

    def __add__(self, other: Quantity) -> Quantity:
        if not isinstance(other, Quantity):
            return NotImplemented
        return Quantity(self.thousandths + other.thousandths)

    def __radd__(self, other: int) -> Quantity:
        """Let sum() begin with its 0."""
        if type(other) is not int or other != 0:
            return NotImplemented
        return self

    def __sub__(self, other: Quantity) -> Quantity:
        if not isinstance(other, Quantity):
            return NotImplemented
        return Quantity(self.thousandths - other.thousandths)

    def __neg__(self) -> Quantity:
        return Quantity(-self.thousandths)

    def __mul__(self, times: int) -> Quantity:
        if type(times) is not int:
            return NotImplemented
        return Quantity(self.thousandths * times)

    __rmul__ = __mul__

    def __bool__(self) -> bool:
        return self.thousandths != 0

    def __str__(self) -> str:
        whole, rest = divmod(abs(self.thousandths), 1000)
        decimals = f",{rest:03}".rstrip("0") if rest else ""
        sign = "-" if self.thousandths < 0 else ""
        return sign + f"{whole:,}".replace(",", ".") + decimals


def _refuse_part(text: str, decimals: str) -> None:
    # "1.0" is one piece, but "1.000" is a thousand to a Vietnamese reader and one to a machine: ask again.
    if decimals.strip("0") or len(decimals) >= _DECIMALS:
        raise NotDivisible(text=_shown(text))


def _shown(text: str) -> str:
    """At most the beginning of what was typed, fit for a sentence."""
    printable = "".join(c if c.isprintable() else "?" for c in text[:24])
    return printable + ("…" if len(text) > len(printable) else "")


NONE = Quantity(0)
ONE = Quantity(1000)
