"""Each kind of label on several stocks, against pictures that a person looked at (tests/golden)."""

from datetime import date
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from config.reference.label_stocks import label_stock
from core.clock import today
from core.database import transaction
from core.i18n import use
from core.quantity import Unit
from inventory.catalogue.product_number import add_number
from inventory.labels.label_design import design
from inventory.labels.label_facts import facts_of
from inventory.labels.label_kind import LabelKind, LabelSymbol
from printers.labels.picture import DotPen, draw_label, paint
from printers.labels.stock_room import place_on

GOLDEN = Path(__file__).parents[2] / "golden"
CASES = [
    ("shelf", "a4-24", "bars"),
    ("shelf", "a4-65", "bars"),
    ("shelf", "a4-8", "bars"),
    ("product", "roll-50x30", "bars"),
    ("product", "roll-60x40", "datamatrix"),
    ("product", "roll-35x22-3", "bars"),
    ("lot", "roll-50x30", "bars"),
    ("lot", "paper-72x40", "datamatrix"),
    ("lot", "roll-70x50", "qr"),
]


@pytest.mark.parametrize(("kind", "stock", "symbol"), CASES)
def test_a_label_looks_as_it_should(shop, kind, stock, symbol):
    golden = GOLDEN / f"label_{kind}_{stock}_{symbol}.png"
    honey = shop.product("Mật ong hoa bạc hà Ẩm Ỷ", of="Hợp tác xã Ong Đá Mèo Vạc", pack="hũ 500 g", price=120_000)
    with transaction():
        add_number(honey, "8930000000019", by=shop.by)
    lot = shop.receive(honey, best_before=date(2027, 3, 31)) if kind != "shelf" else None
    size = label_stock(stock)

    with use("vi"):
        facts = facts_of(honey, lot, LabelKind(kind), day=today(), symbol=LabelSymbol(symbol))
        picture = paint(place_on(design(facts, size), size, DotPen(203)), DotPen(203))

    if not golden.exists():
        picture.save(golden, optimize=True)
        pytest.fail(f"{golden.name} was missing and is now written: look at it")
    with Image.open(golden) as expected:
        assert picture.size == expected.size
        differing = sum(ImageChops.logical_xor(picture, expected.convert("1")).histogram()[1:])
    assert differing <= picture.width * picture.height // 200


def test_goods_by_weight_without_a_number_have_a_shelf_label_too(shop):
    oranges = shop.product("Quýt vàng Bắc Sơn", unit=Unit.KILOGRAM, pack="", stars=None, price=38_000)
    size = label_stock("roll-40x30")

    with use("vi"):
        facts = facts_of(oranges, None, LabelKind.SHELF, day=today(), symbol=LabelSymbol.BARS)

    assert draw_label(design(facts, size), size.width, size.height, dpi=203).histogram()[0] > 500  # ink
