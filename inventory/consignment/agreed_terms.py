"""The terms of agreements (điều khoản): what the point gets for selling all goods, a group, a product, from a day on.

A product's own terms go before its group's, a group's before those of all goods. For the same goods the newest terms
that have begun count, all their price steps together. Nothing is edited; lots keep the row they came under.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import AppendOnly, Base, db
from core.money import ZERO, Money
from inventory.catalogue.product import Product
from inventory.consignment.agreement_table import Agreement
from inventory.lot import Terms, TermsKind

WHOLE = 10_000  # hundredths of a percent


class AgreedTerms(AppendOnly, Base):
    """One row of terms: from `first_day` on, for goods that cost at least `price_from`.

    The producer bears `discount_share` of a discount, as far as it is at most `discount_limit` of the price; both in
    hundredths of a percent. Below `minimum_price` of one unit nothing is sold without his consent.
    """

    __tablename__ = "agreement_terms"
    __table_args__ = (
        CheckConstraint("product_id IS NULL OR group_code IS NULL", "for_one_thing"),
        CheckConstraint("kind IN ('commission', 'delivery_price')", "known_terms"),
        CheckConstraint("(kind = 'commission') = (commission IS NOT NULL)", "commission_has_a_rate"),
        CheckConstraint("(kind = 'delivery_price') = (delivery_price IS NOT NULL)", "delivery_price_is_known"),
        CheckConstraint("commission BETWEEN 0 AND 10000", "commission_within_whole"),
        CheckConstraint("delivery_price >= 0", "delivery_price_not_negative"),
        CheckConstraint("price_from >= 0", "step_not_negative"),
        CheckConstraint("minimum_price > 0", "minimum_positive"),
        CheckConstraint("discount_share BETWEEN 0 AND 10000", "share_within_whole"),
        CheckConstraint("discount_limit BETWEEN 0 AND 10000", "limit_within_whole"),
        Index("ix_agreement_terms_days", "agreement_number", "first_day"),
        Index("uq_agreement_terms_line", "record_seq", "line", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    agreement_number: Mapped[int] = mapped_column(ForeignKey("agreements.number"))
    first_day: Mapped[date]
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    group_code: Mapped[str | None]
    price_from: Mapped[Money]
    kind: Mapped[TermsKind]
    commission: Mapped[int | None]
    delivery_price: Mapped[Money | None]
    minimum_price: Mapped[Money | None]
    discount_share: Mapped[int]
    discount_limit: Mapped[int]
    record_seq: Mapped[int]
    line: Mapped[int]

    agreement: Mapped[Agreement] = relationship(viewonly=True)
    product: Mapped[Product | None] = relationship(viewonly=True)

    @property
    def terms_id(self) -> int:
        """What a lot that came under this row remembers."""
        return self.id

    @property
    def terms(self) -> Terms:
        """What the lot freezes: the commission or the delivery price."""
        return Terms(self.kind, commission=self.commission, delivery_price=self.delivery_price)

    def covers(self, product: Product) -> bool:
        """Whether the product is among the goods that they are for."""
        if self.product_id is not None:
            return self.product_id == product.id
        return self.group_code is None or is_in_group(product, self.group_code)

    @property
    def rank(self) -> tuple[int, int]:
        """How narrow they are: one product before a group, a sub-group before the group above it, all goods last."""
        if self.product_id is not None:
            return 2, 0
        return (1, len(self.group_code)) if self.group_code is not None else (0, 0)

    @property
    def goods(self) -> tuple[int | None, str | None]:
        """What they are for, as a key: newer terms of the same key take the place of these."""
        return self.product_id, self.group_code


@dataclass(frozen=True, slots=True)
class Clause:
    """Terms to agree on: for a product, a group or, with neither, all goods; from a price step on."""

    terms: Terms
    product: Product | None = None
    group: str | None = None
    price_from: Money = ZERO
    minimum_price: Money | None = None
    discount_share: int = 0
    discount_limit: int = 0


def is_in_group(product: Product, code: str) -> bool:
    """Whether a product is in a group or in one below it."""
    return product.group_code == code or product.group_code.startswith(f"{code}.")


def terms_for(agreement: Agreement, product: Product, day: date, *, price: Money | None = None) -> AgreedTerms | None:
    """The terms under which a product would come on a day, at its price of one; None where nothing is agreed for it.

    Without a price the lowest step counts.
    """
    covering = [row for row in terms_in_force(agreement, day) if row.covers(product)]
    if not covering:
        return None
    narrowest = max(row.rank for row in covering)
    steps = [row for row in covering if row.rank == narrowest and row.price_from <= (price or ZERO)]
    return max(steps, key=lambda row: row.price_from)


def terms_in_force(agreement: Agreement, day: date) -> list[AgreedTerms]:
    """Of each kind of goods the terms of a day with their steps: the narrowest first, of these the lowest step."""
    begun = select(AgreedTerms).where(AgreedTerms.agreement_number == agreement.number, AgreedTerms.first_day <= day)
    newest: dict[tuple[int | None, str | None], list[AgreedTerms]] = {}
    for row in db.session.scalars(begun.order_by(AgreedTerms.first_day, AgreedTerms.record_seq, AgreedTerms.line)):
        before = newest.get(row.goods, [])
        is_same_record = bool(before) and before[0].record_seq == row.record_seq
        newest[row.goods] = [*before, row] if is_same_record else [row]
    rows = [row for steps in newest.values() for row in steps]
    return sorted(rows, key=lambda row: (tuple(-part for part in row.rank), row.group_code or "", row.price_from))


def all_terms(agreement: Agreement) -> list[AgreedTerms]:
    """Every row of terms that was ever agreed on, the oldest first."""
    rows = select(AgreedTerms).where(AgreedTerms.agreement_number == agreement.number)
    return list(db.session.scalars(rows.order_by(AgreedTerms.first_day, AgreedTerms.record_seq, AgreedTerms.line)))
