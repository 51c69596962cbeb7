"""The list of labels to print: scan or choose goods, see each label to scale, print them."""

import io

from flask import Blueprint, Response, redirect, request, send_file, url_for
from sqlalchemy import select
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from core.clock import today
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_choice, read_scan, read_text, read_whole
from core.web.fragments import page_or_fragment
from core.web.list_file import Columns, at_most, list_file, wants_file
from core.web.once import once
from inventory.catalogue.product import product_of
from inventory.catalogue.product_search import search_products
from inventory.labels.label_draft import (
    MOST_COPIES,
    LabelWish,
    change_copies,
    change_kind,
    drop_wish,
    drop_wishes,
    pieces_received,
    wish_label,
    wish_of,
    wish_receipt,
    wishes_of,
)
from inventory.labels.label_kind import LabelKind
from inventory.labels.label_run import placed_facts
from inventory.labels.label_run_table import LabelRun
from inventory.labels.replacement import labels_to_replace
from inventory.receiving.receipt_table import GoodsReceipt
from inventory.web.goods_scan import is_search, read_goods
from inventory.web.labels.label_choice import LabelChoice, read_label_choice, words
from inventory.web.names import words as goods_words
from printers.labels.picture import DotPen, paint
from printers.labels.symbol import in_millimetres

bp = Blueprint("labels", __name__, url_prefix="/inventory/labels", template_folder="../../templates")
bp.context_processor(goods_words)
bp.context_processor(words)

_HITS = 9
_LATEST = 10
_FINE_DPI = 600
_INCH_TENTHS = 254
COLUMNS: Columns[LabelRun] = (
    (N_("Labels"), lambda run: run.number),
    (N_("Day"), lambda run: run.day),
    (N_("Number of labels"), lambda run: run.copies),
    (N_("By"), lambda run: run.staff_code),
)


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def index(number: int | None = None) -> AnyResponse:
    """What is on the list, how it will look, what must be replaced, and what was printed last.

    It is shown again after a line was changed; which one, it need not know.
    """
    newest_first = select(LabelRun).order_by(LabelRun.number.desc())
    runs = list(db.session.scalars(newest_first.limit(at_most(_LATEST))))
    if wants_file():
        return list_file("tem-da-in", N_("Labels"), COLUMNS, runs)
    choice = read_label_choice()
    wishes = wishes_of(person_here())
    return page_or_fragment(
        "inventory/labels/page.html",
        "inventory/labels/_list.html",
        choice=choice,
        fields=choice.fields(),
        rows=[(wish, *_fits(wish, choice)) for wish in wishes],
        count=sum(wish.copies for wish in wishes),
        receipt=_receipt(),
        hits=search_products(_typed(), today(), limit=_HITS) if _typed() else None,
        text=_typed(),
        replace=labels_to_replace(today()),
        runs=runs,
        width=choice.stock.width * 96 // _INCH_TENTHS,
        height=choice.stock.height * 96 // _INCH_TENTHS,
        size=(in_millimetres(choice.stock.width), in_millimetres(choice.stock.height)),
        most=MOST_COPIES,
    )


def _fits(wish: LabelWish, choice: LabelChoice) -> tuple[RuleBroken | None, tuple[str, ...]]:
    """Why a label cannot be printed as chosen, or what it has no room for."""
    try:
        return None, placed_facts(wish, choice.plan(), today())[1].left_out
    except RuleBroken as trouble:
        return trouble, ()


@bp.get("/wishes/<int:number>.png")
@for_role(Role.MANAGER, Role.AUDITOR)
def picture(number: int) -> Response:
    """One label with the very dots of its printer; of a sheet, as a fine office printer draws it."""
    wish, choice = _wish(number), read_label_choice()
    pen = DotPen(_FINE_DPI if choice.is_sheet or choice.printer is None else choice.printer.dpi)
    try:
        placed = placed_facts(wish, choice.plan(), today(), pen=pen)[1]
    except RuleBroken:
        raise NotFound from None
    file = io.BytesIO()
    paint(placed, pen).save(file, "PNG")
    file.seek(0)
    return send_file(file, "image/png", max_age=0)


@bp.post("/scan")
@for_role(Role.MANAGER)
@once(again=".index")
def scan() -> None:
    """A scanned product or lot goes on the list; words are searched for."""
    if is_search(text := read_scan(request.form)):
        return
    found = read_goods(text)
    kind = LabelKind.LOT if found.lot is not None else read_label_choice().kind
    copies = pieces_received(found.lot) if found.lot else 1
    wish_label(person_here(), found.product, found.lot, kind, copies=copies)


@bp.post("/products")
@for_role(Role.MANAGER)
@once(again=".index")
def add() -> None:
    """A product that was searched for goes on the list."""
    wish_label(person_here(), product_of(read_text(request.form, "sku")), None, read_label_choice().kind)


@bp.post("/receipts/<int:number>")
@for_role(Role.MANAGER)
@once
def add_receipt(number: int) -> AnyResponse:
    """All lots of a goods receipt go on the list, as many labels as pieces came."""
    receipt = db.session.get(GoodsReceipt, number)
    if receipt is None:
        raise NotFound
    choice = read_label_choice()
    wish_receipt(person_here(), receipt, choice.kind)
    return redirect(url_for(".index", **choice.fields()), 303)


@bp.post("/replacements")
@for_role(Role.MANAGER)
@once
def add_replacements() -> AnyResponse:
    """Every label that is not true any more goes on the list, as often as it was printed."""
    for one in labels_to_replace(today()):
        wish_label(person_here(), one.product, one.line.lot, one.kind, copies=min(MOST_COPIES, one.line.copies))
    return redirect(url_for(".index", **read_label_choice().fields()), 303)


@bp.post("/wishes/<int:number>")
@for_role(Role.MANAGER)
@once(again=".index")
def change(number: int) -> None:
    """Print another number of it, or another kind of label."""
    wish = _wish(number)
    change_copies(wish, read_whole(request.form, "copies", least=1, most=MOST_COPIES, label=N_("Labels")))
    change_kind(wish, read_choice(request.form, "label", LabelKind))


@bp.post("/wishes/<int:number>/removal")
@for_role(Role.MANAGER)
@once(again=".index")
def remove(number: int) -> None:
    """Take it off the list."""
    drop_wish(_wish(number))


@bp.post("/clearing")
@for_role(Role.MANAGER)
@once
def clear() -> AnyResponse:
    """Take everything off the list."""
    drop_wishes(person_here())
    return redirect(url_for(".index", **read_label_choice().fields()), 303)


def _wish(number: int) -> LabelWish:
    wish = wish_of(person_here(), number)
    if wish is None:
        raise NotFound
    return wish


def _receipt() -> GoodsReceipt | None:
    asked = request.args.get("receipt", "")
    return db.session.get(GoodsReceipt, int(asked)) if asked.isdecimal() and len(asked) < 10 else None


def _typed() -> str:
    """What was typed to search by; scans are numbers and leave it empty."""
    text = request.form.get("code", "") if request.method == "POST" else request.args.get("text", "")
    return text.strip()[:100] if is_search(text) else ""
