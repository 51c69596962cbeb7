"""What the journal tells of holds and of goods found for a recall, compared with the tables by `shop verify`."""

from collections.abc import Iterator

from sqlalchemy import select

from core.journal.record import Kind
from core.journal.replay import Mirror, Replay, Replayed, Told
from inventory.catalogue.recall import Recall
from inventory.lot import Lot
from inventory.tracing.hold import LotHold, LotRelease
from inventory.tracing.recall_ack import RecallAck, RecallFind

TRACING = Replay()
TRACING.mirror(
    Mirror(
        "lot_holds",
        select(LotHold.uid, Lot.number.label("lot"), LotHold.since, LotHold.reason, LotHold.record_seq).join(
            Lot, Lot.id == LotHold.lot_id
        ),
        key=("record_seq",),
    )
)
TRACING.mirror(
    Mirror(
        "lot_releases",
        select(LotHold.uid, LotRelease.since, LotRelease.reason, LotRelease.record_seq).join(
            LotHold, LotHold.id == LotRelease.hold_id
        ),
        key=("record_seq",),
    )
)
TRACING.mirror(
    Mirror(
        "recall_acks",
        select(Recall.uid, RecallAck.note, RecallAck.record_seq).join(Recall, Recall.id == RecallAck.recall_id),
        key=("record_seq",),
    )
)
TRACING.mirror(
    Mirror(
        "recall_finds",
        select(
            RecallFind.line.label("n"),
            Lot.number.label("lot"),
            RecallFind.location.label("at"),
            RecallFind.book,
            RecallFind.found,
            RecallFind.record_seq,
        ).join(Lot, Lot.id == RecallFind.lot_id),
        key=("record_seq", "n"),
    )
)

_TABLES = {"held": "lot_holds", "released": "lot_releases"}


@TRACING.kind(Kind.HOLD)
def _hold(record: Replayed) -> Iterator[Told]:
    body = {name: value for name, value in record.body.items() if name not in ("act", "files")}
    yield _TABLES[record.body["act"]], body


@TRACING.kind(Kind.RECALL_ACK)
def _ack(record: Replayed) -> Iterator[Told]:
    yield "recall_acks", {"uid": record.body["uid"], "note": record.body["note"]}
    for line in record.body["lines"]:
        yield "recall_finds", line
