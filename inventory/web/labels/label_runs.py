"""Labels that were printed: print what is on the list, look at a run, fetch its sheets."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from config.reference.label_stocks import label_stock
from core.database import db
from core.i18n import N_, current_language, gettext
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.list_file import Columns, list_file, wants_file
from core.web.once import once
from inventory.labels.label_draft import drop_wishes, wishes_of
from inventory.labels.label_kind import KIND_NAMES
from inventory.labels.label_paper import sheets_of
from inventory.labels.label_run import print_labels
from inventory.labels.label_run_table import LabelLine, LabelRun
from inventory.web.labels.label_choice import read_label_choice, words
from inventory.web.names import words as goods_words
from printers.web.pdf_answer import answer_pdf

bp = Blueprint("label_runs", __name__, url_prefix="/inventory/labels/runs", template_folder="../../templates")
bp.context_processor(goods_words)
bp.context_processor(words)


COLUMNS: Columns[LabelLine] = (
    (N_("Product"), lambda line: line.product.full_name),
    (N_("Kind of label"), lambda line: gettext(KIND_NAMES[line.kind])),
    (N_("Lot"), lambda line: line.lot.number if line.lot else None),
    (N_("Price"), lambda line: line.price),
    (N_("Stars"), lambda line: line.stars),
    (N_("Stars until"), lambda line: line.stars_until),
    (N_("Number of labels"), lambda line: line.copies),
)


@bp.post("")
@for_role(Role.MANAGER)
@once
def print_list() -> AnyResponse:
    """Print the list: on a printer at once, or as sheets to be fetched; the list is empty then."""
    person = person_here()
    run = print_labels(wishes_of(person), read_label_choice().plan(), by=person)
    drop_wishes(person)
    if run.printer is not None:
        flash(gettext("%(count)s labels are on their way to the printer.", count=run.copies), "ok")
    return redirect(url_for(".show", number=run.number), 303)


@bp.get("/<int:number>")
@for_role(Role.MANAGER, Role.AUDITOR)
def show(number: int) -> str | AnyResponse:
    """One run: its labels with the prices and stars that were printed."""
    run = _run(number)
    if wants_file():
        return list_file(f"tem-{number}", N_("Labels"), COLUMNS, run.lines)
    stock = label_stock(run.stock)
    return render_template(
        "inventory/labels/run.html", run=run, stock_name=stock.name(current_language()), is_sheet=stock.kind == "sheet"
    )


@bp.get("/<int:number>.pdf")
@for_role(Role.MANAGER, Role.AUDITOR)
def sheets(number: int) -> Response:
    """The sheets of a run."""
    run = _run(number)
    if run.printer is not None:
        raise NotFound
    return answer_pdf(sheets_of(run), name=gettext("Labels %(number)s", number=run.number))


def _run(number: int) -> LabelRun:
    run = db.session.get(LabelRun, number)
    if run is None:
        raise NotFound
    return run
