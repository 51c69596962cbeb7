"""What is known of the records that a backup does not hold, and which numbers must therefore stay unused."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from core.backup_folder import Manifest, backups_in
from core.clock import now, today
from core.database import db
from core.journal.head import Head, read_heads
from core.journal.record import canonical, parse
from core.journal.restore import Loss
from core.journal.seal import digest
from core.read_only import read_only
from core.skipped_number import Series, last_skipped
from inventory.catalogue.product_number import NumberKind, ProductNumber
from inventory.consignment.agreement_table import Agreement
from inventory.counting.stock_count_table import StockCount
from inventory.moving.move_slip import SlipKind, last_slip_number
from inventory.moving.transfer import last_transfer_number
from inventory.receiving.delivery import lot_place, lots_of_day
from inventory.receiving.goods_return_table import GoodsReturn
from inventory.receiving.receipt_table import GoodsReceipt
from inventory.reordering.delivery_request import DeliveryRequest
from pos.data_folder import DataFolder
from pos.invoice.block import last_code_number, last_number_of_all
from pos.returns.refund_table import Refund
from pos.sale import Sale
from pos.shifts.shift_table import Shift

HEAD_FILE, BACKUPS, DATABASE, PAPER, NONE = "head_file", "backups", "database", "paper", "none"
MARGIN = 10
A_DAY = 2_000
"""More than any shop of ours sells in a day: jumped over for each day of which nothing is known."""
LOTS_MARGIN = 300


@dataclass(frozen=True)
class Seen:
    """The newest head that can be found, where it was found, and the newest receipt's number where one was seen."""

    head: Head | None = None
    proof: str = NONE
    receipt: int = 0


@dataclass(frozen=True)
class Typed:
    """What somebody read from the newest receipt that could be found."""

    receipt: int | None = None
    record: int | None = None


def what_was_seen(left: DataFolder, manifest: Manifest, places: Iterable[Path], typed: Typed) -> Seen:
    """Look into the folder that is left, the backups and the paper for the newest record that ever was."""
    heads = [*_in_head_file(left), *_in_backups(places, manifest.tid)]
    rows = _in_database(left.database)
    receipt = typed.receipt or 0
    if rows:
        heads.append((rows[0], DATABASE))
        receipt = max(receipt, rows[1])
    if typed.record is not None:
        heads.append((Head(manifest.ep, typed.record, ""), PAPER))
    if not heads:
        return Seen(receipt=receipt)
    head, proof = max(heads, key=lambda found: (found[0].ep, found[0].seq))
    return Seen(head, proof, receipt)


def _in_head_file(left: DataFolder) -> Iterator[tuple[Head, str]]:
    newest = max(read_heads(left.head_log), key=lambda head: (head.ep, head.seq), default=None)
    if newest is not None:
        yield newest, HEAD_FILE


def _in_backups(places: Iterable[Path], tid: str) -> Iterator[tuple[Head, str]]:
    """A newer backup that is damaged still says how far the journal went."""
    for place in places:
        if place.is_dir():
            for backup in backups_in(place, tid)[:1]:
                told = backup.manifest
                yield Head(told.ep, told.seq, told.hash), BACKUPS


def _in_database(file: Path) -> tuple[Head, int] | None:
    """The newest record and receipt of what is left of a database; believed only where bytes and hash agree."""
    if not file.exists():
        return None
    try:
        with read_only(file) as session:
            newest, sale = (_whole_record(session, which) for which in ("", "WHERE typ = 'SALE'"))
    except (DatabaseError, sqlite.Error, ValueError, OSError):
        return None
    if newest is None:
        return None
    head = Head(newest["ep"], newest["seq"], digest(canonical(newest)))
    return head, sale["body"]["no"] if sale else 0


def _whole_record(session: Session, which: str) -> dict[str, Any] | None:
    # The condition is one of those above, never something that was typed.
    query = f"SELECT record, hash FROM journal_records {which} ORDER BY seq DESC LIMIT 1"  # noqa: S608  # nosec B608
    row = session.execute(text(query)).first()
    return parse(row.record) if row and digest(str(row.record).encode()) == row.hash else None


def loss_of(seen: Seen, manifest: Manifest, *, is_witness: bool) -> Loss:
    """What is lost when the shop goes on from a backup.

    `is_witness`: the head file of the folder that is left outlived the shop; then nothing newer than it was answered.
    Without it nobody knows how much came after what was found.
    """
    if seen.head is None or not is_witness:
        found = seen.head.seq if seen.head and (seen.head.ep, seen.head.seq) > (manifest.ep, manifest.seq) else None
        return Loss(found, seen.proof if found else NONE, is_all=False)
    return Loss(max(seen.head.seq, manifest.seq), seen.proof, is_all=True)


def numbers_to_skip(seen: Seen, loss: Loss, manifest: Manifest) -> dict[str, int]:
    """Up to which number each series stays unused, in the shop as the backup has it; inside an app context.

    Each number was given out with a record of its own (a receipt of goods takes one for all its lots), so that no more
    numbers than records can be lost. Where their count is unknown, more is jumped over than could be given out.
    """
    count = loss.count(manifest.seq)
    epochs = seen.head.ep - manifest.ep if seen.head else 0
    after_seen = step = MARGIN + (count or 0)
    if loss.is_all and count is not None and epochs == 0:
        after_seen = MARGIN
    else:
        days = max((now() - manifest.made_at).days, 0) + 1
        after_seen = step = max(A_DAY * days * (1 + max(epochs, 0)), step)
    return {
        Series.RECEIPT.value: max(_last(Series.RECEIPT) + step, seen.receipt + after_seen),
        Series.REFUND.value: _last(Series.REFUND) + step,
        Series.SHIFT.value: _last(Series.SHIFT) + step,
        Series.GOODS_RECEIPT.value: _last(Series.GOODS_RECEIPT) + step,
        Series.GOODS_RETURN.value: _last(Series.GOODS_RETURN) + step,
        Series.STOCK_COUNT.value: _last(Series.STOCK_COUNT) + step,
        Series.DELIVERY_REQUEST.value: _last(Series.DELIVERY_REQUEST) + step,
        Series.IN_STORE.value: _last(Series.IN_STORE) + step,
        Series.AGREEMENT.value: _last(Series.AGREEMENT) + step,
        Series.INVOICE.value: last_number_of_all() + step,
        Series.INVOICE_CODE.value: last_code_number() + step,
        **{kind.series.value: last_slip_number(kind) + step for kind in SlipKind},
        Series.TRANSFER.value: last_transfer_number() + step,
        Series.LOT.value: lot_place(today()) + lots_of_day(today()) + LOTS_MARGIN,
    }


def _last(series: Series) -> int:
    newest = {
        Series.RECEIPT: Sale.number,
        Series.REFUND: Refund.number,
        Series.SHIFT: Shift.number,
        Series.GOODS_RECEIPT: GoodsReceipt.number,
        Series.AGREEMENT: Agreement.number,
        Series.GOODS_RETURN: GoodsReturn.number,
        Series.STOCK_COUNT: StockCount.number,
        Series.DELIVERY_REQUEST: DeliveryRequest.number,
    }
    if series in newest:
        last = db.session.scalar(select(func.max(newest[series])))
    else:
        own = select(func.max(ProductNumber.number)).where(
            ProductNumber.kind == NumberKind.IN_STORE, func.length(ProductNumber.number) == 13
        )
        number = db.session.scalar(own)
        last = int(number[2:-1]) if number else 0
    return max(int(last or 0), last_skipped(series))
