from datetime import date

import pytest

from core.database import transaction
from core.money import Money
from core.quantity import Quantity, Unit
from inventory.catalogue.barcode import ForeignScan, UnknownNumber
from inventory.catalogue.eligibility import NotEligible
from inventory.catalogue.product_number import add_in_store_number, add_number, add_scale_item
from pos import basket as baskets
from pos.basket import scan_into
from pos.quote import quote
from pos.scanning import LabelPastItsDay
from tests.factories import enter_goods, goods, open_shift, receive, shop_settings

GTIN = "8930000000019"
LAYOUT = shop_settings().scan.weight_layouts[0]


@pytest.fixture
def till(shop):
    """Honey with a barcode, chestnuts with a number of the scale, and an open shift."""
    receive(shop, "mật ong", 50, producer_lot="L2511")
    receive(shop, "hạt dẻ", "20", unit=Unit.KILOGRAM, price=180_000)
    with transaction():
        add_number(goods(shop, "mật ong"), GTIN, by=shop.manager)
        add_scale_item(goods(shop, "hạt dẻ"), LAYOUT, item="00042", by=shop.manager)
    open_shift(shop)
    return shop


def scan(till, text):
    with transaction():
        return scan_into(baskets.open_basket(till.register), text, by=till.clerk)


def test_a_barcode_puts_one_in(till):
    scanned = scan(till, GTIN)

    assert (scanned.product.name, scanned.line.quantity, scanned.needs_quantity) == ("mật ong", Quantity(1000), False)


def test_scanning_again_raises_the_line(till):
    scan(till, GTIN)

    assert scan(till, GTIN).line.quantity == Quantity(2000)


def test_a_carton_puts_in_all_that_it_holds(till):
    with transaction():
        add_number(goods(till, "mật ong"), "18930000000016", pack=Quantity(12_000), by=till.manager)

    assert scan(till, "18930000000016").line.quantity == Quantity(12_000)


def test_a_number_of_the_scale_brings_its_weight(till):
    scanned = scan(till, weighed("00042", 850))

    assert scanned.line.quantity == Quantity(850)
    assert scanned.line.amount == Money(153_000)


def weighed(item, grams):
    from inventory.catalogue.product_number import check_digit

    digits = f"{LAYOUT.prefix}{item}{grams:05d}"
    return digits + str(check_digit(digits))


def test_goods_by_weight_without_a_weight_ask_for_it_and_put_nothing_in(till):
    with transaction():
        number = add_in_store_number(goods(till, "hạt dẻ"), prefix="2", by=till.manager).number

    scanned = scan(till, number)

    assert scanned.needs_quantity
    assert scanned.line is None
    assert baskets.current_basket(till.register).lines == []


def test_asking_for_a_weight_already_refuses_goods_that_may_not_be_sold(till):
    unsellable = enter_goods(till, "mác mật", unit=Unit.KILOGRAM, stars=None)
    with transaction():
        number = add_in_store_number(unsellable, prefix="2", by=till.manager).number

    with pytest.raises(NotEligible):
        scan(till, number)


def test_the_lot_on_the_label_is_the_one_that_is_sold(till):
    newer = receive(till, "mật ong", 5, producer_lot="L2512")

    scanned = scan(till, f"]C101{GTIN.zfill(14)}10L2512")

    assert scanned.lot == newer
    (quoted,) = quote(baskets.current_basket(till.register)).lines
    assert [pick.lot for pick in quoted.picks] == [newer]


def test_a_lot_on_the_label_that_the_book_does_not_know_is_picked_by_the_rule(till):
    scanned = scan(till, f"]C101{GTIN.zfill(14)}10L9999")

    assert scanned.lot is None
    assert scanned.line is not None


def test_a_pack_whose_label_is_over_is_refused(till):
    with pytest.raises(LabelPastItsDay) as told:
        scan(till, f"]C101{GTIN.zfill(14)}17261119")
    assert told.value.values["day"] == date(2026, 11, 19)


def test_a_pack_is_good_on_its_last_day(till):
    assert scan(till, f"]C101{GTIN.zfill(14)}17261120").line is not None


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("8930000000026", UnknownNumber),
        ("893000000001ớ", ForeignScan),
        ("89300\x1b00000019", ForeignScan),
    ],
)
def test_what_cannot_be_sold_by_its_number_is_refused_and_nothing_changes(till, text, trouble):
    scan(till, GTIN)

    with pytest.raises(trouble):
        scan(till, text)
    assert [line.quantity for line in baskets.current_basket(till.register).lines] == [Quantity(1000)]
