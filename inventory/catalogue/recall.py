"""Recalls (thu hồi): goods that must not be sold from an instant on, all of a product or one lot of it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import CheckConstraint, ForeignKey, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import now
from core.columns import iso_instant
from core.database import AppendOnly, Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind, uuid7
from core.staff import Staff
from core.text import clean
from inventory.catalogue.product import Product


class LotOnShelf(Protocol):
    """What a recall looks at: our number of a lot, and the producer's own."""

    @property
    def number(self) -> str: ...

    @property
    def producer_lot(self) -> str: ...


class RecallReasonMissing(RuleBroken):
    """The shelf notice and the inspector need the reason."""

    message = N_("A recall needs its reason. Copy it from the notice.")


class AlreadyLifted(RuleBroken):
    """A recall is lifted once."""

    message = N_("This recall was lifted already.")


class LiftedBeforeRecall(RuleBroken):
    """The lifting would come before the recall."""

    message = N_("A recall cannot be lifted before it begins. Check the time.")


class Recall(AppendOnly, Base):
    """From `since` on nothing of the product may be sold, or nothing of one lot.

    `lot_number` is ours or the producer's own: a notice of the authority names the latter, in capitals or not.
    """

    __tablename__ = "recalls"
    __table_args__ = (CheckConstraint("reason <> ''", "reasoned"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), index=True)
    lot_number: Mapped[str | None]
    since: Mapped[datetime]
    reason: Mapped[str]
    issuer: Mapped[str]
    record_seq: Mapped[int] = mapped_column(unique=True)

    def covers(self, lot: LotOnShelf | None) -> bool:
        """Whether it concerns a lot; one of a single lot does not concern the product as a whole."""
        if self.lot_number is None:
            return True
        if lot is None:
            return False
        return self.lot_number.casefold() in (lot.number.casefold(), lot.producer_lot.casefold())


class RecallLift(AppendOnly, Base):
    """The end of a recall: from `since` on the goods may be sold again."""

    __tablename__ = "recall_lifts"

    recall_id: Mapped[int] = mapped_column(ForeignKey("recalls.id"), primary_key=True, autoincrement=False)
    since: Mapped[datetime]
    reason: Mapped[str]
    record_seq: Mapped[int] = mapped_column(unique=True)


def recall(
    product: Product,
    *,
    reason: str,
    by: Staff,
    lot_number: str | None = None,
    issuer: str = "",
    since: datetime | None = None,
    uid: str | None = None,
) -> Recall:
    """Block a product or one lot of it from an instant on, by default from now."""
    row = Recall(
        uid=uid or uuid7(),
        product_id=product.id,
        lot_number=(clean(lot_number, limit=40) or None) if lot_number else None,
        since=since or now(),
        reason=clean(reason, limit=300),
        issuer=clean(issuer, limit=200),
    )
    if not row.reason:
        raise RecallReasonMissing()
    body = {
        "act": "recalled",
        "uid": row.uid,
        "sku": product.sku,
        "lot": row.lot_number,
        "since": iso_instant(row.since),
        "reason": row.reason,
        "issuer": row.issuer,
    }
    row.record_seq = write_record(Kind.RECALL, body, by=by).seq
    db.session.add(row)
    db.session.flush()
    return row


def lift_recall(recalled: Recall, *, reason: str, by: Staff, since: datetime | None = None) -> RecallLift:
    """Let recalled goods be sold again from an instant on, by default from now."""
    if db.session.get(RecallLift, recalled.id) is not None:
        raise AlreadyLifted()
    row = RecallLift(recall_id=recalled.id, since=since or now(), reason=clean(reason, limit=300))
    if row.since < recalled.since:
        raise LiftedBeforeRecall()
    if not row.reason:
        raise RecallReasonMissing()
    body = {"act": "lifted", "uid": recalled.uid, "since": iso_instant(row.since), "reason": row.reason}
    row.record_seq = write_record(Kind.RECALL, body, by=by).seq
    db.session.add(row)
    db.session.flush()
    return row


def recalls_at(instant: datetime, product_ids: Collection[int] | None = None) -> list[Recall]:
    """The recalls in force at an instant, of some products or of all."""
    if product_ids is None:
        return list(db.session.scalars(_RECALLS_AT, {"instant": instant}))
    wanted = {"instant": instant, "products": list(product_ids)}
    if not db.session.connection().execute(_ANY_RECALL_OF, wanted).first():
        return []  # as on nearly every day
    return list(db.session.scalars(_RECALLS_OF, wanted))


# Made once: building a statement takes longer than running it, and each sale asks for this.
_RECALLS_AT = (
    select(Recall)
    .outerjoin(RecallLift, (RecallLift.recall_id == Recall.id) & (RecallLift.since <= bindparam("instant")))
    .where(Recall.since <= bindparam("instant"), RecallLift.recall_id.is_(None))
    .order_by(Recall.id)
)
_TABLE: Any = Recall.__table__
_ANY_RECALL_OF = (
    select(_TABLE.c.id)
    .where(_TABLE.c.product_id.in_(bindparam("products", expanding=True)), _TABLE.c.since <= bindparam("instant"))
    .limit(1)
)
_RECALLS_OF = _RECALLS_AT.where(Recall.product_id.in_(bindparam("products", expanding=True)))
