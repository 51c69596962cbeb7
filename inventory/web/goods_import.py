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
from core.spreadsheet.writing import XLSX
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_one_of, read_text
from core.web.once import once
from inventory.importing.goods_columns import check_columns
from inventory.importing.goods_import import enter_goods, try_out
from inventory.importing.goods_import_draft import (
    GoodsImport,
    choices_as_text,
    close_import,
    columns_as_text,
    drop_import,
    import_of,
    keep_outcomes,
    open_import,
)
from inventory.importing.goods_import_outcome import Outcome, Said, Standing, as_text, counts, fingerprint
from inventory.importing.goods_list import latest_lists, list_of, write_list_down
from inventory.importing.goods_list_back import take_list_back
from inventory.importing.goods_row import Choices
from inventory.lot import TermsKind
from inventory.web.goods_cells import read_percent
from inventory.web.goods_rows import ReadList, read_list
from inventory.web.goods_template import goods_template
from inventory.web.names import percent, words

bp = Blueprint("goods_import", __name__, url_prefix="/inventory/goods-import", template_folder="../templates")
bp.context_processor(words)
_LATEST = 10

View = TypeVar("View", bound=Callable[..., object])


class ListMovedOn(RuleBroken):
    message = N_("Something in the shop changed since this preview was made, and nothing was entered. "
                 "Press “Look again”.")  # fmt: skip


class NoFileChosen(RuleBroken):
    message = N_("No file was chosen. Choose the list of goods first.")


class ColumnGone(RuleBroken):
    message = N_("This is not a column of goods. Choose one from the list.")


def reading_first(view: View) -> View:
    """Open the file before the view's transaction begins: a slow file must not keep the tills waiting."""

    @wraps(view)
    def read_and_answer(**address: object) -> object:
        file = request.files.get("file")
        if file is None or not file.filename:
            raise NoFileChosen()
        g.sheet = read_spreadsheet(file.stream.read(), name=file.filename)
        file.stream.seek(0)
        return view(**address)

    return read_and_answer


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
    return Response(
        goods_template(current_language()),
        mimetype=XLSX,
        headers={"Content-Disposition": 'attachment; filename="ocop-hang-hoa.xlsx"'},
    )


@bp.post("/upload")
@for_role(Role.MANAGER)
@reading_first
@once
def upload() -> Response:
    """Take the list up and try it out."""
    draft = open_import(person_here(), g.sheet, file_name=request.files["file"].filename or "")
    look_over(draft)
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
        results=results,
        counts=counts(results),
        changes=sum(one.standing in (Standing.NEW, Standing.CHANGED) for one in results),
        columns=goods_columns(),
        groups=[group for group in leaf_groups(today()) if group.goods],
        tax_classes=tax_classes(),
        kinds=list(TermsKind),
        standing_names=STANDING_NAMES,
        say=say,
        examples=examples_of(draft),
        percent_typed=percent_typed,
    )


STANDING_NAMES = {
    Standing.NEW: N_("New"),
    Standing.CHANGED: N_("Changed"),
    Standing.SAME: N_("Nothing new"),
    Standing.REFUSED: N_("Left out"),
}


def examples_of(draft: GoodsImport) -> list[str]:
    """The first cells of each column below the headings, to recognise it by."""
    if draft.entered_at is not None:
        return []
    headings = draft.headings
    first = draft.rows.rows[headings.last_row + 1 :][:2]
    return [" · ".join(row.cell(place).text[:40] for row in first) for place in range(len(headings.words))]


def percent_typed(hundredths: int | None) -> str:
    """A percentage as it is typed into a field."""
    return "" if hundredths is None else percent(hundredths).removesuffix("\N{NO-BREAK SPACE}%")


def say(said: Said) -> str:
    """A sentence of a row in the language of the screen, with its column before it."""
    column = next((one.name(current_language()) for one in goods_columns() if one.code == said.column), "")
    return f"{column}: {said.sentence(gettext)}" if column else said.sentence(gettext)


@bp.post("/columns")
@for_role(Role.MANAGER)
@once
def columns() -> Response:
    """Take over what was chosen above the list, and try it out again."""
    draft = draft_here()
    chosen = [read_column(place) for place in range(len(draft.headings.words))]
    check_columns(chosen)
    draft.columns = columns_as_text(chosen)
    draft.choices = choices_as_text(read_choices())
    look_over(draft)
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
    """Enter every row that was not refused, all of them or none; nothing where the preview is out of date."""
    draft = draft_here()
    refused = [one for one in draft.results if one.standing is Standing.REFUSED]
    left_out = {one.row for one in refused}
    wanted = [row for row in rows_of(draft).rows if row.number not in left_out]
    first_seq = next_seq()
    try:
        entered = enter_goods(wanted, draft.chosen, prefix=current_settings().scan.in_store_prefix, by=person_here())
    except RuleBroken:
        raise ListMovedOn() from None
    outcomes = in_order(entered, refused)
    if fingerprint(as_text(outcomes)) != read_text(request.form, "seen"):
        raise ListMovedOn()
    close_import(draft, outcomes)
    done = sum(one.standing in (Standing.NEW, Standing.CHANGED) for one in outcomes)
    write_list_down(file_name=draft.file_name, entered=done, first_seq=first_seq, by=person_here())
    flash(gettext("The list is entered."), "ok")
    return redirect(url_for(".preview"), 303)


@bp.post("/lists/<int:number>/taking-back")
@for_role(Role.MANAGER)
@once
def take_back(number: int) -> Response:
    """Answer everything that a list entered by its opposite."""
    reason = read_text(request.form, "reason", limit=300)
    left = take_list_back(list_of(number), reason=reason, by=person_here())
    flash(gettext("List %(number)s is taken back.", number=number), "ok")
    for said in left:
        flash(said.sentence(gettext), "warn")
    return redirect(url_for(".index"), 303)


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
        raise NotFound
    return draft


def rows_of(draft: GoodsImport) -> ReadList:
    """The rows of the list, read by its columns."""
    headings = draft.headings
    return read_list(draft.rows, headings, headings.columns)


def look_over(draft: GoodsImport) -> None:
    """Try the list out and keep what would become of it."""
    read = rows_of(draft)
    tried = try_out(read.rows, draft.chosen, prefix=current_settings().scan.in_store_prefix, by=person_here())
    keep_outcomes(draft, in_order(tried, read.refused))


def in_order(some: list[Outcome], others: list[Outcome]) -> list[Outcome]:
    """Outcomes by their row."""
    return sorted([*some, *others], key=lambda one: one.row)
