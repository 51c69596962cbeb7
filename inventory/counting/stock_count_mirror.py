"""Posted stocktakes as the journal sees them."""

from collections.abc import Iterator

from sqlalchemy import select

from core.journal.record import Kind
from core.journal.replay import Mirror, Replay, Replayed, Told
from inventory.catalogue.product import Product
from inventory.consignment.claim_mirror import claims_told
from inventory.counting.stock_count_table import StockCount, StockCountEntry, StockCountLine
from inventory.location import DIFFERENCE
from inventory.lot import Lot

COUNTS = Replay()

COUNTS.mirror(
    Mirror(
        "stock_counts",
        select(
            StockCount.number.label("no"),
            StockCount.day,
            StockCount.place,
            StockCount.scope,
            StockCount.scope_code.label("code"),
            StockCount.rolling,
            StockCount.note,
            StockCount.opened_at.label("opened"),
            StockCount.left_out.label("left"),
            StockCount.staff_code.label("usr"),
            StockCount.record_seq,
        ),
        key=("record_seq",),
    )
)
COUNTS.mirror(
    Mirror(
        "stock_count_lines",
        select(
            StockCountLine.line.label("n"),
            Product.sku,
            Lot.number.label("lot"),
            StockCountLine.book,
            StockCountLine.counted.label("qty"),
            StockCountLine.at_seq.label("at"),
            StockCountLine.counted_at.label("ts"),
            StockCountLine.reason.label("why"),
            StockCountLine.record_seq,
        )
        .join(Lot, Lot.id == StockCountLine.lot_id)
        .join(Product, Product.id == Lot.product_id),
        key=("record_seq", "n"),
    )
)
COUNTS.mirror(
    Mirror(
        "stock_count_entries",
        select(
            StockCountEntry.line.label("n"),
            StockCountEntry.zone,
            StockCountEntry.office,
            StockCountEntry.staff_code.label("usr"),
            Product.sku,
            StockCountEntry.whose,
            Lot.number.label("lot"),
            StockCountEntry.quantity.label("qty"),
            StockCountEntry.at_till.label("till"),
            StockCountEntry.first_seq.label("first"),
            StockCountEntry.last_seq.label("last"),
            StockCountEntry.counted_at.label("ts"),
            StockCountEntry.record_seq,
        )
        .join(Product, Product.id == StockCountEntry.product_id)
        .outerjoin(Lot, Lot.id == StockCountEntry.lot_id),
        key=("record_seq", "n"),
    )
)

_LINE = ("n", "sku", "lot", "book", "qty", "at", "ts", "why")


@COUNTS.kind(Kind.STOCK_COUNT)
def _count(record: Replayed) -> Iterator[Told]:
    body = record.body
    head = {name: value for name, value in body.items() if name not in ("lines", "sheets")}
    yield "stock_counts", {**head, "usr": record.usr}
    for line in body["lines"]:
        yield "stock_count_lines", {name: line[name] for name in _LINE}
        yield from claims_told(line, body["day"])
        difference = line["qty"] - line["book"]
        if difference:
            source, target = (body["place"], DIFFERENCE) if difference < 0 else (DIFFERENCE, body["place"])
            move = {"line": line["n"], "lot": line["lot"], "qty": abs(difference)}
            yield "stock_moves", {**move, "source": source, "target": target}
    for entry in body["sheets"]:
        yield "stock_count_entries", entry
