"""Goods returns: what waits, what went back, one slip; and whose goods go back now."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from core.database import db
from core.i18n import N_, gettext
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_scan, read_text
from core.web.list_file import Columns, at_most, list_file, wants_file
from core.web.once import once
from inventory.catalogue.producer import Producer, producer_of
from inventory.receiving.confirmation import CONFIRMED_NAMES, confirmation_of
from inventory.receiving.fingerprint import fingerprint_of
from inventory.receiving.goods_return_draft import begin_return, waiting_returns
from inventory.receiving.goods_return_table import RETURN_REASON_NAMES, GoodsReturn
from inventory.receiving.slip_a4 import a4_of
from inventory.receiving.slip_copies import RETURN_SLIPS, papers_of, print_copies
from inventory.receiving.slip_paper import place_in_words, return_slip_of
from inventory.web.goods_scan import read_goods
from inventory.web.names import words
from inventory.web.receiving.lot_scan import lay_aside, supplier_of
from printers.web.pdf_answer import answer_document

bp = Blueprint("goods_returns", __name__, url_prefix="/inventory/goods-returns", template_folder="../../templates")
bp.context_processor(words)

_LATEST = 50
COLUMNS: Columns[GoodsReturn] = (
    (N_("Slip No."), lambda returned: returned.number),
    (N_("Day"), lambda returned: returned.day),
    (N_("Producer"), lambda returned: returned.producer.name),
    (N_("Note"), lambda returned: returned.note),
)


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def index() -> str | AnyResponse:
    """The returns that wait, and the latest slips, the newest first."""
    newest_first = select(GoodsReturn).order_by(GoodsReturn.number.desc())
    returns = list(db.session.scalars(newest_first.limit(at_most(_LATEST))))
    if wants_file():
        return list_file("phieu-tra-chu-the", N_("Goods sent back to producers"), COLUMNS, returns)
    return render_template("inventory/goods_returns/page.html", returns=returns, waiting=waiting_returns())


@bp.get("/<int:number>")
@for_role(Role.MANAGER, Role.AUDITOR)
def show(number: int) -> str:
    """One slip: what went back, from where and why, the producer's word, its papers."""
    returned = return_numbered(number)
    return render_template(
        "inventory/goods_returns/slip.html",
        returned=returned,
        place=place_in_words,
        reasons=RETURN_REASON_NAMES,
        fingerprint=fingerprint_of(returned.record_seq),
        word=confirmation_of(returned.record_seq),
        word_names=CONFIRMED_NAMES,
        papers=papers_of(RETURN_SLIPS, number),
        total=return_slip_of(returned).total,
    )


@bp.get("/<int:number>.pdf")
@for_role(Role.MANAGER, Role.AUDITOR)
def pdf(number: int) -> Response:
    """The slip on A4."""
    return answer_document(a4_of(return_slip_of(return_numbered(number))), name=f"phieu tra hang {number:06d}")


@bp.post("/<int:number>/slips")
@for_role(Role.MANAGER)
@once
def slips(number: int) -> AnyResponse:
    """Print both sides' slips; after the first time they say BẢN SAO n."""
    print_copies(RETURN_SLIPS, return_numbered(number).number, by=person_here())
    flash(gettext(N_("Two slips are being printed.")), "ok")
    return redirect(url_for(".show", number=number), 303)


@bp.get("/new")
@for_role(Role.MANAGER)
def new() -> str:
    """Whose goods go back? A producer's code or name, or a lot that is scanned."""
    producers = db.session.scalars(select(Producer).order_by(Producer.name_folded, Producer.id))
    return render_template("inventory/goods_returns/new.html", producers=list(producers), waiting=waiting_returns())


@bp.post("/new")
@for_role(Role.MANAGER)
@once
def begin() -> AnyResponse:
    """Begin a slip for a producer, or for whoever brought the lot that was scanned, with that lot on it."""
    if not request.form.get("code"):
        given = read_text(request.form, "producer", label=N_("Producer"))
        begun = begin_return(producer_of(given.split(" ")[0]), by=person_here())
    else:
        found = read_goods(read_scan(request.form))
        begun = begin_return(supplier_of(found), by=person_here())
        lay_aside(begun, found)
    return redirect(url_for(".entry", draft_id=begun.id), 303)


def return_numbered(number: int) -> GoodsReturn:
    """The return of a number; a page that is not there without one."""
    returned = db.session.get(GoodsReturn, number)
    if returned is None:
        raise NotFound
    return returned
