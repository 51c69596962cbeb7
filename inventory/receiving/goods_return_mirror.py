"""What the journal tells of goods that went back to producers, compared with the tables."""

from collections.abc import Iterator

from sqlalchemy import select

from core.journal.record import Kind
from core.journal.replay import Mirror, Replay, Replayed, Told
from inventory.catalogue.producer import Producer
from inventory.location import PRODUCER
from inventory.lot import Lot
from inventory.receiving.goods_return_table import GoodsReturn, GoodsReturnLine

REPLAY = Replay()

REPLAY.mirror(
    Mirror(
        "goods_returns",
        select(
            GoodsReturn.number.label("no"),
            GoodsReturn.day,
            Producer.code.label("to"),
            GoodsReturn.note,
            GoodsReturn.staff_code.label("usr"),
            GoodsReturn.record_seq,
        ).join(Producer, Producer.id == GoodsReturn.producer_id),
        key=("record_seq",),
    )
)
REPLAY.mirror(
    Mirror(
        "goods_return_lines",
        select(
            GoodsReturnLine.n,
            Lot.number.label("lot"),
            GoodsReturnLine.reason.label("why"),
            GoodsReturnLine.record_seq,
        ).join(Lot, Lot.id == GoodsReturnLine.lot_id),
        key=("record_seq", "n"),
    )
)


@REPLAY.kind(Kind.CONSIGN_OUT, Kind.GOODS_OUT)
def _returned(record: Replayed) -> Iterator[Told]:
    body = record.body
    yield "goods_returns", {**{name: body[name] for name in ("no", "day", "to", "note")}, "usr": record.usr}
    for line in body["lines"]:
        yield "goods_return_lines", {name: line[name] for name in ("n", "lot", "why")}
        yield (
            "stock_moves",
            {
                "line": line["n"],
                "lot": line["lot"],
                "source": line["from"],
                "target": PRODUCER,
                "qty": line["qty"],
            },
        )
