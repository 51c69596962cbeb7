"""A delivery while it is entered: scan, weigh, price, accept, refuse."""

from flask import Response, redirect, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from core.clock import today
from core.database import db
from core.i18n import N_
from core.money import Money
from core.quantity import NONE, ONE, Quantity, Unit
from core.staff import Role
from core.web.access import for_role
from core.web.forms import (
    read_choice,
    read_day_if_given,
    read_money,
    read_one_of,
    read_quantity,
    read_scan,
    read_text,
    read_whole,
)
from core.web.fragments import page_or_fragment
from core.web.once import once
from inventory.catalogue.price import prices_for
from inventory.catalogue.product import product_of
from inventory.catalogue.product_search import search_products
from inventory.location import SHELF, STOCKROOM
from inventory.lot import TermsKind
from inventory.receiving.delivery_draft import (
    LineWords,
    add_to_draft,
    change_draft_line,
    drop_draft,
    refuse_on_draft,
    remove_draft_line,
    set_terms,
)
from inventory.receiving.delivery_draft_table import DeliveryDraft, DeliveryDraftLine
from inventory.receiving.draft_state import refuse_another
from inventory.receiving.draft_terms import agreement_for, is_consigned, known_terms
from inventory.receiving.refusal import REFUSAL_NAMES, RefusalReason
from inventory.web.goods_scan import first_quantity, is_search, read_label
from inventory.web.receiving.deliveries import bp

PLACES = {SHELF: N_("Sales shelf"), STOCKROOM: N_("Stockroom")}
AGREED = "agreed"
_HITS = 9


@bp.get("/drafts/<int:draft_id>")
@for_role(Role.MANAGER)
def entry(draft_id: int, n: int | None = None) -> Response:
    """What is being entered: on which terms, its lines; the line `n` is open for typing."""
    entered = draft_numbered(draft_id)
    text, maker = wanted_text(), entered.supplier.id
    found = search_products(text, today(), limit=_HITS, first_of=maker) if text else None
    asked = request.args.get("line", "")
    return page_or_fragment(
        "inventory/receipts/draft.html",
        "inventory/receipts/_draft.html",
        draft=entered,
        chosen=chosen_line(entered, n or (int(asked) if asked.isdecimal() else None)),
        hits=found,
        text=text,
        **on_the_lines(entered),
    )


def on_the_lines(entered: DeliveryDraft) -> dict[str, object]:
    """What both the entry and the page of confirming say of the lines."""
    return {
        "prices": prices_for([line.product_id for line in entered.lines], today()),
        "terms": {line.n: known_terms(line) for line in entered.lines},
        "agreement": agreement_for(entered.supplier),
        "consigned": is_consigned(entered),
        "kinds": list(TermsKind),
        "reasons": REFUSAL_NAMES,
        "places": PLACES,
    }


def chosen_line(entered: DeliveryDraft, n: int | None) -> DeliveryDraftLine | None:
    """The line that is open: the one asked for, else the one just scanned, which is the last."""
    if not entered.lines:
        return None
    return (entered.line(n) if n else None) or entered.lines[-1]


def wanted_text() -> str:
    """What was typed to search by; scans are numbers and leave it empty."""
    text = request.form.get("code", "") if request.method == "POST" else request.args.get("text", "")
    return text.strip()[:100] if is_search(text) else ""


@bp.post("/drafts/<int:draft_id>/terms")
@for_role(Role.MANAGER)
@once(again=".entry")
def terms(draft_id: int) -> None:
    """Say on which terms they come, and where they go."""
    kind = None if request.form.get("terms") == AGREED else read_choice(request.form, "terms", TermsKind)
    set_terms(
        draft_numbered(draft_id),
        kind,
        commission=read_percent("commission"),
        note=read_text(request.form, "note", required=False, limit=300),
        target=read_one_of(request.form, "target", PLACES, label=N_("Goes to")) if "target" in request.form else SHELF,
    )


def read_percent(name: str) -> int | None:
    """A percentage in hundredths, typed as 15 or 12,5; None when nothing was typed."""
    text = read_text(request.form, name, required=False, limit=10).removesuffix("%").strip()
    return Quantity.of(text, Unit.KILOGRAM).thousandths // 10 if text else None


@bp.post("/drafts/<int:draft_id>/scan")
@for_role(Role.MANAGER)
@once(again=".entry")
def scan(draft_id: int) -> None:
    """A scanned label puts its product on the draft, with lot, day and weight it names; words are searched.

    With a reason, the goods are refused: they are written down and not taken in. What was typed for the open line comes
    along and is kept.
    """
    if line := draft_numbered(draft_id).line(read_whole(request.form, "line")) if "line" in request.form else None:
        write_line(line)
    text = read_scan(request.form)
    if is_search(text):
        return
    read = read_label(text)
    assert read.product is not None
    entered = draft_numbered(draft_id)
    if request.form.get("refuse"):
        refuse_on_draft(entered, read.product, read.quantity or ONE, read_refusal_reason("refuse"))
        return
    add_to_draft(
        entered,
        read.product,
        read.quantity or first_quantity(read.product),
        best_before=read.last_day,
        producer_lot=read.lot or "",
    )


def read_refusal_reason(name: str) -> RefusalReason:
    """Why something is refused."""
    return read_choice(request.form, name, RefusalReason, label=N_("Why refused"))


@bp.post("/drafts/<int:draft_id>/lines")
@for_role(Role.MANAGER)
@once(again=".entry")
def add(draft_id: int) -> None:
    """Put a product that was searched for on the draft, or write down that it was refused."""
    product, entered = product_of(read_text(request.form, "sku")), draft_numbered(draft_id)
    if request.form.get("refuse"):
        refuse_on_draft(entered, product, ONE, read_refusal_reason("refuse"))
    else:
        add_to_draft(entered, product, first_quantity(product))


@bp.post("/drafts/<int:draft_id>/lines/<int:n>")
@for_role(Role.MANAGER)
@once(again=".entry")
def change(draft_id: int, n: int) -> None:
    """Write what stands on pack, slip and scale for one line."""
    write_line(line_numbered(draft_id, n))


def write_line(line: DeliveryDraftLine) -> None:
    """What the form says of the open line."""
    form, unit = request.form, line.product.unit
    change_draft_line(
        line,
        LineWords(
            quantity=read_quantity_if_given("quantity", unit) or NONE,
            announced=read_quantity_if_given("announced", unit),
            refused=read_quantity_if_given("refused", unit) or NONE,
            reason=read_refusal_reason("reason") if form.get("reason") else None,
            refusal_note=read_text(form, "refusal_note", required=False, limit=200),
            amount=read_amount(line.draft),
            price=read_money(form, "price", label=N_("New selling price")) if form.get("price", "").strip() else None,
            best_before=read_day_if_given(form, "best_before", label=N_("Best before")),
            producer_lot=read_text(form, "producer_lot", required=False, limit=40),
            papers=read_text(form, "papers", required=False, limit=300),
            target=read_one_of(form, "target", PLACES) if form.get("target") else None,
        ),
    )


def read_quantity_if_given(name: str, unit: Unit) -> Quantity | None:
    """A quantity, or None where the field was left empty."""
    return read_quantity(request.form, name, unit, label=N_("Quantity")) if request.form.get(name, "").strip() else None


def read_amount(entered: DeliveryDraft) -> Money | None:
    """The cost or delivery price of one; None while it is left empty, or where a commission or an agreement stands."""
    by_amount = not entered.agreed and entered.terms is not TermsKind.COMMISSION
    if not by_amount or not request.form.get("amount", "").strip():
        return None
    return read_money(request.form, "amount", label=N_("Price for one"))


@bp.post("/drafts/<int:draft_id>/lines/<int:n>/removal")
@for_role(Role.MANAGER)
@once(again=".entry")
def remove(draft_id: int, n: int) -> None:
    """Take a line out."""
    remove_draft_line(line_numbered(draft_id, n))


@bp.post("/drafts/<int:draft_id>/giving-up")
@for_role(Role.MANAGER)
@once
def give_up(draft_id: int) -> AnyResponse:
    """Drop what was entered."""
    drop_draft(draft_numbered(draft_id))
    return redirect(url_for(".index"), 303)


def draft_numbered(draft_id: int) -> DeliveryDraft:
    """The delivery that is being entered under a number; a page that is not there without one."""
    entered = db.session.get(DeliveryDraft, draft_id)
    if entered is None:
        raise NotFound
    refuse_another(entered, request.form.get("opened", ""))
    return entered


def line_numbered(draft_id: int, n: int) -> DeliveryDraftLine:
    """A line of it."""
    line = draft_numbered(draft_id).line(n)
    if line is None:
        raise NotFound
    return line
