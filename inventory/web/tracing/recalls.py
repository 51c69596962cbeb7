"""Recalls as one act: name the goods and the reason, and they are blocked; then see what is left and what was sold."""

from collections.abc import Iterable
from datetime import date, datetime

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from core.clock import VIETNAM, now
from core.current_settings import current_settings
from core.errors import RuleBroken
from core.i18n import N_, gettext
from core.quantity import Quantity
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.document_name import DocumentName, document_names
from core.web.forms import Form, read_day_if_given, read_quantity, read_reason, read_scan, read_text
from core.web.list_file import Columns, at_most, list_file, wants_file
from core.web.once import once
from core.web.room_for_selling import goes_on_when_full
from inventory.catalogue.product import Product, product_of
from inventory.catalogue.recall import Recall, RecallLift, lift_recall, recall
from inventory.lot import covers_a_lot
from inventory.tracing.lot_search import goods_named
from inventory.tracing.recall_ack import Found, acknowledge_recall
from inventory.tracing.recall_notice import customer_notice, shelf_notice
from inventory.tracing.recall_report import (
    RecallReport,
    Went,
    latest_recalls,
    numbers_to_recall,
    recall_of,
    report_of,
)
from inventory.tracing.trace import Step, place_names
from inventory.web.tracing.words import tracing_words
from printers.web.pdf_answer import answer_document

bp = Blueprint("recalls", __name__, url_prefix="/inventory/recalls", template_folder="../../templates")
bp.context_processor(tracing_words)

NOTHING_BLOCKED = N_("The shop has received no lot %(lot)s of this product: nothing on the shelf is blocked. "
                     "Compare the number with the notice and with the packs.")  # fmt: skip
ALL, OTHER = "", "other"
_LATEST = 100
COLUMNS: Columns[tuple[Recall, Product, RecallLift | None]] = (
    (N_("Product code"), lambda row: row[1].sku),
    (N_("Product"), lambda row: row[1].full_name),
    (N_("Producer"), lambda row: row[1].producer.name),
    (N_("Lot"), lambda row: row[0].lot_number or gettext("all lots")),
    (N_("Since"), lambda row: row[0].since),
    (N_("Reason"), lambda row: row[0].reason),
    (N_("Issued by"), lambda row: row[0].issuer),
    (N_("Lifted"), lambda row: row[2].since if row[2] else None),
)


class RecalledLater(RuleBroken):
    """A recall blocks from now on at the latest."""

    message = N_("A recall blocks the goods at once. Type a day that has come, or leave the field empty.")


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def index() -> str | AnyResponse:
    """The recalls in force, then those that were lifted."""
    rows = latest_recalls(at_most(_LATEST))
    if wants_file():
        return list_file("thu-hoi", N_("Recalls"), COLUMNS, rows)
    return render_template("inventory/tracing/recalls.html", rows=rows)


@bp.get("/new")
@for_role(Role.MANAGER)
def new() -> str:
    """Say what is recalled: scan it, choose lot or everything, type the reason of the notice."""
    product = product_of(request.args["product"]) if request.args.get("product") else None
    return render_template(
        "inventory/tracing/new_recall.html",
        product=product,
        numbers=numbers_to_recall(product) if product else [],
        chosen=request.args.get("lot", ALL),
    )


@bp.post("/scans")
@for_role(Role.MANAGER)
@once
def scan() -> AnyResponse:
    """A scanned label names the goods, and the lot where it holds one."""
    named = goods_named(read_scan(request.form), layouts=current_settings().scan.weight_layouts)
    lot = (named.lot.producer_lot or named.lot.number) if named.lot else None
    return redirect(url_for(".new", product=named.product.sku, lot=lot), 303)


@bp.post("")
@for_role(Role.MANAGER)
@goes_on_when_full
@once
def begin() -> AnyResponse:
    """Block the goods at once."""
    row = recall(
        product_of(read_text(request.form, "product")),
        lot_number=read_lot(request.form),
        reason=read_reason(request.form),
        issuer=read_text(request.form, "issuer", required=False, limit=200),
        since=read_since(request.form),
        by=person_here(),
    )
    if row.lot_number and not covers_a_lot(row):
        flash(gettext(NOTHING_BLOCKED, lot=row.lot_number), "warn")
    else:
        flash(gettext("Recalled. No register sells it any more."), "ok")
    return redirect(url_for(".show", uid=row.uid), 303)


def read_lot(form: Form) -> str | None:
    """The number of the lot, chosen or typed; None for everything of the product."""
    chosen = read_text(form, "lot", required=False, limit=40)
    if chosen == OTHER:
        return read_text(form, "other_lot", limit=40, label=N_("Lot"))
    return chosen or None


def read_since(form: Form) -> datetime | None:
    """From the beginning of a day that has come, as a notice may say; None for this very moment."""
    day = read_day_if_given(form, "since", label=N_("From when"))
    if day is None:
        return None
    since = datetime.combine(day, datetime.min.time(), VIETNAM)
    if since > now():
        raise RecalledLater()
    return since


@bp.get("/<uid>")
@for_role(Role.MANAGER, Role.AUDITOR)
def show(uid: str) -> str | AnyResponse:
    """One recall: what is left where, what was sold when, what was found, and what to print."""
    report = _report(uid)
    documents = document_names({*report.records, *(ack.record_seq for ack in report.acks)})
    first, last = read_day_if_given(request.args, "first"), read_day_if_given(request.args, "last")
    sold = within(report.went(Step.SOLD), documents, first, last)
    if wants_file():
        rows = [(one, documents[one.record_seq]) for one in sold]
        return list_file(f"thu-hoi-{report.product.sku}", N_("Recall"), SOLD, rows)
    return render_template(
        "inventory/tracing/recall.html",
        report=report,
        documents=documents,
        places=place_names(),
        sold=sold,
        sold_total=total_of(sold),
        first=first,
        last=last,
    )


def total_of(went: Iterable[Went]) -> Quantity:
    """How much all of it is together."""
    return sum((one.traced.quantity for one in went), Quantity(0))


def within(
    went: list[Went], documents: dict[int, DocumentName], first: date | None = None, last: date | None = None
) -> list[Went]:
    """The moves of some days; of all where none are given."""
    return [
        one
        for one in went
        if (first is None or first <= _day_of(one, documents)) and (last is None or _day_of(one, documents) <= last)
    ]


def _day_of(went: Went, documents: dict[int, DocumentName]) -> date:
    return documents[went.record_seq].at.astimezone(VIETNAM).date()


SOLD: Columns[tuple[Went, DocumentName]] = (
    (N_("Time"), lambda row: row[1].at),
    (N_("Document"), lambda row: row[1].words),
    (N_("Lot"), lambda row: row[0].lot.number),
    (N_("Producer's lot"), lambda row: row[0].lot.producer_lot),
    (N_("Quantity"), lambda row: row[0].traced.quantity),
    (N_("Unit"), lambda row: row[0].lot.product.unit_label),
    (N_("Person"), lambda row: row[1].who),
)


@bp.post("/<uid>/acknowledgements")
@for_role(Role.MANAGER)
@once
def acknowledge(uid: str) -> AnyResponse:
    """Write down how many were found of each lot, where the book has some."""
    report = _report(uid)
    note = read_text(request.form, "note", required=False, limit=300)
    acknowledge_recall(report.recalled, list(read_finds(report, request.form)), note=note, by=person_here())
    flash(gettext("Recorded."), "ok")
    return redirect(url_for(".show", uid=uid), 303)


def read_finds(report: RecallReport, form: Form) -> Iterable[Found]:
    """What was typed for each lot and place."""
    for one in report.left:
        found = read_quantity(form, f"found-{one.lot.number}-{one.place}", report.product.unit, label=one.lot.number)
        yield Found(one.lot, one.place, one.quantity, found)


@bp.post("/<uid>/lift")
@for_role(Role.MANAGER)
@once
def lift(uid: str) -> AnyResponse:
    """Let recalled goods be sold again from now on."""
    lift_recall(_recall(uid), reason=read_reason(request.form), by=person_here())
    flash(gettext("Lifted. The goods may be sold again."), "ok")
    return redirect(url_for(".show", uid=uid), 303)


@bp.get("/<uid>/shelf-notice.pdf")
@for_role(Role.MANAGER, Role.AUDITOR)
def shelf(uid: str) -> Response:
    """The notice for the shelf."""
    report = _report(uid)
    document = shelf_notice(report, current_settings(), by=person_here())
    return answer_document(document, name=f"thu hoi ke {report.product.sku}")


@bp.get("/<uid>/customer-notice.pdf")
@for_role(Role.MANAGER, Role.AUDITOR)
def customers(uid: str) -> Response:
    """The notice for customers."""
    report = _report(uid)
    documents = document_names(report.records)
    days = [_day_of(one, documents) for one in report.went(Step.SOLD)]
    sold = (min(days), max(days)) if days else None
    document = customer_notice(report, current_settings(), sold=sold, by=person_here())
    return answer_document(document, name=f"thu hoi khach {report.product.sku}")


def _report(uid: str) -> RecallReport:
    return report_of(_recall(uid))


def _recall(uid: str) -> Recall:
    found = recall_of(uid)
    if found is None:
        raise NotFound
    return found
