"""Cash in and out of the drawer without a sale: what for, how much, a slip, and a manager for more than a clerk may."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from core.approval import Act
from core.i18n import N_, gettext
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.approval import need_approval, need_manager
from core.web.forms import Form, read_choice, read_money, read_text
from core.web.once import once
from core.web.room_for_selling import goes_on_when_full
from pos.cash.cash_move import Told, checked, move_drawer_cash, needs_a_manager
from pos.cash.cash_move_table import OFFERED, PURPOSE_NAMES, Place, Purpose, Way, cash_move_of_record, cash_moves_of
from pos.cash.cash_slip import print_cash_slip
from pos.shifts.shift import open_shift_of
from pos.web.counter import register_here

bp = Blueprint("cash_moves", __name__, url_prefix="/shift")


@bp.get("/cash")
@for_role(Role.CLERK)
def show() -> Response | str:
    """What was put in and taken out in this shift, and the forms for more."""
    register = register_here()
    shift = open_shift_of(register)
    if shift is None:
        return redirect(url_for("shifts.show"), 303)
    return render_template(
        "pos/cash/page.html",
        register=register,
        shift=shift,
        moves=cash_moves_of(shift.number),
        **offered(Place.DRAWER),
    )


@bp.post("/cash-in")
@for_role(Role.CLERK)
@goes_on_when_full
@once
def put_in() -> Response:
    """Put cash into the drawer."""
    move = move_drawer_cash(register_here(), Way.IN, read_told(request.form), by=person_here())
    flash(gettext("%(amount)s put in. Lay the slip into the drawer.", amount=move.amount), "ok")
    return redirect(url_for(".show"), 303)


@bp.post("/cash-out")
@for_role(Role.CLERK)
@goes_on_when_full
@once
def take_out() -> Response:
    """Take cash out of the drawer; the manager is there before anybody hears whether so much can be in it.

    What is missing in the form is said before anybody is called for it.
    """
    register, told = register_here(), checked(Place.DRAWER, Way.OUT, read_told(request.form))
    asks = needs_a_manager(register, told.amount)
    if asks:
        need_manager(Act.CASH_OUT)
    move = move_drawer_cash(register, Way.OUT, told, by=person_here())
    if asks:
        need_approval(Act.CASH_OUT, about=str(move.record_seq), shift=move.shift_number)
    flash(gettext("%(amount)s taken out. Lay the slip into the drawer.", amount=move.amount), "ok")
    return redirect(url_for(".show"), 303)


@bp.post("/cash/<int:record>/copies")
@for_role(Role.CLERK)
@goes_on_when_full
@once
def copy(record: int) -> Response:
    """Print a slip again; the paper says that it is a copy, and the drawer stays shut."""
    move = cash_move_of_record(record)
    if move is None or (move.shift_number is None and person_here().role is Role.CLERK):
        raise NotFound
    print_cash_slip(move, by=person_here())
    return redirect(url_for(".show"), 303)


def offered(place: Place) -> dict[str, object]:
    """What the forms of a place offer, in the language of the screen."""
    return {
        way: [(purpose.value, gettext(PURPOSE_NAMES[purpose])) for purpose in OFFERED[place, choice]]
        for way, choice in (("in_for", Way.IN), ("out_for", Way.OUT))
    }


def read_told(form: Form) -> Told:
    """What somebody typed about a cash move."""
    return Told(
        read_choice(form, "purpose", Purpose, label=N_("What for?")),
        read_money(form, "amount", label=N_("How much?")),
        reason=read_text(form, "reason", required=False, label=N_("Reason")),
        payee=read_text(form, "payee", required=False, limit=100, label=N_("Who got it?")),
        reference=read_text(form, "reference", required=False, limit=60, label=N_("Number on the deposit slip")),
    )
