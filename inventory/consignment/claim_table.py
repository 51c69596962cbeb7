"""Claims (khoản bồi thường): consigned goods lost in the point's keeping, laid on whom the agreement names.

A claim belongs to the line of the record that lost the goods. What takes it back, because the goods turned up after all
or the loss was a mistake, is a row of its own.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import AppendOnly, Base
from core.money import Money
from core.quantity import Quantity
from inventory.catalogue.producer import Producer
from inventory.consignment.loss_cause import Bearer, ClaimCause
from inventory.lot import Lot


class Claim(AppendOnly, Base):
    """So much of a producer's lot was lost; `due` of its value is owed to him, nothing where he bears it himself.

    `amount` is what customers would have paid at the price of that day.
    """

    __tablename__ = "claims"
    __table_args__ = (
        CheckConstraint("quantity > 0", "quantity_positive"),
        CheckConstraint("amount >= 0", "amount_not_negative"),
        CheckConstraint("due >= 0", "due_not_negative"),
        CheckConstraint("bearer = 'shop' OR due = 0", "producer_bears_it_himself"),
        CheckConstraint("bearer IN ('shop', 'producer')", "known_bearer"),
        Index("uq_claims_line", "record_seq", "line", unique=True),
        Index("ix_claims_owner", "owner_id", "record_seq"),
        Index("ix_claims_lot", "lot_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    lot_id: Mapped[int] = mapped_column(ForeignKey("lots.id"))
    day: Mapped[date]
    quantity: Mapped[Quantity]
    cause: Mapped[ClaimCause]
    bearer: Mapped[Bearer]
    amount: Mapped[Money]
    due: Mapped[Money]
    record_seq: Mapped[int]
    line: Mapped[int]

    lot: Mapped[Lot] = relationship(viewonly=True)
    owner: Mapped[Producer] = relationship(viewonly=True)
    reversals: Mapped[list["ClaimReversal"]] = relationship(viewonly=True, order_by="ClaimReversal.id")

    def as_body(self) -> dict[str, object]:
        """What the line of the record that lost the goods says of its claim (docs/journal.md)."""
        return {
            "qty": self.quantity.thousandths,
            "cause": self.cause.value,
            "bearer": self.bearer.value,
            "amt": self.amount.dong,
            "due": self.due.dong,
        }


class ClaimReversal(AppendOnly, Base):
    """So much of a claim is taken back: the goods are there after all."""

    __tablename__ = "claim_reversals"
    __table_args__ = (
        CheckConstraint("quantity > 0", "quantity_positive"),
        CheckConstraint("amount >= 0", "amount_not_negative"),
        CheckConstraint("due >= 0", "due_not_negative"),
        Index("uq_claim_reversals_line", "record_seq", "line", "claim_id", unique=True),
        Index("ix_claim_reversals_claim", "claim_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"))
    day: Mapped[date]
    quantity: Mapped[Quantity]
    amount: Mapped[Money]
    due: Mapped[Money]
    record_seq: Mapped[int]
    line: Mapped[int]

    claim: Mapped[Claim] = relationship(viewonly=True)

    def as_body(self) -> dict[str, object]:
        """What the line of the record that takes it back says of it; `of` and `n` name the claim."""
        return {
            "of": self.claim.record_seq,
            "n": self.claim.line,
            "qty": self.quantity.thousandths,
            "amt": self.amount.dong,
            "due": self.due.dong,
        }
