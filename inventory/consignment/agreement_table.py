"""The tables of consignment agreements (hợp đồng ký gửi, đại lý): who with whom, from when, how settled, how ended.

Nothing of an agreement is edited: notice and end are rows of their own, and so are new terms
(inventory/consignment/agreed_terms.py) and rules of losses (inventory/consignment/agreed_loss.py).
"""

import enum
from datetime import date, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import AppendOnly, Base
from core.money import Money
from core.quantity import Quantity
from inventory.catalogue.producer import Producer
from inventory.consignment.loss_cause import Bearer


class SettlementRhythm(enum.StrEnum):
    """How often the point settles; unless agreed otherwise in batches (Luật Thương mại 2005, Điều 176)."""

    WEEK = "week"
    HALF_MONTH = "half_month"
    MONTH = "month"
    QUARTER = "quarter"
    BATCH = "batch"
    """After so much was sold."""


class ProducerTax(enum.StrEnum):
    """How the producer pays VAT, which decides the papers of a settlement."""

    DEDUCTION = "deduction"
    DIRECT = "direct"
    HOUSEHOLD = "household"
    BELOW_THRESHOLD = "below_threshold"


class EndedBy(enum.StrEnum):
    """Who ends an agreement: one side, after notice, or both together at once."""

    SHOP = "shop"
    PRODUCER = "producer"
    BOTH = "both"


class Agreement(AppendOnly, Base):
    """What the point agreed with a producer, from a first day on; without a last day until somebody ends it.

    `paper` is what the signed contract calls itself, `point` the shop's name on the day it was entered.
    """

    __tablename__ = "agreements"
    __table_args__ = (
        CheckConstraint("number > 0", "number_positive"),
        CheckConstraint("last_day IS NULL OR first_day <= last_day", "ends_after_it_begins"),
        CheckConstraint("grace_days BETWEEN 0 AND 3650", "grace_within_years"),
        CheckConstraint("payment_days BETWEEN 0 AND 3650", "payment_within_years"),
        CheckConstraint("notice_days BETWEEN 0 AND 3650", "notice_within_years"),
        CheckConstraint("minimum_payout >= 0", "payout_not_negative"),
        CheckConstraint("rhythm IN ('week', 'half_month', 'month', 'quarter', 'batch')", "known_rhythm"),
        CheckConstraint("(rhythm = 'batch') = (batch_quantity IS NOT NULL)", "batch_has_a_quantity"),
        CheckConstraint("batch_quantity > 0", "batch_positive"),
        CheckConstraint("tax IN ('deduction', 'direct', 'household', 'below_threshold')", "known_tax"),
        Index("ix_agreements_of_producer", "producer_id", "first_day"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    paper: Mapped[str]
    point: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date | None]
    grace_days: Mapped[int]
    rhythm: Mapped[SettlementRhythm]
    batch_quantity: Mapped[Quantity | None]
    minimum_payout: Mapped[Money]
    payment_days: Mapped[int]
    notice_days: Mapped[int]
    tax: Mapped[ProducerTax]
    note: Mapped[str]
    record_seq: Mapped[int] = mapped_column(unique=True)

    producer: Mapped[Producer] = relationship(viewonly=True, lazy="joined", innerjoin=True)
    notices: Mapped[list["AgreementNotice"]] = relationship(viewonly=True, order_by="AgreementNotice.record_seq")
    end: Mapped["AgreementEnd | None"] = relationship(viewonly=True, uselist=False)

    @property
    def ends_on(self) -> date | None:
        """Its last day as things stand: the one it was made for, or an earlier one on which it was ended."""
        return self.end.last_day if self.end is not None else self.last_day

    @property
    def fetch_by(self) -> date | None:
        """The last day of grace: what is unsold then is to be fetched. None while no end is in sight."""
        return self.ends_on + timedelta(days=self.grace_days) if self.ends_on is not None else None

    def is_in_force(self, day: date) -> bool:
        """Whether goods may come under it on a day; on its own last day they still may."""
        return self.first_day <= day and (self.ends_on is None or day <= self.ends_on)


class AgreementNotice(AppendOnly, Base):
    """One side told the other in writing that it wants to end the agreement (Luật Thương mại 2005, Điều 177)."""

    __tablename__ = "agreement_notices"
    __table_args__ = (CheckConstraint("given_by IN ('shop', 'producer')", "known_side"),)

    record_seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    agreement_number: Mapped[int] = mapped_column(ForeignKey("agreements.number"), index=True)
    given_on: Mapped[date]
    given_by: Mapped[Bearer]
    reason: Mapped[str]


class AgreementEnd(AppendOnly, Base):
    """The last day of an agreement, earlier than it was made for; an agreement is ended once."""

    __tablename__ = "agreement_ends"
    __table_args__ = (CheckConstraint("ended_by IN ('shop', 'producer', 'both')", "known_side"),)

    agreement_number: Mapped[int] = mapped_column(
        ForeignKey("agreements.number"), primary_key=True, autoincrement=False
    )
    last_day: Mapped[date]
    ended_by: Mapped[EndedBy]
    reason: Mapped[str]
    record_seq: Mapped[int] = mapped_column(unique=True)
