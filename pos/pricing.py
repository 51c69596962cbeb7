"""What a line costs and which tax is inside it. Arithmetic only: no tables, no clock.

Prices at the shelf include every tax (Price Law 2023, article 29), so VAT is
taken out of what was paid. It is rounded once for each rate of a receipt and
then shared out over the lines, so that lines, rates and receipt always agree
(docs/decisions.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from core.money import ZERO, Money
from core.quantity import Quantity

WHOLE = 10_000  # hundredths of a percent


@dataclass(frozen=True, slots=True)
class Taxed:
    """What one line takes, and the rate inside it.

    `rate` is the code shown and recorded ("8", "KCT"); `percent` is 0 where no
    VAT is inside; a seller who shows no VAT at all has lines of rate None.
    """

    amount: Money
    rate: str | None
    percent: int = 0


@dataclass(frozen=True, slots=True)
class RateTotal:
    """All lines of one rate together: what was paid, the part before VAT, the VAT."""

    rate: str
    percent: int
    gross: Money
    net: Money
    vat: Money


def line_amount(price: Money, quantity: Quantity) -> Money:
    """The price of a line in whole dong, rounded once, halves away from zero."""
    return price.times(quantity)


def percent_of(whole: Money, hundredths: int) -> Money:
    """So many hundredths of a percent of an amount, rounded once, halves away from zero: 1500 is 15 %."""
    return whole.share(Fraction(hundredths, WHOLE))


def take_out_vat(gross: Money, percent: int) -> tuple[Money, Money]:
    """Split a price that includes VAT into (net, VAT): net = gross * 100 / (100 + percent)."""
    net = gross.share(Fraction(100, 100 + percent))
    return net, gross - net


def tax_by_rate(lines: Sequence[Taxed]) -> list[RateTotal]:
    """VAT of a receipt, one total a rate, in the order in which the rates first appear."""
    gross: dict[tuple[str, int], Money] = {}
    for line in lines:
        if line.rate is not None:
            key = (line.rate, line.percent)
            gross[key] = gross.get(key, ZERO) + line.amount
    return [
        RateTotal(rate, percent, amount, *take_out_vat(amount, percent)) for (rate, percent), amount in gross.items()
    ]


def vat_of_lines(lines: Sequence[Taxed]) -> list[Money]:
    """The VAT of each line: the VAT of its rate shared out, so that the lines add up to it."""
    vat = [ZERO] * len(lines)
    for total in tax_by_rate(lines):
        members = [place for place, line in enumerate(lines) if line.rate == total.rate]
        weights = [lines[place].amount.dong for place in members]
        if any(weights):
            for place, part in zip(members, total.vat.spread(weights), strict=True):
                vat[place] = part
    return vat
