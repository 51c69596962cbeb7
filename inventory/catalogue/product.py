"""Products (sản phẩm): a producer's article in one pack. Never deleted, only retired."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from config.reference.groups import ProductGroup, old_group, product_group
from config.reference.table import UnknownReference
from core.clock import today
from core.database import Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind, uuid7
from core.quantity import Unit
from core.staff import Staff
from core.text import clean, fold
from inventory.catalogue.producer import Producer, refuse_retired


class ProductUnnamed(RuleBroken):
    """Receipts, labels and lists show the name."""

    message = N_("A product needs a name. Type it as it stands on the pack.")


class ProductExists(RuleBroken):
    """Producer, name and pack together are what a product is."""

    message = N_("%(producer)s already has %(product)s, %(pack)s. Use that one, or name the other pack.")


class NoSuchProduct(RuleBroken):
    """A code that no product has."""

    message = N_("There is no product with the code %(sku)s. Search for it by name.")


class NoSuchGroup(RuleBroken):
    """A group that products cannot be put into."""

    message = N_("“%(group)s” is not a product group that goods are put into. Choose one from the list.")


class NotGoods(RuleBroken):
    """Services have certificates too, but nobody can carry them out of the shop."""

    message = N_("Group %(group)s holds services. They are not goods of a shop and cannot be entered as such.")


class WrongDays(RuleBroken):
    """Fresh goods are sold within some days."""

    message = N_("Goods are sold within 1 to 3650 days of their arrival, not %(days)s. Type another number of days.")


class ServiceNotGoods(RuleBroken):
    """Nothing of a service lies on a shelf."""

    message = N_("%(product)s is a service: nothing of it is received, and it needs no paper to be sold. "
                 "Only its price and tax class are entered.")  # fmt: skip


class ProductRetired(RuleBroken):
    """Not in the range any more."""

    message = N_("%(product)s is not in the range any more. Choose another product.")


class Product(Base):
    """One article: producer, name and pack. Its stars, price, tax and papers are dated rows of their own.

    A `service` (service_article.py) is done, not handed over: it stands in no group, and has neither lots nor papers.

    `search_exact` and `search_folded` are what search looks at: name, pack and producer in small letters, with and
    without their marks.
    """

    __tablename__ = "products"
    __table_args__ = (
        CheckConstraint("name <> ''", "named"),
        CheckConstraint("unit IN ('piece', 'kg', 'l', 'm')", "known_unit"),
        CheckConstraint("sell_within_days BETWEEN 1 AND 3650", "sell_within_some_days"),
        CheckConstraint("service = (group_code = '')", "groups_sort_goods"),
        Index("uq_products_article", "producer_id", "name", "pack", unique=True),
        Index("ix_products_search", "search_folded", "search_exact", "retired_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sku: Mapped[str] = mapped_column(unique=True)
    uid: Mapped[str] = mapped_column(unique=True)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    name: Mapped[str]
    name_folded: Mapped[str]
    pack: Mapped[str]
    unit: Mapped[Unit]
    unit_label: Mapped[str]
    group_code: Mapped[str]
    old_group_code: Mapped[str | None]
    sell_within_days: Mapped[int | None]
    service: Mapped[bool]
    search_exact: Mapped[str]
    search_folded: Mapped[str]
    retired_on: Mapped[date | None]
    record_seq: Mapped[int]

    producer: Mapped[Producer] = relationship(lazy="joined", innerjoin=True, viewonly=True)

    @property
    def group(self) -> ProductGroup:
        """Its group in the coding of QĐ 148/2023, which sorts goods only."""
        return product_group(self.group_code)

    @property
    def licence_needed(self) -> str | None:
        """The kind of licence that law asks for to sell it, or None."""
        return None if self.service else self.group.licence or None

    @property
    def is_liquor(self) -> bool:
        """Whether it is sold under the liquor licence."""
        return self.licence_needed == "liquor_retail"

    @property
    def full_name(self) -> str:
        """Name and pack: what tells two packs of the same article apart."""
        return f"{self.name}, {self.pack}" if self.pack else self.name


def add_product(  # noqa: PLR0913  (what stands on a pack)
    producer: Producer,
    *,
    name: str,
    unit: Unit,
    unit_label: str,
    group_code: str,
    by: Staff,
    pack: str = "",
    old_group_code: str | None = None,
    sell_within_days: int | None = None,
    uid: str | None = None,
) -> Product:
    """Enter an article under the next sku.

    `sell_within_days` is for fresh goods without a best-before day. The older group follows from the group of
    QĐ 148/2023 unless it is given. Raises ProductExists for the same name and pack of the same producer.
    """
    refuse_retired(producer)
    product = as_on_pack(
        producer, name=name, pack=pack, unit=unit, unit_label=unit_label, group_code=group_code, days=sell_within_days
    )
    if old_group_code:
        product.old_group_code = old_group(old_group_code).code
    product.sku, product.uid = next_sku(), uid or uuid7()
    return enter_product(product, by=by)


def as_on_pack(
    producer: Producer, *, name: str, pack: str, unit: Unit, unit_label: str, group_code: str, days: int | None
) -> Product:
    """An article as its pack says, checked and not yet written: without sku, unknown to the database."""
    group = need_goods_group(group_code)
    product = Product(
        producer_id=producer.id,
        producer=producer,
        name=clean(name, limit=200),
        pack=clean(pack, limit=80),
        unit=unit,
        unit_label=clean(unit_label, limit=20) or unit.symbol,
        group_code=group.code,
        old_group_code=group.old_code or None,
        sell_within_days=check_days(days),
        service=False,
        retired_on=None,
    )
    if not product.name:
        raise ProductUnnamed()
    return product


def enter_product(product: Product, *, by: Staff) -> Product:
    """Write a new article down, unless its producer has it already."""
    if not product.name:
        raise ProductUnnamed()
    refuse_twice(product)
    set_search_keys(product)
    write_product(product, by=by)
    db.session.add(product)
    db.session.flush()
    return product


def need_goods(product: Product) -> None:
    """Refuse for a service what is only true of goods: papers, lots."""
    if product.service:
        raise ServiceNotGoods(product=product.full_name)


def need_goods_group(code: str) -> ProductGroup:
    """The leaf group of a code, or the sentence that goods cannot be put there."""
    try:
        group = product_group(code)
    except UnknownReference:
        raise NoSuchGroup(group=code[:20]) from None
    if not group.is_leaf:
        raise NoSuchGroup(group=code)
    if not group.goods:
        raise NotGoods(group=code)
    return group


def check_days(days: int | None) -> int | None:
    """Days within which fresh goods are sold; None for goods with a best-before day."""
    if days is not None and not 1 <= days <= 3650:
        raise WrongDays(days=days)
    return days


def refuse_twice(product: Product) -> None:
    """Refuse a second row for the same producer, name and pack."""
    same = select(Product.id).where(
        Product.producer_id == product.producer_id, Product.name == product.name, Product.pack == product.pack
    )
    if product.id is not None:
        same = same.where(Product.id != product.id)
    if db.session.scalar(same) is not None:
        raise ProductExists(producer=product.producer.name, product=product.name, pack=product.pack or "–")


def set_search_keys(product: Product) -> None:
    """Write down what search looks at."""
    product.name_folded = fold(product.name)
    product.search_exact, product.search_folded = search_keys(product.name, product.pack, product.producer.name)


def search_keys(name: str, pack: str, producer: str) -> tuple[str, str]:
    """What search looks at, with its marks and without them."""
    text = " ".join(part for part in (name, pack, producer) if part)
    return text.lower(), fold(text)


def retire_product(product: Product, *, by: Staff, reason: str = "") -> None:
    """Take an article out of the range from now on; its past stays readable."""
    if product.retired_on is not None:
        raise ProductRetired(product=product.name)
    product.retired_on = today()
    write_product(product, by=by, reason=reason)
    db.session.flush()


def write_product(product: Product, *, by: Staff, reason: str | None = None) -> None:
    """Record an article as it stands now."""
    body = product_body(product)
    if reason is not None:
        body["reason"] = clean(reason, limit=300)
    product.record_seq = write_record(Kind.PRODUCT, body, by=by).seq


def product_body(product: Product) -> dict[str, object]:
    """An article as the journal keeps it (docs/journal.md, PRODUCT)."""
    body: dict[str, object] = {
        "sku": product.sku,
        "uid": product.uid,
        "producer": product.producer.code,
        "name": product.name,
        "pack": product.pack,
        "unit": product.unit.value,
        "label": product.unit_label,
        "group": product.group_code,
        "old_group": product.old_group_code,
        "within": product.sell_within_days,
        "retired": product.retired_on.isoformat() if product.retired_on else None,
    }
    return body | {"service": True} if product.service else body


def next_sku() -> str:
    """One more than the highest: at least five digits, so that a scale can print it; never used again."""
    return f"{(db.session.scalar(select(func.max(Product.id))) or 0) + 1:05d}"


def product_of(sku: str) -> Product:
    """The product of a sku, or the sentence that there is none."""
    product = db.session.scalar(select(Product).where(Product.sku == sku))
    if product is None:
        raise NoSuchProduct(sku=sku[:20])
    return product
