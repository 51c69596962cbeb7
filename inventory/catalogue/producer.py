"""Producers (chủ thể): makers of the goods, on consignment their owners."""

import re
from datetime import date
from typing import TypedDict

from sqlalchemy import CheckConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from config.reference.forms import subject_form
from core.database import Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind, uuid7
from core.private_mark import fingerprint, mark_of
from core.staff import Staff
from core.text import clean, fold
from inventory.catalogue.locality import Commune, need_locality, need_province

# 10 digits, 10-3 for a branch, or 12 for a household by its personal number (since 1/7/2025).
_TAX_CODE = re.compile(r"[0-9]{10}(-[0-9]{3})?|[0-9]{12}")
_PERSONAL = 12
_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


class ProducerUnnamed(RuleBroken):
    """Every slip and statement names the producer."""

    message = N_("A producer needs a name. Type it as it stands on their papers.")


class WrongTaxCode(RuleBroken):
    """A mistyped tax code would go onto every paper of this producer."""

    message = N_("“%(code)s” is not a tax code. Check the digits, or leave it empty if the producer has none.")


class NoSuchProducer(RuleBroken):
    """A code that nobody has."""

    message = N_("There is no producer with the code %(code)s. Choose one from the list or add the producer first.")


class ProducerRetired(RuleBroken):
    """The shop has stopped working with this producer."""

    message = N_(
        "The shop has not worked with %(producer)s since %(day)s. Bring the producer back on their page first."
    )


class Producer(Base):
    """A maker of goods. Names repeat and a tax code may be missing, so only the code tells two apart.

    Commune and district of before 1/7/2025 stay as they were recorded: they cannot be worked out from the commune of
    today. Phone and address may be a household's private ones and never go into the journal, which knows their marks
    only; a mark is None where the last record is older than marks are.
    """

    __tablename__ = "producers"
    __table_args__ = (CheckConstraint("name <> ''", "named"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    uid: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_folded: Mapped[str] = mapped_column(index=True)
    form: Mapped[str]
    province_id: Mapped[str | None]
    locality_id: Mapped[str | None]
    old_commune: Mapped[str]
    old_district: Mapped[str]
    tax_code: Mapped[str | None]
    phone: Mapped[str]
    address: Mapped[str]
    phone_mark: Mapped[str | None]
    address_mark: Mapped[str | None]
    personal_mark: Mapped[str | None]
    retired_on: Mapped[date | None]
    record_seq: Mapped[int]

    @property
    def locality(self) -> Commune | None:
        """The commune of today, where it is known."""
        return need_locality(self.locality_id) if self.locality_id else None


class ProducerPapers(TypedDict, total=False):
    """What a producer's papers say."""

    name: str
    form: str
    locality_id: str | None
    province_id: str | None
    old_commune: str
    old_district: str
    tax_code: str | None
    phone: str
    address: str


_TEXTS = {"name": 200, "old_commune": 200, "old_district": 200, "phone": 40, "address": 300}


def add_producer(  # noqa: PLR0913  (what a producer's papers say)
    *,
    name: str,
    form: str,
    by: Staff,
    locality_id: str | None = None,
    province_id: str | None = None,
    old_commune: str = "",
    old_district: str = "",
    tax_code: str | None = None,
    phone: str = "",
    address: str = "",
    uid: str | None = None,
) -> Producer:
    """Enter a producer under the next code.

    `form` is a code of config/reference/subject_forms.csv. Where the commune is not known, the province may be.
    A `uid` is given only for one that the province's hub knows already.
    """
    producer = Producer(code=next_producer_code(), uid=uid or uuid7(), retired_on=None)
    set_papers(
        producer,
        {
            "name": name,
            "form": form,
            "locality_id": locality_id,
            "province_id": province_id,
            "old_commune": old_commune,
            "old_district": old_district,
            "tax_code": tax_code,
            "phone": phone,
            "address": address,
        },
    )
    write_producer(producer, by=by)
    db.session.add(producer)
    db.session.flush()
    return producer


def set_papers(producer: Producer, papers: ProducerPapers) -> None:
    """Write what the papers say over what stood there; what is not named stays."""
    given = dict(papers)
    for name, limit in _TEXTS.items():
        if name in given:
            setattr(producer, name, clean(str(given[name]), limit=limit))
    if "form" in papers:
        producer.form = subject_form(papers["form"]).code
    if "locality_id" in papers or "province_id" in papers:
        set_place(producer, papers.get("locality_id"), papers.get("province_id"))
    if "tax_code" in papers:
        producer.tax_code = check_tax_code(papers["tax_code"]) if papers["tax_code"] else None
    if not producer.name:
        raise ProducerUnnamed()
    producer.name_folded = fold(producer.name)


def set_place(producer: Producer, locality_id: str | None, province_id: str | None) -> None:
    """The commune of today with its province, else the province alone, else neither."""
    place = need_locality(locality_id) if locality_id else None
    producer.locality_id = place.id if place else None
    producer.province_id = place.province_id if place else need_province(province_id)


def write_producer(producer: Producer, *, by: Staff, reason: str | None = None) -> None:
    """Record a producer as he stands now, with the marks of what the journal may not know."""
    personal = producer.tax_code if has_personal_tax_code(producer) else None
    producer.phone_mark = mark_of(producer.phone, producer.phone_mark)
    producer.address_mark = mark_of(producer.address, producer.address_mark)
    producer.personal_mark = mark_of(personal or "", producer.personal_mark)
    body = producer_body(producer)
    if reason is not None:
        body["reason"] = clean(reason, limit=300)
    producer.record_seq = write_record(Kind.PRODUCER, body, by=by).seq


def producer_body(producer: Producer) -> dict[str, object]:
    """A producer as the journal keeps it (docs/journal.md, PRODUCER); no phone, no address, no personal number.

    The tax code of a household is its owner's personal number since 1/7/2025 (12 digits): that stays in the table.
    """
    return {
        "code": producer.code,
        "uid": producer.uid,
        "name": producer.name,
        "form": producer.form,
        "province": producer.province_id,
        "locality": producer.locality_id,
        "old_commune": producer.old_commune,
        "old_district": producer.old_district,
        "tax_code": None if has_personal_tax_code(producer) else producer.tax_code,
        "phone": fingerprint(producer.phone_mark or ""),
        "address": fingerprint(producer.address_mark or ""),
        "personal": fingerprint(producer.personal_mark or ""),
        "retired": producer.retired_on.isoformat() if producer.retired_on else None,
    }


def has_personal_tax_code(producer: Producer) -> bool:
    """Whether the tax code is somebody's personal number, which never leaves the shop in the journal."""
    return producer.tax_code is not None and len(producer.tax_code) == _PERSONAL


def next_producer_code() -> str:
    """One more than the highest code: at least four digits, never used again."""
    return f"{(db.session.scalar(select(func.max(Producer.id))) or 0) + 1:04d}"


def producer_of(code: str) -> Producer:
    """The producer of a code, or the sentence that there is none."""
    producer = db.session.scalar(select(Producer).where(Producer.code == code))
    if producer is None:
        raise NoSuchProducer(code=code)
    return producer


def refuse_retired(producer: Producer) -> None:
    """Refuse new goods of a producer that the shop does not work with any more."""
    if producer.retired_on is not None:
        raise ProducerRetired(producer=producer.name, day=producer.retired_on)


def producers_at_work() -> list[Producer]:
    """The producers that the shop works with, by name without marks."""
    working = select(Producer).where(Producer.retired_on.is_(None))
    return list(db.session.scalars(working.order_by(Producer.name_folded, Producer.id)))


def check_tax_code(text: str) -> str:
    """A tax code whose check digit is right, or the sentence that it is not.

    The rule of the tenth digit (weights 31 … 3, 10 less the remainder by 11) is confirmed by known numbers only.

    >>> check_tax_code("0100109106")
    '0100109106'
    """
    code = clean(text, limit=40).replace(" ", "")
    if not _TAX_CODE.fullmatch(code):
        raise WrongTaxCode(code=code)
    if len(code) != _PERSONAL:
        check = 10 - sum(int(d) * w for d, w in zip(code[:9], _WEIGHTS, strict=True)) % 11
        if check != int(code[9]):
            raise WrongTaxCode(code=code)
    return code
