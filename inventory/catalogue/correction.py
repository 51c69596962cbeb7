"""Corrections (sửa): what was mistyped is recorded again as it should have been; the journal keeps what stood before.

What already happened keeps what it froze: a sale its names and prices, a lot its owner and terms.
"""

from typing import Any, Protocol

from sqlalchemy import exists, or_, select

from core.database import Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.text import clean
from inventory.catalogue.product import Product


class NothingCorrected(RuleBroken):
    """A record that changes nothing would only hide the others."""

    message = N_("Nothing differs from what is recorded, so nothing was recorded. Change something and send again.")


class ReasonMissing(RuleBroken):
    """Whoever looks at the history later asks why."""

    message = N_("This needs a reason, which stays in the history. Type why.")


def need_reason(reason: str) -> str:
    """The reason, or the sentence that it is missing."""
    given = clean(reason, limit=300)
    if not given:
        raise ReasonMissing()
    return given


class PaperStruck(RuleBroken):
    """Struck out once; the right paper is entered anew."""

    message = N_("This paper was struck out already. Enter the right one anew.")


class Struck(Protocol):
    """What may have been struck out: a certificate, a basis, a licence."""

    @property
    def struck(self) -> bool: ...


def refuse_struck(paper: Struck) -> None:
    """Refuse to touch a paper that was struck out."""
    if paper.struck:
        raise PaperStruck()


def is_traded(product: Product) -> bool:
    """Whether anything besides the catalogue speaks of a product: a lot, a delivery being entered, a basket, a sale."""
    tables = (table for table in Base.metadata.sorted_tables if not _of_the_catalogue(table))
    columns = [column for table in tables for column in table.columns if column.references(_PRODUCT_ID)]
    spoken = (exists().where(column == product.id) for column in columns)
    return bool(columns) and bool(db.session.scalar(select(or_(*spoken))))


_PRODUCT_ID: Any = Product.__table__.c.id


def _of_the_catalogue(table: Any) -> bool:
    classes = (mapper.class_ for mapper in Base.registry.mappers if mapper.local_table is table)
    return any(one.__module__.startswith("inventory.catalogue.") for one in classes)
