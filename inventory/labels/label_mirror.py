"""What the journal tells of printed labels, compared with their rows and with the uses of stars by `shop verify`."""

from collections.abc import Iterator

from sqlalchemy import select

from core.journal.record import Kind
from core.journal.replay import Mirror, Replay, Replayed, Told
from inventory.catalogue.mark_use import MarkUse
from inventory.catalogue.product import Product
from inventory.labels.label_run import LABELS
from inventory.labels.label_run_table import LabelLine, LabelRun
from inventory.lot import Lot

REPLAY = Replay()

REPLAY.mirror(
    Mirror(
        "label_runs",
        select(
            LabelRun.number.label("no"),
            LabelRun.day,
            LabelRun.stock,
            LabelRun.printer,
            LabelRun.start,
            LabelRun.symbol,
            LabelRun.staff_code.label("usr"),
            LabelRun.record_seq,
        ),
        key=("record_seq",),
    )
)
REPLAY.mirror(
    Mirror(
        "label_lines",
        select(
            LabelRun.number.label("no"),
            LabelLine.n,
            LabelLine.kind.label("label"),
            Product.sku,
            Lot.number.label("lot"),
            LabelLine.copies,
            LabelLine.price,
            LabelLine.stars,
            LabelLine.stars_until.label("until"),
            LabelRun.record_seq,
        )
        .join(LabelRun, LabelRun.number == LabelLine.run_number)
        .join(Product, Product.id == LabelLine.product_id)
        .outerjoin(Lot, Lot.id == LabelLine.lot_id),
        key=("record_seq", "n"),
    )
)
REPLAY.mirror(
    Mirror(
        "mark_uses",
        select(
            MarkUse.use,
            MarkUse.number.label("no"),
            MarkUse.line.label("n"),
            Product.sku,
            MarkUse.stars,
            MarkUse.until,
            MarkUse.day,
            MarkUse.copies,
            MarkUse.record_seq,
        ).join(Product, Product.id == MarkUse.product_id),
        key=("record_seq", "n"),
    )
)


@REPLAY.kind(Kind.LABELS)
def _labels(record: Replayed) -> Iterator[Told]:
    body = record.body
    run = {name: body[name] for name in ("no", "day", "stock", "printer", "start", "symbol")}
    yield "label_runs", {**run, "usr": record.usr}
    for line in body["lines"]:
        yield "label_lines", {"no": body["no"], **line}
        if line["stars"] is not None:
            shown = {name: line[name] for name in ("n", "sku", "stars", "until", "copies")}
            yield "mark_uses", {"use": LABELS, "no": body["no"], "day": body["day"], **shown}
