"""What to ask each producer for: all of them by urgency, and one page a producer to change and send."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.i18n import N_, gettext
from core.quantity import NONE, Quantity
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_day, read_quantity, read_scan, read_text
from core.web.fragments import page_or_fragment
from core.web.list_file import Columns, list_file, wants_file
from core.web.once import once
from inventory.catalogue.producer import Producer, producer_of
from inventory.catalogue.product import Product
from inventory.reordering.delivery_request import NotTheirs, Wanted, send_request
from inventory.reordering.fulfilment import State
from inventory.reordering.reason import reason_of, weekday_name
from inventory.reordering.request_draft import drop_typed, keep_typed, typed_for
from inventory.reordering.suggestion import Outlook, ProducerInNeed, Suggestion, Urgency, producers_in_need
from inventory.web.goods_scan import read_label
from inventory.web.names import words

bp = Blueprint("reorder", __name__, url_prefix="/inventory/reorder", template_folder="../../templates")
bp.context_processor(words)

COLUMNS: Columns[ProducerInNeed] = (
    (N_("Producer code"), lambda one: one.producer.code),
    (N_("Producer"), lambda one: one.producer.name),
    (N_("Runs out"), lambda one: one.count(Urgency.EMPTY_BEFORE)),
    (N_("To order"), lambda one: one.count(Urgency.NOW)),
    (N_("Delivery if asked today"), lambda one: one.days.comes),
    (N_("On order"), lambda one: ", ".join(str(asked.request.number) for asked in one.open_requests)),
)
LINES: Columns[tuple[Suggestion, Quantity]] = (
    (N_("Product code"), lambda row: row[0].product.sku),
    (N_("Product"), lambda row: row[0].product.full_name),
    (N_("Unit"), lambda row: row[0].product.unit_label),
    (N_("Here"), lambda row: row[0].here),
    (N_("On order"), lambda row: row[0].coming),
    (N_("Suggested"), lambda row: row[0].order),
    (N_("Ask for"), lambda row: row[1]),
    (N_("Reason"), lambda row: reason_of(row[0])),
)


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def index() -> str | AnyResponse:
    """Every producer, the most urgent first."""
    producers = producers_in_need()
    if wants_file():
        return list_file("dat-hang", N_("Ordering goods"), COLUMNS, producers)
    return render_template(
        "inventory/reordering/page.html",
        producers=producers,
        urgency=Urgency,
        weekday_name=weekday_name,
    )


@bp.get("/<code>")
@for_role(Role.MANAGER, Role.AUDITOR)
def show(code: str) -> AnyResponse:
    """One producer: each product with what to order and why; the manager's own quantities over it."""
    producer = producer_of(code)
    outlook = Outlook(producer)
    found, typed = outlook.of(producer), typed_for(producer)
    if wants_file():
        lines = [(one, typed.get(one.product.id, one.order)) for one in found]
        return list_file(f"dat-hang-{producer.code}", N_("Ordering goods"), LINES, lines)
    return page_or_fragment(
        "inventory/reordering/producer.html",
        "inventory/reordering/_lines.html",
        producer=producer,
        suggestions=found,
        quantities={one.product.id: typed.get(one.product.id, one.order) for one in found},
        typed=typed,
        days=outlook.days_of(producer),
        open_requests=[one for one in outlook.requests[producer.id] if one.state in (State.OPEN, State.LATE)],
        urgency=Urgency,
        reason_of=reason_of,
        weekday_name=weekday_name,
        field_name=field_name,
    )


def field_name(product: Product) -> str:
    """The field in which a product's quantity is typed."""
    return f"quantity-{product.sku}"


@bp.post("/<code>/quantities")
@for_role(Role.MANAGER)
@once(again=".show")
def keep(code: str) -> None:
    """Keep what was typed; a scan adds a pack of its product to it."""
    producer = producer_of(code)
    suggestions = Outlook(producer).of(producer)
    quantities = read_quantities(suggestions)
    scanned = read_scan(request.form) if request.form.get("code", "").strip() else ""
    if scanned:
        one = suggestion_scanned(producer, suggestions, scanned)
        quantities[one.product.id] = quantities.get(one.product.id, NONE) + one.terms.pack
    keep_typed(producer, changed(suggestions, quantities))


def suggestion_scanned(producer: Producer, suggestions: list[Suggestion], text: str) -> Suggestion:
    """The line of a scanned product; goods of somebody else are refused."""
    read = read_label(text)
    assert read.product is not None
    for one in suggestions:
        if one.product.id == read.product.id:
            return one
    raise NotTheirs(product=read.product.full_name, producer=producer.name)


def read_quantities(suggestions: list[Suggestion]) -> dict[int, Quantity]:
    """What the form says of each product; an empty field is none of it, a field that is not there says nothing."""
    found = {}
    for one in suggestions:
        name = field_name(one.product)
        if name in request.form:
            found[one.product.id] = (
                read_quantity(request.form, name, one.product.unit, label=one.product.full_name)
                if request.form[name].strip()
                else NONE
            )
        else:
            found[one.product.id] = one.order
    return found


def changed(suggestions: list[Suggestion], quantities: dict[int, Quantity]) -> dict[int, Quantity]:
    """What differs from the suggestion."""
    suggested = {one.product.id: one.order for one in suggestions}
    return {one: quantity for one, quantity in quantities.items() if quantity != suggested[one]}


@bp.post("/<code>/suggestion")
@for_role(Role.MANAGER)
@once
def suggest(code: str) -> AnyResponse:
    """Go back to what the shop's figures suggest."""
    drop_typed(producer_of(code))
    return redirect(url_for(".show", code=code), 303)


@bp.post("/<code>/requests")
@for_role(Role.MANAGER)
@once
def send(code: str) -> AnyResponse:
    """Ask the producer for what is typed, under the next number."""
    producer = producer_of(code)
    suggestions = Outlook(producer).of(producer)
    quantities = read_quantities(suggestions)
    wanted = [
        Wanted(one.product, quantities[one.product.id], one.order)
        for one in suggestions
        if quantities[one.product.id] > NONE
    ]
    sent = send_request(
        producer,
        wanted,
        wanted_on=read_day(request.form, "wanted_on", label=N_("Please deliver on")),
        note=read_text(request.form, "note", required=False, limit=300, label=N_("Note")),
        by=person_here(),
    )
    drop_typed(producer)
    flash(gettext("Delivery request %(number)s is recorded. Print it or send it now.", number=sent.number), "ok")
    return redirect(url_for("requests.show", number=sent.number), 303)
