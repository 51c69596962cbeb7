"""Tracing a lot (truy xuất lô): every move, where it is now, one step back to who brought it, and one forward.

The law asks for one step each way (Luật An toàn thực phẩm 2010, Điều 54; TT 17/2021/TT-BNNPTNT), but within it
for every move. Everything here is read from the moves; which document each belongs to says `document_names`.
"""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from core.database import db
from core.quantity import NONE, Quantity
from inventory.location import CUSTOMER, DIFFERENCE, LOSS, ON_THE_WAY, OTHER_POINT, PRODUCER, USED, Location
from inventory.lot import Lot
from inventory.stock_move import StockMove

OUTSIDE = (PRODUCER, CUSTOMER, LOSS, USED, DIFFERENCE)


class Step(enum.StrEnum):
    """What a move means to whoever follows a lot."""

    CAME = "came"
    GIVEN_BACK = "given_back"
    SOLD = "sold"
    BROUGHT_BACK = "brought_back"
    SENT = "sent"
    WRITTEN_OFF = "written_off"
    USED = "used"
    COUNTED = "counted"
    INSIDE = "inside"


# The first pair that fits; a move out of one of these places takes an earlier one back.
_STEPS = (
    (PRODUCER, Step.CAME, Step.GIVEN_BACK),
    (CUSTOMER, Step.BROUGHT_BACK, Step.SOLD),
    (OTHER_POINT, Step.CAME, Step.SENT),
    (ON_THE_WAY, Step.SENT, Step.SENT),
    (LOSS, Step.WRITTEN_OFF, Step.WRITTEN_OFF),
    (USED, Step.USED, Step.USED),
    (DIFFERENCE, Step.COUNTED, Step.COUNTED),
)
FORWARD = (Step.SOLD, Step.BROUGHT_BACK, Step.GIVEN_BACK, Step.SENT, Step.WRITTEN_OFF, Step.USED, Step.COUNTED)


def step_of(source: str, target: str) -> Step:
    """What a move from one place to another means.

    >>> step_of("shelf", "customer"), step_of("customer", "loss"), step_of("stockroom", "shelf")
    (<Step.SOLD: 'sold'>, <Step.BROUGHT_BACK: 'brought_back'>, <Step.INSIDE: 'inside'>)
    """
    for place, from_there, to_there in _STEPS:
        if source == place:
            return from_there
        if target == place:
            return to_there
    return Step.INSIDE


@dataclass(frozen=True, slots=True)
class TracedMove:
    """One move of a lot; `quantity` is below zero where a write-off, an own use or a count found goods again."""

    move: StockMove
    step: Step
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Trace:
    """A lot and all its moves, the first one first."""

    lot: Lot
    moves: Sequence[TracedMove]

    def of(self, step: Step) -> list[TracedMove]:
        """The moves of one kind."""
        return [one for one in self.moves if one.step is step]

    def total(self, step: Step) -> Quantity:
        """How much went that way."""
        return sum((one.quantity for one in self.of(step)), NONE)

    @property
    def steps(self) -> list[Step]:
        """Where goods of the lot went, of all the ways there are."""
        taken = {one.step for one in self.moves}
        return [step for step in FORWARD if step in taken]

    @property
    def left(self) -> dict[str, Quantity]:
        """What is where in the shop now, by the code of the place; below zero where more was sold than the book had."""
        found: dict[str, Quantity] = {}
        for one in self.moves:
            move = one.move
            for place, change in ((move.source, NONE - move.quantity), (move.target, move.quantity)):
                if place not in OUTSIDE:
                    found[place] = found.get(place, NONE) + change
        return {place: quantity for place, quantity in found.items() if quantity != NONE}

    @property
    def records(self) -> set[int]:
        """The records that the moves belong to."""
        return {one.move.record_seq for one in self.moves}


def trace_of(lot: Lot) -> Trace:
    """Everything that happened to a lot."""
    return traces_of([lot])[0]


def traces_of(lots: Sequence[Lot]) -> list[Trace]:
    """The traces of several lots, in one query."""
    wanted = select(StockMove).where(StockMove.lot_id.in_([lot.id for lot in lots])).order_by(StockMove.id)
    moves: dict[int, list[StockMove]] = {}
    for move in db.session.scalars(wanted):
        moves.setdefault(move.lot_id, []).append(move)
    return [Trace(lot, list(_traced(moves.get(lot.id, ())))) for lot in lots]


def _traced(moves: Iterable[StockMove]) -> Iterable[TracedMove]:
    for move in moves:
        step = step_of(move.source, move.target)
        found_again = move.source in (LOSS, USED, DIFFERENCE, ON_THE_WAY)
        yield TracedMove(move, step, NONE - move.quantity if found_again else move.quantity)


def place_names() -> dict[str, str]:
    """What the places are called, by their codes."""
    return dict(db.session.execute(select(Location.code, Location.name)).all())
