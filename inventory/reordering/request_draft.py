"""What the manager is about to ask a producer for: quantities typed over the suggestion, kept until they are sent."""

from collections.abc import Mapping

from sqlalchemy import CheckConstraint, ForeignKey, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, db
from core.quantity import Quantity
from inventory.catalogue.producer import Producer


class RequestDraftLine(Base):
    """One quantity that was typed; 0 where the manager wants none of what was suggested."""

    __tablename__ = "request_draft_lines"
    __table_args__ = (CheckConstraint("quantity >= 0", "quantity_not_negative"),)

    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"), primary_key=True, autoincrement=False)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True, autoincrement=False)
    quantity: Mapped[Quantity]


def typed_for(producer: Producer) -> dict[int, Quantity]:
    """What was typed for a producer, by product."""
    rows = db.session.scalars(select(RequestDraftLine).where(RequestDraftLine.producer_id == producer.id))
    return {row.product_id: row.quantity for row in rows}


def keep_typed(producer: Producer, typed: Mapping[int, Quantity]) -> None:
    """Keep what was typed, in place of what was kept before."""
    drop_typed(producer)
    db.session.add_all(
        RequestDraftLine(producer_id=producer.id, product_id=product_id, quantity=quantity)
        for product_id, quantity in typed.items()
    )
    db.session.flush()


def drop_typed(producer: Producer) -> None:
    """Go back to the suggestion."""
    db.session.execute(delete(RequestDraftLine).where(RequestDraftLine.producer_id == producer.id))
    db.session.expire_all()
