"""A stocktake as it was posted (biên bản kiểm kê): what the book had, what was counted, who counted where."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import AppendOnly, Base
from core.quantity import Quantity
from inventory.catalogue.product import Product
from inventory.counting.stocktake_table import ScopeKind
from inventory.lot import Lot


class StockCount(AppendOnly, Base):
    """One stocktake posted, under its own number. `left_out`: goods of so many owners and products nobody counted."""

    __tablename__ = "stock_counts"
    __table_args__ = (
        CheckConstraint("number > 0", "number_positive"),
        CheckConstraint("left_out >= 0", "left_out_not_negative"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(index=True)
    place: Mapped[str] = mapped_column(ForeignKey("locations.code"))
    scope: Mapped[ScopeKind]
    scope_code: Mapped[str]
    rolling: Mapped[bool]
    note: Mapped[str]
    opened_at: Mapped[datetime]
    left_out: Mapped[int]
    staff_code: Mapped[str]
    record_seq: Mapped[int] = mapped_column(unique=True)

    lines: Mapped[list["StockCountLine"]] = relationship(
        viewonly=True,
        primaryjoin="foreign(StockCountLine.record_seq) == StockCount.record_seq",
        order_by="StockCountLine.line",
    )
    entries: Mapped[list["StockCountEntry"]] = relationship(
        viewonly=True,
        primaryjoin="foreign(StockCountEntry.record_seq) == StockCount.record_seq",
        order_by="StockCountEntry.line",
    )


class StockCountLine(AppendOnly, Base):
    """One lot of a posted stocktake. `at_seq` is the moment of the book that `book` was read at.

    `book` is below zero where more had been sold than the book knew. `at_till` of `counted` lay in open baskets.
    """

    __tablename__ = "stock_count_lines"
    __table_args__ = (
        CheckConstraint("counted >= 0", "counted_not_negative"),
        CheckConstraint("at_seq < record_seq", "counted_before_it_is_posted"),
        Index("uq_stock_count_lines_line", "record_seq", "line", unique=True),
        Index("ix_stock_count_lines_lot", "lot_id", "record_seq"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lots.id"))
    book: Mapped[Quantity]
    counted: Mapped[Quantity]
    at_seq: Mapped[int]
    counted_at: Mapped[datetime]
    reason: Mapped[str]
    record_seq: Mapped[int]
    line: Mapped[int]

    lot: Mapped[Lot] = relationship(lazy="joined", innerjoin=True, viewonly=True)

    @property
    def difference(self) -> Quantity:
        """Below zero where some was missing."""
        return self.counted - self.book


class StockCountEntry(AppendOnly, Base):
    """What one person counted of one product in one zone, as it stood on the sheet.

    `at_till` lay in open baskets at that moment and is not in `quantity`; `office` lines were not counted on the spot.
    """

    __tablename__ = "stock_count_entries"
    __table_args__ = (
        CheckConstraint("quantity >= 0", "quantity_not_negative"),
        CheckConstraint("at_till >= 0", "at_till_not_negative"),
        Index("uq_stock_count_entries_line", "record_seq", "line", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    zone: Mapped[str]
    office: Mapped[bool]
    staff_code: Mapped[str]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    whose: Mapped[str]
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lots.id"))
    quantity: Mapped[Quantity]
    at_till: Mapped[Quantity]
    first_seq: Mapped[int]
    last_seq: Mapped[int]
    counted_at: Mapped[datetime]
    record_seq: Mapped[int]
    line: Mapped[int]

    product: Mapped[Product] = relationship(lazy="joined", innerjoin=True, viewonly=True)
    lot: Mapped[Lot | None] = relationship(lazy="joined", viewonly=True)
