"""The goods receipt itself (phiếu nhập): a delivery under its own number, with what both sides said of it."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import AppendOnly, Base
from inventory.catalogue.producer import Producer
from inventory.lot import Lot
from inventory.receiving.refusal import Refusal
from inventory.receiving.slip_line import SlipLine


class GoodsReceipt(AppendOnly, Base):
    """One delivery accepted, under its own number."""

    __tablename__ = "goods_receipts"
    __table_args__ = (CheckConstraint("number > 0", "number_positive"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("producers.id"), index=True)
    day: Mapped[date]
    note: Mapped[str]
    staff_code: Mapped[str]
    record_seq: Mapped[int] = mapped_column(unique=True)

    supplier: Mapped[Producer] = relationship(viewonly=True, lazy="joined", innerjoin=True)
    lots: Mapped[list[Lot]] = relationship(
        viewonly=True, primaryjoin="foreign(Lot.record_seq) == GoodsReceipt.record_seq", order_by="Lot.line"
    )
    words: Mapped[list[SlipLine]] = relationship(
        viewonly=True,
        primaryjoin="foreign(SlipLine.record_seq) == GoodsReceipt.record_seq",
        order_by="SlipLine.line",
    )
    refusals: Mapped[list[Refusal]] = relationship(
        viewonly=True, primaryjoin="foreign(Refusal.record_seq) == GoodsReceipt.record_seq", order_by="Refusal.n"
    )
