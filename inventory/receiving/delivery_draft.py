"""A delivery while it is being entered: looked through, weighed, priced; then confirmed by both sides and posted.

A draft is no document: it may change until it is posted (delivery.py) and leaves no trace when it is dropped.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from core.attached_file import MOST_FILES, AttachedFile, TooManyFiles
from core.clock import now, today
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.money import Money
from core.quantity import NONE, Quantity
from core.staff import Staff
from core.text import clean
from inventory.catalogue.eligibility import check_receivable
from inventory.catalogue.price import price_on, set_price
from inventory.catalogue.producer import Producer, refuse_retired
from inventory.catalogue.product import Product
from inventory.location import SHELF
from inventory.lot import Lot, Terms, TermsKind
from inventory.receiving.confirmation import Confirmation
from inventory.receiving.delivery import Arrival, NothingReceived, receive_goods
from inventory.receiving.delivery_draft_table import DeliveryDraft, DeliveryDraftFile, DeliveryDraftLine
from inventory.receiving.draft_terms import (
    CommissionMissing,
    NoAgreement,
    agreed_terms,
    agreement_for,
    terms_of,
)
from inventory.receiving.receipt_table import GoodsReceipt
from inventory.receiving.refusal import RefusalReason, Refused, check_explained, check_refused


class QuantityMissing(RuleBroken):
    """A line whose weight nobody has typed."""

    message = N_("%(product)s has no quantity yet. Choose its line and type how much came.")


@dataclass(frozen=True, slots=True)
class LineWords:
    """What stands on pack, on the producer's paper and on the scale for one line."""

    quantity: Quantity
    announced: Quantity | None = None
    refused: Quantity = NONE
    reason: RefusalReason | None = None
    refusal_note: str = ""
    amount: Money | None = None
    price: Money | None = None
    best_before: date | None = None
    producer_lot: str = ""
    papers: str = ""
    target: str | None = None


def waiting_deliveries() -> list[DeliveryDraft]:
    """The deliveries that are being entered, the newest first."""
    return list(db.session.scalars(select(DeliveryDraft).order_by(DeliveryDraft.id.desc())))


def begin_delivery(supplier: Producer, *, by: Staff) -> DeliveryDraft:
    """Begin to enter what a producer brought, on the terms of his agreement where one is in force."""
    refuse_retired(supplier)
    draft = DeliveryDraft(
        staff_id=by.id,
        supplier_id=supplier.id,
        supplier=supplier,
        agreed=agreement_for(supplier) is not None,
        terms=TermsKind.BOUGHT,
        commission=None,
        target=SHELF,
        note="",
        opened_at=now(),
    )
    db.session.add(draft)
    db.session.flush()
    return draft


def set_terms(
    draft: DeliveryDraft, kind: TermsKind | None, *, commission: int | None, note: str, target: str = SHELF
) -> None:
    """Say how the goods come: by the agreement (None), bought, on commission or at a delivery price; and where to."""
    if kind is None and agreement_for(draft.supplier) is None:
        raise NoAgreement(producer=draft.supplier.name)
    if kind is TermsKind.COMMISSION and commission is None:
        raise CommissionMissing()
    if kind is not (None if draft.agreed else draft.terms):
        for line in draft.lines:
            line.amount = None  # a cost is no delivery price
    draft.agreed, draft.terms = kind is None, kind or TermsKind.BOUGHT
    draft.note, draft.target = clean(note, limit=300), target
    draft.commission = Terms.on_commission(commission).commission if commission is not None else None
    db.session.flush()


def add_to_draft(
    draft: DeliveryDraft,
    product: Product,
    quantity: Quantity,
    *,
    best_before: date | None = None,
    producer_lot: str = "",
) -> DeliveryDraftLine:
    """Put goods on the draft; the same product, lot and day again raises its line.

    Refuses goods that may not be taken in today. The cost or delivery price is the one they last came at.
    """
    check_receivable(product, today(), sell_by=best_before)
    lot = clean(producer_lot, limit=40)
    for line in draft.lines:
        if line.product_id == product.id and line.producer_lot == lot and line.best_before in (best_before, None):
            line.quantity, line.best_before = line.quantity + quantity, best_before or line.best_before
            db.session.flush()
            return line
    return new_line(draft, product, quantity=quantity, best_before=best_before, producer_lot=lot)


def refuse_on_draft(
    draft: DeliveryDraft, product: Product, quantity: Quantity, reason: RefusalReason, note: str = ""
) -> DeliveryDraftLine:
    """Write down goods of which nothing is taken in, also such that may not be sold here at all."""
    check_refused([Refused(product, quantity, reason, note)])
    return new_line(draft, product, refused=quantity, reason=reason, refusal_note=clean(note, limit=200))


def new_line(draft: DeliveryDraft, product: Product, **words: object) -> DeliveryDraftLine:
    """A line below the others."""
    line = DeliveryDraftLine(
        n=max((line.n for line in draft.lines), default=0) + 1,
        product_id=product.id,
        product=product,
        amount=last_amount(draft, product),
        announced=None,
        price=None,
        papers="",
        target=None,
        **{"quantity": NONE, "refused": NONE, "reason": None, "refusal_note": "", "best_before": None,
           "producer_lot": ""} | words,
    )  # fmt: skip
    draft.lines.append(line)
    db.session.flush()
    return line


def last_amount(draft: DeliveryDraft, product: Product) -> Money | None:
    """What one unit cost the last time this producer brought it on the same kind of terms."""
    lot = db.session.scalar(
        select(Lot)
        .where(Lot.product_id == product.id, Lot.supplier_id == draft.supplier_id, Lot.terms == draft.terms)
        .order_by(Lot.id.desc())
        .limit(1)
    )
    return (lot.cost or lot.delivery_price) if lot is not None else None


def change_draft_line(line: DeliveryDraftLine, words: LineWords) -> None:
    """Write what stands on the pack, on the slip and on the scale."""
    if words.quantity > NONE:
        check_receivable(line.product, today(), sell_by=words.best_before)
    if words.refused > NONE:
        check_refused([Refused(line.product, words.refused, check_explained(line.product, words.reason,
                                                                            words.refusal_note))])  # fmt: skip
    line.announced, line.quantity, line.refused = words.announced, words.quantity, words.refused
    line.reason = words.reason if words.refused > NONE else None
    line.refusal_note = clean(words.refusal_note, limit=200) if words.refused > NONE else ""
    line.amount, line.price, line.best_before = words.amount, words.price, words.best_before
    line.producer_lot, line.papers = clean(words.producer_lot, limit=40), clean(words.papers, limit=300)
    line.target = words.target if words.target != line.draft.target else None
    db.session.flush()


def remove_draft_line(line: DeliveryDraftLine) -> None:
    """Take a line out."""
    line.draft.lines.remove(line)
    db.session.flush()


def add_files(draft: DeliveryDraft, files: Sequence[AttachedFile]) -> None:
    """Lay photos or scans of the papers to a delivery; the same one again is there already."""
    known = {file.sha256 for file in draft.files}
    new = [file for file in files if file.sha not in known]
    if len(draft.files) + len(new) > MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)
    last = max((file.n for file in draft.files), default=0)
    draft.files += [DeliveryDraftFile(n=last + at, sha256=file.sha, name=file.name) for at, file in enumerate(new, 1)]
    db.session.flush()


def remove_file(file: DeliveryDraftFile) -> None:
    """Take a photo or scan off again."""
    file.draft.files.remove(file)
    db.session.flush()


def drop_draft(draft: DeliveryDraft) -> None:
    """Give the draft up; nothing of it is kept."""
    db.session.delete(draft)
    db.session.flush()


def arrivals_of(draft: DeliveryDraft) -> list[Arrival]:
    """What is taken in, with its terms; a line without any quantity must be typed first."""
    for line in draft.lines:
        if line.quantity <= NONE and line.refused <= NONE:
            raise QuantityMissing(product=line.product.name)
    if not draft.lines:
        raise NothingReceived()
    return [arrival_of(line) for line in draft.lines if line.quantity > NONE]


def arrival_of(line: DeliveryDraftLine) -> Arrival:
    """A line as it is received."""
    return Arrival(
        product=line.product,
        quantity=line.quantity,
        terms=terms_of(line),
        best_before=line.best_before,
        producer_lot=line.producer_lot,
        papers=line.papers,
        announced=line.announced,
        target=line.target,
        agreed=agreed_terms(line),
    )


def refused_of(draft: DeliveryDraft) -> list[Refused]:
    """What goes home again; what the producer's paper announced stands with what was accepted, if anything was."""
    return [
        Refused(
            line.product,
            line.refused,
            check_explained(line.product, line.reason, line.refusal_note),
            line.refusal_note,
            announced=line.announced if line.quantity <= NONE else None,
        )
        for line in draft.lines
        if line.refused > NONE
    ]


def post_draft(draft: DeliveryDraft, *, confirmed: Confirmation, by: Staff) -> GoodsReceipt:
    """Accept what was entered: new prices hold from today, and the draft becomes a receipt with its lots and moves."""
    arrivals = arrivals_of(draft)
    for line in draft.lines:
        if line.price is not None and line.price != price_on(line.product, today()):
            set_price(line.product, line.price, from_day=today(), by=by)
    files = [AttachedFile(file.sha256, file.name, file.kept.type, file.kept.size) for file in draft.files]
    receipt = receive_goods(
        supplier=draft.supplier, lines=arrivals, refused=refused_of(draft), by=by, note=draft.note,
        target=draft.target, files=files, confirmed=confirmed,
    )  # fmt: skip
    drop_draft(draft)
    return receipt
