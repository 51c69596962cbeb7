"""How printing stands, what the clerk is asked, and the printer's lamp in the foot bar."""

from flask import Blueprint, Response, abort, current_app, flash, redirect, request, url_for
from sqlalchemy.exc import NoResultFound

from core.approval import Act
from core.current_settings import current_settings
from core.i18n import N_, gettext
from core.staff import Role
from core.web.access import current_staff, for_role
from core.web.approval import need_approval
from core.web.foot import Colour, FootItem
from core.web.forms import read_one_of
from core.web.fragments import page_or_fragment
from core.web.once import once
from core.web.room_for_selling import goes_on_when_full
from printers.at_work import printing_of
from printers.job_list import job_called, latest_jobs, open_questions, waiting_count
from printers.spool import DRAWER_PULSE, JobState, PrintJob, print_again, send_to_printer, settle_unknown
from printers.spooler import NO_PRINTER
from printers.status import Trouble
from printers.trouble_words import said_trouble

bp = Blueprint(
    "print_jobs",
    __name__,
    template_folder="../templates",
    static_folder="../static",
    static_url_path="/static/printers",
)

DOCUMENTS = {
    "receipt": N_("Receipt"),
    "x_report": N_("X report"),
    "z_report": N_("Z report"),
    "cash_slip": N_("Cash slip, record"),
    "day_book": N_("Day book"),
    "delivery_request": N_("Delivery request"),
    "test_slip": N_("Test slip"),
    "labels": N_("Labels"),
    "delivery_slip": N_("Goods receipt, producer's paper"),
    "delivery_slip_kept": N_("Goods receipt, shop's paper"),
    "producer_return_slip": N_("Goods sent back, producer's paper"),
    "producer_return_slip_kept": N_("Goods sent back, shop's paper"),
    DRAWER_PULSE: N_("Drawer"),
}
NAMED_WITHOUT_NUMBER = (DRAWER_PULSE, "day_book")  # the number of a day book is its two days
DRAWN_AS_THINGS_STAND = ("x_report", "day_book")  # a second paper tells what is in the drawer now
IN_SHORT = {
    Trouble.PAPER_END: N_("out of paper"),
    Trouble.COVER_OPEN: N_("cover open"),
    Trouble.OFFLINE: N_("offline"),
    Trouble.ERROR: N_("error"),
    Trouble.SILENT: N_("no answer"),
    Trouble.UNREACHABLE: N_("cannot be reached"),
    Trouble.BROKEN: N_("line broken off"),
    NO_PRINTER: N_("not set up"),
}
STATES = {
    JobState.QUEUED: (N_("Waiting"), "warn"),
    JobState.SENT: (N_("On its way"), "warn"),
    JobState.CONFIRMED: (N_("Printed"), "ok"),
    JobState.FAILED: (N_("Not printed"), "act"),
    JobState.UNKNOWN: (N_("Not certain"), "act"),
}


def printer_item() -> FootItem | None:
    """The printer's lamp: red when somebody must look after it or say what came out."""
    printing = printing_of(current_app)
    if printing is None:
        return None
    url, waiting, asked = url_for("print_jobs.show"), waiting_count(), len(open_questions())
    trouble = next((why for why in printing.spooler.trouble.values() if why), None)
    if asked:
        return FootItem(gettext("Printer: look at %(count)s papers", count=asked), "act", url)
    if waiting and trouble:
        said = gettext("Printer: %(why)s, %(count)s papers wait", why=gettext(IN_SHORT[trouble]), count=waiting)
        return FootItem(said, _colour_of(trouble), url)
    if waiting:
        return FootItem(gettext("Printing: %(count)s", count=waiting), "ok", url)
    return FootItem(gettext("Printer"), "ok" if printing.spooler.devices else "unknown", url)


@bp.get("/print-jobs")
@for_role(Role.CLERK)
def show() -> Response:
    """How printing stands: what somebody must say, what waits, what was printed."""
    printing = printing_of(current_app)
    troubles = [why for why in printing.spooler.trouble.values() if why] if printing else [NO_PRINTER]
    return page_or_fragment(
        "printers/jobs.html",
        "printers/_jobs.html",
        virtual=bool(printing and printing.virtual),
        questions=open_questions(),
        jobs=latest_jobs(),
        waiting=waiting_count(),
        troubles=[said_trouble(why) for why in troubles],
        name_of=_name_of,
        state_of=said_state,
        stranded=_stranded,
        printers=printers_in_use(),
        why=said_trouble,
    )


@bp.post("/print-jobs/<uid>/settlement")
@for_role(Role.CLERK)
@goes_on_when_full
@once
def settle(uid: str) -> Response:
    """The clerk saw what came out: a whole paper, or none that anybody needs any more."""
    came_out = read_one_of(request.form, "came_out", ("yes", "no")) == "yes"
    settle_unknown(_job(uid), printed=came_out, by=current_staff())
    return redirect(url_for("print_jobs.show"), 303)


@bp.post("/print-jobs/<uid>/second-paper")
@for_role(Role.CLERK)
@goes_on_when_full
@once
def second_paper(uid: str) -> Response:
    """Print it anew; the paper says that it was printed again when a first may exist."""
    job = _job(uid)
    print_again(job, current_staff(), printer=job.printer if job.printer in printers_in_use() else None)
    if job.kind in DRAWN_AS_THINGS_STAND:
        need_approval(Act.EXPECTED_CASH, about=str(job.number))
    flash(gettext("It is being printed again."))
    return redirect(url_for("print_jobs.show"), 303)


@bp.post("/print-jobs/<uid>/printer")
@for_role(Role.CLERK)
@goes_on_when_full
@once
def send(uid: str) -> Response:
    """Let a paper that waits come out of another printer."""
    send_to_printer(_job(uid), read_one_of(request.form, "printer", printers_in_use()))
    return redirect(url_for("print_jobs.show"), 303)


def why_waiting(job: PrintJob) -> tuple[str, str]:
    """Why a paper does not come out yet and what to do, with its colour; nothing while it may come at any moment."""
    printing = printing_of(current_app)
    trouble = printing.spooler.waits_because(job) if printing else None
    if trouble is None:
        return "", ""
    by_itself = "" if trouble == NO_PRINTER else gettext("The paper then comes out by itself.")
    return f"{said_trouble(trouble)} {by_itself}".strip(), _colour_of(trouble)


def printers_in_use() -> dict[str, str]:
    """The printers that papers can go to: their names by their keys."""
    return {printer.key: printer.name for printer in current_settings().printers}


def _colour_of(trouble: str) -> Colour:
    """Red where somebody must go to the printer."""
    return "unknown" if trouble == Trouble.SILENT else "warn" if trouble == NO_PRINTER else "act"


def _stranded(job: PrintJob) -> bool:
    """Whether it waits for a printer that is out of use, so that somebody must send it elsewhere."""
    return job.state is JobState.QUEUED and job.printer is not None and job.printer not in printers_in_use()


def _job(uid: str) -> PrintJob:
    try:
        return job_called(uid)
    except NoResultFound:
        abort(404)


def _name_of(job: PrintJob) -> str:
    """What the paper is, as people call it: Receipt 42, copy 1."""
    kind = gettext(DOCUMENTS.get(job.kind, job.kind))
    name = kind if job.kind in NAMED_WITHOUT_NUMBER else f"{kind} {job.number}"
    return gettext("%(paper)s, copy %(copy)s", paper=name, copy=job.copy) if job.copy else name


def said_state(job: PrintJob) -> tuple[str, str]:
    """How a job stands, and how the screen colours that."""
    label, state = STATES[job.state]
    settled = job.answer is not None or not job.needs_a_person
    return gettext(label), "unknown" if state == "act" and settled else state
