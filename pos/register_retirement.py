"""Registers that are taken out of service and brought back; what was sold there stays."""

from sqlalchemy import func, select

from core import clock
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.staff import Staff
from pos.basket_table import Basket, BasketLine, BasketState
from pos.register import Register, registers_in_service, write_register
from pos.shifts.shift_table import open_shift_of


class ShiftStillOpen(RuleBroken):
    """A drawer is counted before nobody stands at it any more."""

    message = N_("Shift %(number)s is still open at %(register)s. Close it first.")


class BasketsWait(RuleBroken):
    """Somebody may come back for them, and money may lie in them."""

    message = N_("%(count)s baskets still wait at %(register)s. Sell them or give them up first.")


class LastRegister(RuleBroken):
    """A shop without a register sells nothing."""

    message = N_("%(register)s is the only register in service. Add another one first.")


class RegisterRetired(RuleBroken):
    """It is out of service already."""

    message = N_("%(register)s is out of service. Bring it back first.")


class RegisterInService(RuleBroken):
    """It need not be brought back."""

    message = N_("%(register)s is in service already.")


def retire_register(register: Register, *, by: Staff) -> None:
    """Take a register out of service: no shift is opened there any more."""
    need_in_service(register)
    shift = open_shift_of(register)
    if shift is not None:
        raise ShiftStillOpen(number=shift.number, register=register.name)
    if waiting := _waiting_baskets(register):
        raise BasketsWait(count=waiting, register=register.name)
    if registers_in_service() == [register]:
        raise LastRegister(register=register.name)
    register.retired_at = clock.now()
    write_register(register, by=by)


def bring_back_register(register: Register, *, by: Staff) -> None:
    """Put a register into service again, under its old code."""
    if register.is_in_service:
        raise RegisterInService(register=register.name)
    register.retired_at = None
    write_register(register, by=by)


def need_in_service(register: Register) -> None:
    """RegisterRetired for one where nobody stands any more."""
    if not register.is_in_service:
        raise RegisterRetired(register=register.name)


def _waiting_baskets(register: Register) -> int:
    """Customers' baskets with goods in them, on the screen or laid aside; nobody comes back for practice."""
    live = (BasketState.OPEN, BasketState.PARKED)
    query = (
        select(func.count(Basket.id.distinct()))
        .join(BasketLine, BasketLine.basket_id == Basket.id)
        .where(Basket.register_id == register.id, ~Basket.practice, Basket.state.in_(live))
    )
    return db.session.scalar(query) or 0
