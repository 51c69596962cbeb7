"""What the journal tells of goods receipts that were taken back."""

from collections.abc import Iterator

from sqlalchemy import select

from core.journal.record import Kind
from core.journal.replay import Mirror, Replay, Replayed, Told
from inventory.location import PRODUCER
from inventory.receiving.receipt_reversal import ReceiptReversal

REPLAY = Replay()

REPLAY.mirror(
    Mirror(
        "receipt_reversals",
        select(
            ReceiptReversal.receipt_number.label("no"),
            ReceiptReversal.reason,
            ReceiptReversal.staff_code.label("usr"),
            ReceiptReversal.record_seq,
        ),
        key=("no",),
    )
)


@REPLAY.kind(Kind.GOODS_IN_REVERSED)
def _reversal(record: Replayed) -> Iterator[Told]:
    body = record.body
    yield "receipt_reversals", {"no": body["no"], "reason": body["reason"], "usr": record.usr}
    for line in body["lines"]:
        told = {"line": line["n"], "lot": line["lot"], "qty": line["qty"]}
        yield "stock_moves", told | {"source": line["from"], "target": PRODUCER}
