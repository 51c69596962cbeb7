"""Stock at the end of any day (tồn kho theo ngày): by lot, owner and place, as the book had it then.

For today it is what the shop has now: the sums of all moves, as everywhere else.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import lazyload
from sqlalchemy.orm.attributes import set_committed_value

from core.clock import today
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.past_day import records_until
from core.quantity import NONE, Quantity
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from inventory.ledger.flow import balances
from inventory.location import ON_THE_WAY, SHELF, STOCKROOM
from inventory.lot import Lot

Row = TypeVar("Row", Product, Producer)


class DayToCome(RuleBroken):
    """Nobody knows what will be there."""

    message = N_("%(day)s is still to come. Choose today or a day before it.")


@dataclass(frozen=True, slots=True)
class HeldLot:
    """So much of a lot in the shop at the end of a day, by place; below zero where more was sold than the book had."""

    lot: Lot
    places: dict[str, Quantity]

    @property
    def quantity(self) -> Quantity:
        """All of it, on the way to another point included."""
        return sum(self.places.values(), NONE)

    @property
    def on_shelf(self) -> Quantity:
        """What stood where customers take it."""
        return self.places.get(SHELF, NONE)

    @property
    def in_stockroom(self) -> Quantity:
        """What stood behind."""
        return self.places.get(STOCKROOM, NONE)

    @property
    def on_the_way(self) -> Quantity:
        """What was sent to another point and not yet accepted there."""
        return self.places.get(ON_THE_WAY, NONE)

    @property
    def here(self) -> Quantity:
        """What could be counted in the shop."""
        return self.on_shelf + self.in_stockroom


def need_past(day: date) -> date:
    """A day that can be asked about."""
    if day > today():
        raise DayToCome(day=day)
    return day


def stock_on(day: date, *, products: Collection[int] | None = None) -> list[HeldLot]:
    """What the shop held at the end of a day, of all products or of some, the oldest lots first."""
    left = balances(records_until(need_past(day)), products=products)
    return [HeldLot(lot, left[lot.id]) for lot in lots_of(left)]


def lots_of(ids: Collection[int]) -> list[Lot]:
    """Lots by their rows' numbers, the oldest first, with product and owner: three questions, however many there are.

    Each product and owner is read once and not again with each of its lots.
    """
    wanted = select(Lot).where(Lot.id.in_(list(ids))).options(lazyload(Lot.owner))
    lots = list(db.session.scalars(wanted.order_by(Lot.received_on, Lot.id)))
    products = _by_id(Product, {lot.product_id for lot in lots})
    owners = _by_id(Producer, {lot.owner_id for lot in lots if lot.owner_id is not None})
    for lot in lots:
        set_committed_value(lot, "product", products[lot.product_id])
        set_committed_value(lot, "owner", owners[lot.owner_id] if lot.owner_id is not None else None)
    return lots


def _by_id(table: type[Row], ids: Collection[int]) -> dict[int, Row]:
    return {row.id: row for row in db.session.scalars(select(table).where(table.id.in_(list(ids))))}
