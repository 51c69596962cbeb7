"""Producers, products and their numbers."""

import pytest

from config.settings import WeightLayout
from core.database import transaction
from core.quantity import Quantity, Unit
from core.text import TooLong, clean
from inventory.catalogue.locality import NoSuchLocality
from inventory.catalogue.producer import ProducerUnnamed, WrongTaxCode, add_producer, check_tax_code
from inventory.catalogue.product import (
    NoSuchGroup,
    NotGoods,
    ProductExists,
    ProductUnnamed,
    WrongDays,
    add_product,
    retire_product,
)
from inventory.catalogue.product_number import (
    NoItemsLeft,
    NotANumber,
    NotForScales,
    NumberNotInUse,
    NumberOfShops,
    NumberTaken,
    WrongCheckDigit,
    WrongPrefix,
    add_in_store_number,
    add_number,
    add_scale_item,
    check_digit,
    find_number,
    has_right_check_digit,
    numbers_of,
    withdraw_number,
)
from tests.shared_cases import shared_json

HONEY = "8930000000019"


def test_names_of_producers_repeat_and_a_tax_code_may_be_missing(shop):
    with transaction():
        first = add_producer(name="Hộ Nguyễn Thị Hà", form="household_business", by=shop.by)
        second = add_producer(name="Hộ Nguyễn Thị Hà", form="household_business", by=shop.by)

    assert (first.code, second.code) == ("0001", "0002")
    assert first.uid != second.uid


def test_old_places_stay_as_they_were_recorded(shop):
    with transaction():
        maker = add_producer(
            name="HTX", form="cooperative", locality_id="c0001", old_commune="Đồng Mỏ", old_district="Chi Lăng",
            by=shop.by,
        )  # fmt: skip

    assert maker.locality.id == "c0001"
    assert (maker.province_id, maker.old_commune, maker.old_district) == ("p01", "Đồng Mỏ", "Chi Lăng")


@pytest.mark.parametrize("code", ["0100109106", "0100109106-001", "001199012345"])
def test_good_tax_codes_are_kept(code):
    assert check_tax_code(code) == code


@pytest.mark.parametrize("code", ["0100109107", "010010910", "abc", "0100109106-01", "01001091061"])
def test_bad_tax_codes_are_refused(code):
    with pytest.raises(WrongTaxCode):
        check_tax_code(code)


def test_a_producer_without_name_or_with_an_unknown_place_is_refused(shop):
    with pytest.raises(ProducerUnnamed), transaction():
        add_producer(name=" \u200b", form="cooperative", by=shop.by)
    with pytest.raises(NoSuchLocality), transaction():
        add_producer(name="HTX", form="cooperative", locality_id="x", by=shop.by)


def test_a_product_is_producer_name_and_pack(shop):
    honey = shop.product("Mật ong", pack="hũ 500 g")
    other_pack = shop.product("Mật ong", pack="hũ 1 kg")
    other_maker = shop.product("Mật ong", of="HTX Quảng Hồng", pack="hũ 500 g")

    assert len({honey.sku, other_pack.sku, other_maker.sku}) == 3
    with pytest.raises(ProductExists):
        shop.product("Ma\u0302\u0323t ong", pack="hũ 500 g")  # the same name, written with loose marks


@pytest.mark.parametrize(
    ("change", "trouble"),
    [
        ({"name": ""}, ProductUnnamed),
        ({"name": "x" * 201}, TooLong),
        ({"group_code": "I.1"}, NoSuchGroup),  # not a leaf
        ({"group_code": "Z"}, NoSuchGroup),
        ({"group_code": "VI.1"}, NotGoods),
        ({"sell_within_days": 0}, WrongDays),
    ],
)
def test_what_is_no_article_is_refused(shop, change, trouble):
    maker = shop.producer()
    said = {"name": "Mật ong", "unit": Unit.PIECE, "unit_label": "hũ", "group_code": "I.2.b"}

    with pytest.raises(trouble), transaction():
        add_product(maker, **{**said, **change}, by=shop.by)


def test_the_older_group_stands_beside_the_new_one(shop):
    assert shop.product("Thổ cẩm", group="IV.2").old_group_code == "T4"


def test_a_retired_product_keeps_its_past(shop):
    honey = shop.product("Mật ong")
    with transaction():
        retire_product(honey, by=shop.by)

    assert honey.retired_on is not None
    assert honey.name == "Mật ong"


def test_a_number_means_one_product_until_it_is_withdrawn(shop):
    honey, tea = shop.product("Mật ong"), shop.product("Trà")
    with transaction():
        row = add_number(honey, HONEY, by=shop.by)
    with pytest.raises(NumberTaken), transaction():
        add_number(tea, HONEY, by=shop.by)
    with transaction():
        withdraw_number(row, by=shop.by)
    assert find_number("0" + HONEY) is None
    with pytest.raises(NumberNotInUse), transaction():
        withdraw_number(row, by=shop.by)
    with transaction():
        add_number(tea, HONEY, by=shop.by)

    assert find_number("0" + HONEY).product == tea
    assert [numbers_of(honey), [number.shown for number in numbers_of(tea)]] == [[], [HONEY]]


@pytest.mark.parametrize(
    ("number", "trouble"),
    [
        ("8930000000018", WrongCheckDigit),
        ("2000000000176", NumberOfShops),
        ("0212345012505", NumberOfShops),
        ("20000004", NumberOfShops),
        ("893", NotANumber),
        ("ABCDEFGH", NotANumber),
    ],
)
def test_only_makers_numbers_are_gtins(shop, number, trouble):
    honey = shop.product("Mật ong")

    with pytest.raises(trouble), transaction():
        add_number(honey, number, by=shop.by)


def test_in_store_numbers_are_counted_up_with_a_check_digit(shop):
    goods = [shop.product(name) for name in ("Mật ong", "Trà", "Miến")]
    with transaction():
        given = [add_in_store_number(product, prefix="2", by=shop.by).number for product in goods[:2]]
        given.append(add_in_store_number(goods[2], prefix="2", number="2000000000176", by=shop.by).number)
        given.append(add_in_store_number(goods[2], prefix="2", by=shop.by).number)

    assert [number[:-1] for number in given] == ["200000000001", "200000000002", "200000000017", "200000000018"]
    assert all(has_right_check_digit(number) for number in given)


@pytest.mark.parametrize(
    ("number", "trouble"), [("2100000000175", WrongPrefix), ("2000000000175", WrongCheckDigit), ("2", WrongPrefix)]
)
def test_in_store_numbers_keep_to_the_shops_prefix(shop, number, trouble):
    honey = shop.product("Mật ong")

    with pytest.raises(trouble), transaction():
        add_in_store_number(honey, prefix="20", number=number, by=shop.by)


def test_used_up_numbers_are_said_so(shop):
    last = "219999999999"
    honey = shop.product("Mật ong")
    with transaction():
        add_in_store_number(honey, prefix="21", number=last + str(check_digit(last)), by=shop.by)

    with pytest.raises(NoItemsLeft), transaction():
        add_in_store_number(honey, prefix="21", by=shop.by)


def test_the_scale_names_goods_by_weight_only(shop):
    layout = WeightLayout("26", 5, 5, "g")
    honey = shop.product("Mật ong")
    with pytest.raises(NotForScales), transaction():
        add_scale_item(honey, layout, by=shop.by)
    fruit = shop.product("Na", unit=Unit.KILOGRAM)
    with transaction():
        assert add_scale_item(fruit, layout, by=shop.by).number == "26" + fruit.sku
    with pytest.raises(NotANumber), transaction():
        add_scale_item(fruit, layout, item="123", by=shop.by)


def test_a_carton_holds_more_than_nothing(shop):
    honey = shop.product("Mật ong")

    with pytest.raises(NotANumber), transaction():
        add_number(honey, "18930000000016", pack=Quantity(0), by=shop.by)


def test_naughty_names_are_kept_as_typed_or_refused(shop):
    """Stored unchanged but for invisible characters and blanks, or refused; never an accident."""
    texts = shared_json("cases/naughty/blns_half.json", cases=258)
    strings = texts if isinstance(texts, list) else next(value for value in texts.values() if isinstance(value, list))
    kept = 0
    for text in strings:
        try:
            product = shop.product(text, stars=None, price=None)
        except (ProductUnnamed, ProductExists, TooLong):
            continue
        kept += 1
        assert product.name == clean(text)
    assert kept > len(strings) // 2
