"""Cash put in or taken out without a sale: change brought, an expense, a deposit at the bank, the owner's own.

No clerk learns from a refusal how much the drawer should hold: it would be found in twenty tries. So the pages let a
manager stand by before this is asked for more than a clerk may take out alone (`needs_a_manager`).
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from core.clock import today
from core.current_settings import current_settings
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind
from core.money import ZERO, Money
from core.private_mark import fingerprint, mark_of
from core.staff import Staff
from core.text import clean
from pos.cash.cash_move_table import (
    OFFERED,
    CashMove,
    DepositSeen,
    Place,
    Purpose,
    Way,
    cash_move_of_record,
    cash_moves_of,
    deposits_on_their_way,
)
from pos.cash.cash_slip import print_cash_slip
from pos.cash.drawer_cash import cash_in_drawer
from pos.cash.safe import cash_in_safe
from pos.register import Register
from pos.shifts.shift_table import need_open_shift

__all__ = [
    "CashMove",
    "Told",
    "cash_move_of_record",
    "cash_moves_of",
    "checked",
    "deposits_on_their_way",
    "move_drawer_cash",
    "move_safe_cash",
    "needs_a_manager",
    "see_deposit",
]

_LONGEST = 200


class NoAmount(RuleBroken):
    """Nothing moved."""

    message = N_("Type how much was put in or taken out; it must be more than 0 ₫.")


class NotInDrawer(RuleBroken):
    """More than the drawer should hold; how much that is, nobody hears before counting."""

    message = N_(
        "There should not be so much in the drawer. Nothing was recorded. "
        "Check the amount, or record first what was put in."
    )


class NotInSafe(RuleBroken):
    """More than the safe should hold by the book."""

    message = N_("By the book there are only %(held)s in the safe. Record first what was put into it.")


class NotOffered(RuleBroken):
    """A purpose that fits neither this way nor this place."""

    message = N_("Choose from the list what the money is for.")


class ReasonForCashMissing(RuleBroken):
    """Money that moves without a sale has a reason, and the Z report shows it."""

    message = N_("Say in a few words what the money is for. It stands in the Z report.")


class PayeeMissing(RuleBroken):
    """An expense went to somebody."""

    message = N_("Say who got the money: the shop, the driver, the craftsman.")


class SlipNumberMissing(RuleBroken):
    """A deposit is found again on the bank's statement by the number on its slip."""

    message = N_("Type the number on the bank's deposit slip.")


class NoDeposit(RuleBroken):
    """Only what was taken to the bank comes to stand on its statement."""

    message = N_("This is no bank deposit. Look at the list again.")


class DepositSeenAlready(RuleBroken):
    """One deposit stands once on a statement."""

    message = N_("This deposit was found on the statement already. Look at the list again.")


class StatementDayWrong(RuleBroken):
    """The bank cannot have it before it was brought, nor tomorrow."""

    message = N_("The day on the statement lies between the day of the deposit and today. Type it again.")


class OtherAmountUnexplained(RuleBroken):
    """The bank wrote another amount: somebody must say why."""

    message = N_("The statement shows another amount than the deposit. Say why in a few words.")


@dataclass(frozen=True, slots=True)
class Told:
    """What a person says of a cash move."""

    purpose: Purpose
    amount: Money
    reason: str = ""
    payee: str = ""
    reference: str = ""


def needs_a_manager(register: Register, amount: Money) -> bool:
    """Whether taking so much out of the drawer is more, over the whole shift, than a clerk may take out alone."""
    shift = need_open_shift(register)
    out = select(func.sum(CashMove.amount)).where(CashMove.shift_number == shift.number, CashMove.way == Way.OUT)
    taken: Money = db.session.scalar(out) or ZERO
    return taken + amount > Money(current_settings().cash.clerk_takes_out)


def move_drawer_cash(register: Register, way: Way, told: Told, *, by: Staff) -> CashMove:
    """Put cash into a drawer or take it out; the drawer opens, and a slip is printed to lie in it."""
    shift = need_open_shift(register)
    told = checked(Place.DRAWER, way, told)
    if way is Way.OUT and told.amount > cash_in_drawer(shift):
        raise NotInDrawer()
    move = write_move(Place.DRAWER, way, told, register=register, shift=shift.number, by=by)
    print_cash_slip(move, by=by)
    return move


def move_safe_cash(way: Way, told: Told, *, by: Staff) -> CashMove:
    """Put cash into the safe or take it out, outside of any shift; its slip comes out of the first printer."""
    told = checked(Place.SAFE, way, told)
    if way is Way.OUT and told.amount > (held := cash_in_safe()):
        raise NotInSafe(held=held)
    move = write_move(Place.SAFE, way, told, register=None, shift=None, by=by)
    print_cash_slip(move, by=by)
    return move


def checked(place: Place, way: Way, told: Told) -> Told:
    """What was said, fit to keep; refused where something is missing."""
    reason, payee, reference = (clean(text, limit=_LONGEST) for text in (told.reason, told.payee, told.reference))
    if told.purpose not in OFFERED[place, way]:
        raise NotOffered()
    if told.amount <= ZERO:
        raise NoAmount()
    if told.purpose is Purpose.EXPENSE and not payee:
        raise PayeeMissing()
    if told.purpose is Purpose.DEPOSIT and not reference:
        raise SlipNumberMissing()
    if told.purpose in (Purpose.EXPENSE, Purpose.OTHER) and not reason:
        raise ReasonForCashMissing()
    return Told(
        told.purpose,
        told.amount,
        reason,
        payee if told.purpose is Purpose.EXPENSE else "",
        reference if told.purpose is Purpose.DEPOSIT else "",
    )


def write_move(
    place: Place, way: Way, told: Told, *, register: Register | None, shift: int | None, by: Staff
) -> CashMove:
    """The row and its record."""
    day, payee_mark = today(), mark_of(told.payee)
    body = {
        "place": place.value,
        "reg": register.code if register else None,
        "day": day.isoformat(),
        "kind": told.purpose.value,
        "amt": told.amount.dong,
        "reason": told.reason,
        "payee": fingerprint(payee_mark),
        "ref": told.reference,
    }
    record = write_record(Kind.CASH_IN if way is Way.IN else Kind.CASH_OUT, body, by=by, shift=shift)
    move = CashMove(
        way=way,
        place=place,
        purpose=told.purpose,
        register_id=register.id if register else None,
        shift_number=shift,
        day=day,
        moved_at=record.ts,
        staff_id=by.id,
        amount=told.amount,
        reason=told.reason,
        payee=told.payee,
        payee_mark=payee_mark,
        reference=told.reference,
        record_seq=record.seq,
    )
    db.session.add(move)
    db.session.flush()
    return move


def see_deposit(move: CashMove, *, day: date, amount: Money, note: str, by: Staff) -> DepositSeen:
    """Write down that a deposit stands on the bank's statement; 0 ₫ and a note where it never arrived."""
    note = clean(note, limit=_LONGEST)
    if move.purpose is not Purpose.DEPOSIT:
        raise NoDeposit()
    if move.seen is not None:
        raise DepositSeenAlready()
    if not move.day <= day <= today():
        raise StatementDayWrong()
    if amount != move.amount and not note:
        raise OtherAmountUnexplained()
    body = {"of": move.record_seq, "day": day.isoformat(), "amt": amount.dong, "note": note}
    record = write_record(Kind.DEPOSIT_SEEN, body, by=by)
    seen = DepositSeen(
        move_id=move.id,
        day=day,
        seen_at=record.ts,
        staff_id=by.id,
        amount=amount,
        note=note,
        record_seq=record.seq,
    )
    db.session.add(seen)
    db.session.flush()
    db.session.expire(move, ["seen"])
    return seen
