"""Bases other than an OCOP certificate on which a product may be sold here, each with its evidence and its days."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, bindparam, func, select
from sqlalchemy.orm import Mapped, mapped_column

from config.reference.bases import EligibilityBasis, basis
from config.reference.table import UnknownReference
from core.database import AppendOnly, Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind, uuid7
from core.staff import Staff
from core.text import clean
from inventory.catalogue.correction import refuse_struck
from inventory.catalogue.product import Product, need_goods


class NoSuchBasis(RuleBroken):
    """A basis that no rule knows, or one that is entered as a certificate."""

    message = N_("“%(basis)s” is not a basis that can be entered here. Choose one from the list; "
                 "OCOP stars are entered as a certificate.")  # fmt: skip


class EvidenceMissing(RuleBroken):
    """An inspector asks for the paper."""

    message = N_("A basis needs its evidence: number, day and issuer of the paper. Copy them from the paper.")


class LastDayMissing(RuleBroken):
    """The paper of this basis ends."""

    message = N_("The paper of this basis has a last day. Copy it from the paper.")


class BasisEndsFirst(RuleBroken):
    """Two days in the wrong order."""

    message = N_("A basis from %(first_day)s cannot end on %(last_day)s. Check both days on the paper.")


class AlreadyEnded(RuleBroken):
    """A basis is ended once."""

    message = N_("This basis was ended already, with %(day)s as its last day.")


class Eligibility(Base):
    """A product may be sold on this basis from the first to the last day; no last day: until it is ended."""

    __tablename__ = "eligibilities"
    __table_args__ = (
        CheckConstraint("evidence <> ''", "proved"),
        CheckConstraint("first_day <= last_day", "ends_after_it_begins"),
        Index("ix_eligibilities_of_day", "product_id", "first_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    basis_code: Mapped[str]
    evidence: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date | None]
    struck: Mapped[bool]
    record_seq: Mapped[int] = mapped_column(unique=True)

    @property
    def basis(self) -> EligibilityBasis:
        """The rule it rests on."""
        return basis(self.basis_code)


class EligibilityEnd(AppendOnly, Base):
    """The end of a basis that was not known at its beginning: this day is its last."""

    __tablename__ = "eligibility_ends"

    eligibility_id: Mapped[int] = mapped_column(ForeignKey("eligibilities.id"), primary_key=True, autoincrement=False)
    last_day: Mapped[date]
    reason: Mapped[str]
    record_seq: Mapped[int] = mapped_column(unique=True)


def grant_eligibility(
    product: Product,
    *,
    basis_code: str,
    evidence: str,
    first_day: date,
    last_day: date | None,
    by: Staff,
    uid: str | None = None,
) -> Eligibility:
    """Enter why a product may be sold here, with the paper that proves it."""
    row = as_granted(product, basis_code=basis_code, evidence=evidence, first_day=first_day, last_day=last_day)
    row.uid = uid or uuid7()
    row.record_seq = write_record(Kind.ELIGIBILITY, eligibility_body(row, product), by=by).seq
    db.session.add(row)
    db.session.flush()
    return row


def as_granted(
    product: Product, *, basis_code: str, evidence: str, first_day: date, last_day: date | None
) -> Eligibility:
    """A basis as its paper says, checked and not yet written."""
    need_goods(product)
    rule = need_paper_basis(basis_code)
    row = Eligibility(
        product_id=product.id,
        basis_code=rule.code,
        evidence=clean(evidence, limit=300),
        first_day=first_day,
        last_day=last_day,
        struck=False,
    )
    check_eligibility(row)
    return row


def check_eligibility(row: Eligibility) -> None:
    """Refuse what no paper can say."""
    if not row.evidence:
        raise EvidenceMissing()
    if row.last_day is None and row.basis.dated:
        raise LastDayMissing()
    if row.last_day is not None and row.last_day < row.first_day:
        raise BasisEndsFirst(first_day=row.first_day, last_day=row.last_day)


def eligibility_body(row: Eligibility, product: Product) -> dict[str, object]:
    """A basis as the journal keeps it (docs/journal.md, ELIGIBILITY)."""
    return {
        "act": "given",
        "uid": row.uid,
        "sku": product.sku,
        "basis": row.basis_code,
        "evidence": row.evidence,
        "from": row.first_day.isoformat(),
        "until": row.last_day.isoformat() if row.last_day else None,
    }


def need_paper_basis(code: str) -> EligibilityBasis:
    """The basis of a code whose paper is entered here."""
    try:
        rule = basis(code)
    except UnknownReference:
        raise NoSuchBasis(basis=code[:40]) from None
    if rule.proved_by_certificate:
        raise NoSuchBasis(basis=code)
    return rule


def end_eligibility(eligibility: Eligibility, *, last_day: date, reason: str, by: Staff) -> EligibilityEnd:
    """Enter the last day of a basis, because its paper was withdrawn or replaced."""
    refuse_struck(eligibility)
    earlier = db.session.get(EligibilityEnd, eligibility.id)
    if earlier is not None:
        raise AlreadyEnded(day=earlier.last_day)
    if last_day < eligibility.first_day:
        raise BasisEndsFirst(first_day=eligibility.first_day, last_day=last_day)
    row = EligibilityEnd(eligibility_id=eligibility.id, last_day=last_day, reason=clean(reason, limit=300))
    body = {"act": "ended", "uid": eligibility.uid, "until": last_day.isoformat(), "reason": row.reason}
    row.record_seq = write_record(Kind.ELIGIBILITY, body, by=by).seq
    db.session.add(row)
    db.session.flush()
    return row


def eligibilities_for(product_ids: Collection[int], day: date) -> dict[int, list[tuple[Eligibility, date | None]]]:
    """The bases of many products begun by a day, each with its last day, in one query; the latest to end first."""
    found: dict[int, list[tuple[Eligibility, date | None]]] = {}
    for row, ended in db.session.execute(_ELIGIBILITIES_FOR, {"products": list(product_ids), "day": day}):
        last_day = min((day for day in (ended, row.last_day) if day is not None), default=None)
        found.setdefault(row.product_id, []).append((row, last_day))
    return found


def eligibilities_of(product: Product) -> list[tuple[Eligibility, date | None]]:
    """Every basis the product has or had or will have, each with its last day; the one that ends last first."""
    return eligibilities_for([product.id], date.max).get(product.id, [])


# Made once: building a statement takes longer than running it, and each sale asks for this.
_ELIGIBILITIES_FOR = (
    select(Eligibility, EligibilityEnd.last_day)
    .outerjoin(EligibilityEnd, EligibilityEnd.eligibility_id == Eligibility.id)
    .where(
        Eligibility.product_id.in_(bindparam("products", expanding=True)),
        Eligibility.first_day <= bindparam("day"),
        Eligibility.struck.is_(False),
    )
    .order_by(func.coalesce(EligibilityEnd.last_day, Eligibility.last_day, date.max).desc(), Eligibility.id)
)
