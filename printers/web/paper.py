"""The demo printer's paper on the screen, and ways to make it fail."""

import io

from flask import Blueprint, Response, abort, current_app, redirect, request, send_file, url_for

from core.current_settings import current_settings
from core.i18n import N_, gettext
from core.staff import Role
from core.web.access import for_role
from core.web.forms import read_one_of
from core.web.fragments import page_or_fragment
from core.web.once import once
from core.web.room_for_selling import goes_on_when_full
from printers.at_work import VIRTUAL, Printing, printing_of
from printers.virtual_mechanism import Fault
from printers.virtual_printer import VirtualPrinter

bp = Blueprint("paper", __name__)

FAULTS = (
    (Fault.PAPER_END, N_("Paper runs out"), "F4"),
    (Fault.COVER_OPEN, N_("Open the cover"), "F6"),
    (Fault.SILENT, N_("Printer falls silent"), "F7"),
)
MIDDLE_OF_A_RECEIPT = 20_000


@bp.get("/paper")
@for_role(Role.CLERK)
def show() -> Response:
    """The demo printer's paper, newest first, and the ways to make it fail."""
    mechanism = _virtual()[1].mechanism
    return page_or_fragment(
        "printers/paper.html",
        "printers/_paper.html",
        papers=list(reversed(mechanism.papers)),
        hanging=mechanism.look() is not None,
        mechanism=mechanism,
        chosen=request.args.get("printer", ""),
        printers=_names(),
        faults=FAULTS,
        fault_name=next((gettext(label) for fault, label, _ in FAULTS if fault is mechanism.fault), ""),
    )


@bp.get("/paper/<int:number>.png")
@for_role(Role.CLERK)
def picture(number: int) -> Response:
    """One piece of paper as a picture; 0 is what hangs out of the printer and was not cut."""
    mechanism = _virtual()[1].mechanism
    found = [one.picture for one in mechanism.papers if one.number == number]
    image = mechanism.look() if number == 0 else found[0] if found else None
    if image is None:
        abort(404)
    file = io.BytesIO()
    image.save(file, "PNG")
    file.seek(0)
    return send_file(file, "image/png", max_age=0)


@bp.post("/paper/fault")
@for_role(Role.CLERK)
@goes_on_when_full
@once
def fault() -> Response:
    """Make the virtual printer fail, at once or in the middle of the next receipt, or put it right."""
    chosen = read_one_of(request.form, "fault", (*(fault.value for fault, _, _ in FAULTS), "none"))
    printing, printer = _virtual()
    if chosen == "none":
        printer.recover()
        printing.spooler.wake()
    else:
        printer.fail(Fault(chosen), after_bytes=MIDDLE_OF_A_RECEIPT if "middle" in request.form else 0)
    return redirect(url_for("paper.show", printer=request.form.get("printer") or None), 303)


def _names() -> dict[str, str]:
    """What the shop calls its printers made of software, by their keys."""
    return {printer.key: printer.name for printer in current_settings().printers if printer.kind == VIRTUAL}


def _virtual() -> tuple[Printing, VirtualPrinter]:
    printing = printing_of(current_app)
    if printing is None or not printing.virtual:
        abort(404)
    first = next(iter(printing.virtual))
    return printing, printing.virtual.get(request.values.get("printer", first)) or printing.virtual[first]
