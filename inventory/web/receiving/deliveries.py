"""Goods receipts: the list, one of them, and who brought something now."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from core.attached_file import files_of
from core.database import db
from core.i18n import N_, gettext
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_reason, read_text
from core.web.list_file import Columns, at_most, list_file, wants_file
from core.web.once import once
from inventory.catalogue.producer import producer_of, producers_at_work
from inventory.location import Location
from inventory.receiving.confirmation import CONFIRMED_NAMES, confirmation_of
from inventory.receiving.delivery_draft import begin_delivery, waiting_deliveries
from inventory.receiving.fingerprint import fingerprint_of
from inventory.receiving.receipt_reversal import ReceiptReversal, reverse_receipt
from inventory.receiving.receipt_table import GoodsReceipt
from inventory.receiving.refusal import REFUSAL_NAMES
from inventory.receiving.slip_a4 import a4_of
from inventory.receiving.slip_copies import DELIVERY_SLIPS, papers_of, print_copies
from inventory.receiving.slip_paper import delivery_slip_of
from inventory.stock_move import StockMove
from inventory.web.names import words
from printers.web.pdf_answer import answer_document

bp = Blueprint(
    "deliveries",
    __name__,
    url_prefix="/inventory/receipts",
    template_folder="../../templates",
    static_folder="../../static",
    static_url_path="/static",
)
bp.context_processor(words)

_LATEST = 50
COLUMNS: Columns[GoodsReceipt] = (
    (N_("Goods receipt"), lambda receipt: receipt.number),
    (N_("Day"), lambda receipt: receipt.day),
    (N_("Producer"), lambda receipt: receipt.supplier.name),
    (N_("State"), lambda receipt: gettext("accepted in part") if receipt.refusals else None),
    (N_("Note"), lambda receipt: receipt.note),
)


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def index() -> str | AnyResponse:
    """The deliveries that wait, and the latest receipts, the newest first."""
    newest_first = select(GoodsReceipt).order_by(GoodsReceipt.number.desc())
    receipts = list(db.session.scalars(newest_first.limit(at_most(_LATEST))))
    if wants_file():
        return list_file("phieu-nhap", N_("Goods receipts"), COLUMNS, receipts)
    return render_template("inventory/receipts/page.html", receipts=receipts, waiting=waiting_deliveries())


@bp.get("/<int:number>")
@for_role(Role.MANAGER, Role.AUDITOR)
def show(number: int) -> str:
    """One receipt: its lots with their terms, what was announced and refused, the producer's word, its papers."""
    receipt = receipt_numbered(number)
    moves = select(StockMove).where(StockMove.record_seq == receipt.record_seq)
    return render_template(
        "inventory/receipts/receipt.html",
        receipt=receipt,
        came={move.line: move for move in db.session.scalars(moves)},
        said={one.line: one for one in receipt.words},
        places=dict(db.session.execute(select(Location.code, Location.name)).all()),
        refusal_names=REFUSAL_NAMES,
        fingerprint=fingerprint_of(receipt.record_seq),
        word=confirmation_of(receipt.record_seq),
        word_names=CONFIRMED_NAMES,
        files=files_of(receipt.record_seq),
        papers=papers_of(DELIVERY_SLIPS, number),
        reversal=db.session.get(ReceiptReversal, number),
    )


@bp.get("/<int:number>.pdf")
@for_role(Role.MANAGER, Role.AUDITOR)
def pdf(number: int) -> Response:
    """The slip on A4, both sides' copy."""
    return answer_document(a4_of(delivery_slip_of(receipt_numbered(number))), name=f"phieu nhap {number:06d}")


@bp.post("/<int:number>/slips")
@for_role(Role.MANAGER)
@once
def slips(number: int) -> AnyResponse:
    """Print both sides' slips; after the first time they say BẢN SAO n."""
    print_copies(DELIVERY_SLIPS, receipt_numbered(number).number, by=person_here())
    flash(gettext(N_("Two slips are being printed.")), "ok")
    return redirect(url_for(".show", number=number), 303)


@bp.post("/<int:number>/reversal")
@for_role(Role.MANAGER)
@once
def reversal(number: int) -> AnyResponse:
    """Take back a receipt that was entered by mistake: the goods never came."""
    reverse_receipt(receipt_numbered(number), reason=read_reason(request.form), by=person_here())
    flash(gettext(N_("Goods receipt %(number)s was taken back.")) % {"number": number}, "ok")
    return redirect(url_for(".show", number=number), 303)


@bp.get("/draft")
@for_role(Role.MANAGER)
def draft() -> str:
    """Who brought the goods?"""
    return render_template("inventory/receipts/new.html", producers=producers_at_work(), waiting=waiting_deliveries())


@bp.post("/draft/supplier")
@for_role(Role.MANAGER)
@once
def supplier() -> AnyResponse:
    """Begin a delivery; the field takes a producer's code, alone or before the name."""
    given = read_text(request.form, "supplier", label=N_("Producer"))
    begun = begin_delivery(producer_of(given.split(" ")[0]), by=person_here())
    return redirect(url_for(".entry", draft_id=begun.id), 303)


def receipt_numbered(number: int) -> GoodsReceipt:
    """The receipt of a number; a page that is not there without one."""
    receipt = db.session.get(GoodsReceipt, number)
    if receipt is None:
        raise NotFound
    return receipt
