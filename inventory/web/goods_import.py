"""Goods from a spreadsheet: choose the file, look at what would happen row by row, enter everything at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from config.reference.goods_columns import goods_columns
from config.reference.groups import leaf_groups
from config.reference.tax_rates import tax_classes
from core.clock import today
from core.current_settings import current_settings
from core.errors import RuleBroken
from core.i18n import N_, current_language, gettext
from core.journal.chain import next_seq
from core.spreadsheet.reading import read_spreadsheet
from core.spreadsheet.writing import as_csv
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.download import download
from core.web.forms import read_one_of, read_text
from core.web.once import once
from inventory.importing.goods_columns import check_columns, find_headings
from inventory.importing.goods_import import enter_goods, try_out
from inventory.importing.goods_import_draft import (
    FIRST_CHOICES,
    GoodsImport,
    choices_as_text,
    close_import,
    columns_as_text,
    drop_import,
    import_of,
    keep_outcomes,
    open_import,
)
from inventory.importing.goods_import_outcome import Outcome, as_text, counts
from inventory.importing.goods_list import latest_lists, write_list_down
from inventory.importing.goods_row import Choices
from inventory.lot import TermsKind
from inventory.web.goods_cells import read_percent
from inventory.web.goods_import_words import STANDING_NAMES, examples_of, percent_typed, say
from inventory.web.goods_rows import ReadList, read_list
from inventory.web.goods_template import goods_template
from inventory.web.names import words

bp = Blueprint("goods_import", __name__, url_prefix="/inventory/goods-import", template_folder="../templates")
bp.context_processor(words)
_LATEST = 10
AT_ONCE = 1_000
"""How many rows one press enters: the tills wait for so long, a few seconds."""
SHOWN = 300
"""How many rows the page shows; all of them are in the report."""

View = TypeVar("View", bound=Callable[..., object])


class ListMovedOn(RuleBroken):
    message = N_("Something in the shop changed since this preview was made, and nothing was entered. "
                 "Press “Look again”.")  # fmt: skip


class NoListWaits(RuleBroken):
    message = N_(
        "This list does not wait any more: it was entered or laid away in another window. Open this page again."
    )


class NoFileChosen(RuleBroken):
    message = N_("No file was chosen. Choose the list of goods first.")


class ColumnGone(RuleBroken):
    message = N_("This is not a column of goods. Choose one from the list.")


def first(prepare: Callable[[], None]) -> Callable[[View], View]:
    """Prepare something before the view's transaction begins: a long list must not keep the tills waiting."""

    def decorate(view: View) -> View:
        @wraps(view)
        def prepare_and_answer(**address: object) -> object:
            prepare()
            return view(**address)

        return prepare_and_answer

    return decorate


def read_file() -> None:
    """Open the file that was chosen, and try out what is in it as it stands."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise NoFileChosen()
    g.sheet = read_spreadsheet(file.stream.read(), name=file.filename)
    file.stream.seek(0)
    headings = find_headings(g.sheet)
    g.outcomes = look_over(read_list(g.sheet, headings, headings.columns), FIRST_CHOICES)


def look_again() -> None:
    """Try the list out with what is chosen above it now."""
    draft = draft_here()
    headings = draft.headings
    g.columns = [read_column(place) for place in range(len(headings.words))]
    check_columns(g.columns)
    g.choices = read_choices()
    g.outcomes = look_over(read_list(draft.rows, headings, g.columns), g.choices)


@bp.get("")
@for_role(Role.MANAGER)
def index() -> str | Response:
    """Choose a file; who has chosen one already goes on to its preview."""
    if import_of(person_here()) is not None:
        return redirect(url_for(".preview"), 303)
    return render_template("inventory/goods_import/choose.html", entered=latest_lists(_LATEST))


@bp.get("/template.xlsx")
@for_role(Role.MANAGER)
def template() -> Response:
    """The template to fill in, with two examples and lists to choose from."""
    return download(goods_template(current_language()), "ocop-hang-hoa.xlsx")


@bp.post("/upload")
@for_role(Role.MANAGER)
@first(read_file)
@once
def upload() -> Response:
    """Take the list up with what was found out about it."""
    draft = open_import(person_here(), g.sheet, file_name=request.files["file"].filename or "")
    keep_outcomes(draft, g.outcomes)
    return redirect(url_for(".preview"), 303)


@bp.get("/preview")
@for_role(Role.MANAGER)
def preview() -> str | Response:
    """Each row: what it would enter or change, or why it is refused; once entered: what it did."""
    draft = import_of(person_here())
    if draft is None:
        return redirect(url_for(".index"), 303)
    results = draft.results
    return render_template(
        "inventory/goods_import/preview.html",
        draft=draft,
        sheet=None if draft.entered_at else draft.rows,
        headings=None if draft.entered_at else draft.headings,
        chosen=draft.chosen,
        shown=sorted(results, key=lambda one: (one.entered, one.urgency, one.row))[:SHOWN],
        more=max(0, len(results) - SHOWN),
        counts=counts(results),
        changes=min(AT_ONCE, sum(one.waits for one in results)),
        later=max(0, sum(one.waits for one in results) - AT_ONCE),
        columns=goods_columns(),
        groups=[group for group in leaf_groups(today()) if group.goods],
        tax_classes=tax_classes(),
        kinds=list(TermsKind),
        standing_names=STANDING_NAMES,
        say=say,
        examples=examples_of(draft),
        percent_typed=percent_typed,
    )


@bp.get("/report.csv")
@for_role(Role.MANAGER)
def report() -> Response:
    """Every row and what becomes of it, as a spreadsheet: to correct a long list beside it."""
    draft = import_of(person_here())
    if draft is None:
        raise NotFound
    headings = [gettext(one) for one in (N_("Row"), N_("Product"), N_("Standing"), N_("What happens"))]
    rows = [
        [one.row, one.name, gettext(STANDING_NAMES[one.standing]), " · ".join(map(say, [*one.did, *one.notes]))]
        for one in draft.results
    ]
    return download(as_csv(headings, rows), "danh-sach-hang.csv")


@bp.post("/columns")
@for_role(Role.MANAGER)
@first(look_again)
@once
def columns() -> Response:
    """Take over what was chosen above the list, and what comes of it."""
    draft = draft_here()
    draft.columns = columns_as_text(g.columns)
    draft.choices = choices_as_text(g.choices)
    keep_outcomes(draft, g.outcomes)
    return redirect(url_for(".preview"), 303)


def read_column(place: int) -> str | None:
    """What a column of the list holds, or None for one that is not used."""
    text = read_text(request.form, f"column-{place}", required=False, limit=40)
    if text and text not in {one.code for one in goods_columns()}:
        raise ColumnGone()
    return text or None


def read_choices() -> Choices:
    """What the form above the list says."""
    groups = [group.code for group in leaf_groups(today()) if group.goods]
    terms = read_one_of({"terms": request.form.get("terms") or "-"}, "terms", ["-", *TermsKind])
    return Choices(
        group=read_one_of(request.form, "group", groups) if request.form.get("group") else "",
        tax_class=read_one_of(request.form, "tax_class", [one.code for one in tax_classes()]),
        terms=None if terms == "-" else TermsKind(terms),
        commission=read_percent({"cell": request.form["commission"]}) if request.form.get("commission") else None,
    )


@bp.post("/entering")
@for_role(Role.MANAGER)
@once
def enter() -> Response:
    """Enter the rows that wait, the first thousand of them, all or none; nothing where the preview is out of date."""
    draft = draft_here()
    if draft.seen != read_text(request.form, "seen"):
        raise ListMovedOn()
    results = draft.results
    part = [one for one in results if one.waits][:AT_ONCE]
    enter_part(draft, part)
    for one in part:
        one.entered = True
    if any(one.waits for one in results):
        keep_outcomes(draft, results)
        flash(gettext("The first part is entered. Go on with the rest."), "ok")
    else:
        close_import(draft, results)
        flash(gettext("The list is entered."), "ok")
    return redirect(url_for(".preview"), 303)


def enter_part(draft: GoodsImport, part: list[Outcome]) -> None:
    """Enter some rows of a list; ListMovedOn when something else becomes of one than was seen."""
    numbers = {one.row for one in part}
    wanted = [row for row in rows_of(draft).rows if row.number in numbers]
    first_seq = next_seq()
    try:
        entered = enter_goods(wanted, draft.chosen, prefix=current_settings().scan.in_store_prefix, by=person_here())
    except RuleBroken:
        raise ListMovedOn() from None
    if as_text(entered) != as_text(part):
        raise ListMovedOn()
    write_list_down(file_name=draft.file_name, entered=len(part), first_seq=first_seq, by=person_here())


@bp.post("/giving-up")
@for_role(Role.MANAGER)
@once
def give_up() -> Response:
    """Put the list away, entered or not."""
    drop_import(person_here())
    return redirect(url_for(".index"), 303)


def draft_here() -> GoodsImport:
    """The list that is being looked over."""
    draft = import_of(person_here())
    if draft is None or draft.entered_at is not None:
        raise NoListWaits()
    return draft


def rows_of(draft: GoodsImport) -> ReadList:
    """The rows of the list, read by its columns."""
    headings = draft.headings
    return read_list(draft.rows, headings, headings.columns)


def look_over(read: ReadList, choices: Choices) -> list[Outcome]:
    """What would become of each row."""
    tried = try_out(read.rows, choices, prefix=current_settings().scan.in_store_prefix)
    return in_order(tried, read.refused)


def in_order(some: list[Outcome], others: list[Outcome]) -> list[Outcome]:
    """Outcomes by their row."""
    return sorted([*some, *others], key=lambda one: one.row)
