"""What a producer still has here under an agreement that ends: a list to fetch it by, on the screen and on A4."""

from flask import Blueprint, Response, render_template
from werkzeug.wrappers import Response as AnyResponse

from core.clock import now
from core.current_settings import current_settings
from core.i18n import N_, gettext, written_day, written_quantity
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.list_file import Columns, list_file, wants_file
from inventory.consignment.agreement import agreement_of
from inventory.consignment.agreement_table import Agreement
from inventory.location import SHELF, STOCKROOM
from inventory.receiving.goods_there import LotThere, lots_there
from inventory.web.names import words
from printers.a4.document import A4Document, A4Signature, A4Table
from printers.blocks import Align
from printers.documents import ShopHead
from printers.web.pdf_answer import answer_document

bp = Blueprint("goods_to_fetch", __name__, url_prefix="/inventory/agreements", template_folder="../../templates")
bp.context_processor(words)


@bp.get("/<int:number>/goods")
@for_role(Role.MANAGER, Role.AUDITOR)
def show(number: int) -> str | AnyResponse:
    """What is left of the producer's goods, by lot and place."""
    agreement = agreement_of(number)
    goods = theirs(agreement)
    if wants_file():
        return list_file(f"hang-can-lay-{number}", N_("Goods to fetch"), COLUMNS, goods)
    return render_template("inventory/consignment/goods_to_fetch.html", agreement=agreement, goods=goods)


COLUMNS: Columns[LotThere] = (
    (N_("Lot"), lambda one: one.lot.number),
    (N_("Producer's lot"), lambda one: one.lot.producer_lot),
    (N_("Product"), lambda one: one.lot.product.full_name),
    (N_("Came on"), lambda one: one.lot.received_on),
    (N_("Sell by"), lambda one: one.lot.sell_by),
    (N_("On the shelf"), lambda one: one.at(SHELF)),
    (N_("In the stockroom"), lambda one: one.at(STOCKROOM)),
    (N_("Unit"), lambda one: one.lot.product.unit_label),
)


@bp.get("/<int:number>/goods.pdf")
@for_role(Role.MANAGER, Role.AUDITOR)
def paper(number: int) -> Response:
    """The same on A4, to be signed when it is fetched."""
    agreement = agreement_of(number)
    return answer_document(paper_of(agreement, theirs(agreement)), name=f"hang can lay {number}")


def theirs(agreement: Agreement) -> list[LotThere]:
    """Lots that are the producer's own; what he sold to the shop is not his to fetch."""
    return [one for one in lots_there(agreement.producer) if one.lot.owner_id == agreement.producer_id]


def paper_of(agreement: Agreement, goods: list[LotThere]) -> A4Document:
    """The list as a paper: lot, product, last day, how much, and an empty column for what was really there."""
    settings = current_settings().shop
    facts = [(gettext("Producer"), agreement.producer.name), (gettext("Agreement"), agreement.paper)]
    if agreement.ends_on is not None and agreement.fetch_by is not None:
        facts.append((gettext("Last day"), written_day(agreement.ends_on)))
        facts.append((gettext("Unsold goods are fetched by"), written_day(agreement.fetch_by)))
    headings = (N_("Lot"), N_("Product"), N_("Sell by"), N_("In the book"), N_("Fetched"))
    table = A4Table(
        tuple(gettext(heading) for heading in headings),
        tuple(_row(one) for one in goods),
        widths=(14, 46, 14, 14, 14),
        aligns=(Align.LEFT, Align.LEFT, Align.LEFT, Align.RIGHT, Align.RIGHT),
        empty=gettext("Nothing of this producer's goods is left here."),
        boxed=True,
    )
    signatures = (A4Signature(gettext("For the shop")), A4Signature(gettext("For the producer")))
    return A4Document(
        ShopHead.of(settings), gettext("Goods to fetch"), now(), (table,), facts=tuple(facts), signatures=signatures,
        printed_by=person_here().name,
    )  # fmt: skip


def _row(one: LotThere) -> tuple[str, ...]:
    product = one.lot.product
    amount = f"{written_quantity(one.at('shelf') + one.at('stockroom'))} {product.unit_label}"
    return one.lot.number, product.full_name, written_day(one.lot.sell_by) if one.lot.sell_by else "–", amount, ""
