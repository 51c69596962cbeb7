"""What stands on a label on a day, and what keeps it from being printed."""

from datetime import date

import pytest

from config.reference.localities import communes_named
from core.clock import today
from core.database import transaction
from core.quantity import Quantity, Unit
from inventory.catalogue.certificate import certificates_of, withdraw_certificate
from inventory.catalogue.producer import add_producer
from inventory.catalogue.product_number import add_in_store_number, add_number
from inventory.labels.label_facts import LotMissing, NoNumberYet, PriceMissing, facts_of
from inventory.labels.label_kind import LabelSymbol
from inventory.lot_label import label_number
from tests.inventory.labels.scene import LOT, PRODUCT, SHELF, said


def test_a_shelf_label_says_name_price_price_of_a_kilogram_stars_and_origin(shop, honey):
    words, symbol = said(honey, None, SHELF)

    assert words == [
        "Mật ong bạc hà",
        "120.000\N{NO-BREAK SPACE}₫",
        "hũ 500 g · 240.000\N{NO-BREAK SPACE}₫/kg",
        "OCOP 4 sao đến 15/03/2028",
        "HTX Quảng Lạc",
    ]
    assert symbol.text == "8930000000019"


def test_goods_by_weight_are_priced_by_the_kilogram(shop):
    oranges = shop.product("Quýt Bắc Sơn", unit=Unit.KILOGRAM, pack="", price=35_000)

    assert said(oranges, None, SHELF)[0][1] == "35.000\N{NO-BREAK SPACE}₫/kg"


def test_a_lot_label_says_lot_and_last_day_and_carries_the_lots_own_number(shop, honey):
    lot = shop.receive(honey, best_before=date(2027, 3, 31))

    words, symbol = said(honey, lot, LOT)

    assert f"Lô {lot.number}" in words
    assert "HSD: 31/03/2027" in words
    assert not any("₫" in one for one in words)
    assert symbol.text == label_number(lot)


def test_fresh_goods_say_until_when_they_are_sold(shop):
    tofu = shop.product("Đậu phụ", sell_within_days=3)

    assert "Bán đến: 25/11/2026" in said(tofu, shop.receive(tofu), LOT)[0]


@pytest.mark.parametrize(
    ("symbol", "text"),
    [
        (LabelSymbol.DATAMATRIX, "(01)08930000000019(17)270331(10)261122001"),
        (LabelSymbol.QR, "https://id.gs1.org/01/08930000000019/10/261122001?17=270331"),
    ],
)
def test_a_symbol_of_two_dimensions_carries_number_last_day_and_lot(shop, honey, symbol, text):
    lot = shop.receive(honey, best_before=date(2027, 3, 31))

    assert said(honey, lot, LOT, symbol=symbol)[1].text == text


def test_goods_without_a_gtin_get_the_shops_own_digits_whatever_symbol_is_wanted(shop):
    tea = shop.product("Chè")
    lot = shop.receive(tea)

    assert said(tea, lot, LOT, symbol=LabelSymbol.DATAMATRIX)[1].text == label_number(lot)


def test_a_commune_of_today_is_named_and_never_a_district(shop):

    commune = communes_named("Bắc Sơn", today())[0]
    with transaction():
        shop.producers["HTX B"] = add_producer(
            name="HTX B", form="cooperative", locality_id=commune.id, old_commune="Bắc Sơn",
            old_district="huyện Bắc Sơn", by=shop.by,
        )  # fmt: skip
    origin = said(shop.product("Chè", of="HTX B"), None, SHELF)[0][-1]

    assert commune.name in origin
    assert "huyện" not in origin


@pytest.mark.parametrize(("day", "shown"), [(date(2028, 3, 15), True), (date(2028, 3, 16), False)])
def test_stars_end_at_midnight_with_their_certificate(shop, honey, day, shown):
    assert any("OCOP 4 sao" in one for one in said(honey, None, SHELF, day)[0]) is shown


@pytest.mark.parametrize("stars", [None, 1, 2])
def test_fewer_than_three_stars_are_not_shown(shop, stars):
    assert not any("OCOP" in one for one in said(shop.product("Chè", stars=stars), None, SHELF)[0])


def test_a_withdrawn_certificate_gives_no_stars(shop, honey):
    with transaction():
        paper = certificates_of(honey)[0].certificate
        withdraw_certificate(paper, from_day=today(), decision="QĐ 9", reason="sai", by=shop.by)

    assert not any("OCOP" in one for one in said(honey, None, SHELF)[0])


# what is missing


@pytest.mark.parametrize(
    ("kind", "price", "numbered", "missing"),
    [
        (PRODUCT, None, True, PriceMissing),
        (SHELF, None, True, PriceMissing),
        (PRODUCT, 9_000, False, NoNumberYet),
        (LOT, 9_000, True, LotMissing),
    ],
)
def test_a_label_is_refused_where_something_it_must_say_is_missing(shop, kind, price, numbered, missing):
    tea = shop.product("Chè", price=price)
    if numbered:
        with transaction():
            add_in_store_number(tea, prefix="2", by=shop.by)

    with pytest.raises(missing):
        facts_of(tea, None, kind, day=today(), symbol=LabelSymbol.BARS)


def test_a_shelf_label_does_without_a_number(shop):
    assert said(shop.product("Chè"), None, SHELF)[1] is None


def test_the_makers_number_goes_before_the_shops_own_and_a_carton_names_no_piece(shop, honey):
    with transaction():
        add_in_store_number(honey, prefix="2", by=shop.by)
        add_number(honey, "18930000000016", pack=Quantity.of(12), by=shop.by)

    assert said(honey, None, PRODUCT)[1].text == "8930000000019"
