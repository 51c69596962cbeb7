"""The goods return itself (phiếu xuất trả): goods that went back to the producer, under its own number."""

import enum
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import AppendOnly, Base
from core.i18n import N_
from core.money import Money
from inventory.catalogue.producer import Producer
from inventory.lot import Lot
from inventory.stock_move import StockMove


class ReturnReason(enum.StrEnum):
    """Why goods go back to whoever brought them."""

    UNSOLD = "unsold"
    EXPIRING = "expiring"
    FAULTY = "faulty"
    END_OF_AGREEMENT = "end_of_agreement"
    RECALL = "recall"


RETURN_REASON_NAMES = {
    ReturnReason.UNSOLD: N_("Does not sell"),
    ReturnReason.EXPIRING: N_("Past its day, or near it"),
    ReturnReason.FAULTY: N_("Faulty"),
    ReturnReason.END_OF_AGREEMENT: N_("The agreement has ended"),
    ReturnReason.RECALL: N_("Called back from sale"),
}


class GoodsReturn(AppendOnly, Base):
    """One return; its number is gap-free for the shop, in a series of its own."""

    __tablename__ = "goods_returns"
    __table_args__ = (CheckConstraint("number > 0", "number_positive"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"), index=True)
    day: Mapped[date]
    note: Mapped[str]
    staff_code: Mapped[str]
    record_seq: Mapped[int] = mapped_column(unique=True)

    producer: Mapped[Producer] = relationship(viewonly=True, lazy="joined", innerjoin=True)
    lines: Mapped[list["GoodsReturnLine"]] = relationship(
        viewonly=True,
        primaryjoin="foreign(GoodsReturnLine.record_seq) == GoodsReturn.record_seq",
        order_by="GoodsReturnLine.n",
    )


class GoodsReturnLine(AppendOnly, Base):
    """Why so much of a lot went back; how much, and from where, its stock move says."""

    __tablename__ = "goods_return_lines"
    __table_args__ = (
        CheckConstraint("reason IN ('unsold', 'expiring', 'faulty', 'end_of_agreement', 'recall')", "known_reason"),
    )

    record_seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lots.id"), index=True)
    reason: Mapped[ReturnReason]

    lot: Mapped[Lot] = relationship(viewonly=True, lazy="joined", innerjoin=True)
    move: Mapped[StockMove] = relationship(
        viewonly=True,
        lazy="joined",
        innerjoin=True,
        primaryjoin="and_(foreign(StockMove.record_seq) == GoodsReturnLine.record_seq,"
        " foreign(StockMove.line) == GoodsReturnLine.n)",
        uselist=False,
    )

    @property
    def amount(self) -> Money | None:
        """What the producer pays back for bought goods, or the delivery price of consigned ones; None on commission."""
        for_one = self.lot.cost if self.lot.cost is not None else self.lot.delivery_price
        return for_one.times(self.move.quantity) if for_one is not None else None
