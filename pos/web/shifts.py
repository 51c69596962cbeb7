"""The shift: opening float, X at any time, closing by a blind count, Z."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from core.approval import Act
from core.database import db
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.approval import LOOK_FIELD, has_look, look_of, need_approval, need_look
from core.web.forms import read_text
from core.web.fragments import page_or_fragment
from core.web.once import once
from core.web.room_for_selling import goes_on_when_full
from pos.basket import parked_baskets
from pos.cash.drawer import open_drawer
from pos.cash.hand_over_table import hand_over_from
from pos.register import register_by_code, registers_in_service
from pos.reports.day_report import print_x_report, print_z_report, report_of
from pos.shifts.shift import Shift, close_shift, latest_shifts, need_open_shift, open_shift, open_shift_of
from pos.shifts.shift_acts import story_of
from pos.shifts.shift_count import counts_of
from pos.shifts.visitor import visitors_of
from pos.web.cash_count import NOTES, TENDER_SUMS, read_counted, read_counts, read_notes, worth_of
from pos.web.counter import register_here, shift_counted_here, stand_at
from pos.web.paper import picture_of
from printers.layouts.day_report import lay_out_day_report

bp = Blueprint("shifts", __name__, url_prefix="/shift")


@bp.get("")
@for_role(Role.CLERK)
def show() -> Response | str:
    """The running shift; before it, the form that opens one."""
    register = register_here()
    shift = open_shift_of(register)
    if shift is None:
        return render_template(
            "pos/shift/opening.html", register=register, registers=registers_in_service(), notes=NOTES
        )
    return render_template(
        "pos/shift/page.html",
        register=register,
        registers=registers_in_service(),
        shift=shift,
        story=story_of(shift),
        visitors=visitors_of(shift.number),
        earlier=latest_shifts(register, limit=8),
    )


@bp.get("/count")
@for_role(Role.CLERK)
def count() -> Response:
    """What the notes typed so far come to."""
    notes = read_notes(request.args)
    return page_or_fragment("pos/shift/_counted.html", "pos/shift/_counted.html", notes=notes, worth=worth_of(notes))


@bp.post("/register")
@for_role(Role.CLERK)
@goes_on_when_full
@once
def choose_register() -> Response:
    """Stand at another register with this browser."""
    register = register_by_code(read_text(request.form, "register"))
    if register is None or not register.is_in_service:
        raise NotFound
    stand_at(register)
    return redirect(url_for(".show"), 303)


@bp.post("/opening")
@for_role(Role.CLERK)
@goes_on_when_full
@once
def open_() -> Response:
    """Open the shift with the float that was counted."""
    open_shift(register_here(), float_=read_counted(request.form), by=person_here())
    return redirect(url_for("till.show"), 303)


@bp.get("/x")
@for_role(Role.CLERK)
def x_report() -> str:
    """What the shift took so far, on the screen; it tells what should be in the drawer, so a clerk needs a manager."""
    shift = need_open_shift(register_here())
    need_look(Act.EXPECTED_CASH, about=str(shift.number), send_to=url_for(".show_x"))
    return render_template("pos/shift/x.html", shift=shift, look={LOOK_FIELD: request.args.get(LOOK_FIELD)})


@bp.post("/x/look")
@for_role(Role.CLERK)
@goes_on_when_full
@once
def show_x() -> Response:
    """Lead to the report once a manager has allowed it."""
    shift = need_open_shift(register_here())
    approval = need_approval(Act.EXPECTED_CASH, about=str(shift.number), shift=shift.number)
    return redirect(url_for(".x_report", **look_of(approval)), 303)


@bp.get("/<int:number>.png")
@for_role(Role.CLERK, Role.AUDITOR)
def picture(number: int) -> Response:
    """The report of a shift as the printer draws it: X while it runs, Z once it was counted."""
    shift = db.get_or_404(Shift, number)
    if shift.is_open:
        need_look(Act.EXPECTED_CASH, about=str(number), send_to=url_for(".show_x"))
    report = report_of(shift, by=person_here().name)
    return picture_of(lay_out_day_report(report))


@bp.post("/x")
@for_role(Role.CLERK)
@goes_on_when_full
@once
def print_x() -> Response:
    """Print what the shift took so far."""
    shift = need_open_shift(register_here())
    if not has_look(Act.EXPECTED_CASH, about=str(shift.number)):
        need_approval(Act.EXPECTED_CASH, about=str(shift.number), shift=shift.number)
    print_x_report(shift, by=person_here())
    return redirect(url_for(".show"), 303)


@bp.post("/drawer")
@for_role(Role.CLERK)
@goes_on_when_full
@once
def drawer() -> Response:
    """Open the drawer without a sale, with the reason."""
    register, reason = register_here(), read_text(request.form, "reason")
    opening = open_drawer(register, reason=reason, by=person_here())
    need_approval(Act.OPEN_DRAWER, about=register.code, shift=opening.shift_number)
    return redirect(url_for(".show"), 303)


@bp.get("/closing")
@for_role(Role.CLERK)
def closing() -> str:
    """Count the drawer; what should be there is not told before."""
    register = register_here()
    return render_template(
        "pos/shift/closing.html",
        shift=need_open_shift(register),
        notes=NOTES,
        tender_sums=TENDER_SUMS,
        parked=parked_baskets(register),
    )


@bp.post("/closing")
@for_role(Role.CLERK)
@goes_on_when_full
@once
def close() -> Response:
    """Close the shift by what was counted, and print its Z report."""
    shift, clerk = shift_counted_here(request.form), person_here()
    close_shift(shift, counted=read_counted(request.form), counts=read_counts(request.form), by=clerk)
    print_z_report(shift, by=clerk)
    return redirect(url_for(".closed", number=shift.number), 303)


@bp.get("/<int:number>")
@for_role(Role.CLERK, Role.AUDITOR)
def closed(number: int) -> str:
    """The Z report of a closed shift: expected, counted, and what lowered a total."""
    shift = _closed_shift(number)
    return render_template(
        "pos/shift/closed.html",
        shift=shift,
        closing=shift.closing,
        counts=counts_of(number),
        handed=hand_over_from(shift),
    )


@bp.post("/<int:number>/copies")
@for_role(Role.CLERK)
@goes_on_when_full
@once
def copy(number: int) -> Response:
    """Print the Z report again; the paper says that it is a copy."""
    print_z_report(_closed_shift(number), by=person_here())
    return redirect(url_for(".closed", number=number), 303)


def _closed_shift(number: int) -> Shift:
    shift = db.session.get(Shift, number)
    if shift is None or shift.is_open:
        raise NotFound
    return shift
