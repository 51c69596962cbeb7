"""What was printed on labels: a run with its lines, as it was true on that day. Rows are only added."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import AppendOnly, Base, db
from core.money import Money
from inventory.catalogue.product import Product
from inventory.labels.label_kind import LabelKind, LabelSymbol
from inventory.lot import Lot


class LabelRun(AppendOnly, Base):
    """Labels printed together; `printer` is None for sheets of A4, which leave as a PDF beginning at place `start`."""

    __tablename__ = "label_runs"
    __table_args__ = (CheckConstraint("number > 0", "number_positive"), CheckConstraint("start > 0", "start_positive"))

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date]
    stock: Mapped[str]
    printer: Mapped[str | None]
    start: Mapped[int]
    symbol: Mapped[LabelSymbol]
    staff_code: Mapped[str]
    record_seq: Mapped[int] = mapped_column(unique=True)

    lines: Mapped[list["LabelLine"]] = relationship(order_by="LabelLine.n", viewonly=True, lazy="selectin")

    @property
    def copies(self) -> int:
        """How many labels it is."""
        return sum(line.copies for line in self.lines)


class LabelLine(AppendOnly, Base):
    """One label and how often: its price and stars as they were printed."""

    __tablename__ = "label_lines"
    __table_args__ = (
        CheckConstraint("copies > 0", "copies_positive"),
        CheckConstraint("(stars IS NULL) = (stars_until IS NULL)", "stars_have_a_last_day"),
        Index("ix_label_lines_product", "product_id", "kind", "run_number"),
    )

    run_number: Mapped[int] = mapped_column(ForeignKey("label_runs.number"), primary_key=True, autoincrement=False)
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[LabelKind]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lots.id"))
    copies: Mapped[int]
    price: Mapped[Money | None]
    stars: Mapped[int | None]
    stars_until: Mapped[date | None]

    product: Mapped[Product] = relationship(viewonly=True, lazy="joined")
    lot: Mapped[Lot | None] = relationship(viewonly=True, lazy="joined")


def next_run_number() -> int:
    """One more than the last."""
    return (db.session.scalar(select(func.max(LabelRun.number))) or 0) + 1
