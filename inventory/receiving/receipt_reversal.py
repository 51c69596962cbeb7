"""Goods receipts taken back (hủy phiếu nhập): entered by mistake, so the goods never came.

The receipt and its lots stay in the books; moves back to the producer answer them. Once anything of it was sold, moved
or brought back, it did come, and a return or a write-off tells what became of it.
"""

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from core.database import AppendOnly, Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind
from core.staff import Staff
from inventory.catalogue.correction import need_reason
from inventory.location import PRODUCER
from inventory.lot import Lot
from inventory.receiving.receipt_table import GoodsReceipt
from inventory.stock_move import Move, StockMove, post_moves


class ReceiptReversed(RuleBroken):
    """Once is enough."""

    message = N_("Goods receipt %(number)s was taken back already.")


class GoodsMovedOn(RuleBroken):
    """What was sold or moved did come."""

    message = N_("Goods receipt %(number)s cannot be taken back: %(product)s of it was sold or moved since. Give the "
                 "rest back to the producer, or write it off.")  # fmt: skip


class ReceiptReversal(AppendOnly, Base):
    """A goods receipt that does not count."""

    __tablename__ = "receipt_reversals"

    receipt_number: Mapped[int] = mapped_column(
        ForeignKey("goods_receipts.number"), primary_key=True, autoincrement=False
    )
    reason: Mapped[str]
    staff_code: Mapped[str]
    record_seq: Mapped[int] = mapped_column(unique=True)


def reverse_receipt(receipt: GoodsReceipt, *, reason: str, by: Staff) -> ReceiptReversal:
    """Take a receipt back: all of each lot goes from where it was laid to whoever was said to have brought it."""
    if db.session.get(ReceiptReversal, receipt.number) is not None:
        raise ReceiptReversed(number=receipt.number)
    arrivals = [only_move_of(lot, receipt) for lot in receipt.lots]
    given = need_reason(reason)
    lines = [
        {"n": lot.line, "lot": lot.number, "qty": move.quantity.thousandths, "from": move.target}
        for lot, move in zip(receipt.lots, arrivals, strict=True)
    ]
    record = write_record(
        Kind.GOODS_IN_REVERSED, {"no": receipt.number, "reason": given, "lines": lines}, by=by
    )  # fmt: skip
    row = ReceiptReversal(receipt_number=receipt.number, reason=given, staff_code=by.code, record_seq=record.seq)
    db.session.add(row)
    db.session.flush()
    post_moves(
        [
            Move(lot, move.target, PRODUCER, move.quantity, lot.line)
            for lot, move in zip(receipt.lots, arrivals, strict=True)
        ],
        record.seq,
    )
    return row


def only_move_of(lot: Lot, receipt: GoodsReceipt) -> StockMove:
    """How the lot came in; GoodsMovedOn when anything else ever happened to it."""
    moves = list(db.session.scalars(select(StockMove).where(StockMove.lot_id == lot.id)))
    if len(moves) != 1:
        raise GoodsMovedOn(number=receipt.number, product=lot.product.full_name)
    return moves[0]
