"""The account of a drawer: what was laid in, taken, given back, put in and taken out makes what should be there."""

from dataclasses import dataclass

from sqlalchemy import func, select

from core.database import db
from core.money import ZERO, Money
from pos.cash.cash_move_table import CashMove, Place, Way
from pos.reports.span import Span, in_shift
from pos.returns.refund_totals import cash_given_back
from pos.sale import Sale, Tender
from pos.shifts.shift_table import Shift
from pos.tender import TenderKind


@dataclass(frozen=True, slots=True)
class DrawerCash:
    """One drawer over one shift. `taken` is the cash of sales less change, `given_back` the cash for goods."""

    float_: Money
    taken: Money
    given_back: Money
    put_in: Money
    taken_out: Money

    @property
    def expected(self) -> Money:
        """What should be in the drawer."""
        return self.float_ + self.taken - self.given_back + self.put_in - self.taken_out


def drawer_cash_of(shift: Shift) -> DrawerCash:
    """The account of a shift's drawer at the moment of asking."""
    span = in_shift(shift.number)
    return DrawerCash(
        float_=shift.float_,
        taken=cash_taken(span),
        given_back=cash_given_back(span),
        put_in=cash_moved(span, Way.IN),
        taken_out=cash_moved(span, Way.OUT),
    )


def cash_in_drawer(shift: Shift) -> Money:
    """What should be in the drawer of a running shift."""
    return drawer_cash_of(shift).expected


def cash_taken(span: Span) -> Money:
    """The cash that stayed of what customers handed over."""
    handed_over = select(func.sum(Tender.amount)).join(Sale, Sale.number == Tender.sale_number)
    cash: Money = db.session.scalar(handed_over.where(span(Sale), Tender.kind == TenderKind.CASH)) or ZERO
    change: Money = db.session.scalar(select(func.sum(Sale.change)).where(span(Sale))) or ZERO
    return cash - change


def cash_moved(span: Span, way: Way, place: Place = Place.DRAWER) -> Money:
    """What was put in, or taken out, without a sale."""
    moved = select(func.sum(CashMove.amount)).where(span(CashMove), CashMove.way == way, CashMove.place == place)
    return db.session.scalar(moved) or ZERO
