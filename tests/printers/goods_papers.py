"""Slips between producer and point to look at, for the golden papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from core.money import Money
from core.quantity import Quantity, Unit
from printers.documents import CopyMark
from printers.goods_documents import SHOPS, GoodsSlip, SlipGoods, SlipRefused
from tests.printers.paper_scene import EVENING, NOON, SHOP

HONEY = SlipGoods(
    name="Mật ong hoa cà phê Đắk Hà, hũ 500 g",
    quantity=Quantity(10_000),
    unit_label="hũ",
    words="Ký gửi, cửa hàng hưởng 15\N{NO-BREAK SPACE}%",
    lot="261122001 / NGB-0926",
    before=date(2027, 5, 1),
    announced=Quantity(14_000),
    price=Money(120_000),
    place="Quầy kệ",
)
FRUIT = SlipGoods(
    name="Sầu riêng Krông Pắc",
    quantity=Quantity(12_345),
    unit=Unit.KILOGRAM,
    unit_label="kg",
    words="Ký gửi, cửa hàng hưởng 12,5\N{NO-BREAK SPACE}%",
    lot="261122002",
    before=date(2026, 11, 27),
    price=Money(95_000),
    place="Kho",
)
CONSIGNED_IN = GoodsSlip(
    shop=SHOP,
    number=87,
    day=NOON.date(),
    at=NOON,
    into=True,
    consigned=True,
    producer="HTX nông nghiệp hữu cơ Đắk Hà",
    producer_code="0012",
    clerk="Nguyễn Thị Ngọc Ánh",
    goods=(HONEY, FRUIT),
    refused=(
        SlipRefused(HONEY.name, Quantity(2_000), Unit.PIECE, "hũ", "Vỡ, hở, rò rỉ (nắp hở)"),
        SlipRefused("Chè dây rừng", Quantity(5_000), Unit.PIECE, "gói", "Thiếu giấy tờ", Quantity(5_000)),
    ),
    note="Giao theo hợp đồng 05/2026/HĐKG",
    word="Chủ thể xác nhận bằng mã",
    signed=True,
    fingerprint="8817 1821 7603 7226",
    record=821,
)
BOUGHT_IN = replace(
    CONSIGNED_IN,
    consigned=False,
    goods=(replace(HONEY, words="Mua đứt, 80.000 ₫ một đơn vị", amount=Money(800_000), announced=None),),
    refused=(),
    total=Money(800_000),
    word="Chủ thể không có mặt",
    signed=False,
)
SENT_BACK = replace(
    BOUGHT_IN,
    into=False,
    number=3,
    goods=(replace(HONEY, words="Hết hạn hoặc cận hạn", amount=Money(800_000), announced=None, price=None),),
    side=SHOPS,
)
COPY = CopyMark(1, at=EVENING, by="Lan")
ALL_REFUSED = replace(CONSIGNED_IN, goods=(), refused=CONSIGNED_IN.refused[:1], taken_back=True, demo=True, mark=COPY)
