"""Printers of the shop: entered, changed, tried, taken out of use and brought back, while the shop runs."""

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.current_settings import current_settings
from core.i18n import N_, gettext
from core.journal.history import history_of
from core.journal.record import Kind
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_one_of, read_text, read_whole
from core.web.history import refuse_stale
from core.web.once import once
from pos.settings.printer import PrinterPlan, add_printer, bring_back_printer, change_printer, retire_printer
from pos.settings.printer_table import Printer, all_printers, printer_of
from pos.settings.printer_trial import print_test_slip
from pos.web.settings_words import (
    DOTS_AN_INCH,
    PAPER_WIDTHS,
    PRINTER_KINDS,
    PRINTER_LANGUAGES,
    PRINTER_ROLES,
    WORDS,
    said_width,
)
from printers.at_work import VIRTUAL, printing_of
from printers.job_list import jobs_in, latest_of, meant_for
from printers.spool import JobState
from printers.trouble_words import said_trouble
from printers.web.print_jobs import said_state

bp = Blueprint("printers", __name__, url_prefix="/settings/printers")


@bp.context_processor
def _words() -> dict[str, object]:
    kinds = {kind: said for kind, said in PRINTER_KINDS.items() if kind != VIRTUAL or current_settings().demo}
    return {
        "words": WORDS,
        "roles": [(role, gettext(said)) for role, said in PRINTER_ROLES.items()],
        "kinds": [(kind, gettext(said)) for kind, said in kinds.items()],
        "widths": [(dots, gettext(said)) for dots, said in PAPER_WIDTHS.items()],
        "languages": [(spoken, gettext(said)) for spoken, said in PRINTER_LANGUAGES.items()],
        "dots_an_inch": [(dpi, dpi) for dpi in DOTS_AN_INCH],
        "said_width": said_width,
        "printer_roles": PRINTER_ROLES,
        "kind_names": PRINTER_KINDS,
        "standing": standing,
        "said_state": said_state,
    }


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def index() -> str:
    """Every printer there was, how each stands, and a form for another."""
    return render_template("pos/printers/page.html", printers=all_printers())


@bp.post("")
@for_role(Role.MANAGER)
@once
def add() -> Response:
    """Put a printer into use; the print worker takes it up at once."""
    printer = add_printer(_plan(), by=person_here())
    flash(gettext("The printer “%(name)s” is entered. Print a test slip.", name=printer.name), "ok")
    return redirect(url_for(".show", code=printer.code), 303)


@bp.get("/<code>")
@for_role(Role.MANAGER, Role.AUDITOR)
def show(code: str) -> str:
    """One printer: how it is reached, how it stands, what waits for it, and who changed what."""
    printer = _printer(code)
    return render_template(
        "pos/printers/printer.html",
        printer=printer,
        waiting=jobs_in([JobState.QUEUED, JobState.SENT], lane=meant_for(code, None)),
        last=latest_of(code),
        changes=history_of(Kind.PRINTER, code=code),
    )


@bp.post("/<code>")
@for_role(Role.MANAGER)
@once
def change(code: str) -> Response:
    """Let it be reached otherwise; papers that wait for it go there."""
    change_printer(_unchanged(code), _plan(), by=person_here())
    return _back(code, gettext("Recorded."))


@bp.post("/<code>/test-slips")
@for_role(Role.MANAGER)
@once
def try_out(code: str) -> Response:
    """Print a slip that shows whether it is reached and writes Vietnamese."""
    print_test_slip(_printer(code), by=person_here())
    return _back(code, gettext("The test slip is on its way. Look whether it comes out."))


@bp.post("/<code>/retirement")
@for_role(Role.MANAGER)
@once
def retire(code: str) -> Response:
    """Take it out of use; papers that wait for it stay."""
    retire_printer(_unchanged(code), by=person_here())
    return _back(code, gettext("Recorded."))


@bp.post("/<code>/return")
@for_role(Role.MANAGER)
@once
def bring_back(code: str) -> Response:
    """Use it again."""
    bring_back_printer(_unchanged(code), by=person_here())
    return _back(code, gettext("Recorded."))


def standing(printer: Printer) -> tuple[str, str]:
    """How a printer stands as far as anybody knows, and how the screen colours that; unknown is unknown."""
    printing = printing_of(current_app)
    if not printer.is_in_use:
        return gettext("Out of use"), ""
    if printing is None or printer.code not in printing.spooler.trouble:
        return gettext("Not known: nothing was printed since the start"), ""
    trouble = printing.spooler.trouble[printer.code]
    return (said_trouble(trouble), "act") if trouble else (gettext("It printed the last paper"), "ok")


def _plan() -> PrinterPlan:
    kinds = {kind for kind in PRINTER_KINDS if kind != VIRTUAL or current_settings().demo}
    # A form drawn before label printers had a language of their own says neither.
    spoken = {"language": "escpos", "dpi": "203", **request.form}
    return PrinterPlan(
        name=read_text(request.form, "name", limit=60, label=N_("Name")),
        role=read_one_of(request.form, "role", PRINTER_ROLES, label=N_("Prints")),
        kind=read_one_of(request.form, "kind", kinds, label=N_("Connected")),
        address=read_text(request.form, "address", limit=200, label=N_("Address")),
        dots=read_whole(request.form, "dots", least=8, most=2_000, label=N_("Width of the paper")),
        drawer="drawer" in request.form,
        cut="cut" in request.form,
        language=read_one_of(spoken, "language", PRINTER_LANGUAGES, label=N_("Language of the printer")),
        dpi=int(read_one_of(spoken, "dpi", DOTS_AN_INCH, label=N_("Dots an inch"))),
    )


def _printer(code: str) -> Printer:
    return printer_of(code) or abort(404)


def _unchanged(code: str) -> Printer:
    """The printer, unless somebody changed it after the form was drawn."""
    printer = _printer(code)
    refuse_stale(printer.record_seq, request.form, lambda: history_of(Kind.PRINTER, code=code), WORDS)
    return printer


def _back(code: str, said: str) -> Response:
    flash(said, "ok")
    return redirect(url_for(".show", code=code), 303)
