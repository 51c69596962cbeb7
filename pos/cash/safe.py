"""The shop's safe: what the books say lies in it, though nobody signs for it.

Of what was counted at the end of a shift, all that the next shift at that register does not begin with went into the
safe; what it begins with in excess came out of it. The first float of a register was brought from outside.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from core.database import db
from core.money import ZERO, Money
from pos.cash.cash_move_table import CashMove, Place, Purpose, Way
from pos.cash.hand_over_table import HandOver
from pos.shifts.shift_table import Shift, ShiftClosing


@dataclass(frozen=True, slots=True)
class Opening:
    """How a shift began: its float, and what the drawer held before. None: this register's first shift."""

    shift: int
    day: date
    float_: Money
    before: Money | None
    handed_over: bool

    @property
    def to_safe(self) -> Money:
        """What of the drawer went into the safe before this shift; below zero it came out of it."""
        return ZERO if self.before is None or self.handed_over else self.before - self.float_


def openings() -> Iterator[Opening]:
    """Every shift, the oldest first, with what its drawer held before."""
    rows = select(Shift.number, Shift.register_id, Shift.day, Shift.float_, ShiftClosing.counted, HandOver.shift_number)
    joined = rows.outerjoin(ShiftClosing, ShiftClosing.shift_number == Shift.number).outerjoin(
        HandOver, HandOver.shift_number == Shift.number
    )
    held: dict[int, Money | None] = {}
    for number, register, day, float_, counted, handed in db.session.execute(joined.order_by(Shift.number)):
        yield Opening(number, day, float_, held.get(register), handed is not None)
        held[register] = counted


def cash_in_safe() -> Money:
    """What should be in the safe now."""
    between = sum((opening.to_safe for opening in openings()), ZERO)
    return between + _moved(Way.IN, Purpose.TO_SAFE) - _moved(Way.OUT, Purpose.FROM_SAFE)


def _moved(way: Way, drawer_purpose: Purpose) -> Money:
    """What was put into the safe or taken out of it: directly, and from or to a drawer."""
    of_safe = (CashMove.place == Place.SAFE) & (CashMove.way == way)
    moved = select(func.sum(CashMove.amount)).where(of_safe | (CashMove.purpose == drawer_purpose))
    return db.session.scalar(moved) or ZERO
