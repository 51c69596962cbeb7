"""What the journal tells of deliveries, compared with the tables: receipts, their words, lots, moves and refusals."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from core.journal.record import Kind
from core.journal.replay import Mirror, Replay, Replayed, Told
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from inventory.location import PRODUCER
from inventory.lot import TermsKind
from inventory.receiving.receipt_table import GoodsReceipt
from inventory.receiving.refusal import Refusal
from inventory.receiving.slip_line import SlipLine

REPLAY = Replay()
_LOT = ("n", "lot", "sku", "terms", "cost", "rate", "delivery", "before", "until", "plot", "papers")

REPLAY.mirror(
    Mirror(
        "goods_receipts",
        select(
            GoodsReceipt.number.label("no"),
            GoodsReceipt.day,
            Producer.code.label("from"),
            GoodsReceipt.note,
            GoodsReceipt.staff_code.label("usr"),
            GoodsReceipt.record_seq,
        ).join(Producer, Producer.id == GoodsReceipt.supplier_id),
        key=("record_seq",),
    )
)
REPLAY.mirror(
    Mirror(
        "delivery_slip_lines",
        select(SlipLine.line.label("n"), SlipLine.announced.label("ann"), SlipLine.price, SlipLine.record_seq),
        key=("record_seq", "n"),
    )
)
REPLAY.mirror(
    Mirror(
        "delivery_refusals",
        select(
            Refusal.n,
            Product.sku,
            Refusal.quantity.label("qty"),
            Refusal.announced.label("ann"),
            Refusal.reason.label("why"),
            Refusal.note,
            Refusal.record_seq,
        ).join(Product, Product.id == Refusal.product_id),
        key=("record_seq", "n"),
    )
)


@REPLAY.kind(Kind.CONSIGN_IN, Kind.GOODS_IN)
def _receipt(record: Replayed) -> Iterator[Told]:
    body = record.body
    yield "goods_receipts", {**_only(body, "no", "day", "from", "note"), "usr": record.usr}
    for line in body["lines"]:
        own = None if line["terms"] == TermsKind.BOUGHT else body["from"]
        yield "lots", {**_only(line, *_LOT), "from": body["from"], "own": own, "day": body["day"]}
        yield (
            "stock_moves",
            {
                "line": line["n"],
                "source": PRODUCER,
                "target": line.get("to", body["to"]),
                **_only(line, "lot", "qty"),
            },
        )
        if "price" in line:  # the records of before slips have no such words
            yield "delivery_slip_lines", _only(line, "n", "ann", "price")
    for refusal in body.get("refused", ()):
        yield "delivery_refusals", refusal


def _only(body: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: body[name] for name in names}
