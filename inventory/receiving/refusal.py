"""Goods refused at the door (hàng không nhận): they never enter stock, but stand on the slip and in the record."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import AppendOnly, Base
from core.errors import RuleBroken
from core.i18n import N_
from core.quantity import NONE, Quantity
from core.text import clean
from inventory.catalogue.product import Product


class RefusalReason(enum.StrEnum):
    """Why goods were not taken in."""

    BROKEN = "broken"
    NO_LABEL = "no_label"
    EXPIRED = "expired"
    TOO_WARM = "too_warm"
    NO_PAPERS = "no_papers"
    WRONG_GOODS = "wrong_goods"
    OTHER = "other"


REFUSAL_NAMES = {
    RefusalReason.BROKEN: N_("Broken or leaking"),
    RefusalReason.NO_LABEL: N_("No label, or a wrong one"),
    RefusalReason.EXPIRED: N_("Past its day, or too close to it"),
    RefusalReason.TOO_WARM: N_("Came too warm"),
    RefusalReason.NO_PAPERS: N_("Papers are missing"),
    RefusalReason.WRONG_GOODS: N_("Not what was ordered"),
    RefusalReason.OTHER: N_("Another reason"),
}
_NOTE_LIMIT = 200


class RefusalUnexplained(RuleBroken):
    """The producer takes it home again and must know why."""

    message = N_("Why was %(product)s refused? Choose the reason; with “another reason”, write it down too.")


class RefusedQuantityWrong(RuleBroken):
    """Nothing, or a part of what comes whole."""

    message = N_("What was refused of %(product)s must be more than 0, and whole for goods by the piece.")


@dataclass(frozen=True, slots=True)
class Refused:
    """So much of a product that the producer takes home again.

    `announced` is what his paper says, where nothing of the product was accepted.
    """

    product: Product
    quantity: Quantity
    reason: RefusalReason
    note: str = ""
    announced: Quantity | None = None


class Refusal(AppendOnly, Base):
    """One refusal of a delivery, by the delivery's record."""

    __tablename__ = "delivery_refusals"
    __table_args__ = (
        CheckConstraint("quantity > 0", "quantity_positive"),
        CheckConstraint("announced >= 0", "announced_not_negative"),
        CheckConstraint(
            "reason IN ('broken', 'no_label', 'expired', 'too_warm', 'no_papers', 'wrong_goods', 'other')",
            "known_reason",
        ),
        CheckConstraint("reason <> 'other' OR note <> ''", "explained"),
    )

    record_seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    quantity: Mapped[Quantity]
    announced: Mapped[Quantity | None]
    reason: Mapped[RefusalReason]
    note: Mapped[str]

    product: Mapped[Product] = relationship(viewonly=True, lazy="joined", innerjoin=True)


def check_refused(refused: Sequence[Refused]) -> None:
    """Refuse a refusal that says neither how much nor why."""
    for one in refused:
        if one.quantity <= NONE or not one.product.unit.takes(one.quantity):
            raise RefusedQuantityWrong(product=one.product.name)
        check_explained(one.product, one.reason, one.note)


def check_explained(product: Product, reason: RefusalReason | None, note: str) -> RefusalReason:
    """The reason of a refusal; another one than the usual needs its words."""
    if reason is None or (reason is RefusalReason.OTHER and not clean(note, limit=_NOTE_LIMIT)):
        raise RefusalUnexplained(product=product.name)
    return reason


def refusals_of(refused: Sequence[Refused], record_seq: int) -> list[Refusal]:
    """The rows of a delivery's refusals, in the order they were entered."""
    return [
        Refusal(
            record_seq=record_seq,
            n=n,
            product_id=one.product.id,
            product=one.product,
            quantity=one.quantity,
            announced=one.announced,
            reason=one.reason,
            note=clean(one.note, limit=_NOTE_LIMIT),
        )
        for n, one in enumerate(refused, start=1)
    ]


def refusal_body(refusal: Refusal) -> dict[str, object]:
    """One refusal as the journal keeps it (docs/journal.md, CONSIGN_IN and GOODS_IN, `refused`)."""
    return {
        "n": refusal.n,
        "sku": refusal.product.sku,
        "qty": refusal.quantity.thousandths,
        "ann": refusal.announced.thousandths if refusal.announced is not None else None,
        "why": refusal.reason.value,
        "note": refusal.note,
    }
