"""Lists of goods that were entered (danh sách đã nhập): which records each of them made, so that it can be taken back.

The list itself is not kept; what it entered stands in the journal, between the first and the last of its records.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import today
from core.database import AppendOnly, Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import next_seq, write_record
from core.journal.record import Kind
from core.staff import Staff
from core.text import clean


class NoSuchList(RuleBroken):
    """A number that no list has."""

    message = N_("There is no list of that number. Reload the page.")


class GoodsList(AppendOnly, Base):
    """One list that was entered: the records from `first_seq` to `last_seq` are what it did."""

    __tablename__ = "goods_lists"
    __table_args__ = (CheckConstraint("first_seq <= last_seq", "has_records"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    file_name: Mapped[str]
    day: Mapped[date]
    entered: Mapped[int]
    """How many rows entered or changed something."""
    first_seq: Mapped[int]
    last_seq: Mapped[int]
    staff_code: Mapped[str]
    record_seq: Mapped[int] = mapped_column(unique=True)

    back: Mapped["GoodsListBack | None"] = relationship(viewonly=True, uselist=False, lazy="joined")


class GoodsListBack(AppendOnly, Base):
    """A list that was taken back."""

    __tablename__ = "goods_lists_back"

    list_number: Mapped[int] = mapped_column(ForeignKey("goods_lists.number"), primary_key=True, autoincrement=False)
    day: Mapped[date]
    reason: Mapped[str]
    staff_code: Mapped[str]
    record_seq: Mapped[int] = mapped_column(unique=True)


def write_list_down(*, file_name: str, entered: int, first_seq: int, by: Staff) -> GoodsList | None:
    """Remember what entering a list did, after its last record; None when it did nothing."""
    last_seq = next_seq() - 1
    if last_seq < first_seq:
        return None
    row = GoodsList(
        number=(db.session.scalar(select(func.max(GoodsList.number))) or 0) + 1,
        file_name=clean(file_name, limit=2_000)[-120:],
        day=today(),
        entered=entered,
        first_seq=first_seq,
        last_seq=last_seq,
        staff_code=by.code,
    )
    row.record_seq = write_record(Kind.GOODS_LIST, list_body(row), by=by).seq
    db.session.add(row)
    db.session.flush()
    return row


def list_body(row: GoodsList) -> dict[str, object]:
    """A list as the journal keeps it (docs/journal.md, GOODS_LIST)."""
    return {
        "no": row.number,
        "file": row.file_name,
        "day": row.day.isoformat(),
        "rows": row.entered,
        "first": row.first_seq,
        "last": row.last_seq,
    }


def list_of(number: int) -> GoodsList:
    """The list of a number, or the sentence that there is none."""
    row = db.session.get(GoodsList, number)
    if row is None:
        raise NoSuchList()
    return row


def latest_lists(limit: int) -> list[GoodsList]:
    """The lists that were entered, the newest first."""
    return list(db.session.scalars(select(GoodsList).order_by(GoodsList.number.desc()).limit(limit)))
