"""Goods receipts (phiếu nhập): what a producer brought and we accepted. Each line becomes one lot and one move.

Bought goods and consigned goods come on separate papers, so a receipt holds one kind only. The terms are typed here
and frozen on the lot.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import today
from core.database import AppendOnly, Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import next_seq, write_record
from core.journal.record import Kind
from core.quantity import NONE, ONE, Quantity
from core.skipped_number import Series, last_skipped
from core.staff import Staff
from core.text import clean
from inventory.catalogue.eligibility import check_receivable
from inventory.catalogue.producer import Producer, refuse_retired
from inventory.catalogue.product import Product
from inventory.location import PRODUCER, SHELF
from inventory.lot import Lot, Terms
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


class GoodsReceipt(AppendOnly, Base):
    """One delivery accepted, under its own number."""

    __tablename__ = "goods_receipts"
    __table_args__ = (CheckConstraint("number > 0", "number_positive"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("producers.id"), index=True)
    day: Mapped[date]
    note: Mapped[str]
    staff_code: Mapped[str]
    record_seq: Mapped[int] = mapped_column(unique=True)

    supplier: Mapped[Producer] = relationship(viewonly=True, lazy="joined", innerjoin=True)
    lots: Mapped[list[Lot]] = relationship(
        viewonly=True, primaryjoin="foreign(Lot.record_seq) == GoodsReceipt.record_seq", order_by="Lot.line"
    )


@dataclass(frozen=True, slots=True)
class Arrival:
    """One line of a delivery: so much of a product under these terms.

    `producer_lot` and `papers` are what the pack and the slip say; fresh goods have no best-before day.
    """

    product: Product
    quantity: Quantity
    terms: Terms
    best_before: date | None = None
    producer_lot: str = ""
    papers: str = ""


def receive_goods(
    *,
    supplier: Producer,
    lines: Sequence[Arrival],
    by: Staff,
    day: date | None = None,
    target: str = SHELF,
    note: str = "",
) -> GoodsReceipt:
    """Accept a delivery: its lots with their frozen terms, their moves into the shop, one journal record.

    Refuses goods that may not be sold here (paper missing, recalled, past their day), and mixed ownership.
    """
    day = day or today()
    refuse_retired(supplier)
    check_delivery(lines, day)
    seq, number = next_seq(), next_receipt_number()
    first = lots_of_day(day)
    lots = [new_lot(line, supplier, day, first + n, n) for n, line in enumerate(lines, start=1)]
    receipt = GoodsReceipt(
        number=number, supplier_id=supplier.id, supplier=supplier, day=day, note=clean(note, limit=300),
        staff_code=by.code, record_seq=seq,
    )  # fmt: skip
    kind = Kind.CONSIGN_IN if lines[0].terms.consigned else Kind.GOODS_IN
    record = write_record(kind, receipt_body(receipt, lines, lots, target), by=by)
    assert record.seq == seq
    for lot in lots:
        lot.record_seq = seq
    db.session.add_all([receipt, *lots])
    db.session.flush()
    post_moves(
        [Move(lot, PRODUCER, target, line.quantity, lot.line) for lot, line in zip(lots, lines, strict=True)], seq
    )
    return receipt


def check_delivery(lines: Sequence[Arrival], day: date) -> None:
    """Refuse a delivery that cannot be taken in as it stands."""
    if not lines:
        raise NothingReceived()
    if day > today():
        raise ReceivedTomorrow(day=day)
    if len({line.terms.consigned for line in lines}) > 1:
        raise MixedReceipt()
    for line in lines:
        part = line.quantity.thousandths % ONE.thousandths
        if line.quantity <= NONE or (part and not line.product.unit.divisible):
            raise QuantityNotReceived(product=line.product.name)
        check_receivable(line.product, day, sell_by=sell_by_of(line, day))


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


def receipt_body(
    receipt: GoodsReceipt, lines: Sequence[Arrival], lots: Sequence[Lot], target: str
) -> dict[str, object]:
    """A receipt as the journal keeps it (docs/journal.md, CONSIGN_IN and GOODS_IN)."""
    return {
        "no": receipt.number,
        "day": receipt.day.isoformat(),
        "from": receipt.supplier.code,
        "to": target,
        "note": receipt.note,
        "lines": [line_body(line, lot) for line, lot in zip(lines, lots, strict=True)],
    }


def line_body(line: Arrival, lot: Lot) -> dict[str, object]:
    """One line of a receipt as the journal keeps it."""
    return {
        "n": lot.line,
        "lot": lot.number,
        "sku": line.product.sku,
        "qty": line.quantity.thousandths,
        "terms": lot.terms.value,
        "cost": lot.cost.dong if lot.cost is not None else None,
        "rate": lot.commission,
        "delivery": lot.delivery_price.dong if lot.delivery_price is not None else None,
        "before": lot.best_before.isoformat() if lot.best_before else None,
        "until": lot.sell_by.isoformat() if lot.sell_by else None,
        "plot": lot.producer_lot,
        "papers": lot.papers,
    }
