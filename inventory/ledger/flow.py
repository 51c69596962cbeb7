"""Flows (nhập, xuất): what the moves of a lot come to over some records, by what became of the goods.

A move between two places of the shop is no flow. Each is less what was moved back of it, so that a mistake that was
answered by a move back leaves nothing: received less given back, lost less found again.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, case, func, or_, select, type_coerce

from core.database import db
from core.journal.past_day import Records
from core.quantity import NONE, Quantity
from inventory.location import CUSTOMER, DIFFERENCE, LOSS, ON_THE_WAY, PRODUCER, SHELF, STOCKROOM, USED
from inventory.lot import Lot
from inventory.stock_move import StockMove

IN_CARE = (SHELF, STOCKROOM, ON_THE_WAY)
"""Where goods are that the shop answers for: its own, and those it keeps for others."""

_MOVES: Any = StockMove.__table__.c
_LOTS: Any = Lot.__table__.c


@dataclass(slots=True)
class Flow:
    """What became of so much of one lot, or of several: sums of moves from one place to another."""

    by_way: dict[tuple[str, str], Quantity] = field(default_factory=dict)

    def add(self, source: str, target: str, quantity: Quantity) -> None:
        """Count so much from one place to another."""
        way = (source, target)
        self.by_way[way] = self.by_way.get(way, NONE) + quantity

    def __iadd__(self, other: "Flow") -> "Flow":
        for (source, target), quantity in other.by_way.items():
            self.add(source, target, quantity)
        return self

    def came_from(self, place: str) -> Quantity:
        """All that left a place."""
        return sum((one for (source, _), one in self.by_way.items() if source == place), NONE)

    def went_to(self, place: str) -> Quantity:
        """All that came to a place."""
        return sum((one for (_, target), one in self.by_way.items() if target == place), NONE)

    def left_at(self, place: str) -> Quantity:
        """What the moves leave at a place; below zero when more left it than came."""
        return self.went_to(place) - self.came_from(place)

    @property
    def received(self) -> Quantity:
        """What producers brought."""
        return self.came_from(PRODUCER)

    @property
    def given_back(self) -> Quantity:
        """What went back to producers."""
        return self.went_to(PRODUCER)

    @property
    def sold(self) -> Quantity:
        """What customers took."""
        return self.went_to(CUSTOMER)

    @property
    def brought_back(self) -> Quantity:
        """What customers brought back, whatever its condition."""
        return self.came_from(CUSTOMER)

    @property
    def lost(self) -> Quantity:
        """What was destroyed or written off, brought back broken included."""
        return self.left_at(LOSS)

    @property
    def used(self) -> Quantity:
        """What the shop used itself or gave to taste."""
        return self.left_at(USED)

    @property
    def missing(self) -> Quantity:
        """What counts found missing; below zero when they found more than the book."""
        return self.left_at(DIFFERENCE)

    @property
    def in_care(self) -> Quantity:
        """What is left in the shop, goods on the way to another point included."""
        return sum((self.left_at(place) for place in IN_CARE), NONE)


def flows(
    records: Records, *, lots: Collection[int] | None = None, products: Collection[int] | None = None
) -> dict[int, Flow]:
    """What the moves of some records come to for each lot that moved, or for some lots or products only."""
    found: dict[int, Flow] = {}
    for lot_id, source, target, thousandths in db.session.execute(_by_way(records, lots, products)):
        found.setdefault(lot_id, Flow()).add(source, target, Quantity(int(thousandths)))
    return found


def balances(
    records: Records, *, lots: Collection[int] | None = None, products: Collection[int] | None = None
) -> dict[int, dict[str, Quantity]]:
    """What is left of each lot at the places of the shop after some records; lots with nothing anywhere are left out.

    One walk over the index of the moves, whatever their number.
    """
    ways = _by_way(records, lots, products).subquery()
    left = [_left_at(place, ways.c) for place in IN_CARE]
    anywhere = or_(*(one != 0 for one in left))
    rows = db.session.execute(select(ways.c.lot_id, *left).group_by(ways.c.lot_id).having(anywhere))
    return {
        lot_id: {place: Quantity(int(one)) for place, one in zip(IN_CARE, left, strict=True) if one}
        for lot_id, *left in rows
    }


def _by_way(records: Records, lots: Collection[int] | None, products: Collection[int] | None) -> Select[Any]:
    """As whole thousandths: a million moves are added up before one of them becomes a Quantity."""
    moved = func.sum(type_coerce(_MOVES.quantity, Integer)).label("moved")
    # From the beginning on, walking the index of on-hand is quicker than finding most of all moves by their records.
    seq = _MOVES.record_seq + 0 if records.from_the_first else _MOVES.record_seq
    ways = select(_MOVES.lot_id, _MOVES.source, _MOVES.target, moved).where(records.hold(seq))
    if lots is not None:
        ways = ways.where(_MOVES.lot_id.in_(lots))
    if products is not None:
        ways = ways.where(_MOVES.lot_id.in_(select(_LOTS.id).where(_LOTS.product_id.in_(products))))
    return ways.group_by(_MOVES.lot_id, _MOVES.source, _MOVES.target)


def _left_at(place: str, ways: Any) -> ColumnElement[int]:
    came = func.sum(case((ways.target == place, ways.moved), (ways.source == place, -ways.moved), else_=0))
    return type_coerce(came, Integer)


def together(flows_of_lots: Iterable[Flow]) -> Flow:
    """Several as one."""
    whole = Flow()
    for one in flows_of_lots:
        whole += one
    return whole
