"""What was sold on each day, and whether goods lay there to be sold: read from the moves, and from another till's past.

A sale is a move to the customer, goods brought back are one from there; the day is the record's in Viet Nam.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Integer, Text, case, func, select, type_coerce
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from core.database import db
from core.journal.chain import JournalRecord
from core.journal.record import Kind
from inventory.catalogue.product import Product
from inventory.location import CUSTOMER, SHELF, STOCKROOM
from inventory.lot import Lot
from inventory.reordering.estimate.forecast import SoldDays
from inventory.reordering.past_demand import PastDemand
from inventory.stock_move import StockMove

YEARS_READ = timedelta(days=730)
HERE = (SHELF, STOCKROOM)


class business_day_of(GenericFunction[str]):  # noqa: N801  (reads as the function of SQL that it is)
    """The day in Viet Nam on which an instant falls, as 2026-11-22, in either database."""

    type = Text()
    inherit_cache = True


@compiles(business_day_of, "sqlite")
def _in_sqlite(element: Any, compiler: Any, **how: Any) -> str:
    return f"date({compiler.process(element.clauses, **how)}, '+7 hours')"


@compiles(business_day_of, "postgresql")
def _in_postgresql(element: Any, compiler: Any, **how: Any) -> str:
    return f"to_char(({compiler.process(element.clauses, **how)}) AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD')"


@dataclass(slots=True)
class Changes:
    """One product's days with moves: by place in the calendar, thousandths sold net, and what it did to the stock."""

    days: list[tuple[int, int, int]]
    elsewhere: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days that are looked at, up to yesterday: nobody knows yet what today will sell."""

    first: date
    count: int

    @classmethod
    def before(cls, day: date) -> "Calendar":
        """The two years before a day."""
        return cls(day - YEARS_READ, YEARS_READ.days)

    def place(self, day: date) -> int:
        """Where a day stands; below 0 before the first."""
        return (day - self.first).days


class Demand:
    """The days of many products, read with three questions to the database."""

    def __init__(self, calendar: Calendar, changes: dict[int, Changes], closed: Collection[int]) -> None:
        self.calendar = calendar
        self._changes = changes
        self._closed = closed

    @classmethod
    def read(cls, day: date, *, producer_id: int | None = None) -> "Demand":
        """What is known before a day, of one producer's products or of all."""
        calendar = Calendar.before(day)
        changes: dict[int, Changes] = {}
        place_of = cache(lambda text: calendar.place(date.fromisoformat(text)))  # a million days are 730 different ones
        for product_id, days in groupby(_moves(producer_id), key=itemgetter(0)):
            places = [(place_of(text), int(sold), int(change)) for _, text, sold, change in days]
            changes[product_id] = Changes(places, [])
        for product_id, sold_on, quantity in _elsewhere(producer_id):
            own = changes.setdefault(product_id, Changes([], []))
            own.elsewhere.append((calendar.place(sold_on), quantity))
        return cls(calendar, changes, _closed_days(calendar))

    def of(self, product_id: int) -> SoldDays:
        """One product's days, the oldest first."""
        count = self.calendar.count
        sold, usable, out = [0] * count, [False] * count, [False] * count
        changes = self._changes.get(product_id, Changes([], []))
        stock, since = 0, 0
        for place, amount, change in changes.days:
            if place >= count:
                break
            if stock > 0:
                _fill(usable, since, place)
            before, stock, since = stock, stock + change, place + 1
            if place >= 0:
                sold[place] = amount
                usable[place] = before > 0 or amount > 0 or stock > 0
                out[place] = stock <= 0
        if stock > 0:
            _fill(usable, since, count)
        for place in self._closed:
            usable[place] = usable[place] and sold[place] > 0
        _add_elsewhere(changes.elsewhere, sold, usable, out)
        return SoldDays(sold, usable, out, self.calendar.first.weekday())


def _fill(usable: list[bool], first: int, end: int) -> None:
    first, end = max(first, 0), min(end, len(usable))
    if end > first:
        usable[first:end] = [True] * (end - first)


def _add_elsewhere(days: list[tuple[int, int]], sold: list[int], usable: list[bool], out: list[bool]) -> None:
    """Add what another till sold: from its first to its last day of a product the goods lay there."""
    known = [(place, quantity) for place, quantity in days if 0 <= place < len(sold)]
    if not known:
        return
    places = [place for place, _ in known]
    _fill(usable, min(places), max(places) + 1)
    for place, quantity in known:
        sold[place] += quantity
        out[place] = False


def _moves(producer_id: int | None) -> Iterator[tuple[int, str, int, int]]:
    """Product, day, thousandths sold net, and what the day did to the stock here; by product and day."""
    day = business_day_of(JournalRecord.ts)
    query = (
        select(
            Lot.product_id,
            day.label("day"),
            net_of(StockMove.target == CUSTOMER, StockMove.source == CUSTOMER).label("sold"),
            net_of(StockMove.target.in_(HERE), StockMove.source.in_(HERE)).label("change"),
        )
        .join(Lot, Lot.id == StockMove.lot_id)
        .join(JournalRecord, JournalRecord.seq == StockMove.record_seq)
        .group_by(Lot.product_id, day)
        .order_by(Lot.product_id, day)
    )
    if producer_id is not None:
        query = query.where(Lot.product_id.in_(_products_of(producer_id)))
    yield from db.session.connection().execute(query)


def net_of(plus: ColumnElement[bool], minus: ColumnElement[bool]) -> ColumnElement[int]:
    """The thousandths of a group's moves of one kind, less those of another."""
    amount = type_coerce(StockMove.quantity, Integer)
    return func.sum(case((plus, amount), else_=0) - case((minus, amount), else_=0))


def _products_of(producer_id: int) -> Any:
    return select(Product.id).where(Product.producer_id == producer_id)


def _elsewhere(producer_id: int | None) -> Iterator[tuple[int, date, int]]:
    query = select(PastDemand.product_id, PastDemand.day, PastDemand.quantity)
    if producer_id is not None:
        query = query.where(PastDemand.product_id.in_(_products_of(producer_id)))
    for row in db.session.execute(query):
        yield row.product_id, row.day, row.quantity.thousandths


def _closed_days(calendar: Calendar) -> list[int]:
    """Days since the first shift on which no shift was opened: where nothing was sold then, they say nothing."""
    day = business_day_of(JournalRecord.ts)
    opened = select(day).where(JournalRecord.typ == Kind.SHIFT_OPEN).distinct()
    places = {calendar.place(date.fromisoformat(text)) for text in db.session.scalars(opened)}
    if not places:
        return []
    return [place for place in range(max(min(places), 0), calendar.count) if place not in places]
