"""Past sales from another till (số bán trước đây): they say what sells, and are never sales of this shop.

No stock, no money and no tax comes of them. A list is brought in whole and taken back whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, delete, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import today
from core.database import Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind
from core.quantity import NONE, Quantity
from core.staff import Staff
from core.text import clean
from inventory.catalogue.product import Product


class NoPastSales(RuleBroken):
    """A list in which no row can be used."""

    message = N_("No row of this list can be used. Look at what each row says, correct the list and choose it again.")


class ListTakenBack(RuleBroken):
    """Taken back twice."""

    message = N_("This list was taken back already.")


class PastDemandList(Base):
    """One list that was brought in."""

    __tablename__ = "past_demand_lists"
    __table_args__ = (CheckConstraint("first_day <= last_day", "days_in_order"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    file_name: Mapped[str]
    day: Mapped[date]
    rows: Mapped[int]
    first_day: Mapped[date]
    last_day: Mapped[date]
    taken_back: Mapped[bool]
    staff_code: Mapped[str]
    record_seq: Mapped[int]


class PastDemand(Base):
    """So much of a product on a day, as another till sold it."""

    __tablename__ = "past_demand"
    __table_args__ = (
        CheckConstraint("quantity > 0", "quantity_positive"),
        Index("ix_past_demand_of_product", "product_id", "day"),
    )

    list_number: Mapped[int] = mapped_column(
        ForeignKey("past_demand_lists.number"), primary_key=True, autoincrement=False
    )
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(primary_key=True)
    quantity: Mapped[Quantity]


@dataclass(frozen=True, slots=True)
class SoldElsewhere:
    """One row of a list that can be used."""

    product: Product
    day: date
    quantity: Quantity


def enter_past_demand(sold: Sequence[SoldElsewhere], *, file_name: str, by: Staff) -> PastDemandList:
    """Bring a list in; rows of the same product and day are added up."""
    sums: dict[tuple[int, date], Quantity] = {}
    for one in sold:
        place = (one.product.id, one.day)
        sums[place] = sums.get(place, NONE) + one.quantity
    if not sums:
        raise NoPastSales()
    days = [day for _, day in sums]
    row = PastDemandList(
        number=(db.session.scalar(select(func.max(PastDemandList.number))) or 0) + 1,
        file_name=clean(file_name, limit=2_000)[-120:],
        day=today(), rows=len(sums), first_day=min(days), last_day=max(days), taken_back=False, staff_code=by.code,
    )  # fmt: skip
    row.record_seq = write_record(Kind.PAST_DEMAND, list_body(row), by=by).seq
    db.session.add(row)
    db.session.flush()
    db.session.execute(
        insert(PastDemand),
        [
            {"list_number": row.number, "product_id": product_id, "day": day, "quantity": quantity}
            for (product_id, day), quantity in sums.items()
        ],
    )
    return row


def take_past_demand_back(row: PastDemandList, *, by: Staff) -> None:
    """Forget what a list said."""
    if row.taken_back:
        raise ListTakenBack()
    row.taken_back, row.staff_code = True, by.code
    row.record_seq = write_record(Kind.PAST_DEMAND, list_body(row), by=by).seq
    db.session.execute(delete(PastDemand).where(PastDemand.list_number == row.number))
    db.session.flush()


def list_body(row: PastDemandList) -> dict[str, object]:
    """A list as the journal keeps it (docs/journal.md, PAST_DEMAND): that it counts, not what it said."""
    return {
        "no": row.number,
        "file": row.file_name,
        "day": row.day.isoformat(),
        "rows": row.rows,
        "first": row.first_day.isoformat(),
        "last": row.last_day.isoformat(),
        "back": row.taken_back,
    }


def past_demand_lists() -> list[PastDemandList]:
    """Every list, the newest first."""
    return list(db.session.scalars(select(PastDemandList).order_by(PastDemandList.number.desc())))
