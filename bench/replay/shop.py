"""The shop that a file is replayed in: a whole shop of its own, whose goods are those of the file.

All that it needs is dated from the file's first day: prices, tax class, basis, the delivery. `standard` is a class
whose rate is the same on every day, and a basis holds from the day on its paper, so that nothing of the shop's dated
reference data is bent for a file of 2010.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import select

from bench.replay.articles import Article
from config.settings import load_settings
from core.clock import today
from core.database import db, transaction
from core.journal.seal import make_key
from core.migrate import upgrade
from core.money import ZERO, Money
from core.quantity import Quantity, Unit
from core.staff import Role, Staff, hire
from inventory.catalogue.basis import grant_eligibility
from inventory.catalogue.price import set_price
from inventory.catalogue.producer import Producer, add_producer
from inventory.catalogue.product import Product, add_product
from inventory.catalogue.service_article import add_service_article
from inventory.catalogue.tax import set_tax_class
from inventory.location import set_up_locations
from inventory.lot import Terms
from inventory.receiving.delivery import Arrival, receive_goods
from inventory.receiving.receipt_table import GoodsReceipt
from pos.app import MIGRATIONS, create_shop_app
from pos.data_folder import DataFolder
from pos.founding.whole_folder import finish_making, made_whole
from pos.register import add_register

REGISTER = "1"
TERMINAL = "T-REPLAY"
SUPPLIER = "Nhà cung cấp theo tệp"
TAX_CLASS = "standard"
BASIS, EVIDENCE = "local_speciality", "Tệp bán hàng được phát lại"
GROUP = "IV.1"
AT_ONCE = 200  # articles, and lines of a goods receipt, in one transaction
_PIN = "135790"
_SETTINGS = f"""# A shop for replaying sales files; nobody sells here.
[shop]
name = "Cửa hàng phát lại"
tax_method = "deduction"
[terminal]
id = "{TERMINAL}"
[selling]
max_quantity = 1000000
"""


class NotAReplayShop(ValueError):
    """The folder holds another shop, or one that has sold on later days than the file's."""


def make_replay_shop(folder: DataFolder) -> None:
    """Make the shop in an empty folder, whole or not at all; the one that stands there already is gone on with."""
    if folder.path.exists():
        finish_making(folder)
    if folder.holds_a_shop:
        return
    with made_whole(folder) as making:
        make_key(making.terminal_key)
        making.settings.write_text(_SETTINGS, encoding="utf-8")
        upgrade(making.database_url, MIGRATIONS)
        with opened(making), transaction():
            owner = hire(name="Chủ", role=Role.OWNER, pin=_PIN, by=None)
            set_up_locations(by=owner)
            add_register(code=REGISTER, name="Quầy 1", by=owner)


@contextmanager
def opened(folder: DataFolder) -> Iterator[None]:
    """The shop's app context; another shop's folder is refused."""
    settings = load_settings(folder.path)
    if settings.terminal.id != TERMINAL:
        raise NotAReplayShop(f"{folder.path} holds the shop {settings.terminal.id}. Give an empty folder.")
    with create_shop_app(settings, folder).app_context():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()


def owner_here() -> Staff:
    """Who does everything: prices set by right and goods without a receipt need a manager."""
    return db.session.scalars(_OWNER).one()


_OWNER = select(Staff).where(Staff.role == Role.OWNER)


def stock_shop(articles: Iterable[Article], delivery: str) -> None:
    """Enter what the shop does not have yet and bring it onto the shelf; each delivery comes once, under its name."""
    wanted = list(articles)
    known = product_ids()
    for some in in_parts([one for one in wanted if one.sku not in known]):
        with transaction():
            enter(some)
        db.session.remove()
    goods = [one for one in wanted if not one.service]
    for place, some in enumerate(in_parts(goods)):
        deliver(some, f"{delivery} {place}")


def in_parts(articles: Sequence[Article]) -> Iterator[Sequence[Article]]:
    """So many at once that a transaction stays short."""
    return (articles[start : start + AT_ONCE] for start in range(0, len(articles), AT_ONCE))


def product_ids() -> dict[str, int]:
    """The shop's products by the sku of the file, which stands in the pack: name and pack tell products apart."""
    rows = db.session.execute(select(Product.pack, Product.id))
    return dict(rows.all())


def enter(articles: Iterable[Article]) -> None:
    """Enter articles with their price, tax class and basis, all from today on."""
    by, first_day = owner_here(), today()
    maker = supplier(by)
    for article in articles:
        if article.service:
            product = add_service_article(name=article.name, pack=article.sku, by=by)
        else:
            unit = Unit.KILOGRAM if article.divisible else Unit.PIECE
            product = add_product(
                maker, name=article.name, pack=article.sku, unit=unit, unit_label="", group_code=GROUP, by=by
            )
            grant_eligibility(product, basis_code=BASIS, evidence=EVIDENCE, first_day=first_day, last_day=None, by=by)
        set_price(product, Money(article.price), from_day=first_day, by=by)
        set_tax_class(product, TAX_CLASS, from_day=first_day, by=by)


def supplier(by: Staff) -> Producer:
    """Who made all goods of all files: no file says it."""
    known = db.session.scalar(select(Producer).where(Producer.name == SUPPLIER))
    return known or add_producer(name=SUPPLIER, form="other", by=by)


def deliver(articles: Sequence[Article], note: str) -> None:
    """Receive what the file will sell of these goods; bought for nothing, for no file says at which cost."""
    if db.session.scalar(select(GoodsReceipt.number).where(GoodsReceipt.note == note)) is not None:
        return
    with transaction() as session:
        ids = product_ids()
        products = {one.id: one for one in session.scalars(select(Product).where(Product.id.in_(ids.values())))}
        lines = [
            Arrival(products[ids[article.sku]], Quantity(article.needed), Terms.bought(ZERO)) for article in articles
        ]
        receive_goods(supplier=supplier(owner_here()), lines=lines, by=owner_here(), note=note)
    db.session.remove()
