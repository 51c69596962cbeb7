"""Entering a slip: scan or search, type how much, post. The same pages for each purpose, each under its own noun."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from core.attached_file import keep_file
from core.clock import today
from core.database import db
from core.i18n import N_, gettext
from core.quantity import Quantity
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.attached_files import read_files, takes_files
from core.web.forms import read_one_of, read_quantity, read_reason, read_scan, read_text, read_whole
from core.web.fragments import page_or_fragment
from core.web.once import once
from inventory.catalogue.product import product_of
from inventory.catalogue.product_search import search_products
from inventory.moving.move_draft import (
    MoveDraft,
    MoveDraftLine,
    Purpose,
    add_to_draft,
    change_line,
    draft_of,
    drop_draft,
    open_draft,
    portions_of,
    remove_line,
    set_source,
)
from inventory.moving.move_names import NUMBERED
from inventory.moving.move_slip import USE_CAUSES, WRITE_OFF_CAUSES, Cause, MoveSlip
from inventory.moving.own_use import use_up
from inventory.moving.refill_list import lacking_on_shelf
from inventory.moving.shelf_move import move_to_shelf, move_to_stockroom
from inventory.moving.write_off import write_off
from inventory.stock_level import quantity_at
from inventory.stock_move import StockMove
from inventory.web.goods_scan import first_quantity, is_search, read_goods
from inventory.web.moving.words import moving_words
from inventory.web.names import words

_HITS = 9
CAUSES = {Purpose.WRITE_OFF: WRITE_OFF_CAUSES, Purpose.OWN_USE: USE_CAUSES}


@dataclass(frozen=True)
class Entry:
    """One noun: its address, who may enter it, what it becomes, and whether reasons are asked before it is posted."""

    name: str
    prefix: str
    role: Role
    purpose: Purpose

    @property
    def asks(self) -> bool:
        """Whether a cause and a reason are asked for on a page of their own."""
        return self.purpose in CAUSES


ENTRIES = (
    Entry("refill", "/inventory/refill", Role.CLERK, Purpose.TO_SHELF),
    Entry("restock", "/inventory/stockroom-slip", Role.MANAGER, Purpose.TO_STOCKROOM),
    Entry("write_off", "/inventory/write-off", Role.MANAGER, Purpose.WRITE_OFF),
    Entry("own_use", "/inventory/own-use", Role.MANAGER, Purpose.OWN_USE),
    Entry("transfer_draft", "/inventory/transfer", Role.MANAGER, Purpose.TRANSFER),
)
_BY_NAME = {entry.name: entry for entry in ENTRIES}


def entry_here() -> Entry:
    """Which slip this request is about."""
    return _BY_NAME[request.blueprint or ""]


def draft(n: int | None = None) -> Response:
    """What is being entered; for the shelf also what it lacks. The line `n` is open for typing."""
    entry = entry_here()
    entered = draft_of(person_here(), entry.purpose)
    chosen = chosen_line(entered, n)
    text = wanted_text()
    return page_or_fragment(
        "inventory/moving/draft.html",
        "inventory/moving/_draft.html",
        entry=entry,
        draft=entered,
        source=entered.source if entered else entry.purpose.places[0],
        chosen=chosen,
        left=left_at(entered) if entered else {},
        hits=search_products(text, today(), limit=_HITS) if text else None,
        text=text,
        lacking=lacking_on_shelf() if entry.purpose is Purpose.TO_SHELF else [],
    )


def chosen_line(entered: MoveDraft | None, n: int | None) -> MoveDraftLine | None:
    """The line just changed or asked for, else the one just scanned, which is the last."""
    if entered is None or not entered.lines:
        return None
    asked = request.args.get("line", "")
    wanted = n or (int(asked) if asked.isdecimal() else 0)
    return entered.line(wanted) or entered.lines[-1]


def left_at(entered: MoveDraft) -> dict[int, Quantity]:
    """What the book has of each lot on the draft, where it is taken from."""
    lots = [line.lot_id for line in entered.lines]
    rows = db.session.execute(
        select(StockMove.lot_id, quantity_at(entered.source).label("left"))
        .where(StockMove.lot_id.in_(lots))
        .group_by(StockMove.lot_id)
    )
    return {row.lot_id: row.left for row in rows}


def wanted_text() -> str:
    """What was typed to search by; whatever holds a digit is a scan."""
    text = request.form.get("code", "") if request.method == "POST" else request.args.get("text", "")
    return text.strip()[:100] if is_search(text) else ""


@once(again=".draft")
def scan() -> None:
    """A scanned label puts one of its product, or of its lot, on the slip; words are searched.

    What was typed for the open line comes along and is kept.
    """
    keep_open_line()
    text = read_scan(request.form)
    if is_search(text):
        return
    found = read_goods(text)
    entered = open_draft(person_here(), entry_here().purpose)
    add_to_draft(entered, found.product, found.quantity, lot=found.lot)


def keep_open_line() -> None:
    """Write what came along of the open line; one that another window took out is gone."""
    entered = draft_of(person_here(), entry_here().purpose)
    if entered is not None and "line" in request.form and (line := entered.line(read_whole(request.form, "line"))):
        write_line(line)


@once(again=".draft")
def add() -> None:
    """Put a product that was searched for, or that the shelf lacks, on the slip."""
    product = product_of(read_text(request.form, "sku"))
    quantity = first_quantity(product)
    if "quantity" in request.form:
        quantity = read_quantity(request.form, "quantity", product.unit, label=N_("Quantity"))
    add_to_draft(open_draft(person_here(), entry_here().purpose), product, quantity)


@once(again=".draft")
def change(n: int) -> None:
    """Write how much it is."""
    write_line(line_of(n))


def write_line(line: MoveDraftLine) -> None:
    """What the form says of the open line."""
    change_line(line, read_quantity(request.form, "quantity", line.lot.product.unit, label=N_("Quantity")))


@once(again=".draft")
def remove(n: int) -> None:
    """Take a line out."""
    remove_line(line_of(n))


@once(again=".draft")
def place() -> None:
    """Say where the goods are taken from."""
    entry = entry_here()
    chosen = read_one_of(request.form, "place", entry.purpose.places, label=N_("Taken from"))
    set_source(open_draft(person_here(), entry.purpose), chosen)


@once
def give_up() -> AnyResponse:
    """Drop what was entered."""
    entered = draft_of(person_here(), entry_here().purpose)
    if entered is not None:
        drop_draft(entered)
    return redirect(url_for("moves.index") if entry_here().role is Role.MANAGER else url_for(".draft"), 303)


@once
def go_on() -> AnyResponse:
    """Keep what is typed for the open line, and ask why; a slip inside the shop is posted at once."""
    if "line" in request.form:
        write_line(line_of(read_whole(request.form, "line")))
    entry = entry_here()
    if entry.asks:
        return redirect(url_for(".reasons"), 303)
    if entry.purpose is Purpose.TRANSFER:
        return redirect(url_for("point_transfers.new"), 303)
    entered = open_draft(person_here(), entry.purpose)
    move = move_to_shelf if entry.purpose is Purpose.TO_SHELF else move_to_stockroom
    return posted(entered, move(portions_of(entered), by=person_here()))


def reasons() -> str | AnyResponse:
    """Before goods leave the books: what is on the slip, why, and photos of it."""
    entry = entry_here()
    entered = draft_of(person_here(), entry.purpose)
    if entered is None or not entered.lines:
        return redirect(url_for(".draft"), 303)
    return render_template("inventory/moving/reasons.html", entry=entry, draft=entered, causes=CAUSES[entry.purpose])


@takes_files
@once
def post() -> AnyResponse:
    """Let the goods leave the books, under a number, with cause, reason and photos."""
    entry, by = entry_here(), person_here()
    entered = open_draft(by, entry.purpose)
    cause = Cause(read_one_of(request.form, "cause", CAUSES[entry.purpose], label=N_("Why")))
    reason = read_reason(request.form)
    if entry.purpose is Purpose.OWN_USE:
        slip = use_up(portions_of(entered), source=entered.source, cause=cause, reason=reason, by=by)
    else:
        files = [keep_file(one, by=by) for one in read_files()]
        slip = write_off(
            portions_of(entered), source=entered.source, cause=cause, reason=reason, by=by, files=files
        )  # fmt: skip
    return posted(entered, slip)


def posted(entered: MoveDraft, slip: MoveSlip) -> AnyResponse:
    """The draft is done; a clerk goes on with the next one, a manager sees the slip."""
    drop_draft(entered)
    flash(gettext("%(slip)s is recorded.", slip=gettext(NUMBERED[slip.kind], number=slip.number)), "ok")
    return redirect(url_for("moves.show", kind=slip.kind.value, number=slip.number), 303)


def line_of(n: int) -> MoveDraftLine:
    """The line of a number on this person's slip."""
    entered = draft_of(person_here(), entry_here().purpose)
    line = entered.line(n) if entered else None
    if line is None:
        raise NotFound
    return line


_VIEWS: tuple[tuple[str, str, Callable[..., object]], ...] = (
    ("", "GET", draft),
    ("/scans", "POST", scan),
    ("/goods", "POST", add),
    ("/lines/<int:n>", "POST", change),
    ("/lines/<int:n>/removal", "POST", remove),
    ("/place", "POST", place),
    ("/giving-up", "POST", give_up),
    ("/next", "POST", go_on),
)
_ASKING: tuple[tuple[str, str, Callable[..., object]], ...] = (("/reasons", "GET", reasons), ("/posting", "POST", post))


def entry_pages() -> tuple[Blueprint, ...]:
    """The pages of each noun."""
    return tuple(_pages(entry) for entry in ENTRIES)


def _pages(entry: Entry) -> Blueprint:
    bp = Blueprint(entry.name, __name__, url_prefix=entry.prefix, template_folder="../../templates")
    bp.context_processor(words)
    bp.context_processor(moving_words)
    for rule, method, view in (*_VIEWS, *(_ASKING if entry.asks else ())):
        bp.add_url_rule(rule, view.__name__, for_role(entry.role)(_own(view)), methods=[method])
    return bp


def _own(view: Callable[..., object]) -> Callable[..., object]:
    """The view as a function of its own: who may use it differs from noun to noun."""

    @wraps(view)
    def call(**address: object) -> object:
        return view(**address)

    return call
