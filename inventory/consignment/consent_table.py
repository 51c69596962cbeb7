"""The tables of consents to a markdown (đồng ý giảm giá): for which goods and days a producer lets the price fall."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import AppendOnly, Base, db
from core.money import Money
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from inventory.lot import Lot


class MarkdownConsent(AppendOnly, Base):
    """From a first to a last day one of the product, or of one lot of it, may be sold down to `price`.

    The producer bears `share` of what is taken off, in hundredths of a percent; the rest is the point's.
    """

    __tablename__ = "markdown_consents"
    __table_args__ = (
        CheckConstraint("first_day <= last_day", "ends_after_it_begins"),
        CheckConstraint("price > 0", "price_positive"),
        CheckConstraint("share BETWEEN 0 AND 10000", "share_within_whole"),
        CheckConstraint("reason <> ''", "reasoned"),
        Index("ix_markdown_consents_days", "last_day", "first_day"),
        Index("ix_markdown_consents_of_producer", "producer_id", "product_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lots.id"))
    price: Mapped[Money]
    share: Mapped[int]
    first_day: Mapped[date]
    last_day: Mapped[date]
    reason: Mapped[str]
    record_seq: Mapped[int] = mapped_column(unique=True)

    producer: Mapped[Producer] = relationship(viewonly=True)
    product: Mapped[Product] = relationship(viewonly=True)
    lot: Mapped[Lot | None] = relationship(viewonly=True)
    end: Mapped["MarkdownConsentEnd | None"] = relationship(viewonly=True, uselist=False)


class MarkdownConsentEnd(AppendOnly, Base):
    """A consent that was taken back, or entered by mistake: from that moment on it allows nothing more."""

    __tablename__ = "markdown_consent_ends"
    __table_args__ = (CheckConstraint("reason <> ''", "reasoned"),)

    consent_id: Mapped[int] = mapped_column(ForeignKey("markdown_consents.id"), primary_key=True, autoincrement=False)
    ended_at: Mapped[datetime]
    reason: Mapped[str]
    record_seq: Mapped[int] = mapped_column(unique=True)


def consents_by_lot(lot_ids: set[int], day: date) -> dict[int, MarkdownConsent]:
    """For each of some lots the consent of a day, of several the newest. Where none holds, one question says so."""
    ids = list(db.session.connection().execute(_IN_FORCE, {"day": day}).scalars()) if lot_ids else []
    if not ids:
        return {}
    found = dict[int, MarkdownConsent]()
    for lot_id, consent in db.session.execute(_OF_LOTS, {"markdown_consents": ids, "lots": list(lot_ids)}):
        found[lot_id] = consent
    return found


# Made once: building a statement takes longer than running it, and each redraw of the till asks.
_TABLE: Any = MarkdownConsent.__table__
_ENDS: Any = MarkdownConsentEnd.__table__
_LOTS: Any = Lot.__table__
_IN_FORCE = (
    select(_TABLE.c.id)
    .outerjoin(_ENDS, _ENDS.c.consent_id == _TABLE.c.id)
    .where(_TABLE.c.last_day >= bindparam("day"), _TABLE.c.first_day <= bindparam("day"), _ENDS.c.consent_id.is_(None))
)
_OF_LOTS = (
    select(_LOTS.c.id, MarkdownConsent)
    .join(
        MarkdownConsent,
        (MarkdownConsent.product_id == _LOTS.c.product_id) & (MarkdownConsent.producer_id == _LOTS.c.owner_id),
    )
    .where(
        MarkdownConsent.id.in_(bindparam("markdown_consents", expanding=True)),
        _LOTS.c.id.in_(bindparam("lots", expanding=True)),
        MarkdownConsent.lot_id.is_(None) | (MarkdownConsent.lot_id == _LOTS.c.id),
    )
    .order_by(MarkdownConsent.id)
)
