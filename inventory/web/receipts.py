"""Goods receipts: enter what a producer brought, post it once, look at it later."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from core.clock import today
from core.current_settings import current_settings
from core.database import db
from core.i18n import N_, gettext
from core.money import Money
from core.quantity import NONE, ONE, Quantity, Unit
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_choice, read_day_if_given, read_money, read_quantity, read_scan, read_text, read_whole
from core.web.fragments import page_or_fragment
from core.web.once import once
from inventory.catalogue import barcode
from inventory.catalogue.price import prices_for
from inventory.catalogue.producer import producer_of, producers_at_work
from inventory.catalogue.product import product_of
from inventory.catalogue.product_search import search_products
from inventory.lot import TermsKind
from inventory.receiving.delivery_draft import (
    DeliveryDraft,
    DeliveryDraftLine,
    add_to_draft,
    change_draft_line,
    draft_of,
    drop_draft,
    open_draft,
    post_draft,
    remove_draft_line,
    set_supplier,
    set_terms,
)
from inventory.receiving.receipt_table import GoodsReceipt
from inventory.stock_move import StockMove
from inventory.web.names import words

bp = Blueprint(
    "deliveries",
    __name__,
    url_prefix="/inventory/receipts",
    template_folder="../templates",
    static_folder="../static",
    static_url_path="/static",
)
bp.context_processor(words)

_LATEST = 50
_HITS = 9


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def index() -> str:
    """The latest receipts, the newest first."""
    receipts = db.session.scalars(select(GoodsReceipt).order_by(GoodsReceipt.number.desc()).limit(_LATEST))
    return render_template("inventory/receipts/page.html", receipts=list(receipts), draft=draft_of(person_here()))


@bp.get("/<int:number>")
@for_role(Role.MANAGER, Role.AUDITOR)
def show(number: int) -> str:
    """One receipt: its lots with their terms, and how much of each came."""
    receipt = db.session.get(GoodsReceipt, number)
    if receipt is None:
        raise NotFound
    moves = select(StockMove.lot_id, StockMove.quantity).where(StockMove.record_seq == receipt.record_seq)
    came = {row.lot_id: row.quantity for row in db.session.execute(moves)}
    return render_template("inventory/receipts/receipt.html", receipt=receipt, came=came)


@bp.get("/draft")
@for_role(Role.MANAGER)
def draft(n: int | None = None) -> Response:
    """What is being entered: who brought it, on which terms, its lines; the line `n` is open for typing."""
    entered = draft_of(person_here())
    found = search_products(wanted_text(), today(), limit=_HITS) if wanted_text() else None
    ids = [line.product_id for line in entered.lines] if entered else []
    asked = request.args.get("line", "")
    return page_or_fragment(
        "inventory/receipts/draft.html",
        "inventory/receipts/_draft.html",
        draft=entered,
        chosen=chosen_line(entered, n or (int(asked) if asked.isdecimal() else None)),
        producers=producers_at_work() if entered is None or entered.supplier_id is None else [],
        hits=found,
        text=wanted_text(),
        prices=prices_for(ids, today()),
        kinds=list(TermsKind),
    )


def chosen_line(entered: DeliveryDraft | None, n: int | None) -> DeliveryDraftLine | None:
    """The line that is open: the one asked for, else the one just scanned, which is the last."""
    if entered is None or not entered.lines:
        return None
    return (entered.line(n) if n else None) or entered.lines[-1]


def wanted_text() -> str:
    """What was typed to search by; scans are numbers and leave it empty."""
    text = request.form.get("code", "") if request.method == "POST" else request.args.get("text", "")
    return text.strip()[:100] if is_search(text) else ""


def is_search(text: str) -> bool:
    """Words, with or without Vietnamese letters, are searched for; whatever holds a digit is read as a scan."""
    return any(c.isalpha() for c in text) and not any(c.isdigit() or not c.isprintable() for c in text)


@bp.post("/draft/supplier")
@for_role(Role.MANAGER)
@once
def supplier() -> AnyResponse:
    """Say who brought the goods; the field takes a code, alone or before the name."""
    given = read_text(request.form, "supplier", label=N_("Producer"))
    set_supplier(open_draft(person_here()), producer_of(given.split(" ")[0]))
    return redirect(url_for(".draft"), 303)


@bp.post("/draft/terms")
@for_role(Role.MANAGER)
@once(again=".draft")
def terms() -> None:
    """Say on which terms they come."""
    set_terms(
        open_draft(person_here()),
        read_choice(request.form, "terms", TermsKind),
        commission=read_percent("commission"),
        note=read_text(request.form, "note", required=False, limit=300),
    )


def read_percent(name: str) -> int | None:
    """A percentage in hundredths, typed as 15 or 12,5; None when nothing was typed."""
    text = read_text(request.form, name, required=False, limit=10).removesuffix("%").strip()
    return Quantity.of(text, Unit.KILOGRAM).thousandths // 10 if text else None


@bp.post("/draft/scan")
@for_role(Role.MANAGER)
@once(again=".draft")
def scan() -> None:
    """A scanned label puts its product on the draft, with lot, day and weight it names; words are searched."""
    text = read_scan(request.form)
    if is_search(text):
        return
    read = barcode.read_scan(text, layouts=current_settings().scan.weight_layouts)
    if read.trouble is not None:
        raise read.trouble
    assert read.product is not None
    add_to_draft(
        open_draft(person_here()),
        read.product,
        read.quantity or (NONE if read.product.unit.divisible else ONE),
        best_before=read.last_day,
        producer_lot=read.lot or "",
    )


@bp.post("/draft/lines")
@for_role(Role.MANAGER)
@once(again=".draft")
def add() -> None:
    """Put a product that was searched for on the draft."""
    product = product_of(read_text(request.form, "sku"))
    add_to_draft(open_draft(person_here()), product, NONE if product.unit.divisible else ONE)


@bp.post("/draft/lines/<int:n>")
@for_role(Role.MANAGER)
@once(again=".draft")
def change(n: int) -> None:
    """Write what stands on pack and slip for one line."""
    write_line(_line(n))


def write_line(line: DeliveryDraftLine) -> None:
    """What the form says of the open line."""
    change_draft_line(
        line,
        quantity=read_quantity(request.form, "quantity", line.product.unit, label=N_("Quantity")),
        amount=read_amount(line.draft),
        best_before=read_day_if_given(request.form, "best_before", label=N_("Best before")),
        producer_lot=read_text(request.form, "producer_lot", required=False, limit=40),
        papers=read_text(request.form, "papers", required=False, limit=300),
    )


def read_amount(entered: DeliveryDraft) -> Money | None:
    """The cost or delivery price of one; None while it is left empty, or where a commission stands for it."""
    if entered.terms is TermsKind.COMMISSION or not request.form.get("amount", "").strip():
        return None
    return read_money(request.form, "amount", label=N_("Price for one"))


@bp.post("/draft/lines/<int:n>/removal")
@for_role(Role.MANAGER)
@once(again=".draft")
def remove(n: int) -> None:
    """Take a line out."""
    remove_draft_line(_line(n))


@bp.post("/draft/giving-up")
@for_role(Role.MANAGER)
@once
def give_up() -> AnyResponse:
    """Drop what was entered."""
    entered = draft_of(person_here())
    if entered is not None:
        drop_draft(entered)
    return redirect(url_for(".index"), 303)


@bp.post("/draft/posting")
@for_role(Role.MANAGER)
@once
def post() -> AnyResponse:
    """Accept the delivery, with what is typed for the open line: lots, moves, one journal record."""
    if "line" in request.form:
        write_line(_line(read_whole(request.form, "line")))
    receipt = post_draft(open_draft(person_here()), by=person_here())
    flash(gettext("Receipt %(number)s is recorded.", number=receipt.number), "ok")
    return redirect(url_for(".show", number=receipt.number), 303)


def _line(n: int) -> DeliveryDraftLine:
    entered = draft_of(person_here())
    line = entered.line(n) if entered else None
    if line is None:
        raise NotFound
    return line
