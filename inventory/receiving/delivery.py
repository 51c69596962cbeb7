"""Goods receipts (phiếu nhập): what a producer brought and we accepted. Each line becomes one lot and one move.

Bought goods and consigned goods come on separate papers, so a receipt holds one kind only. The terms are frozen on the
lot. What was refused at the door stands on the receipt as well, and so does the producer's word (confirmation.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from core.attached_file import AttachedFile, attach_files
from core.clock import today
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import next_seq, write_record
from core.journal.record import Kind
from core.quantity import NONE, Quantity
from core.skipped_number import Series, last_skipped
from core.staff import Staff
from core.text import clean
from inventory.catalogue.eligibility import check_receivable
from inventory.catalogue.producer import Producer, refuse_retired
from inventory.catalogue.product import Product
from inventory.consignment.agreed_terms import AgreedTerms
from inventory.consignment.lot_agreement import freeze_terms
from inventory.location import PRODUCER, SHELF
from inventory.lot import Lot, Terms
from inventory.receiving.confirmation import Confirmation, write_confirmation
from inventory.receiving.delivery_record import receipt_body
from inventory.receiving.receipt_table import GoodsReceipt
from inventory.receiving.refusal import Refused, check_refused, refusals_of
from inventory.receiving.slip_line import slip_lines_of
from inventory.stock_move import Move, post_moves

LOTS_A_DAY = 100_000


class NothingReceived(RuleBroken):
    """A receipt without lines."""

    message = N_("There is nothing on this receipt. Scan or search what was delivered first.")


class MixedReceipt(RuleBroken):
    """Bought and consigned goods on one paper."""

    message = N_("Bought goods and goods on consignment need a receipt each. Post the bought ones first.")


class QuantityNotReceived(RuleBroken):
    """Nothing, or a part of what comes whole."""

    message = N_("The quantity of %(product)s must be more than 0, and whole for goods by the piece.")


class ReceivedTomorrow(RuleBroken):
    """Goods cannot have come on a day to come."""

    message = N_("%(day)s is still to come. Type the day the goods came.")


@dataclass(frozen=True, slots=True)
class Arrival:
    """One line of a delivery: so much of a product under these terms.

    `producer_lot` and `papers` are what the pack and the slip say; fresh goods have no best-before day. `announced` is
    the quantity on the producer's paper, where he has one; `target` a place other than the rest of the delivery's;
    `agreed` the terms of the agreement in force, which stay with the lot: else goods come on typed terms alone.
    """

    product: Product
    quantity: Quantity
    terms: Terms
    best_before: date | None = None
    producer_lot: str = ""
    papers: str = ""
    announced: Quantity | None = None
    target: str | None = None
    agreed: AgreedTerms | None = None


def receive_goods(  # noqa: PLR0913  (what stands on a delivery slip)
    *,
    supplier: Producer,
    lines: Sequence[Arrival],
    by: Staff,
    day: date | None = None,
    target: str = SHELF,
    note: str = "",
    refused: Sequence[Refused] = (),
    confirmed: Confirmation | None = None,
    files: Sequence[AttachedFile] = (),
) -> GoodsReceipt:
    """Accept a delivery: its lots with their frozen terms, their moves into the shop, one journal record.

    Refuses goods that may not be sold here (paper missing, recalled, past their day), and mixed ownership. What was
    refused of it is written down, and moves nothing. `confirmed` is the producer's word, where he was asked.
    """
    day = day or today()
    refuse_retired(supplier)
    check_delivery(lines, day, refused)
    seq, first = next_seq(), lots_of_day(day)
    lots = [new_lot(line, supplier, day, first + n, n) for n, line in enumerate(lines, start=1)]
    words, refusals = slip_lines_of(lines, day, seq), refusals_of(refused, seq)
    receipt = GoodsReceipt(
        number=next_receipt_number(), supplier_id=supplier.id, supplier=supplier, day=day,
        note=clean(note, limit=300), staff_code=by.code, record_seq=seq,
    )  # fmt: skip
    body = receipt_body(
        receipt,
        target=target,
        lines=lines,
        lots=lots,
        words=words,
        refusals=refusals,
        confirmed=confirmed,
        files=files,
    )
    record = write_record(kind_of(lines), body, by=by)
    assert record.seq == seq
    for lot in lots:
        lot.record_seq = seq
    db.session.add_all([receipt, *lots, *words, *refusals])
    db.session.flush()
    attach_files(seq, files)
    if confirmed is not None:
        write_confirmation(confirmed, seq)
    freeze_terms(lots, [line.agreed for line in lines])
    arrived = zip(lots, lines, strict=True)
    post_moves([Move(lot, PRODUCER, line.target or target, line.quantity, lot.line) for lot, line in arrived], seq)
    return receipt


def kind_of(lines: Sequence[Arrival]) -> Kind:
    """What the record is: goods of which nothing was accepted stay the producer's, too."""
    return Kind.GOODS_IN if lines and not lines[0].terms.consigned else Kind.CONSIGN_IN


def check_delivery(lines: Sequence[Arrival], day: date, refused: Sequence[Refused] = ()) -> None:
    """Refuse a delivery that cannot be taken in as it stands."""
    if not lines and not refused:
        raise NothingReceived()
    if day > today():
        raise ReceivedTomorrow(day=day)
    if len({line.terms.consigned for line in lines}) > 1:
        raise MixedReceipt()
    for line in lines:
        if line.quantity <= NONE or not line.product.unit.takes(line.quantity):
            raise QuantityNotReceived(product=line.product.name)
        check_receivable(line.product, day, sell_by=sell_by_of(line, day))
    check_refused(refused)


def sell_by_of(line: Arrival, day: date) -> date | None:
    """The last day goods may be sold: best before, else so many days after they came; None without either."""
    if line.best_before is not None or line.product.sell_within_days is None:
        return line.best_before
    return day + timedelta(days=line.product.sell_within_days)


def new_lot(line: Arrival, supplier: Producer, day: date, count: int, n: int) -> Lot:
    """The lot that a line becomes, the `count`-th of its day."""
    return Lot(
        number=f"{day:%y%m%d}{count:03d}",
        product_id=line.product.id,
        product=line.product,
        supplier_id=supplier.id,
        owner_id=supplier.id if line.terms.consigned else None,
        terms=line.terms.kind,
        cost=line.terms.cost,
        commission=line.terms.commission,
        delivery_price=line.terms.delivery_price,
        received_on=day,
        best_before=line.best_before,
        sell_by=sell_by_of(line, day),
        producer_lot=clean(line.producer_lot, limit=40),
        papers=clean(line.papers, limit=300),
        line=n,
    )


def lots_of_day(day: date) -> int:
    """How many lot numbers of a day are given out, or skipped by a restore on that day."""
    latest = select(Lot.number).where(Lot.received_on == day).order_by(Lot.id.desc()).limit(1)
    given = int((db.session.scalar(latest) or "0")[6:] or 0)
    skipped = last_skipped(Series.LOT) - lot_place(day)
    return max(given, skipped) if skipped < LOTS_A_DAY else given


def lot_place(day: date) -> int:
    """Where the lots of a day stand in the series of all lots."""
    return int(f"{day:%y%m%d}") * LOTS_A_DAY


def next_receipt_number() -> int:
    """One more than the last; gap-free but for a restore, because a failed receipt gives its number back."""
    last = db.session.scalar(select(func.max(GoodsReceipt.number))) or 0
    return max(last, last_skipped(Series.GOODS_RECEIPT)) + 1
