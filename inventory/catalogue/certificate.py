"""OCOP certificates (giấy chứng nhận OCOP): stars are a dated paper, never a property of the goods.

Every star on a screen, receipt, label or sign comes from `stars_on`.
"""

import calendar
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, bindparam, func, select
from sqlalchemy.orm import Mapped, mapped_column

from core.database import AppendOnly, Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind, uuid7
from core.staff import Staff
from core.text import clean
from inventory.catalogue.correction import refuse_struck
from inventory.catalogue.product import Product, need_goods

# QĐ 148/2023 and before it QĐ 1048/2019: certificates stand 36 months from their issue.
MONTHS_IN_FORCE = 36
# Certificates and the mark exist for 3, 4 and 5 stars only (QĐ 1162/QĐ-VPĐP-OCOP, Điều 5).
FEWEST_STARS_SHOWN = 3


class WrongStars(RuleBroken):
    """The programme gives 1 to 5 stars."""

    message = N_("A product has 1 to 5 stars, not %(stars)s. Look at the certificate again.")


class DecisionMissing(RuleBroken):
    """An inspector asks for number, day and issuer."""

    message = N_("A certificate needs the number of its decision and who issued it. Copy them from the paper.")


class CertificateTooLong(RuleBroken):
    """A last day beyond the 36 months, or before the first day."""

    message = N_("A certificate from %(first_day)s cannot end on %(last_day)s: it stands for 36 months at most, "
                 "until %(latest)s. Check both days on the paper.")  # fmt: skip


class AlreadyWithdrawn(RuleBroken):
    """A certificate is withdrawn once."""

    message = N_("Certificate %(number)s was withdrawn already, from %(day)s on.")


class WithdrawnBeforeIssue(RuleBroken):
    """The withdrawal would come before the certificate."""

    message = N_("Certificate %(number)s stands from %(first_day)s on and cannot be withdrawn from an earlier day.")


class Certificate(Base):
    """The recognition of a product with its stars; number, decision and issuer as on the paper, in any pattern."""

    __tablename__ = "certificates"
    __table_args__ = (
        CheckConstraint("stars BETWEEN 1 AND 5", "stars_1_to_5"),
        CheckConstraint("first_day <= last_day", "ends_after_it_begins"),
        Index("ix_certificates_of_day", "product_id", "first_day", "record_seq"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    stars: Mapped[int]
    number: Mapped[str]
    decision: Mapped[str]
    decision_date: Mapped[date]
    issuer: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]
    struck: Mapped[bool]
    record_seq: Mapped[int] = mapped_column(unique=True)


class CertificateWithdrawal(AppendOnly, Base):
    """The end of a certificate before its time: it counts no more from this day on."""

    __tablename__ = "certificate_withdrawals"

    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificates.id"), primary_key=True, autoincrement=False)
    from_day: Mapped[date]
    decision: Mapped[str]
    reason: Mapped[str]
    record_seq: Mapped[int] = mapped_column(unique=True)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a certificate stands: its stars and days and, where there is one, its withdrawal.

    `certificate` is the paper itself; only `certificates_of` brings it along.
    """

    stars: int
    first_day: date
    last_day: date
    withdrawn_from: date | None
    certificate: Certificate | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day; first and last day belong to it."""
        withdrawn = self.withdrawn_from is not None and self.withdrawn_from <= day
        return self.first_day <= day <= self.last_day and not withdrawn

    def stars_on(self, day: date) -> int | None:
        """The stars it lets us show on a day; None for 1 and 2 stars, which have no mark."""
        return self.stars if self.stars >= FEWEST_STARS_SHOWN and self.holds_on(day) else None


def last_day_of(first_day: date) -> date:
    """The last day of a certificate: 36 calendar months on, that day itself included.

    Not 1,095 days. A period in months leaves out its first day and ends with the end of the same day of its last
    month, or of that month's last day (Bộ luật Dân sự 2015, Điều 147 khoản 2, Điều 148 khoản 3): a certificate of
    29 February ends on the 28th. It is not moved past a weekend (khoản 5): stars too short hurt nobody.

    >>> last_day_of(date(2024, 2, 29))
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(first_day.year * 12 + first_day.month - 1 + MONTHS_IN_FORCE, 12)
    return date(year, month + 1, min(first_day.day, calendar.monthrange(year, month + 1)[1]))


def add_certificate(  # noqa: PLR0913  (what stands on the paper)
    product: Product,
    *,
    stars: int,
    number: str,
    decision: str,
    decision_date: date,
    issuer: str,
    by: Staff,
    first_day: date | None = None,
    last_day: date | None = None,
    uid: str | None = None,
) -> Certificate:
    """Enter a certificate as the paper says. Without days of its own it stands 36 months from its decision."""
    certificate = as_on_paper(
        product, stars=stars, number=number, decision=decision, decision_date=decision_date, issuer=issuer,
        days=(first_day, last_day),
    )  # fmt: skip
    certificate.uid = uid or uuid7()
    body = certificate_body(certificate, product)
    certificate.record_seq = write_record(Kind.CERTIFICATE, body, by=by).seq
    db.session.add(certificate)
    db.session.flush()
    return certificate


def as_on_paper(
    product: Product, *, stars: int, number: str, decision: str, decision_date: date, issuer: str,
    days: tuple[date | None, date | None] = (None, None),
) -> Certificate:  # fmt: skip
    """A certificate as its paper says, checked and not yet written."""
    need_goods(product)
    first = days[0] or decision_date
    certificate = Certificate(
        product_id=product.id,
        stars=stars,
        number=clean(number, limit=80),
        decision=clean(decision, limit=120),
        decision_date=decision_date,
        issuer=clean(issuer, limit=200),
        first_day=first,
        last_day=days[1] or last_day_of(first),
        struck=False,
    )
    check_certificate(certificate)
    return certificate


def check_certificate(certificate: Certificate) -> None:
    """Refuse what no certificate can say."""
    if not 1 <= certificate.stars <= 5:
        raise WrongStars(stars=certificate.stars)
    if not certificate.decision or not certificate.issuer:
        raise DecisionMissing()
    latest = last_day_of(certificate.first_day)
    if not certificate.first_day <= certificate.last_day <= latest:
        raise CertificateTooLong(first_day=certificate.first_day, last_day=certificate.last_day, latest=latest)


def certificate_body(certificate: Certificate, product: Product) -> dict[str, object]:
    """A certificate as the journal keeps it (docs/journal.md, CERTIFICATE)."""
    return {
        "act": "given",
        "uid": certificate.uid,
        "sku": product.sku,
        "stars": certificate.stars,
        "no": certificate.number,
        "decision": certificate.decision,
        "decided": certificate.decision_date.isoformat(),
        "issuer": certificate.issuer,
        "from": certificate.first_day.isoformat(),
        "until": certificate.last_day.isoformat(),
    }


def withdraw_certificate(
    certificate: Certificate, *, from_day: date, decision: str, reason: str, by: Staff
) -> CertificateWithdrawal:
    """Enter that a certificate was withdrawn: from that day on it counts no more."""
    refuse_struck(certificate)
    earlier = db.session.get(CertificateWithdrawal, certificate.id)
    if earlier is not None:
        raise AlreadyWithdrawn(number=certificate.number or certificate.decision, day=earlier.from_day)
    if from_day < certificate.first_day:
        number = certificate.number or certificate.decision
        raise WithdrawnBeforeIssue(number=number, first_day=certificate.first_day)
    withdrawal = CertificateWithdrawal(
        certificate_id=certificate.id,
        from_day=from_day,
        decision=clean(decision, limit=120),
        reason=clean(reason, limit=300),
    )
    body = {
        "act": "withdrawn",
        "uid": certificate.uid,
        "from": from_day.isoformat(),
        "decision": withdrawal.decision,
        "reason": withdrawal.reason,
    }
    withdrawal.record_seq = write_record(Kind.CERTIFICATE, body, by=by).seq
    db.session.add(withdrawal)
    db.session.flush()
    return withdrawal


def certificates_of(product: Product) -> list[Standing]:
    """Every certificate the product ever had, the newest first; those struck out never were one."""
    rows = db.session.execute(
        select(Certificate, CertificateWithdrawal.from_day)
        .outerjoin(CertificateWithdrawal)
        .where(Certificate.product_id == product.id, Certificate.struck.is_(False))
        .order_by(Certificate.first_day.desc(), Certificate.record_seq.desc())
    )
    return [Standing(one.stars, one.first_day, one.last_day, withdrawn, one) for one, withdrawn in rows]


def stars_on(product: Product, day: date) -> int | None:
    """The stars that may be shown for a product on a day, 3 to 5; None when there is nothing to show."""
    return stars_for([product.id], day).get(product.id)


def stars_for(product_ids: Collection[int], day: date) -> dict[int, int]:
    """The stars of many products on a day in one query; those without are left out."""
    found = {}
    for product_id, standing in standings_for(product_ids, day).items():
        stars = standing.stars_on(day)
        if stars is not None:
            found[product_id] = stars
    return found


def standings_for(product_ids: Collection[int], day: date) -> dict[int, Standing]:
    """The certificate that decides for each product on a day, be it in force, lapsed or withdrawn.

    The latest one begun by that day decides alone: a product that was rated again, lower or not at all, does not fall
    back on an older paper.
    """
    rows = db.session.connection().execute(_STANDINGS_FOR, {"products": list(product_ids), "day": day})
    return {product_id: Standing(*standing) for product_id, *standing in rows}


def _latest_certificates() -> Any:
    """Plain columns: a redrawn basket asks for stars and days, not for papers."""
    paper: Any = Certificate.__table__.c
    withdrawal: Any = CertificateWithdrawal.__table__.c
    place = func.row_number().over(
        partition_by=paper.product_id, order_by=(paper.first_day.desc(), paper.record_seq.desc())
    )
    begun = (
        select(paper.product_id, paper.stars, paper.first_day, paper.last_day, paper.id, place.label("place"))
        .where(
            paper.product_id.in_(bindparam("products", expanding=True)),
            paper.first_day <= bindparam("day"),
            paper.struck.is_(False),
        )
        .subquery()
    )
    return (
        select(begun.c.product_id, begun.c.stars, begun.c.first_day, begun.c.last_day, withdrawal.from_day)
        .outerjoin(CertificateWithdrawal.__table__, withdrawal.certificate_id == begun.c.id)
        .where(begun.c.place == 1)
    )


# Made once: building a statement takes longer than running it, and each sale asks for this.
_STANDINGS_FOR = _latest_certificates()
