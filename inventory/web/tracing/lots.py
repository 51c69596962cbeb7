"""Lots: find one by scan, number or name, follow it through every move, lay it aside and let it go."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.attached_file import files_of, keep_file
from core.clock import today
from core.current_settings import current_settings
from core.errors import RuleBroken
from core.i18n import N_, gettext
from core.quantity import NONE, Quantity
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.attached_files import read_files, takes_files
from core.web.document_name import document_names
from core.web.forms import read_reason, read_scan, read_text, trouble_sentence
from core.web.fragments import page_or_fragment
from core.web.list_file import Columns, at_most, list_file, table_file, wants_file
from core.web.once import once
from core.web.room_for_selling import goes_on_when_full
from inventory.catalogue.eligibility import Papers, papers_for
from inventory.catalogue.product import Product, product_of
from inventory.ledger.stock_on_day import stock_on
from inventory.lot import Lot, lot_of
from inventory.tracing.hold import hold_lot, release_lot
from inventory.tracing.lot_search import MOST, NothingNamed, find_lots, goods_named
from inventory.tracing.trace import Trace, place_names, trace_of, traces_of
from inventory.web.names import owner_name
from inventory.web.tracing.words import STEP_NAMES, tracing_words

bp = Blueprint("lots", __name__, url_prefix="/inventory/lots", template_folder="../../templates")
bp.context_processor(tracing_words)

SHOWN = 300
"""Moves on the page; the table to take away has all of them."""


@bp.get("")
@for_role(Role.CLERK, Role.AUDITOR)
def index() -> AnyResponse:
    """The lots that fit the words, of one product or laid aside, the newest first, and what is where of each."""
    text = read_text(request.args, "text", required=False, limit=100)
    product = product_of(request.args["product"]) if request.args.get("product") else None
    return lots_page(text, product=product, held=bool(request.args.get("held")))


def lots_page(text: str = "", *, product: Product | None = None, held: bool = False) -> AnyResponse:
    """Some lots on the page, or all that fit as a file."""
    lots = find_lots(text, product=product, held=held, limit=at_most(MOST))
    products = {lot.product_id: lot.product for lot in lots}
    papers = papers_for(list(products.values()), today())
    if wants_file():
        return list_file("lo-hang", N_("Lots"), COLUMNS, told_lots(lots, papers))
    return page_or_fragment(
        "inventory/tracing/lots.html",
        "inventory/tracing/_lots.html",
        traces=traces_of(lots),
        papers=papers,
        places=place_names(),
        text=text,
        product=product,
        held=held,
        most=MOST,
    )


@dataclass(frozen=True, slots=True)
class ToldLot:
    """A lot in the list to take away: how it stands, and where how much of it is."""

    lot: Lot
    state: str
    on_shelf: Quantity
    in_stockroom: Quantity


def told_lots(lots: Sequence[Lot], papers: Papers) -> Iterator[ToldLot]:
    """The lots with their stock of now, which the ledger knows of all of them at once."""
    held = {one.lot.id: one for one in stock_on(today())}
    for lot in lots:
        there = held.get(lot.id)
        places = (there.on_shelf, there.in_stockroom) if there else (NONE, NONE)
        yield ToldLot(lot, said_state(lot, papers.trouble(lot.product, lot)), *places)


def said_state(lot: Lot, trouble: RuleBroken | None) -> str:
    """How a lot stands, in words."""
    if lot.hold:
        return f"{gettext('On hold')}: {lot.hold.reason}"
    return trouble_sentence(trouble) if trouble else gettext("Good")


COLUMNS: Columns[ToldLot] = (
    (N_("Lot"), lambda one: one.lot.number),
    (N_("Producer's lot"), lambda one: one.lot.producer_lot),
    (N_("Product code"), lambda one: one.lot.product.sku),
    (N_("Product"), lambda one: one.lot.product.full_name),
    (N_("Whose"), lambda one: owner_name(one.lot.owner)),
    (N_("Came on"), lambda one: one.lot.received_on),
    (N_("Sell by"), lambda one: one.lot.sell_by),
    (N_("State"), lambda one: one.state),
    (N_("On the shelf"), lambda one: one.on_shelf),
    (N_("In the stockroom"), lambda one: one.in_stockroom),
    (N_("Unit"), lambda one: one.lot.product.unit_label),
)


@bp.get("/scans")
@for_role(Role.CLERK, Role.AUDITOR)
def scan() -> AnyResponse:
    """A scanned label opens its lot, or the lots of its goods; words are looked for here, no address carries them."""
    code = read_scan(request.args)
    text = code.strip()[:100]
    if any(c.isalpha() for c in text) and not any(c.isdigit() for c in text):
        return lots_page(text)
    try:
        named = goods_named(code, layouts=current_settings().scan.weight_layouts)
    except RuleBroken as broken:
        if isinstance(broken, NothingNamed) and find_lots(text, limit=1):
            return lots_page(text)
        flash(trouble_sentence(broken), "warn")
        page = lots_page()
        page.status_code = 422
        return page
    if named.lot is None:
        return redirect(url_for(".index", product=named.product.sku))
    return redirect(url_for(".show", number=named.lot.number))


@bp.get("/<number>")
@for_role(Role.CLERK, Role.AUDITOR)
def show(number: str) -> str | AnyResponse:
    """One lot: whose it is, where from, until when, where it is now, and every move with its document."""
    lot = lot_of(number)
    trace = trace_of(lot)
    if wants_file():
        headings = [gettext(heading) for heading in HEADINGS]
        return table_file(f"lo-{lot.number}", gettext("Lot %(number)s", number=lot.number), headings, rows_of(trace))
    return render_template("inventory/tracing/lot.html", shown=trace.moves[-SHOWN:], **told_of(lot, trace))


def told_of(lot: Lot, trace: Trace) -> dict[str, object]:
    """What the page of a lot says."""
    product: Product = lot.product
    return {
        "lot": lot,
        "product": product,
        "trace": trace,
        "trouble": papers_for([product], today()).trouble(product, lot),
        "documents": document_names({*trace.records, lot.record_seq}),
        "places": place_names(),
        "files": files_of(lot.record_seq),
        "hold_files": files_of(lot.hold.record_seq) if lot.hold else [],
    }


HEADINGS = (N_("Time"), N_("What"), N_("From"), N_("To"), N_("Quantity"), N_("Unit"), N_("Document"), N_("Person"))


def rows_of(trace: Trace) -> Iterator[list[object]]:
    """The moves of a lot as the rows of a table."""
    documents, places = document_names(trace.records), place_names()
    for one in trace.moves:
        document = documents[one.move.record_seq]
        what, unit = gettext(STEP_NAMES[one.step]), trace.lot.product.unit_label
        where = places[one.move.source], places[one.move.target]
        yield [document.at, what, *where, one.move.quantity, unit, document.words, document.who]


@bp.post("/<number>/hold")
@for_role(Role.MANAGER)
@goes_on_when_full
@takes_files
@once
def hold(number: str) -> AnyResponse:
    """Lay the lot aside: from now on it is neither sold nor moved."""
    lot, by = lot_of(number), person_here()
    hold_lot(lot, reason=read_reason(request.form), by=by, files=[keep_file(one, by=by) for one in read_files()])
    flash(gettext("The lot is on hold. No register sells it any more."), "ok")
    return redirect(url_for(".show", number=number), 303)


@bp.post("/<number>/release")
@for_role(Role.MANAGER)
@once
def release(number: str) -> AnyResponse:
    """Let the lot go again."""
    release_lot(lot_of(number), reason=read_reason(request.form), by=person_here())
    flash(gettext("The lot may be sold again."), "ok")
    return redirect(url_for(".show", number=number), 303)
