"""What a scanner sends: our own copies of the vectors, the independent cases, and the shop's own table first."""

from datetime import date

import pytest

from config.settings import WeightLayout, load_settings
from core.database import transaction
from core.i18n import translator
from core.money import Money
from core.quantity import Quantity, Unit
from inventory.catalogue.barcode import (
    AmbiguousLabel,
    ForeignScan,
    NothingScanned,
    OnlyALink,
    ScanKind,
    UnknownNumber,
    read_scan,
)
from inventory.catalogue.product_number import (
    NotANumber,
    WrongCheckDigit,
    add_in_store_number,
    add_number,
    add_scale_item,
    as_gtin14,
    check_digit,
    has_right_check_digit,
)
from tests.shared_cases import shared_json, vector

LAYOUTS = load_settings().scan.weight_layouts
GS1 = vector("gs1")
HONEY = "8930000000019"


def scan(text, layouts=LAYOUTS):
    return read_scan(text, layouts=layouts)


def day(text):
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize("case", GS1["cases"], ids=lambda case: case["input"])
def test_the_vectors_are_read_as_expected(shop, case):
    expected = case["expect"]
    found = scan(case["input"])

    kinds = {"invalid_or_text": {"invalid", "text"}, "in_store": {"in_store", "weighed"}}
    assert found.kind.value in kinds.get(expected["kind"], {expected["kind"]})
    if "gtin14" in expected:
        assert found.gtin == expected["gtin14"]
    assert found.lot == expected.get("lot")
    assert found.expiry == day(expected.get("expiry"))
    assert found.best_before == day(expected.get("best_before"))
    if "net_kg" in expected:
        assert found.quantity == Quantity.of(expected["net_kg"], Unit.KILOGRAM)
        assert found.price == Money(int(expected["price"]))


def test_the_form_that_people_read_is_read_too(shop):
    found = scan(GS1["hri"]["input"])

    assert (found.kind, found.gtin, found.lot, found.expiry) == (
        ScanKind.GS1, "08930000000019", "L01", date(2026, 12, 31),
    )  # fmt: skip


@pytest.mark.parametrize(("digits", "check"), GS1["check_digits"])
def test_check_digits(digits, check):
    assert check_digit(digits) == int(check)


def test_check_digits_of_the_independent_cases():
    cases = shared_json("cases/gs1/check_digits.json", cases=178)
    for group in cases.values():
        for case in group if isinstance(group, list) else []:
            full = case.get("full") or case.get("in")
            assert has_right_check_digit(full) == case["valid"], case


def test_gtins_of_every_length_become_14_digits_as_in_the_independent_cases():
    cases = shared_json("cases/gs1/biip_cases.json", cases=4)["cases"]
    wanted = [case["params"] for case in cases if case["test"].startswith("tests/gtin/test_encode.py::test_as_gtin_14")]

    assert [as_gtin14(one["value"]) for one in wanted] == [one["expected"] for one in wanted]
    assert wanted


def test_weights_of_the_independent_layouts_are_read(shop):
    cases = [
        case for case in shared_json("cases/gs1/variable_measure.json", cases=30)["layouts"]
        if case.get("meaning") == "weight_g"
    ]  # fmt: skip
    assert cases
    for number, case in enumerate(cases):
        layout = WeightLayout(case["in"][:2], 5, 5, "g")
        product = shop.product(f"Hồng {number}", unit=Unit.KILOGRAM, group="I.1.a")
        with transaction():
            add_scale_item(product, layout, item=case["item"], by=shop.by)

        found = scan(case["in"], (layout,))

        assert (found.product, found.quantity) == (product, Quantity(case["value"])), case


def test_digital_links_of_the_independent_toolkit_give_the_same_parts(shop):
    cases = shared_json("cases/gs1/digital_link_toolkit.json", cases=30)["cases"]
    for case in cases:
        if "error" in case:
            assert scan(case["in"]).trouble is not None, case
            continue
        written, read = scan(case["in"]), scan(case["uri"])
        assert read.kind is ScanKind.DIGITAL_LINK, case
        for part in ("gtin", "lot", "expiry", "best_before", "quantity"):
            assert getattr(read, part) == getattr(written, part), case


def test_bad_barcodes_are_refused_or_unknown_never_an_accident(shop):
    honey = shop.product("Mật ong")
    with transaction():
        add_number(honey, "8934588012228", by=shop.by)
    cases = shared_json("cases/naughty/bad_inputs.json", cases=21)["barcodes"]
    for case in cases:
        text = case["in"] if isinstance(case["in"], str) else case["in"]["_repeat"] * case["in"]["_times"]
        try:
            found = scan(text)
        except (ForeignScan, NothingScanned):
            assert case["expect"] not in ("as read", "same product", "as above"), case
            continue
        if found.product is None or found.trouble:
            assert found.trouble is not None, case
            assert case["expect"] not in ("same product", "as above", "as read"), case
        else:
            assert found.product == honey, case
            assert not case["expect"].startswith(("unknown", "'not a product")), case
            assert case["expect"] != "reject", case


def test_dates_of_the_independent_cases(shop):
    for case in shared_json("cases/naughty/bad_inputs.json", cases=6)["gs1_yymmdd"]:
        found = scan(f"0108930000000019{'17' + case['in']}")
        if case["expect"] == "reject":
            assert found.expiry is None, case
            assert found.trouble is not None, case
        else:
            assert found.expiry is not None, case
            assert found.expiry.isoformat() in case["expect"], case


def test_our_own_table_is_asked_before_anything_else(shop):
    honey = shop.product("Mật ong")
    with transaction():
        number = add_in_store_number(honey, prefix="2", by=shop.by).number

    assert scan(number).product == honey
    assert scan(number).kind is ScanKind.IN_STORE


@pytest.mark.parametrize(
    "sent", ["0036000291452", "036000291452", "00036000291452", "]E00036000291452", " 036000291452\r\n"]
)
def test_upc_a_means_the_same_with_12_13_and_14_digits(shop, sent):
    honey = shop.product("Mật ong")
    with transaction():
        add_number(honey, "036000291452", by=shop.by)

    assert scan(sent).product == honey


def test_a_carton_brings_its_pieces(shop):
    honey = shop.product("Mật ong")
    with transaction():
        add_number(honey, HONEY, by=shop.by)
        add_number(honey, "18930000000016", pack=Quantity.of(12), by=shop.by)

    assert scan("18930000000016").quantity == Quantity.of(12)
    assert scan(HONEY).quantity is None


def test_the_scales_label_gives_product_and_weight(shop):
    persimmon = shop.product("Hồng Bảo Lâm", unit=Unit.KILOGRAM, group="I.1.a")
    with transaction():
        add_scale_item(persimmon, LAYOUTS[0], by=shop.by)
    digits = f"26{persimmon.sku}00850"

    found = scan(digits + str(check_digit(digits)))

    assert (found.kind, found.product, found.quantity) == (ScanKind.WEIGHED, persimmon, Quantity(850))


def test_a_weight_of_nothing_is_no_weight(shop):
    persimmon = shop.product("Hồng Bảo Lâm", unit=Unit.KILOGRAM, group="I.1.a")
    with transaction():
        add_scale_item(persimmon, LAYOUTS[0], by=shop.by)
    digits = f"26{persimmon.sku}00000"

    assert scan(digits + str(check_digit(digits))).quantity is None


@pytest.mark.parametrize(("unit", "value", "thousandths"), [("g", 850, 850), ("dag", 85, 850), ("kg", 3, 3000)])
def test_the_unit_of_a_layout_is_a_setting(shop, unit, value, thousandths):
    layout = WeightLayout("27", 4, 6, unit)
    fruit = shop.product("Na", unit=Unit.KILOGRAM, group="I.1.a")
    with transaction():
        add_scale_item(fruit, layout, by=shop.by)
    digits = f"27{fruit.sku[-4:]}{value:06d}"

    assert scan(digits + str(check_digit(digits)), (layout,)).quantity == Quantity(thousandths)


def test_a_lost_separator_asks_instead_of_guessing(shop):
    honey = shop.product("Mật ong")
    with transaction():
        add_number(honey, HONEY, by=shop.by)

    found = scan("010893000000001910L0117261231")

    assert (found.kind, found.product, found.lot, found.expiry) == (ScanKind.AMBIGUOUS, honey, None, None)
    assert isinstance(found.trouble, AmbiguousLabel)


@pytest.mark.parametrize("lot", ["L01", "2611-7", "A17", "17AB31", "L17261331", "1234567890123"])
def test_an_ordinary_lot_is_not_taken_for_a_lost_separator(shop, lot):
    assert scan(f"010893000000001910{lot}").lot == lot


def test_a_scanner_set_to_type_a_visible_separator_is_understood(shop):
    found = scan("010893000000001910L01^17261231")

    assert (found.lot, found.expiry) == ("L01", date(2026, 12, 31))


@pytest.mark.parametrize(
    "sent", ["89345\u0111", "8934ư88", "ă", "\uff18\uff19\uff13", "\x02893\x03", "893\x7f", "\x1b[A", "x" * 501]
)
def test_what_no_scanner_sends_is_refused_with_the_way_out(shop, sent):
    with pytest.raises(ForeignScan) as refused:
        scan(sent)

    assert "tắt bộ gõ tiếng Việt" in refused.value.sentence(translator("vi"))


@pytest.mark.parametrize("sent", ["", " ", "\r\n", "\t"])
def test_an_empty_scan_is_nothing(shop, sent):
    with pytest.raises(NothingScanned):
        scan(sent)


@pytest.mark.parametrize(
    ("sent", "trouble"),
    [
        (HONEY, UnknownNumber),
        ("8930000000018", WrongCheckDigit),
        ("https://ocop.example.vn/tra-cuu?id=1", OnlyALink),
        ("';DROP TABLE products;--", UnknownNumber),
        ("mat ong", UnknownNumber),
    ],
)
def test_each_trouble_says_what_to_do(shop, sent, trouble):
    assert isinstance(scan(sent).trouble, trouble)


@pytest.mark.parametrize("number", ["", "893", "12345678901234567", "89300000000\u06619", "abc"])
def test_what_is_no_gtin_is_refused(number):
    with pytest.raises(NotANumber):
        as_gtin14(number)
