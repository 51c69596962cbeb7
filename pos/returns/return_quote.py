"""What would go back for the goods beside a basket if the refund were completed now.

The page shows it, and the refund completes exactly it. A line of a receipt gives back its share of what was paid,
owed and taxed (pos/returns/refund_share.py); goods without a receipt give back the price that was said, tax of today
inside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.current_settings import current_settings
from core.database import db
from core.errors import RuleBroken
from core.journal.selling_day import selling_day
from core.money import ZERO, Money
from core.quantity import Quantity
from inventory.catalogue.tax import rate_on, tax_classes_for
from inventory.consignment.owed_reversal import sold_net_of
from inventory.lot import Lot
from pos.basket_table import Basket, BasketReturn
from pos.pricing import Taxed, line_amount, vat_of_lines
from pos.quote import SHOWS_VAT, NoTaxClass, quote
from pos.returns.basket_return import MoreThanSold, NotOnThatReceipt, need_place, need_sold_of_lot
from pos.returns.refund_share import Part, share_back
from pos.returns.returned import back_by_line, sold_part
from pos.sale import Sale, SaleLine


@dataclass(frozen=True, slots=True)
class QuotedReturn:
    """One row beside the basket with the money that goes back for it, or the trouble with it."""

    row: BasketReturn
    name: str
    unit_label: str
    part: Part
    rate: str | None
    trouble: RuleBroken | None = None


@dataclass(frozen=True, slots=True)
class ReturnQuote:
    """Everything that came back beside a basket; `sale` is the receipt it is returned against."""

    basket: Basket
    day: date
    sale: Sale | None
    lines: tuple[QuotedReturn, ...]

    @property
    def total(self) -> Money:
        """What the customer gets for it."""
        return sum((line.part.amount for line in self.lines), ZERO)

    @property
    def trouble(self) -> RuleBroken | None:
        """The first thing that stands in the way, or None."""
        return next((line.trouble for line in self.lines if line.trouble), None)


def quote_returns(basket: Basket) -> ReturnQuote:
    """Look through what lies beside a basket as of now."""
    rows, day = basket.returns, selling_day()
    number = rows[0].sale_number if rows else None
    if number is None:
        return ReturnQuote(basket, day, None, _without_receipt(rows, day))
    sale = db.session.get_one(Sale, number)
    return ReturnQuote(basket, day, sale, _against(sale, rows))


def to_pay(basket: Basket) -> Money:
    """What the customer pays for the goods, less what came back; below zero, so much is given back."""
    goods = quote(basket).total if basket.lines else ZERO
    return goods - quote_returns(basket).total if basket.returns else goods


def _against(sale: Sale, rows: Sequence[BasketReturn]) -> tuple[QuotedReturn, ...]:
    sold, back = {line.n: line for line in sale.lines}, back_by_line(sale.number)
    quoted = []
    for row in rows:
        line, before = sold.get(row.sale_n or 0), back.get(row.sale_n or 0, Part())
        if line is None:
            quoted.append(_barred(row, NotOnThatReceipt(receipt=sale.number)))
            continue
        left = line.quantity - before.quantity
        if row.quantity > left:
            quoted.append(_barred(row, MoreThanSold(product=line.name, receipt=sale.number, left=left)))
            continue
        part = share_back(sold_part(line), before, row.quantity)
        back[line.n] = before + part
        quoted.append(_quoted(row, line, part))
    return tuple(quoted)


def _quoted(row: BasketReturn, line: SaleLine, part: Part) -> QuotedReturn:
    return QuotedReturn(row, line.name, line.unit_label, part, line.rate, _place_trouble(row))


def _barred(row: BasketReturn, trouble: RuleBroken) -> QuotedReturn:
    return QuotedReturn(row, row.product.full_name, row.product.unit_label, Part(row.quantity), None, trouble)


def _without_receipt(rows: Sequence[BasketReturn], day: date) -> tuple[QuotedReturn, ...]:
    """Prices as they were said; tax of today inside, rounded once for each rate like a sale's."""
    taxed = [
        Taxed(line_amount(row.price, row.quantity), *rate) for row, rate in zip(rows, _rates(rows, day), strict=True)
    ]
    vat, seen = vat_of_lines(taxed), dict[int, Part]()
    quoted = []
    for row, tax, inside in zip(rows, taxed, vat, strict=True):
        before = seen.get(row.lot_id or 0, Part())
        part = Part(row.quantity, tax.amount, _due_back(row.lot, tax.amount, row.quantity, before), inside)
        seen[row.lot_id or 0] = before + part
        trouble = _lot_trouble(row, seen[row.lot_id or 0].quantity) or _place_trouble(row)
        if tax.rate is None and current_settings().shop.tax_method == SHOWS_VAT:
            trouble = NoTaxClass(product=row.product.name)
        quoted.append(QuotedReturn(row, row.product.full_name, row.product.unit_label, part, tax.rate, trouble))
    return tuple(quoted)


def _rates(rows: Sequence[BasketReturn], day: date) -> list[tuple[str | None, int]]:
    method = current_settings().shop.tax_method
    if method != SHOWS_VAT or not rows:
        return [(None, 0)] * len(rows)
    classes = tax_classes_for({row.product_id for row in rows}, day)
    found = {product: rate_on(tax_class, day, method) for product, tax_class in classes.items()}
    rates = [found.get(row.product_id) for row in rows]
    return [(rate.code, rate.percent) if rate is not None else (None, 0) for rate in rates]


def _due_back(lot: Lot | None, amount: Money, quantity: Quantity, before: Part) -> Money:
    """What the owner is owed no more: by the lot's terms, never more than he is owed for what customers have."""
    if lot is None or lot.owner is None:
        return ZERO
    return min(lot.due(amount, quantity), max(sold_net_of(lot).due - before.due, ZERO))


def _lot_trouble(row: BasketReturn, quantity: Quantity) -> RuleBroken | None:
    try:
        need_sold_of_lot(row.lot, quantity)
    except RuleBroken as broken:
        return broken
    return None


def _place_trouble(row: BasketReturn) -> RuleBroken | None:
    try:
        need_place(row.condition, row.product, row.lot)
    except RuleBroken as broken:
        return broken
    return None
