"""Who bears which loss of consigned goods (ai chịu hao hụt), from a day on, by cause."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, select
from sqlalchemy.orm import Mapped, mapped_column

from core.database import AppendOnly, Base, db
from inventory.consignment.agreement_table import Agreement
from inventory.consignment.loss_cause import Bearer, LossCause
from inventory.consignment.lot_agreement import agreed_terms_of
from inventory.lot import Lot

LossRules = Mapping[LossCause, Bearer]


class AgreedLoss(AppendOnly, Base):
    """From a day on this side bears losses of this cause; the newest row that has begun counts."""

    __tablename__ = "agreement_losses"
    __table_args__ = (
        CheckConstraint("cause IN ('theft', 'expiry', 'breakage', 'count')", "known_cause"),
        CheckConstraint("bearer IN ('shop', 'producer')", "known_bearer"),
        Index("ix_agreement_losses_days", "agreement_number", "first_day"),
    )

    record_seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    cause: Mapped[LossCause] = mapped_column(primary_key=True)
    agreement_number: Mapped[int] = mapped_column(ForeignKey("agreements.number"))
    first_day: Mapped[date]
    bearer: Mapped[Bearer]


def bearer_of_loss(lot: Lot, cause: LossCause, day: date) -> Bearer:
    """Who bears the loss of goods of a lot on a day: by the agreement that they came under, as it stood that day.

    Where nothing is agreed the point does: who keeps the goods answers for them.
    """
    came_under = agreed_terms_of(lot)
    if came_under is None:
        return Bearer.SHOP
    return loss_rules(came_under.agreement, day)[cause]


def loss_rules(agreement: Agreement, day: date) -> dict[LossCause, Bearer]:
    """Who bears each cause on a day."""
    rules = dict.fromkeys(LossCause, Bearer.SHOP)
    begun = select(AgreedLoss).where(AgreedLoss.agreement_number == agreement.number, AgreedLoss.first_day <= day)
    for row in db.session.scalars(begun.order_by(AgreedLoss.first_day, AgreedLoss.record_seq)):
        rules[row.cause] = row.bearer
    return rules
