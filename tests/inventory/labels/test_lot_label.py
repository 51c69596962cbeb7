"""The number on a lot's label: scanned anywhere, it means that lot."""

from datetime import date

import pytest

from core.current_settings import current_settings
from core.database import transaction
from inventory.catalogue.barcode import ScanKind, read_scan
from inventory.catalogue.product_number import add_in_store_number, has_right_check_digit
from inventory.lot import Lot, lot_of_label
from inventory.lot_label import LotWithoutLabel, label_number, lot_on_label, register_lot_labels


@pytest.fixture(autouse=True)
def _lots_are_known():
    register_lot_labels()


def scanned(text):
    return read_scan(text, layouts=current_settings().scan.weight_layouts)


def test_a_scanned_label_names_the_lot_and_its_product(shop):
    honey = shop.product("Mật ong")
    old = shop.receive(honey)
    new = shop.receive(honey)

    for lot in (old, new):
        scan = scanned(label_number(lot))
        assert (scan.product, scan.lot, scan.trouble) == (honey, lot.number, None)
        assert lot_of_label(scan.product, scan.lot) == lot


def test_the_number_is_digits_only_with_a_check_digit_and_of_the_shops_own_range(shop):
    number = label_number(shop.receive(shop.product("Mật ong")))

    assert number == "2092611220010"[:12] + number[-1]
    assert number.isdigit()
    assert has_right_check_digit(number)


@pytest.mark.parametrize(
    "change", [lambda n: n[:11] + str((int(n[11]) + 1) % 10) + n[12], lambda n: n[:-1] + str((int(n[-1]) + 3) % 10)]
)
def test_a_misread_label_names_no_lot(shop, change):
    lot = shop.receive(shop.product("Mật ong"))

    scan = scanned(change(label_number(lot)))

    assert scan.product is None
    assert scan.trouble is not None


def test_a_lot_that_never_came_is_an_unknown_number(shop):
    scan = scanned("2092611229991"[:12] + "7")

    assert scan.product is None
    assert scan.kind in (ScanKind.IN_STORE, ScanKind.INVALID)


def test_numbers_of_products_and_weights_of_the_scale_are_read_as_before(shop):

    honey = shop.product("Mật ong")
    with transaction():
        number = add_in_store_number(honey, prefix="2", by=shop.by)

    assert scanned(number.number).product == honey
    assert scanned(number.number).lot is None
    assert lot_on_label(number.number) is None
    assert lot_on_label("2612345012341") is None


def test_a_lot_with_a_longer_number_has_no_label():
    with pytest.raises(LotWithoutLabel):
        label_number(Lot(number="2611221000", received_on=date(2026, 11, 22)))
