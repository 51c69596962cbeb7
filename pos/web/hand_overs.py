"""Handing the drawer over on one page: the leaving person counts, the next one signs by PIN and stands at the till."""

from collections.abc import Callable
from functools import wraps

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.i18n import N_, gettext
from core.staff import Role, Staff
from core.web.access import for_role, person_here, sign_in
from core.web.forms import read_money, read_text
from core.web.once import once
from core.web.room_for_selling import goes_on_when_full
from core.web.signin import people_at_work, prove_by
from pos.basket import parked_baskets
from pos.cash.hand_over import hand_over
from pos.reports.day_report import print_z_report
from pos.shifts.shift import open_shift_of
from pos.web.cash_count import NOTES, TENDER_SUMS, read_counted, read_counts
from pos.web.counter import register_here, shift_counted_here

bp = Blueprint("hand_overs", __name__, url_prefix="/shift")


@bp.get("/hand-over")
@for_role(Role.CLERK)
def show() -> Response | str:
    """Count blind, and choose who takes over."""
    register = register_here()
    shift = open_shift_of(register)
    if shift is None:
        return redirect(url_for("shifts.show"), 303)
    return render_template(
        "pos/shift/hand_over.html",
        shift=shift,
        notes=NOTES,
        tender_sums=TENDER_SUMS,
        people=[(str(person.id), person.name) for person in who_may_take_over(person_here())],
        parked=parked_baskets(register),
    )


def who_may_take_over(leaving: Staff) -> list[Staff]:
    """Everybody who sells, but whoever leaves."""
    return [person for person in people_at_work() if person.id != leaving.id and person.role is not Role.AUDITOR]


def signed_by_the_next(view: Callable[..., object]) -> Callable[..., object]:
    """Prove the next person's PIN before the transaction of the act begins; wrong ones count for them, here."""

    @wraps(view)
    def proved(**address: object) -> object:
        pin = read_text(request.form, "next_pin", limit=20, label=N_("PIN of the next person"))
        g.takes_over = prove_by(request.form.get("next", ""), pin)
        return view(**address)

    return proved


@bp.post("/hand-over")
@for_role(Role.CLERK)
@goes_on_when_full
@signed_by_the_next
@once
def sign() -> Response:
    """Close the shift by its count, open the next one with it, print the Z report, let the next person stand here."""
    shift, leaving = shift_counted_here(request.form), person_here()
    recounted = read_money(request.form, "recounted", label=N_("Recounted")) if _typed("recounted") else None
    handed = hand_over(
        shift,
        counted=read_counted(request.form),
        counts=read_counts(request.form),
        recounted=recounted,
        by=leaving,
        to=g.takes_over,
    )
    print_z_report(shift, by=leaving)
    sign_in(g.takes_over)
    said = gettext("%(name)s has taken over: shift %(number)s.", name=g.takes_over.name, number=handed.shift_number)
    flash(said, "ok")
    return redirect(url_for("shifts.closed", number=shift.number), 303)


def _typed(name: str) -> bool:
    return bool(request.form.get(name, "").strip())
