from datetime import date, timedelta

import pytest

from core.database import transaction
from core.money import Money
from core.quantity import Quantity
from inventory.catalogue.eligibility import CertificateLapsed, PastItsDay, Recalled
from inventory.catalogue.recall import recall
from inventory.lot import Terms
from inventory.stock_level import NotEnough, OtherOwnersOnly
from pos import basket as baskets
from pos.basket_line import NoPrice
from pos.quote import NoTaxClass, PriceChanged, quote
from tests.factories import (
    enter_goods,
    fill_basket,
    goods,
    open_shift,
    opened,
    receive,
    set_new_price,
    shop_settings,
)

CONSIGNED = Terms.on_commission(1500)


def lots_of(offer, place=0):
    return [(pick.lot, pick.quantity.thousandths // 1000) for pick in offer.lines[place].picks]


def test_the_first_to_expire_is_sold_first_then_the_next_of_the_same_owner(shop):
    later = receive(shop, "mật ong", 5, best_before=date(2027, 6, 1))
    sooner = receive(shop, "mật ong", 2, best_before=date(2027, 1, 1))
    open_shift(shop)

    offer = quote(fill_basket(shop, ("mật ong", 3)))

    assert lots_of(offer) == [(sooner, 2), (later, 1)]
    assert offer.total == Money(300_000)
    assert [pick.amount for pick in offer.lines[0].picks] == [Money(200_000), Money(100_000)]


def test_another_owners_jar_never_fills_a_gap(shop):
    receive(shop, "mật ong", 2, terms=CONSIGNED, best_before=date(2027, 1, 1))
    receive(shop, "mật ong", 5, best_before=date(2027, 6, 1))
    open_shift(shop)

    offer = quote(fill_basket(shop, ("mật ong", 3)))

    assert isinstance(offer.trouble, OtherOwnersOnly)
    assert offer.lines[0].picks == ()


def test_an_expired_lot_is_never_picked(shop):
    receive(shop, "mật ong", 5, best_before=date(2026, 11, 20))
    good = receive(shop, "mật ong", 5, best_before=date(2027, 1, 1))
    shop.clock.move(timedelta(days=1))
    open_shift(shop)

    assert lots_of(quote(fill_basket(shop, ("mật ong", 1)))) == [(good, 1)]


def test_what_the_book_does_not_have_is_shown_as_trouble_and_not_sold(shop):
    receive(shop, "mật ong", 2)
    open_shift(shop)

    offer = quote(fill_basket(shop, ("mật ong", 3)))

    assert isinstance(offer.trouble, NotEnough)
    assert offer.total == Money(300_000)


def test_two_lines_do_not_count_on_the_same_jar(shop):
    only = receive(shop, "mật ong", 1)
    open_shift(shop)
    basket = fill_basket(shop, ("mật ong", 1))
    with transaction():
        baskets.add_product(basket, goods(shop, "mật ong"), Quantity(1000), by=shop.clerk, lot=only)

    offer = quote(basket)

    assert lots_of(offer, 0) == [(only, 1)]
    assert isinstance(offer.lines[1].trouble, NotEnough)


def test_a_lot_in_the_clerks_hand_is_sold_below_the_book_and_flagged(shop):
    empty = receive(shop, "mật ong", 1)
    open_shift(shop)
    basket = fill_basket(shop, ("mật ong", 3))
    with transaction():
        baskets.choose_lot(basket.lines[0], empty, reason="hàng còn trên kệ", by=shop.clerk)

    offer = quote(basket)

    assert offer.trouble is None
    assert offer.lines[0].below_book
    assert lots_of(offer) == [(empty, 3)]


def test_a_lot_by_hand_that_the_book_has_is_not_called_below_the_book(shop):
    receive(shop, "mật ong", 5, best_before=date(2027, 1, 1))
    chosen = receive(shop, "mật ong", 5, best_before=date(2027, 6, 1))
    open_shift(shop)
    basket = fill_basket(shop, ("mật ong", 3))
    with transaction():
        baskets.choose_lot(basket.lines[0], chosen, reason="khách chọn", by=shop.clerk)

    offer = quote(basket)

    assert (lots_of(offer), offer.lines[0].below_book) == ([(chosen, 3)], False)


@pytest.fixture
def basket(shop):
    """A basket with honey, filled in the morning."""
    receive(shop, "mật ong", 10, best_before=date(2027, 1, 1))
    open_shift(shop)
    return fill_basket(shop, ("mật ong", 1))


def test_a_price_that_changed_since_the_scan_stops_the_sale(shop, basket):
    set_new_price(shop, "mật ong", 120_000)

    trouble = quote(basket).trouble

    assert isinstance(trouble, PriceChanged)
    assert (trouble.values["before"], trouble.values["now"]) == (Money(100_000), Money(120_000))
    with transaction():
        baskets.reprice_basket(basket)
    assert quote(basket).trouble is None


def test_a_recall_after_the_scan_stops_the_sale(shop, basket):
    with transaction():
        recall(goods(shop, "mật ong"), reason="nhiễm khuẩn", by=shop.manager)

    assert isinstance(quote(basket).trouble, Recalled)


def test_a_certificate_that_ended_overnight_stops_the_sale(shop, basket):
    shop.clock.set(shop.clock.instant.replace(year=2028, month=3, day=16))

    assert isinstance(quote(basket).trouble, CertificateLapsed)


def test_a_lot_of_the_label_that_expired_overnight_stops_the_sale(shop):
    lot = receive(shop, "mật ong", 5, best_before=date(2026, 11, 20))
    receive(shop, "mật ong", 5, best_before=date(2027, 1, 1))
    open_shift(shop)
    with transaction():
        basket = baskets.open_basket(shop.register)
        baskets.add_product(basket, goods(shop, "mật ong"), Quantity(1000), by=shop.clerk, lot=lot)
    shop.clock.move(timedelta(days=1))

    assert isinstance(quote(basket).trouble, PastItsDay)


def test_goods_without_a_tax_class_stop_the_sale_of_a_seller_who_shows_vat(shop):
    enter_goods(shop, "mắc mật", tax=None)
    receive(shop, "mắc mật", 5)
    open_shift(shop)

    assert isinstance(quote(fill_basket(shop, ("mắc mật", 1))).trouble, NoTaxClass)


def test_stars_are_those_of_the_day(shop, basket):
    assert quote(basket).lines[0].stars == 4


@pytest.mark.parametrize(
    ("tax", "day", "rate", "vat"),
    [
        ("standard_reduced", date(2026, 12, 31), "8", 7_407),
        ("standard_reduced", date(2027, 1, 1), "10", 9_091),  # the reduction ends with 2026
        ("excise", date(2026, 12, 31), "10", 9_091),
        ("farm", date(2026, 12, 31), "5", 4_762),
        ("exempt", date(2026, 12, 31), "KCT", 0),
    ],
)
def test_the_rate_follows_from_class_and_day(shop, tax, day, rate, vat):
    enter_goods(shop, "rượu ngô", tax=tax, price=100_000)
    receive(shop, "rượu ngô", 5)
    shop.clock.set(shop.clock.instant.replace(year=day.year, month=day.month, day=day.day))
    open_shift(shop)

    (total,) = quote(fill_basket(shop, ("rượu ngô", 1))).taxes

    assert (total.rate, total.vat, total.gross) == (rate, Money(vat), Money(100_000))


@pytest.mark.parametrize("method", ["household", "below_threshold"])
def test_a_household_shows_no_vat_and_needs_no_class(folder, method):
    from core.clock import stopped_at
    from tests.factories import MORNING, Shop

    settings = shop_settings(shop={"tax_method": method, "owner_kind": "household"})
    with stopped_at(MORNING) as hand, opened(folder, settings) as app:
        shop = Shop(app, folder, hand)
        receive(shop, "mật ong", 5)
        enter_goods(shop, "mắc mật", tax=None)
        receive(shop, "mắc mật", 5)
        open_shift(shop)

        offer = quote(fill_basket(shop, ("mật ong", 1), ("mắc mật", 1)))

        assert offer.trouble is None
        assert offer.taxes == ()


def test_a_quote_asks_as_often_for_thirty_lines_as_for_one(shop):
    from sqlalchemy import event

    from core.database import db

    for number in range(30):
        receive(shop, f"mật ong {number}", 5)
    open_shift(shop)
    asked = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    counts = []
    for many in (1, 29):
        basket = fill_basket(shop, *[(f"mật ong {number}", 1) for number in range(many)])
        db.session.expire_all()
        asked.clear()
        assert quote(basket).trouble is None
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_no_price_stops_the_sale(shop):
    product = enter_goods(shop, "mắc mật", price=None)
    receive(shop, "mắc mật", 5)
    open_shift(shop)

    with transaction():
        basket = baskets.open_basket(shop.register)
    with pytest.raises(NoPrice), transaction():
        baskets.add_product(basket, product, Quantity(1000), by=shop.clerk)
