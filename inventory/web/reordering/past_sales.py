"""Past sales of another till: choose a list, look at what each row says, enter it, take it back by one press."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from core.database import db
from core.i18n import N_, gettext
from core.spreadsheet.reading import read_spreadsheet
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.once import once
from inventory.reordering.past_demand import (
    PastDemandList,
    enter_past_demand,
    past_demand_lists,
    take_past_demand_back,
)
from inventory.reordering.past_demand_draft import drop_past_demand, open_past_demand, past_demand_of
from inventory.web.goods_import import NoFileChosen
from inventory.web.names import words
from inventory.web.reordering.past_sales_rows import read_past_sales, usable

bp = Blueprint("past_sales", __name__, url_prefix="/inventory/past-sales", template_folder="../../templates")
bp.context_processor(words)

_SHOWN = 300


@bp.get("")
@for_role(Role.MANAGER)
def index() -> str | Response:
    """Choose a list, or go on with the one that was chosen; the lists that count already."""
    if past_demand_of(person_here()) is not None:
        return redirect(url_for(".preview"), 303)
    return render_template("inventory/reordering/past_sales.html", lists=past_demand_lists())


def reading_first(view: Callable[..., object]) -> Callable[..., object]:
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


@bp.post("/upload")
@for_role(Role.MANAGER)
@reading_first
@once
def upload() -> Response:
    """Take the list up; nothing of it counts yet."""
    read_past_sales(g.sheet)  # without headings it is refused at once
    open_past_demand(person_here(), g.sheet, file_name=request.files["file"].filename or "")
    return redirect(url_for(".preview"), 303)


@bp.get("/preview")
@for_role(Role.MANAGER)
def preview() -> str | Response:
    """Each row: what it would say, or why it is left out."""
    draft = past_demand_of(person_here())
    if draft is None:
        return redirect(url_for(".index"), 303)
    rows = read_past_sales(draft.rows)
    refused = [row for row in rows if row.trouble is not None]
    return render_template(
        "inventory/reordering/past_preview.html",
        draft=draft,
        rows=[*refused, *(row for row in rows if row.sold is not None)][:_SHOWN],
        count=len(rows),
        used=len(rows) - len(refused),
        most=_SHOWN,
    )


@bp.post("/entering")
@for_role(Role.MANAGER)
@once
def enter() -> Response:
    """Enter every row that can be used."""
    draft = past_demand_of(person_here())
    if draft is None:
        raise NotFound
    entered = enter_past_demand(usable(read_past_sales(draft.rows)), file_name=draft.file_name, by=person_here())
    drop_past_demand(person_here())
    flash(gettext("Past sales are entered: %(rows)s days of products.", rows=entered.rows), "ok")
    return redirect(url_for(".index"), 303)


@bp.post("/giving-up")
@for_role(Role.MANAGER)
@once
def give_up() -> Response:
    """Put the list away."""
    drop_past_demand(person_here())
    return redirect(url_for(".index"), 303)


@bp.post("/<int:number>/return")
@for_role(Role.MANAGER)
@once
def take_back(number: int) -> Response:
    """Forget what a list said."""
    row = db.session.get(PastDemandList, number)
    if row is None:
        raise NotFound
    take_past_demand_back(row, by=person_here())
    flash(gettext(N_("The list was taken back.")), "ok")
    return redirect(url_for(".index"), 303)
