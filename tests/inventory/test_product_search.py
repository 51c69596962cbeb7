"""Search: without marks, exact marks first, by name, producer and number; the same on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from config.settings import load_settings
from core.clock import stopped_at, today
from core.current_settings import install_settings
from core.database import Base, db, install_database, transaction
from core.journal.seal import SigningKey, Terminal, install_terminal
from core.money import Money
from core.staff import Role, hire
from inventory.catalogue.eligibility import CertificateLapsed
from inventory.catalogue.product import retire_product
from inventory.catalogue.product_number import add_number
from inventory.catalogue.product_search import find_products, search_products
from inventory.location import set_up_locations
from inventory.stock_level import on_hand_by_lot, on_hand_by_product
from tests.inventory.conftest import NOON, Shop

GOODS = [
    ("Mật ong bạc hà", "HTX Mèo Vạc"),
    ("Mắt na khô", "HTX Chi Lăng"),
    ("Đậu phộng rang", "HTX Quảng Lạc"),
    ("Dầu lạc", "Hộ Đậu"),
    ("Thạch đen 100% tự nhiên", "HTX Tràng Định"),
    ("Chè_xanh", "HTX Tràng Định"),
]


def filled(shop: Shop) -> Shop:
    for name, maker in GOODS:
        shop.product(name, of=maker)
    return shop


def names(text: str, **more: int) -> list[str]:
    return [product.name for product in find_products(text, **more)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("mat", ["Mắt na khô", "Mật ong bạc hà"]),
        ("mật", ["Mật ong bạc hà", "Mắt na khô"]),  # the exact marks first
        ("MẬT ONG", ["Mật ong bạc hà"]),
        ("ong mat", ["Mật ong bạc hà"]),  # words in any order
        ("dau", ["Dầu lạc", "Đậu phộng rang"]),
        ("đậu", ["Đậu phộng rang", "Dầu lạc"]),  # the name before the producer
        ("meo vac", ["Mật ong bạc hà"]),  # by producer
        ("lac quang", ["Đậu phộng rang"]),
        ("100%", ["Thạch đen 100% tự nhiên"]),
        ("%", ["Thạch đen 100% tự nhiên"]),  # a sign, not a pattern
        ("_", ["Chè_xanh"]),
        ("không có", []),
        ("", []),
        ("   ", []),
        ("00004", ["Dầu lạc"]),
        ("4", ["Dầu lạc"]),
        ("ma\u0302\u0323t ong", ["Mật ong bạc hà"]),  # loose marks
    ],
)
def test_words_find_products(shop, typed, found):
    filled(shop)

    assert names(typed) == found


def test_digits_find_numbers(shop):
    honey, other = shop.product("Mật ong"), shop.product("Trà")
    with transaction():
        add_number(honey, "8930000000019", by=shop.by)
        add_number(other, "8934563138165", by=shop.by)

    assert names("0000019") == ["Mật ong"]
    assert names("8934563138165") == ["Trà"]
    assert sorted(names("893")) == ["Mật ong", "Trà"]


def test_retired_products_are_not_found_and_the_list_has_an_end(shop):
    goods = [shop.product(f"Mật ong {n}") for n in range(5)]
    with transaction():
        retire_product(goods[0], by=shop.by)

    assert len(names("mat ong")) == 4
    assert len(names("mat ong", limit=2)) == 2


def test_goods_of_the_producer_at_the_counter_come_first(shop):
    other = shop.product("Mật ong", of="HTX Tâm Hòa")
    own = shop.product("Trà mật ong")

    found = search_products("mật ong", today(), first_of=own.producer_id)

    assert [hit.product.id for hit in found] == [own.id, other.id]
    assert [hit.product.id for hit in search_products("mật ong", today())] == [other.id, own.id]


def test_a_hit_says_price_stars_and_what_is_missing(shop):
    shop.product("Mật ong", price=90_000)
    shop.product("Mật ong cũ", certified=date(2020, 1, 1))

    good, lapsed = search_products("mat ong", today())

    assert (good.price, good.stars, good.trouble) == (Money(90_000), 4, None)
    assert (lapsed.stars, type(lapsed.trouble)) == (None, CertificateLapsed)


def test_a_search_asks_as_often_for_one_hit_as_for_twenty(shop, counted):
    shop.product("Trà")
    for n in range(20):
        shop.product(f"Mật ong {n}")

    with counted() as few:
        assert len(search_products("trà", today())) == 1
    with counted() as many:
        assert len(search_products("mật ong", today())) == 20

    assert len(few) - few.count("BEGIN") == len(many) <= 5


@pytest.mark.parametrize(
    "text", ["'; DROP TABLE products; --", "\\", "\x00", "a" * 5000, "🙂", "a b c d e f g h i j k"]
)
def test_anything_can_be_typed(shop, text):
    filled(shop)

    assert isinstance(names(text), list)


@pytest.fixture
def postgres_shop(postgres_url: str) -> Iterator[Shop]:
    app = Flask(__name__)
    install_settings(app, load_settings())
    install_database(app, postgres_url)
    install_terminal(app, Terminal("T-TEST", SigningKey.from_seed(bytes(32)), None))
    with stopped_at(NOON) as hand, app.app_context():
        Base.metadata.create_all(db.engine)
        with transaction():
            manager = hire(name="Lan", role=Role.MANAGER, pin="135790", by=None)
            set_up_locations(by=None)
        yield Shop(manager, hand)
        db.session.remove()
        db.engine.dispose()


@pytest.mark.postgres
def test_postgresql_finds_picks_and_counts_the_same(postgres_shop):
    filled(postgres_shop)
    honey = find_products("mật ong")[0]
    lot = postgres_shop.receive(honey, 7)

    assert names("mật") == ["Mật ong bạc hà", "Mắt na khô"]
    assert names("đậu") == ["Đậu phộng rang", "Dầu lạc"]
    assert names("%") == ["Thạch đen 100% tự nhiên"]
    assert search_products("mat ong", today())[0].price == Money(100_000)
    assert on_hand_by_lot([honey.id])[honey.id][0].lot == lot
    assert on_hand_by_product([honey.id])[honey.id].thousandths == 7000
