"""How goods come: pack, least, season and days of a product; delivery days and lead time of a producer.

A row each, changed by the manager; what it was before stands in the journal. Where nothing is set, the settings of the
shop hold.
"""

import re
from dataclasses import asdict, dataclass

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind
from core.quantity import NONE, ONE, Quantity
from core.staff import Staff
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product

_WEEKDAYS = re.compile(r"[1-7]*")
_LONGEST = 3650
_LONGEST_WAIT = 365
_SERVICE = range(50, 100)
MONTHS = range(1, 13)


class PackNotPositive(RuleBroken):
    """Nothing comes in packs of nothing."""

    message = N_("A pack holds more than 0, and whole pieces where goods are sold by the piece. Type how many.")


class SeasonUnknown(RuleBroken):
    """A month that the year does not have."""

    message = N_("Months are written as numbers from 1 to 12, such as 11, 12, 1. Type them again.")


class DaysBeyondBounds(RuleBroken):
    """Days or percents that make no sense."""

    message = N_(
        "Days are whole numbers up to %(most)s, and the service level lies from 50 to 99 percent. Type it again."
    )


@dataclass(frozen=True, slots=True)
class ProductTerms:
    """What is set for one product; `months` are those in which it is harvested or made, none for all year."""

    pack: Quantity = ONE
    least: Quantity = NONE
    display: Quantity = NONE
    months: tuple[int, ...] = ()
    shelf_days: int | None = None
    service_percent: int | None = None

    def in_season(self, month: int) -> bool:
        """Whether it can be had in a month."""
        return not self.months or month in self.months


@dataclass(frozen=True, slots=True)
class ProducerTerms:
    """What is set for one producer; `weekdays` on which he delivers, 1 for Monday, none for any day."""

    lead_days: int | None = None
    weekdays: tuple[int, ...] = ()
    review_days: int | None = None


class ProductSupply(Base):
    """What is set for a product."""

    __tablename__ = "product_supply"
    __table_args__ = (
        CheckConstraint("pack > 0", "pack_positive"),
        CheckConstraint("least >= 0 AND display >= 0", "not_negative"),
        CheckConstraint("shelf_days BETWEEN 1 AND 3650", "shelf_days_within_bounds"),
        CheckConstraint("service_percent BETWEEN 50 AND 99", "service_within_bounds"),
    )

    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True, autoincrement=False)
    pack: Mapped[Quantity]
    least: Mapped[Quantity]
    display: Mapped[Quantity]
    months: Mapped[str]
    shelf_days: Mapped[int | None]
    service_percent: Mapped[int | None]
    record_seq: Mapped[int]

    @property
    def terms(self) -> ProductTerms:
        """The row as a value."""
        months = tuple(int(month) for month in self.months.split(",") if month)
        return ProductTerms(self.pack, self.least, self.display, months, self.shelf_days, self.service_percent)


class ProducerSupply(Base):
    """What is set for a producer."""

    __tablename__ = "producer_supply"
    __table_args__ = (
        CheckConstraint("lead_days BETWEEN 0 AND 365", "lead_days_within_bounds"),
        CheckConstraint("review_days BETWEEN 1 AND 365", "review_days_within_bounds"),
    )

    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"), primary_key=True, autoincrement=False)
    lead_days: Mapped[int | None]
    weekdays: Mapped[str]
    review_days: Mapped[int | None]
    record_seq: Mapped[int]

    @property
    def terms(self) -> ProducerTerms:
        """The row as a value."""
        return ProducerTerms(self.lead_days, tuple(int(day) for day in self.weekdays), self.review_days)


def product_terms(product_ids: list[int]) -> dict[int, ProductTerms]:
    """What is set for some products; those without are left out."""
    rows = db.session.scalars(select(ProductSupply).where(ProductSupply.product_id.in_(product_ids)))
    return {row.product_id: row.terms for row in rows}


def producer_terms(producer_id: int) -> ProducerTerms:
    """What is set for a producer."""
    row = db.session.get(ProducerSupply, producer_id)
    return row.terms if row is not None else ProducerTerms()


def set_product_terms(product: Product, terms: ProductTerms, *, by: Staff) -> None:
    """Say how a product comes. What says nothing new is not recorded."""
    check_product_terms(product, terms)
    row = db.session.get(ProductSupply, product.id)
    if (row.terms if row is not None else ProductTerms()) == terms:
        return
    months = ",".join(map(str, terms.months))
    body = {
        "sku": product.sku,
        "pack": terms.pack.thousandths,
        "least": terms.least.thousandths,
        "display": terms.display.thousandths,
        "months": months,
        "shelf_days": terms.shelf_days,
        "service": terms.service_percent,
    }
    record = write_record(Kind.SUPPLY, body, by=by)
    row = row or ProductSupply(product_id=product.id)
    row.pack, row.least, row.display, row.months = terms.pack, terms.least, terms.display, months
    row.shelf_days, row.service_percent, row.record_seq = terms.shelf_days, terms.service_percent, record.seq
    db.session.add(row)
    db.session.flush()


def check_product_terms(product: Product, terms: ProductTerms) -> None:
    """Refuse what no product can be like."""
    parts = (terms.pack, terms.least, terms.display)
    broken = not all(product.unit.takes(part) for part in parts)
    if terms.pack <= NONE or terms.least < NONE or terms.display < NONE or broken:
        raise PackNotPositive()
    if any(month not in MONTHS for month in terms.months):
        raise SeasonUnknown()
    if terms.shelf_days is not None and not 1 <= terms.shelf_days <= _LONGEST:
        raise DaysBeyondBounds(most=_LONGEST)
    if terms.service_percent is not None and terms.service_percent not in _SERVICE:
        raise DaysBeyondBounds(most=_LONGEST)


def set_producer_terms(producer: Producer, terms: ProducerTerms, *, by: Staff) -> None:
    """Say when a producer delivers. What says nothing new is not recorded."""
    weekdays = "".join(map(str, sorted(set(terms.weekdays))))
    for days in (terms.lead_days, terms.review_days):
        if days is not None and not 0 <= days <= _LONGEST_WAIT:
            raise DaysBeyondBounds(most=_LONGEST_WAIT)
    if not _WEEKDAYS.fullmatch(weekdays) or terms.review_days == 0:
        raise DaysBeyondBounds(most=_LONGEST_WAIT)
    row = db.session.get(ProducerSupply, producer.id)
    if asdict(row.terms if row is not None else ProducerTerms()) == asdict(terms):
        return
    body = {"producer": producer.code, "lead": terms.lead_days, "weekdays": weekdays, "review": terms.review_days}
    record = write_record(Kind.SUPPLY, body, by=by)
    row = row or ProducerSupply(producer_id=producer.id)
    row.lead_days, row.weekdays, row.review_days = terms.lead_days, weekdays, terms.review_days
    row.record_seq = record.seq
    db.session.add(row)
    db.session.flush()
