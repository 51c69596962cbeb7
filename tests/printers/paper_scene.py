"""When and where the papers to look at were printed."""

from __future__ import annotations

from datetime import UTC, datetime

from core.money import Money
from printers.documents import ShopHead, TaxLine

MORNING = datetime(2026, 11, 22, 0, 5, tzinfo=UTC)
NOON = datetime(2026, 11, 22, 5, 2, 7, tzinfo=UTC)
EVENING = datetime(2026, 11, 22, 13, 31, tzinfo=UTC)

SHOP = ShopHead(
    name="Điểm giới thiệu và bán sản phẩm OCOP Đắk Hà",
    address="Số 12 Hùng Vương, xã Đắk Hà, tỉnh Quảng Ngãi",
    location_code="00012",
    tax_code="6101234567-001",
    phone="0260 382 1234",
)
TAXES = (TaxLine("8", Money(460_880), Money(36_870)), TaxLine("5", Money(68_571), Money(3_429)))
