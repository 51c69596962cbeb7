"""Refunds: goods brought back and money given back for them. Written once; the sale they answer stays as it is."""

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
from pos.returns.return_condition import Condition
from pos.sale import Sale
from pos.tender import TenderKind


class Refund(AppendOnly, Base):
    """One refund; its number is gap-free for the terminal, in a series of its own.

    `sale_number` is the receipt that the goods were bought with, or None without one. `order_code` is the basket that
    the goods were laid beside: an exchange has a sale of the same order.
    """

    __tablename__ = "refunds"
    __table_args__ = (
        CheckConstraint("number > 0", "number_positive"),
        CheckConstraint("total >= 0", "total_not_negative"),
        CheckConstraint("reason <> ''", "reasoned"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(unique=True)
    order_code: Mapped[str] = mapped_column(unique=True)
    sale_number: Mapped[int | None] = mapped_column(ForeignKey("sales.number"), index=True)
    register_id: Mapped[int] = mapped_column(ForeignKey("registers.id"))
    shift_number: Mapped[int] = mapped_column(ForeignKey("shifts.number"), index=True)
    day: Mapped[date] = mapped_column(index=True)
    refunded_at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    total: Mapped[Money]
    reason: Mapped[str]
    record_seq: Mapped[int] = mapped_column(unique=True)

    lines: Mapped[list["RefundLine"]] = relationship(order_by="RefundLine.n", viewonly=True)
    tenders: Mapped[list["RefundTender"]] = relationship(order_by="RefundTender.n", viewonly=True)
    sale: Mapped[Sale | None] = relationship(viewonly=True)
    register: Mapped[Register] = relationship(viewonly=True)
    staff: Mapped[Staff] = relationship(viewonly=True)


class RefundLine(AppendOnly, Base):
    """So much of one lot came back, or the money of a service, with everything that was true when it was sold.

    `sale_n` is the line of the receipt that it answers. `due` is owed to the owner no more, `vat` is the part of
    `amount` that was tax; `target` is where the goods went: on the shelf, or to losses.
    """

    __tablename__ = "refund_lines"
    __table_args__ = (
        CheckConstraint("quantity > 0", "quantity_positive"),
        CheckConstraint("amount >= 0", "amount_not_negative"),
        CheckConstraint("due >= 0", "due_not_negative"),
        CheckConstraint("vat >= 0", "vat_not_negative"),
        CheckConstraint("target IS NULL OR (condition = 'good') = (target = 'shelf')", "only_good_goods_on_the_shelf"),
        CheckConstraint("(lot_id IS NULL) = (target IS NULL)", "only_goods_go_somewhere"),
        CheckConstraint("lot_id IS NOT NULL OR owner_code IS NULL AND due = 0", "only_goods_have_an_owner"),
        Index("ix_refund_lines_lot", "lot_id"),
        Index("ix_refund_lines_product", "product_id"),
    )

    refund_number: Mapped[int] = mapped_column(ForeignKey("refunds.number"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    sale_n: Mapped[int | None]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lots.id"))
    owner_code: Mapped[str | None]
    name: Mapped[str]
    unit_label: Mapped[str]
    quantity: Mapped[Quantity]
    price: Mapped[Money]
    amount: Mapped[Money]
    due: Mapped[Money]
    rate: Mapped[str | None]
    vat: Mapped[Money]
    condition: Mapped[Condition]
    target: Mapped[str | None] = mapped_column(ForeignKey("locations.code"))

    product: Mapped[Product] = relationship(viewonly=True)
    lot: Mapped[Lot | None] = relationship(viewonly=True)


class RefundTender(AppendOnly, Base):
    """How money went back: from the drawer, by the card machine, by the shop's bank app, or into an exchange."""

    __tablename__ = "refund_tenders"
    __table_args__ = (CheckConstraint("amount > 0", "amount_positive"),)

    refund_number: Mapped[int] = mapped_column(ForeignKey("refunds.number"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[TenderKind]
    amount: Mapped[Money]
    reference: Mapped[str]


_REFUNDS: Any = Refund.__table__
_NUMBER_OF = select(_REFUNDS.c.number).where(_REFUNDS.c.key == bindparam("wanted"))
_OF_SALE = select(Refund).where(Refund.sale_number == bindparam("sale")).order_by(Refund.number)


def refund_of_key(key: str) -> Refund | None:
    """The refund that an earlier press of this key completed, or None."""
    number = db.session.connection().execute(_NUMBER_OF, {"wanted": key}).scalar()
    return db.session.get_one(Refund, number) if number is not None else None


def last_refund(register: Register) -> Refund | None:
    """The newest refund of a register, for what the till shows after it."""
    return db.session.scalar(_NEWEST_AT, {"register": register.id})


_NEWEST_AT = select(Refund).where(Refund.register_id == bindparam("register")).order_by(Refund.number.desc()).limit(1)


def refunds_on(day: date) -> list[Refund]:
    """What came back on a day, newest first."""
    return list(db.session.scalars(select(Refund).where(Refund.day == day).order_by(Refund.number.desc())))


def refunds_of(sale: Sale) -> list[Refund]:
    """What came back of a sale, in the order it came."""
    return list(db.session.scalars(_OF_SALE, {"sale": sale.number}))
