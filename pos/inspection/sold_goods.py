"""What was sold over some days, article by article, under what was true at each sale; what came back is taken off."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select

from core.database import db
from core.journal.past_day import Records, records_between
from core.money import ZERO, Money
from inventory.catalogue.as_recorded import ProductThen
from inventory.catalogue.product import Product
from inventory.catalogue.recorded_history import RecordedHistory
from inventory.ledger.stock_ledger import DaysInWrongOrder
from inventory.ledger.stock_on_day import need_past
from pos.returns.refund_table import Refund, RefundLine
from pos.sale import Sale, SaleLine
from pos.shifts.visitor import Visitor


@dataclass(frozen=True, slots=True)
class SoldGoods:
    """So many lines of one article under one set of facts; `stars` as they were shown at the sale."""

    then: ProductThen
    service: bool
    stars: int | None
    lines: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Trade:
    """The sales of some days, both included."""

    first: date
    last: date
    goods: tuple[SoldGoods, ...]
    receipts: int
    visitors: int

    @property
    def amount(self) -> Money:
        """What customers paid for everything, less what came back."""
        return sum((one.amount for one in self.goods), ZERO)


def trade_of(first: date, last: date) -> Trade:
    """The sales of some days. What was corrected meanwhile counts from its correction on, not before."""
    need_past(last)
    if last < first:
        raise DaysInWrongOrder(first=first, last=last)
    records = records_between(first, last)
    counted = select(func.count()).select_from(Sale).where(records.hold(Sale.record_seq))
    visitors = select(func.count()).select_from(Visitor).where(records.hold(Visitor.record_seq))
    return Trade(first, last, tuple(_goods(records)), db.session.scalar(counted) or 0, db.session.scalar(visitors) or 0)


def _goods(records: Records) -> Iterator[SoldGoods]:
    if not records.stretches:
        return
    history = RecordedHistory()
    newest = records.stretches[-1].last
    last = newest if newest is not None else 2**53
    products = {product.id: product for product in db.session.scalars(select(Product))}
    changed = history.changed_between(records.stretches[0].first, last)
    by_hand = [number for number, product in products.items() if product.sku in changed]
    for number, stars, seq, lines, amount in _rows(records, by_hand):
        product = products[number]
        then = history.product(product.sku, seq if seq is not None else last)
        yield SoldGoods(then, product.service, stars, lines, amount)


def _rows(records: Records, by_hand: list[int]) -> Iterator[tuple[int, int | None, int | None, int, Money]]:
    """Sums of articles of which nothing else was said meanwhile; of the others each line with its record's number."""
    for line, paper, belongs, stars, sign in (
        (SaleLine, Sale, SaleLine.sale_number == Sale.number, SaleLine.stars, 1),
        (RefundLine, Refund, RefundLine.refund_number == Refund.number, _STARS_OF_SALE, -1),
    ):
        number, seq = line.product_id, paper.record_seq
        sold: Any = select(number, stars, func.count(), func.sum(line.amount)).join(paper, belongs)
        sums = sold.where(records.hold(seq), number.not_in(by_hand)).group_by(number, stars)
        for article, shown, lines, amount in db.session.execute(sums):
            yield article, shown, None, lines * sign, amount if sign > 0 else -amount
        single: Any = select(number, stars, seq, line.amount).join(paper, belongs)
        for article, shown, record, amount in db.session.execute(single.where(records.hold(seq), number.in_(by_hand))):
            yield article, shown, record, sign, amount if sign > 0 else -amount


# Goods that came back count under the stars that their receipt showed.
_STARS_OF_SALE: ColumnElement[int | None] = (
    select(SaleLine.stars)
    .where(SaleLine.sale_number == Refund.sale_number, SaleLine.n == RefundLine.sale_n)
    .correlate(Refund, RefundLine)
    .scalar_subquery()
)
