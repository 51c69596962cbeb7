"""Where stars were shown: every printed use of a mark, so that what must come down is known when a certificate ends.

A row is written with the paper that carries the stars, inside its transaction. `use` says what it is (a label; later a
card, a sign), `number` and `line` which one. A receipt is not among them: it leaves with the customer, and the line of
the sale keeps the stars that were true then.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import AppendOnly, Base, db
from inventory.catalogue.certificate import stars_for
from inventory.catalogue.product import Product


class MarkUse(AppendOnly, Base):
    """Stars printed on so many pieces of something, under a certificate that ends on `until` at the latest."""

    __tablename__ = "mark_uses"
    __table_args__ = (
        CheckConstraint("stars BETWEEN 3 AND 5", "stars_that_may_be_shown"),
        CheckConstraint("copies > 0", "copies_positive"),
        Index("ix_mark_uses_product", "product_id", "day"),
    )

    use: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    stars: Mapped[int]
    until: Mapped[date]
    day: Mapped[date]
    copies: Mapped[int]
    record_seq: Mapped[int]

    product: Mapped[Product] = relationship(viewonly=True)


def remember_mark(  # noqa: PLR0913  (what was printed, of what, how often)
    product: Product,
    use: str,
    number: int,
    line: int,
    *,
    stars: int,
    until: date,
    day: date,
    copies: int,
    record_seq: int,
) -> MarkUse:
    """Write down that stars were printed."""
    use_of_mark = MarkUse(
        use=use,
        number=number,
        line=line,
        product_id=product.id,
        stars=stars,
        until=until,
        day=day,
        copies=copies,
        record_seq=record_seq,
    )
    db.session.add(use_of_mark)
    return use_of_mark


def uses_of(product: Product) -> list[MarkUse]:
    """Every printed use of a product's stars, the newest first."""
    uses = select(MarkUse).where(MarkUse.product_id == product.id)
    return list(db.session.scalars(uses.order_by(MarkUse.record_seq.desc(), MarkUse.line)))


def marks_gone(day: date) -> list[MarkUse]:
    """Printed stars that may not be shown on a day any more: the certificate ended, or gives other stars now."""
    uses = list(db.session.scalars(select(MarkUse).order_by(MarkUse.record_seq.desc(), MarkUse.line)))
    shown = stars_for({use.product_id for use in uses}, day)
    return [use for use in uses if shown.get(use.product_id) != use.stars]
