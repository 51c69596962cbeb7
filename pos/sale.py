"""Completed sales. A sale is written once and never changed; only a refund answers it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import AppendOnly, Base, db
from core.money import Money
from core.quantity import Quantity
from core.staff import Staff
from inventory.catalogue.product import Product
from inventory.lot import Lot
from pos.register import Register
from pos.tender import TenderKind


class Sale(AppendOnly, Base):
    """One completed sale; its number is the receipt number, gap-free for the terminal.

    `fair`: sold away from the shop's usual place, where the law lets buyers bring goods back
    (pos/returns/return_window.py).
    `key` came with the clerk's press: a second press of the same key finds this sale.
    """

    __tablename__ = "sales"
    __table_args__ = (
        CheckConstraint("number > 0", "number_positive"),
        CheckConstraint("total >= 0", "total_not_negative"),
        CheckConstraint("change >= 0", "change_not_negative"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(unique=True)
    order_code: Mapped[str] = mapped_column(unique=True)
    register_id: Mapped[int] = mapped_column(ForeignKey("registers.id"))
    shift_number: Mapped[int] = mapped_column(ForeignKey("shifts.number"), index=True)
    day: Mapped[date] = mapped_column(index=True)
    sold_at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    total: Mapped[Money]
    change: Mapped[Money]
    fair: Mapped[bool]
    record_seq: Mapped[int] = mapped_column(unique=True)

    lines: Mapped[list["SaleLine"]] = relationship(order_by="SaleLine.n", viewonly=True)
    tenders: Mapped[list["Tender"]] = relationship(order_by="Tender.n", viewonly=True)
    register: Mapped[Register] = relationship(viewonly=True)
    staff: Mapped[Staff] = relationship(viewonly=True)


class SaleLine(AppendOnly, Base):
    """So much of one lot, with everything that was true when it was sold.

    `owner_code` is the producer whose goods they were (None: the shop's own),
    `due` what the shop owes that owner for the line. `rate` is the tax code or
    None for a seller who shows no VAT. `why` says what was unusual about the line. A service article comes from no lot.
    `list_price` is the shop's price of that day, `price` another one only where it was set by right; `discount` is all
    that was taken off the line.
    """

    __tablename__ = "sale_lines"
    __table_args__ = (
        CheckConstraint("quantity > 0", "quantity_positive"),
        CheckConstraint("amount >= 0", "amount_not_negative"),
        CheckConstraint("discount >= 0", "discount_not_negative"),
        CheckConstraint("due >= 0", "due_not_negative"),
        CheckConstraint("lot_id IS NOT NULL OR owner_code IS NULL AND due = 0", "only_goods_have_an_owner"),
        Index("ix_sale_lines_lot", "lot_id"),
        Index("ix_sale_lines_product", "product_id"),
    )

    sale_number: Mapped[int] = mapped_column(ForeignKey("sales.number"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lots.id"))
    owner_code: Mapped[str | None]
    name: Mapped[str]
    unit_label: Mapped[str]
    quantity: Mapped[Quantity]
    price: Mapped[Money]
    list_price: Mapped[Money]
    discount: Mapped[Money]
    amount: Mapped[Money]
    due: Mapped[Money]
    rate: Mapped[str | None]
    vat: Mapped[Money]
    stars: Mapped[int | None]
    why: Mapped[str | None]

    product: Mapped[Product] = relationship(viewonly=True)
    lot: Mapped[Lot | None] = relationship(viewonly=True)


class Tender(AppendOnly, Base):
    """What came in for a sale. Cash is what was handed over; the sale says what went back."""

    __tablename__ = "tenders"
    __table_args__ = (CheckConstraint("amount > 0", "amount_positive"),)

    sale_number: Mapped[int] = mapped_column(ForeignKey("sales.number"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[TenderKind]
    amount: Mapped[Money]
    reference: Mapped[str]


def sale_of_key(key: str) -> Sale | None:
    """The sale that an earlier press of this key completed, or None."""
    number = db.session.connection().execute(_NUMBER_OF, {"wanted": key}).scalar()
    return db.session.get_one(Sale, number) if number is not None else None


def sale_of_order(order_code: str) -> Sale | None:
    """The sale that an order became, or None."""
    return db.session.scalar(select(Sale).where(Sale.order_code == order_code))


_SALES: Any = Sale.__table__
_NUMBER_OF = select(_SALES.c.number).where(_SALES.c.key == bindparam("wanted"))


def last_sale(register: Register | None = None) -> Sale | None:
    """The newest sale (of one register), for the foot bar and for reprinting."""
    if register is None:
        return db.session.scalar(_NEWEST)
    return db.session.scalar(_NEWEST_AT, {"register": register.id})


_NEWEST = select(Sale).order_by(Sale.number.desc()).limit(1)
_NEWEST_AT = _NEWEST.where(Sale.register_id == bindparam("register"))
