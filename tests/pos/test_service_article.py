"""Service articles at the till: sold like goods, from no lot, owed to nobody; the journal replays them."""

import pytest

from core.database import db, transaction
from core.journal.record import Kind
from core.money import ZERO, Money
from core.quantity import Quantity
from inventory.catalogue.price import set_price
from inventory.catalogue.product_number import add_in_store_number
from inventory.catalogue.service_article import add_service_article
from inventory.catalogue.tax import set_tax_class
from inventory.consignment.owed_reversal import owed_to
from inventory.lot import Terms
from inventory.stock_move import StockMove
from pos.basket import add_product, choose_lot, scan_into
from pos.basket_line import LotOfOtherProduct, OnlyWhole
from pos.quote import NoTaxClass, quote
from pos.receipt import receipt_of
from pos.replay import verify_shop
from pos.sale import SaleLine
from tests.factories import MORNING, cash, count_of, fill_basket, open_shift, pay, producer, receive, records

DAY = MORNING.date()
HONEY_MAKER = "HTX Mẫu Sơn"


@pytest.fixture
def till(shop):
    receive(shop, "mật ong", 20, terms=Terms.on_commission(1500), of=HONEY_MAKER)
    open_shift(shop)
    return shop


@pytest.fixture
def parcel(till):
    with transaction():
        service = add_service_article(name="Gửi bưu kiện", unit_label="kiện", by=till.manager)
        set_price(service, Money(25_000), from_day=DAY, by=till.manager)
        set_tax_class(service, "standard_reduced", from_day=DAY, by=till.manager)
        return service


def put_in(till, basket, service, quantity=1):
    with transaction():
        return add_product(basket, service, Quantity.of(quantity), by=till.clerk)


def test_a_service_article_is_sold_beside_goods_and_moves_nothing(till, parcel):
    basket = fill_basket(till, ("mật ong", 1))
    put_in(till, basket, parcel, 2)
    moved = count_of(StockMove)

    sale = pay(till, basket, cash(150_000))

    honey, post = sale.lines
    assert (post.lot, post.owner_code, post.due, post.amount, post.rate) == (None, None, ZERO, Money(50_000), "8")
    assert post.vat == Money(3_704)  # 50 000 × 8 / 108 = 3 703,7
    assert (sale.total, honey.due) == (Money(150_000), Money(85_000))
    assert count_of(StockMove) == moved + 1
    assert owed_to(producer(till, HONEY_MAKER)) == Money(85_000)
    assert records(Kind.SALE)[0]["body"]["lines"][1]["lot"] is None
    assert verify_shop().clean


def test_the_receipt_names_it_with_its_word_for_one(till, parcel):
    basket = fill_basket(till)
    put_in(till, basket, parcel)

    receipt = receipt_of(pay(till, basket, cash(25_000)))

    assert [(line.name, line.unit_label, line.amount) for line in receipt.lines] == [
        ("Gửi bưu kiện", "kiện", Money(25_000))
    ]


def test_it_may_carry_a_number_of_the_shop_and_be_scanned(till, parcel):
    with transaction():
        number = add_in_store_number(parcel, prefix="21", by=till.manager).number
    basket = fill_basket(till)
    with transaction():
        scan_into(basket, number, by=till.clerk)

    assert quote(basket).total == Money(25_000)


def test_a_part_of_one_is_refused(till, parcel):
    basket = fill_basket(till)
    with transaction(), pytest.raises(OnlyWhole):
        add_product(basket, parcel, Quantity(500), by=till.clerk)


def test_no_lot_can_be_chosen_for_it(till, parcel):
    lot = receive(till, "chè Shan", 1)
    basket = fill_basket(till)
    line = put_in(till, basket, parcel)
    with transaction(), pytest.raises(LotOfOtherProduct):
        choose_lot(line, lot, reason="trong tay", by=till.clerk)


def test_without_a_tax_class_it_is_not_sold(till):
    with transaction():
        wrapping = add_service_article(name="Gói quà", by=till.manager)
        set_price(wrapping, Money(10_000), from_day=DAY, by=till.manager)
    basket = fill_basket(till)
    put_in(till, basket, wrapping)

    assert isinstance(quote(basket).trouble, NoTaxClass)
    assert db.session.query(SaleLine).count() == 0
