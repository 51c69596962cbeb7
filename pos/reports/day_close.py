"""The close of a business day: totals of the day and the seal over every producer's slips."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import today
from core.database import AppendOnly, Base, db
from core.journal.chain import next_seq, write_record
from core.journal.merkle import leaf_hash, root
from core.journal.record import Kind, canonical
from core.journal.slips import heads
from core.money import Money
from core.staff import Staff
from inventory.catalogue.producer import Producer
from pos.reports.figures_told import days_told, discounts_told, moves_told, taxes_told
from pos.reports.span import since
from pos.shifts.shift_table import Shift
from pos.shifts.shift_totals import Totals, totals_in
from pos.tender import TenderKind


class DayClose(AppendOnly, Base):
    """Seals every journal record since the one before it; written when the last shift closes.

    `day` is the day on which the first of its shifts was opened: a shop that closes
    after midnight still closes its day.
    """

    __tablename__ = "day_closes"
    __table_args__ = (CheckConstraint("from_seq <= to_seq", "in_order"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date]
    closed_at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    from_seq: Mapped[int]
    to_seq: Mapped[int]
    sales_count: Mapped[int]
    sales_total: Mapped[Money]
    root: Mapped[str]
    record_seq: Mapped[int] = mapped_column(unique=True)


def last_day_close() -> DayClose | None:
    """The newest seal over a day, or None before the first."""
    return db.session.scalar(select(DayClose).order_by(DayClose.number.desc()).limit(1))


def close_day(*, by: Staff) -> DayClose:
    """Seal every record since the last close; called when the last open shift was counted.

    The root stands over the slips' heads of every producer of the catalogue, so that
    each can prove from one hash that nothing sold for them was left out.
    """
    previous = last_day_close()
    from_seq = previous.to_seq + 1 if previous else 0
    to_seq = next_seq() - 1
    number = previous.number + 1 if previous else 1
    day = first_day_since(from_seq)
    totals = totals_in(since(from_seq))
    sealed = heads_root()
    body = {
        "no": number,
        "day": day.isoformat(),
        "from": from_seq,
        "to": to_seq,
        "root": sealed,
        **figures_of(totals),
    }
    record = write_record(Kind.DAY_CLOSE, body, by=by)
    close = DayClose(
        number=number,
        day=day,
        closed_at=record.ts,
        staff_id=by.id,
        from_seq=from_seq,
        to_seq=to_seq,
        sales_count=totals.sales_count,
        sales_total=totals.sales_total,
        root=sealed,
        record_seq=record.seq,
    )
    db.session.add(close)
    db.session.flush()
    return close


def figures_of(totals: Totals) -> dict[str, object]:
    """The figures of a day as the journal keeps them."""
    return {
        "sales": totals.sales_count,
        "total": totals.sales_total.dong,
        "days": days_told(totals),
        "pay": [
            {"kind": tender.kind.value, "amt": tender.amount.dong}
            for tender in totals.tenders
            if tender.count or tender.kind is TenderKind.CASH
        ],
        "vat": taxes_told(totals),
        "discounts": discounts_told(totals),
        "refunds": totals.refunds.as_plain(),
        "moves": moves_told(totals),
    }


def first_day_since(from_seq: int) -> date:
    """The day on which the first shift of this stretch was opened."""
    day = db.session.scalar(select(Shift.day).where(Shift.record_seq >= from_seq).order_by(Shift.number).limit(1))
    return day or today()


def heads_root() -> str:
    """The Merkle root over the slips' heads of every producer, those without a sale included."""
    codes = db.session.scalars(select(Producer.code).order_by(Producer.code))
    return root_over(heads(codes))


def root_over(slip_heads: Iterable[dict[str, Any]]) -> str:
    """The Merkle root over the heads of slips {a,h,i,own,q,tid}, sorted by owner, in hexadecimal."""
    return root(leaf_hash(canonical(head)) for head in slip_heads).hex()
