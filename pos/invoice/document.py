"""An invoice as data: who, what, how much, and what it stands in for. Arithmetic only: no tables, no clock.

Amounts come frozen from sale and refund, tax included. By the deduction method the invoice shows prices before tax:
a line's amount before tax is its amount less its share of the VAT, so that lines, rates and total agree to the đồng.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from core.money import ZERO, Money, divide_half_away
from core.quantity import Quantity

MILLIONTHS = 10**6


@dataclass(frozen=True, slots=True)
class Party:
    """Seller or buyer; what is not known is empty."""

    name: str
    tax_code: str = ""
    address: str = ""
    phone: str = ""
    personal_id: str = ""
    location_code: str = ""
    location_name: str = ""


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One kind of goods. `amount`, `discount` and `vat` as in the sale: the tax is inside amount and discount.

    Of an invoice that takes something back quantity and amounts are below zero.
    """

    sku: str
    name: str
    unit: str
    quantity: Quantity
    amount: Money
    discount: Money
    vat: Money
    rate: str | None

    @property
    def percent(self) -> int:
        """The percent behind the rate's code; 0 for goods that are not subject."""
        return int(self.rate) if self.rate is not None and self.rate.isdigit() else 0

    @property
    def net(self) -> Money:
        """What is charged before tax, the discount taken off; with the tax it is the amount again."""
        return self.amount - self.vat

    @property
    def net_discount(self) -> Money:
        """The discount before tax."""
        return self.discount.share(Fraction(100, 100 + self.percent))

    @property
    def unit_price_millionths(self) -> int:
        """What one costs before tax and discount, in millionths of a đồng: six decimals are what the format has.

        Times the quantity it gives amount and discount before tax again, to the đồng.
        """
        whole, quantity = (self.net + self.net_discount).dong, self.quantity.thousandths
        if quantity < 0:
            whole, quantity = -whole, -quantity
        return divide_half_away(whole * 1000 * MILLIONTHS, quantity)

    @property
    def discount_percent_ten_thousandths(self) -> int:
        """The discount in percent of the price, four decimals."""
        full = self.net + self.net_discount
        return divide_half_away(abs(self.net_discount.dong) * 100 * 10_000, abs(full.dong)) if full else 0

    def taken_back(self) -> InvoiceLine:
        """The same line below zero."""
        return InvoiceLine(
            self.sku, self.name, self.unit, -self.quantity, -self.amount, -self.discount, -self.vat, self.rate
        )


@dataclass(frozen=True, slots=True)
class RateSum:
    """All lines of one rate: before tax, and the tax."""

    rate: str
    net: Money
    vat: Money


@dataclass(frozen=True, slots=True)
class Related:
    """The invoice that this one replaces or adjusts, the words that law asks for, and why."""

    relation: str
    form: int
    series: str
    number: int
    day: date
    words: str


@dataclass(frozen=True, slots=True)
class InvoiceDocument:
    """One invoice, whole. `payment` is a key of the table of codes; a buyer who told nothing has only a name."""

    form: int
    form_name: str
    series: str
    number: int
    day: date
    code: str
    seller: Party
    buyer: Party
    lines: tuple[InvoiceLine, ...]
    payment: str
    receipt: str
    sold: date
    related: Related | None = None

    @property
    def shows_vat(self) -> bool:
        """Whether it separates the tax from the price: form 1 does."""
        return self.form == 1

    @property
    def total(self) -> Money:
        """What the buyer paid, or got back (below zero)."""
        return sum((line.amount for line in self.lines), ZERO)

    @property
    def discount(self) -> Money:
        """All discounts, as the lines show them."""
        return sum((line.net_discount if self.shows_vat else line.discount for line in self.lines), ZERO)

    @property
    def net(self) -> Money:
        """Everything before tax."""
        return sum((line.net for line in self.lines), ZERO)

    @property
    def vat(self) -> Money:
        """All the tax."""
        return sum((line.vat for line in self.lines), ZERO)

    @property
    def rates(self) -> list[RateSum]:
        """The sums by rate, in the order in which the rates first appear."""
        return sums_by_rate(self.lines)


def sums_by_rate(lines: Sequence[InvoiceLine]) -> list[RateSum]:
    """The sums of each rate that stands on a line."""
    sums: dict[str, RateSum] = {}
    for line in lines:
        if line.rate is not None:
            before = sums.get(line.rate, RateSum(line.rate, ZERO, ZERO))
            sums[line.rate] = RateSum(line.rate, before.net + line.net, before.vat + line.vat)
    return list(sums.values())
