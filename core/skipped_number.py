"""Numbers that are never given out: after a restore one of them may stand on a paper whose record is lost."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select
from sqlalchemy.orm import Mapped, mapped_column

from core.database import AppendOnly, Base, db
from core.journal.record import Kind
from core.journal.replay import Mirror, Replay, Replayed, Told


class Series(StrEnum):
    """What is numbered through and printed on something that leaves the computer."""

    RECEIPT = "receipt"
    REFUND = "refund"
    SHIFT = "shift"
    GOODS_RECEIPT = "goods_receipt"
    GOODS_RETURN = "goods_return"
    LOT = "lot"
    STOCK_COUNT = "stock_count"
    DELIVERY_REQUEST = "delivery_request"
    IN_STORE = "in_store"
    AGREEMENT = "agreement"
    SHELF_MOVE = "shelf_move"
    WRITE_OFF = "write_off"
    OWN_USE = "own_use"
    MOVE_BACK = "move_back"
    TRANSFER = "transfer"
    INVOICE = "invoice"  # with its year before it: 2026 and eight digits
    INVOICE_CODE = "invoice_code"


class SkippedNumber(AppendOnly, Base):
    """From a GAP_DECLARED on, no number of the series up to this one is given out any more."""

    __tablename__ = "skipped_numbers"

    series: Mapped[Series] = mapped_column(primary_key=True)
    record_seq: Mapped[int] = mapped_column(primary_key=True)
    up_to: Mapped[int]


_TABLE: Any = SkippedNumber.__table__
_UP_TO = select(func.max(_TABLE.c.up_to)).where(_TABLE.c.series == bindparam("series"))


def skipped_up_to(series: Series) -> ColumnElement[int]:
    """As `last_skipped`, for a query that asks for a series' last number as well."""
    last = select(func.max(_TABLE.c.up_to)).where(_TABLE.c.series == series).scalar_subquery()
    return func.coalesce(last, 0)


def last_skipped(series: Series) -> int:
    """The number up to which a series stays unused; 0 in a shop that was never restored."""
    return db.session.connection().execute(_UP_TO, {"series": series}).scalar() or 0


def skip_numbers(up_to: dict[str, int], record_seq: int) -> None:
    """Write the rows of a GAP_DECLARED, inside its transaction."""
    rows = [SkippedNumber(series=Series(name), up_to=number, record_seq=record_seq) for name, number in up_to.items()]
    db.session.add_all(rows)


SKIPPED = Replay()
SKIPPED.mirror(
    Mirror(
        "skipped_numbers",
        select(_TABLE.c.series, _TABLE.c.up_to, _TABLE.c.record_seq),
        key=("series", "record_seq"),
    )
)


@SKIPPED.kind(Kind.GAP_DECLARED)
def _skipped(record: Replayed) -> Iterator[Told]:
    for series, up_to in record.body["skipped"].items():
        yield "skipped_numbers", {"series": series, "up_to": up_to}
