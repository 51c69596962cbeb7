"""The producer's word at the counter (xác nhận của chủ thể): code, signature on the screen, or away.

Whatever he agrees to carries it: a delivery, goods he takes back, an agreement, a consent. The record of the act holds
`confirmed`, made by `confirmation_body`, and `write_confirmation` leaves the row with that record's number.
"""

import enum
from dataclasses import dataclass

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.attached_file import KeptFile
from core.database import AppendOnly, Base, db
from core.i18n import N_
from inventory.catalogue.producer import Producer


class ConfirmedBy(enum.StrEnum):
    """How a producer said yes."""

    CODE = "code"
    SIGNATURE = "signature"
    ABSENT = "absent"
    """He was not there: allowed, and said on paper and page."""


CONFIRMED_NAMES = {
    ConfirmedBy.CODE: N_("Confirmed by the producer's counter code"),
    ConfirmedBy.SIGNATURE: N_("Signed by the producer on the screen"),
    ConfirmedBy.ABSENT: N_("The producer was not present"),
}


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A producer's word as the counter took it; a signature is named by the SHA-256 of its picture."""

    producer: Producer
    way: ConfirmedBy
    signature: str | None = None


class KeptConfirmation(AppendOnly, Base):
    """The word that belongs to one record."""

    __tablename__ = "confirmations"
    __table_args__ = (
        CheckConstraint("way IN ('code', 'signature', 'absent')", "known_way"),
        CheckConstraint("(way = 'signature') = (signature IS NOT NULL)", "signature_is_kept"),
    )

    record_seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    way: Mapped[ConfirmedBy]
    signature: Mapped[str | None] = mapped_column(ForeignKey("attached_files.sha256"))

    producer: Mapped[Producer] = relationship(viewonly=True)
    picture: Mapped[KeptFile | None] = relationship(viewonly=True)

    @property
    def is_given(self) -> bool:
        """Whether he was there and agreed."""
        return self.way is not ConfirmedBy.ABSENT


def not_present(producer: Producer) -> Confirmation:
    """Nobody of the producer stood at the counter."""
    return Confirmation(producer, ConfirmedBy.ABSENT)


def confirmation_body(confirmed: Confirmation) -> dict[str, object]:
    """The word as the record of the act holds it, under `confirmed` (docs/journal.md, Confirmation)."""
    return {"own": confirmed.producer.code, "way": confirmed.way.value, "sha": confirmed.signature}


def write_confirmation(confirmed: Confirmation, record_seq: int) -> KeptConfirmation:
    """Keep the word beside the record that tells of it, inside its transaction."""
    kept = KeptConfirmation(
        record_seq=record_seq,
        producer_id=confirmed.producer.id,
        way=confirmed.way,
        signature=confirmed.signature,
    )
    db.session.add(kept)
    db.session.flush()
    return kept


def confirmation_of(record_seq: int) -> KeptConfirmation | None:
    """The producer's word for a record; None where nobody was asked."""
    return db.session.get(KeptConfirmation, record_seq)
