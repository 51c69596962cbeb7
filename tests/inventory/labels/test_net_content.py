"""How much is in a pack, and what a kilogram or litre of it costs."""

import pytest

from core.money import Money
from core.quantity import Unit
from inventory.labels.net_content import NetContent, net_content_of

KG, LITRE = Unit.KILOGRAM, Unit.LITRE


@pytest.mark.parametrize(
    ("pack", "millionths", "unit"),
    [
        ("hũ 500 g", 500_000, KG),
        ("Hũ 500g", 500_000, KG),
        ("túi 1kg", 1_000_000, KG),
        ("túi 0,5 kg", 500_000, KG),
        ("túi 1.5 kg", 1_500_000, KG),
        ("chai 750 ml", 750_000, LITRE),
        ("chai 1,5 lít", 1_500_000, LITRE),
        ("can 5 l", 5_000_000, LITRE),
        ("ống 50 cl", 500_000, LITRE),
        ("lốc 6 x 330 ml", 1_980_000, LITRE),
        ("hộp 20 gói x 5 g", 100_000, KG),
        ("2×250g", 500_000, KG),
        ("gói 100 gam", 100_000, KG),
        ("gói 100 gr", 100_000, KG),
        ("HỘP 12,5 G", 12_500, KG),
    ],
)
def test_a_pack_that_says_how_much_it_holds(pack, millionths, unit):
    assert net_content_of(pack) == NetContent(millionths, unit)


@pytest.mark.parametrize(
    "pack",
    [
        "",
        "hộp",
        "hộp 20 gói",  # how heavy is one?
        "bó",
        "1.500 g",  # a kilogram and a half, or one gram and a half
        "500 g - 600 g",
        "500 g + 50 g tặng",
        "250 g x 12",
        "hũ 500 g, chai 750 ml",
        "0 g",
        "500 gói",
        "5 lạng",
        "loại 1 lớn",
        "mã 8930000000019",
        "\u0665\u0660\u0660 g",
        "9" * 2000 + " g",
    ],
)
def test_a_pack_that_can_be_read_in_two_ways_or_not_at_all_has_no_price_for_a_kilogram(pack):
    assert net_content_of(pack) is None


@pytest.mark.parametrize(
    ("millionths", "price", "of_one"),
    [
        (500_000, 120_000, 240_000),
        (330_000, 15_000, 45_455),  # 45 454,5…: rounded once
        (1_980_000, 99_000, 50_000),
        (1, 1, 1_000_000),
    ],
)
def test_the_price_of_a_kilogram_or_litre(millionths, price, of_one):
    assert NetContent(millionths, KG).price_of_one(Money(price)) == Money(of_one)
