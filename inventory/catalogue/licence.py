"""Licences (giấy phép) that law asks for before some goods may be sold, such as liquor (NĐ 105/2017/NĐ-CP, Điều 4).

Which goods need one says the product group. A licence is the shop's, for all such goods, or names one product.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from config.reference.bases import licence_kind
from config.reference.table import UnknownReference
from core.database import Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind, uuid7
from core.staff import Staff
from core.text import clean
from inventory.catalogue.product import Product


class NoSuchLicence(RuleBroken):
    """A kind of licence that is not known."""

    message = N_("“%(kind)s” is not a kind of licence. Choose one from the list.")


class LicencePaperMissing(RuleBroken):
    """A licence without number and issuer proves nothing."""

    message = N_("A licence needs its number and who gave it. Copy them from the paper.")


class LicenceEndsFirst(RuleBroken):
    """Two days in the wrong order."""

    message = N_("A licence from %(first_day)s cannot end on %(last_day)s. Check both days on the paper.")


class Licence(Base):
    """A licence from its first to its last day; without a product it covers all goods of its kind."""

    __tablename__ = "licences"
    __table_args__ = (
        CheckConstraint("first_day <= last_day", "ends_after_it_begins"),
        Index("ix_licences_kind", "kind", "product_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    number: Mapped[str]
    issuer: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date | None]
    struck: Mapped[bool]
    record_seq: Mapped[int] = mapped_column(unique=True)


def add_licence(
    *,
    kind: str,
    number: str,
    issuer: str,
    first_day: date,
    last_day: date | None,
    by: Staff,
    product: Product | None = None,
    uid: str | None = None,
) -> Licence:
    """Enter a licence of config/reference/licences.csv; without a last day it stands until another word."""
    try:
        known = licence_kind(kind)
    except UnknownReference:
        raise NoSuchLicence(kind=kind[:40]) from None
    licence = Licence(
        uid=uid or uuid7(),
        kind=known.code,
        product_id=product.id if product else None,
        number=clean(number, limit=80),
        issuer=clean(issuer, limit=200),
        first_day=first_day,
        last_day=last_day,
        struck=False,
    )
    check_licence(licence)
    licence.record_seq = write_record(Kind.LICENCE, licence_body(licence, product), by=by).seq
    db.session.add(licence)
    db.session.flush()
    return licence


def check_licence(licence: Licence) -> None:
    """Refuse what no licence can say."""
    if not licence.number or not licence.issuer:
        raise LicencePaperMissing()
    if licence.last_day is not None and licence.last_day < licence.first_day:
        raise LicenceEndsFirst(first_day=licence.first_day, last_day=licence.last_day)


def licence_body(licence: Licence, product: Product | None) -> dict[str, object]:
    """A licence as the journal keeps it (docs/journal.md, LICENCE)."""
    return {
        "act": "given",
        "uid": licence.uid,
        "kind": licence.kind,
        "sku": product.sku if product else None,
        "no": licence.number,
        "issuer": licence.issuer,
        "from": licence.first_day.isoformat(),
        "until": licence.last_day.isoformat() if licence.last_day else None,
    }


def all_licences() -> list[Licence]:
    """Every licence that was not struck out, the one that ends first first."""
    standing = select(Licence).where(Licence.struck.is_(False))
    return list(db.session.scalars(standing.order_by(func.coalesce(Licence.last_day, date.max), Licence.id)))


def licences_on(day: date) -> list[Licence]:
    """Every licence in force on a day."""
    return list(
        db.session.scalars(
            select(Licence)
            .where(
                Licence.first_day <= day,
                or_(Licence.last_day.is_(None), Licence.last_day >= day),
                Licence.struck.is_(False),
            )
            .order_by(Licence.id)
        )
    )


def is_licensed(product: Product, licences: list[Licence]) -> bool:
    """Whether a product needs no licence, or one of these covers it."""
    needed = product.licence_needed
    return needed is None or any(
        licence.kind == needed and licence.product_id in (None, product.id) for licence in licences
    )
