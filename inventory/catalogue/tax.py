"""Tax classes (loại thuế suất) of products, from a first day on; rates follow from class, seller and day.

As with prices the last word for a day holds, the class of a past day never changes, and one to come can be taken back.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, bindparam, func, select
from sqlalchemy.orm import Mapped, mapped_column

from config.reference import tax_rates
from config.reference.table import UnknownReference
from config.reference.tax_rates import TaxRate
from core.database import AppendOnly, Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind
from core.journal.selling_day import selling_day
from core.staff import Staff
from inventory.catalogue.product import Product
from inventory.catalogue.taken_back import Dated, TakenBack, last_word, last_words, still_stands, take_back


class NoSuchTaxClass(RuleBroken):
    """A class that the table of rates does not have."""

    message = N_("“%(tax_class)s” is not a tax class. Choose one from the list.")


class TaxClassOfPast(RuleBroken):
    """What was true on a past day stays true."""

    message = N_("%(product)s already had a tax class on %(day)s, and the past does not change. Set it from today on.")


class ProductTaxClass(AppendOnly, Base):
    """The tax class of a product from its first day on, until a later row says otherwise."""

    __tablename__ = "product_tax_classes"
    __table_args__ = (Index("ix_product_tax_classes_of_day", "product_id", "first_day", "record_seq", "tax_class"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    tax_class: Mapped[str]
    first_day: Mapped[date]
    record_seq: Mapped[int] = mapped_column(unique=True)


def set_tax_class(product: Product, tax_class: str, *, from_day: date, by: Staff) -> ProductTaxClass:
    """Put a product into a class of config/reference/tax_classes.csv from a day on.

    Raises TaxClassOfPast for a day before today on which the product had a class already.
    """
    code = known_tax_class(tax_class)
    if from_day < selling_day() and tax_class_on(product, from_day) is not None:
        raise TaxClassOfPast(product=product.name, day=from_day)
    body = {"sku": product.sku, "class": code, "from": from_day.isoformat()}
    record = write_record(Kind.TAX_CLASS, body, by=by)
    row = ProductTaxClass(product_id=product.id, tax_class=code, first_day=from_day, record_seq=record.seq)
    db.session.add(row)
    db.session.flush()
    return row


def known_tax_class(tax_class: str) -> str:
    """The code of a tax class, or the sentence that there is none."""
    try:
        return tax_rates.tax_class(tax_class).code
    except UnknownReference:
        raise NoSuchTaxClass(tax_class=tax_class[:20]) from None


def take_back_tax_class(product: Product, *, first_day: date, reason: str, by: Staff) -> TakenBack:
    """Undo a class that was entered wrongly for a day to come: the class before it goes on."""
    return take_back(Dated.TAX_CLASS, ProductTaxClass, product, first_day=first_day, reason=reason, by=by)


def tax_classes_of(product: Product) -> list[ProductTaxClass]:
    """Every class the product ever had or will have, the newest first; of one day's only the last that was set."""
    return last_words(Dated.TAX_CLASS, ProductTaxClass, product)


def last_word_on_tax_class(product: Product) -> int:
    """The newest record about the product's tax classes, for a form that must not overwrite an unseen one."""
    return last_word(Dated.TAX_CLASS, _TABLE, product)


def tax_class_on(product: Product, day: date) -> str | None:
    """The code of the product's class on a day; None when nobody has set one."""
    return tax_classes_for([product.id], day).get(product.id)


def tax_classes_for(product_ids: Collection[int], day: date) -> dict[int, str]:
    """The classes of many products on a day in one query; those without a class are left out."""
    rows = db.session.connection().execute(_TAX_CLASSES_FOR, {"products": list(product_ids), "day": day})
    return dict(rows.all())


def _latest_tax_classes() -> Select[int, str]:
    latest = (
        func.row_number()
        .over(
            partition_by=_TABLE.c.product_id,
            order_by=(_TABLE.c.first_day.desc(), _TABLE.c.record_seq.desc()),
        )
        .label("place")
    )
    known = (
        select(_TABLE.c.product_id, _TABLE.c.tax_class, latest)
        .where(
            _TABLE.c.product_id.in_(bindparam("products", expanding=True)),
            _TABLE.c.first_day <= bindparam("day"),
            still_stands(Dated.TAX_CLASS, _TABLE),
        )
        .subquery()
    )
    return select(known.c.product_id, known.c.tax_class).where(known.c.place == 1)


_TABLE: Any = ProductTaxClass.__table__
# Made once: building a statement takes longer than running it, and each sale asks for this.
_TAX_CLASSES_FOR = _latest_tax_classes()


def without_tax_class(day: date) -> list[Product]:
    """Products in the range that nobody has put into a class for a day: a seller who shows VAT could not sell them."""
    products = list(db.session.scalars(select(Product).where(Product.retired_on.is_(None)).order_by(Product.name)))
    known = tax_classes_for([product.id for product in products], day)
    return [product for product in products if product.id not in known]


def rate_on(tax_class: str, day: date, seller_method: str) -> TaxRate:
    """The VAT rate of a class on a day for a seller who pays by `shop.tax_method` of the settings."""
    return tax_rates.rate_on(tax_class, day, seller_method)
