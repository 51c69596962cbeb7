"""Prices and tax classes taken back (rút lại) before their first day: they were entered wrongly, and never held.

Only what is still to come can be taken back. What has begun stays true for ever; another price or class follows it.
"""

import enum
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, exists, func, select
from sqlalchemy.orm import Mapped, mapped_column

from core.database import AppendOnly, Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind
from core.journal.selling_day import selling_day
from core.staff import Staff
from core.text import clean
from inventory.catalogue.product import Product


class Dated(enum.StrEnum):
    """What is set from a first day on."""

    PRICE = "price"
    TAX_CLASS = "tax_class"


_KINDS = {Dated.PRICE: Kind.PRICE, Dated.TAX_CLASS: Kind.TAX_CLASS}


class AlreadyBegun(RuleBroken):
    """What was true on a day stays true."""

    message = N_("What holds for %(product)s since %(day)s cannot be taken back: it has begun, and the past does not "
                 "change. Set another one from today on.")  # fmt: skip


class NothingToTakeBack(RuleBroken):
    """No row begins on that day, or somebody took it back already."""

    message = N_("Nothing is set for %(product)s from %(day)s on; it was taken back already. Reload the page.")


class TakenBack(AppendOnly, Base):
    """What was set for a product from this first day on, before this record, does not count."""

    __tablename__ = "taken_back"
    __table_args__ = (Index("ix_taken_back_of_day", "what", "product_id", "first_day", "record_seq"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[Dated]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    first_day: Mapped[date]
    reason: Mapped[str]
    record_seq: Mapped[int] = mapped_column(unique=True)


def take_back(what: Dated, rows: type[Any], product: Product, *, first_day: date, reason: str, by: Staff) -> TakenBack:
    """Undo what was set for a day to come: what held before it goes on."""
    if not any(row.first_day == first_day for row in last_words(what, rows, product)):
        raise NothingToTakeBack(product=product.name, day=first_day)
    if first_day <= selling_day():
        raise AlreadyBegun(product=product.name, day=first_day)
    row = TakenBack(what=what, product_id=product.id, first_day=first_day, reason=clean(reason, limit=300))
    body = {"act": "taken_back", "sku": product.sku, "from": first_day.isoformat(), "reason": row.reason}
    row.record_seq = write_record(_KINDS[what], body, by=by).seq
    db.session.add(row)
    db.session.flush()
    return row


_TABLE: Any = TakenBack.__table__


def still_stands(what: Dated, table: Any) -> ColumnElement[bool]:
    """Whether a row of prices or tax classes was not taken back."""
    return ~exists().where(
        _TABLE.c.what == what,
        _TABLE.c.product_id == table.c.product_id,
        _TABLE.c.first_day == table.c.first_day,
        _TABLE.c.record_seq > table.c.record_seq,
    )


def last_words(what: Dated, rows: type[Any], product: Product) -> list[Any]:
    """All that holds, held or will hold for a product, the newest first; of one day's only the last that was set."""
    table = rows.__table__
    standing = select(rows).where(table.c.product_id == product.id, still_stands(what, table))
    found: dict[date, Any] = {}
    for row in db.session.scalars(standing.order_by(table.c.first_day.desc(), table.c.record_seq.desc())):
        found.setdefault(row.first_day, row)
    return list(found.values())


def word_before(what: Dated, rows: type[Any], product: Product, *, record_seq: int, day: date) -> Any | None:
    """What held on a day before a record spoke; None for nothing."""
    table = rows.__table__
    standing = select(rows).where(
        table.c.product_id == product.id,
        table.c.record_seq < record_seq,
        table.c.first_day <= day,
        still_stands(what, table),
    )
    return db.session.scalars(standing.order_by(table.c.first_day.desc(), table.c.record_seq.desc()).limit(1)).first()


def last_word(what: Dated, table: Any, product: Product) -> int:
    """The newest record about the prices or the tax classes of a product; 0 for none."""
    set_ = select(func.max(table.c.record_seq)).where(table.c.product_id == product.id)
    back = select(func.max(_TABLE.c.record_seq)).where(_TABLE.c.product_id == product.id, _TABLE.c.what == what)
    return max(db.session.scalar(one) or 0 for one in (set_, back))
