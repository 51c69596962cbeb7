"""A stocktake (kiểm kê) while it goes on: working rows that several people write at once and a power cut does not lose.

It is no document: what is counted may be counted again until it is posted (stock_count.py), and nothing of it stays
when it is dropped. Whoever counts has sheets of their own, one for each zone, such as one shelf board.
"""

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base
from core.quantity import Quantity
from core.staff import Staff
from inventory.catalogue.product import Product
from inventory.lot import Lot

NOBODY_ASKED, SHOPS_OWN = "", "shop"


class ScopeKind(enum.StrEnum):
    """Which goods of a place are counted."""

    ALL = "all"
    GROUP = "group"
    PRODUCER = "producer"
    """What a producer makes, and what of others' making he owns."""
    LIST = "list"


class Stocktake(Base):
    """Goods of one place, counted while the shop sells. `scope_code` is a group's or a producer's code, else empty."""

    __tablename__ = "stocktakes"
    __table_args__ = (
        CheckConstraint("place IN ('shelf', 'stockroom')", "in_the_shop"),
        CheckConstraint("scope IN ('all', 'group', 'producer', 'list')", "known_scope"),
        CheckConstraint("(scope IN ('group', 'producer')) = (scope_code <> '')", "scope_is_named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(ForeignKey("locations.code"))
    scope: Mapped[ScopeKind]
    scope_code: Mapped[str]
    rolling: Mapped[bool]
    note: Mapped[str]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    opened_at: Mapped[datetime]

    opened_by: Mapped[Staff] = relationship(viewonly=True)
    goods: Mapped[list["StocktakeGoods"]] = relationship(back_populates="stocktake", cascade="all, delete-orphan")
    sheets: Mapped[list["CountSheet"]] = relationship(
        back_populates="stocktake", cascade="all, delete-orphan", order_by="CountSheet.id"
    )

    def of_product(self, product_id: int) -> "StocktakeGoods | None":
        """What is noted of a product beside its counted quantities."""
        return next((one for one in self.goods if one.product_id == product_id), None)

    def round_of(self, product_id: int) -> int:
        """How often the manager has asked to count a product again; only what was counted since is compared."""
        noted = self.of_product(product_id)
        return noted.round if noted is not None else 0


class StocktakeGoods(Base):
    """What is noted of one product of a stocktake: `listed` for a stocktake of a list of products."""

    __tablename__ = "stocktake_goods"
    __table_args__ = (CheckConstraint("round >= 0", "round_not_negative"),)

    stocktake_id: Mapped[int] = mapped_column(ForeignKey("stocktakes.id"), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    listed: Mapped[bool]
    round: Mapped[int]
    reason: Mapped[str]

    stocktake: Mapped[Stocktake] = relationship(back_populates="goods")
    product: Mapped[Product] = relationship(lazy="joined", innerjoin=True, viewonly=True)


class CountSheet(Base):
    """What one person counts in one zone. A zone has one sheet, so that nobody counts another's shelf again unseen.

    `office`: not counted on the spot; it holds what the manager said is not there at all.
    """

    __tablename__ = "count_sheets"
    __table_args__ = (Index("uq_count_sheets_zone", "stocktake_id", "zone_folded", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    stocktake_id: Mapped[int] = mapped_column(ForeignKey("stocktakes.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    zone: Mapped[str]
    zone_folded: Mapped[str]
    office: Mapped[bool]
    opened_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

    stocktake: Mapped[Stocktake] = relationship(back_populates="sheets")
    counter: Mapped[Staff] = relationship(viewonly=True)
    lines: Mapped[list["CountedLine"]] = relationship(
        back_populates="sheet", cascade="all, delete-orphan", order_by="CountedLine.id"
    )

    def line(self, line_id: int) -> "CountedLine | None":
        """The line of an id, or None when it is not of this sheet or was taken out."""
        return next((line for line in self.lines if line.id == line_id), None)


class CountedLine(Base):
    """So much of a product, counted in one zone between two moments of the book.

    `whose` is a producer's code or `shop` where the counter was asked; with a lot it is the lot's. `quantity` is None
    until a weight is typed. `first_seq` and `last_seq` are the newest journal records when counting it began and ended;
    `at_till` is what lay in open baskets then, `unsteady` that this changed in between.
    """

    __tablename__ = "counted_lines"
    __table_args__ = (
        CheckConstraint("quantity >= 0", "quantity_not_negative"),
        CheckConstraint("at_till >= 0", "at_till_not_negative"),
        CheckConstraint("first_seq <= last_seq", "begins_before_it_ends"),
        Index("ix_counted_lines_sheet", "sheet_id", "product_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("count_sheets.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    whose: Mapped[str]
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lots.id"))
    round: Mapped[int]
    quantity: Mapped[Quantity | None]
    first_seq: Mapped[int]
    last_seq: Mapped[int]
    at_till: Mapped[Quantity]
    unsteady: Mapped[bool]
    counted_at: Mapped[datetime]

    sheet: Mapped[CountSheet] = relationship(back_populates="lines")
    product: Mapped[Product] = relationship(lazy="joined", innerjoin=True, viewonly=True)
    lot: Mapped[Lot | None] = relationship(lazy="joined", viewonly=True)
