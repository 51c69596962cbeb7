"""Reports of a shift, day books and cash slips to look at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from core.money import ZERO, Money
from printers.day_documents import (
    CashMoved,
    CashSlip,
    CashSummary,
    Correction,
    DayBookPaper,
    DayReport,
    DiscountTotal,
    DrawerCount,
    HandedOver,
    NamedSum,
    ShiftResult,
    TenderCount,
)
from printers.documents import Payment, TaxLine
from tests.printers.paper_scene import EVENING, MORNING, NOON, SHOP, TAXES

Z_REPORT = DayReport(
    kind="Z",
    number=7,
    shop=SHOP,
    register="Quầy 1",
    shift=12,
    opened_at=MORNING,
    opened_by="Nguyễn Thị Ngọc Ánh",
    made_at=EVENING,
    made_by="Trần Văn Bình",
    sales_count=38,
    sales_total=Money(12_345_000),
    cash=DrawerCount(
        Money(500_000),
        Money(5_120_000),
        Money(5_500_000),
        21,
        given_back=Money(120_000),
        put_in=Money(300_000),
        taken_out=Money(300_000),
        counted=Money(5_480_000),
    ),
    tenders=(
        TenderCount("transfer", Money(7_345_000), Money(7_345_000), 17),
        TenderCount("card", Money(620_000), None, 2),
    ),
    taxes=TAXES,
    returns_count=1,
    returns_total=Money(120_000),
    return_taxes=(TaxLine("8", Money(111_111), Money(8_889)),),
    given_back=(Payment("cash", Money(120_000)),),
    discounts=(
        DiscountTotal("promotion", "shop", 4, Money(40_000)),
        DiscountTotal("basket", "shop", 1, Money(10_000)),
    ),
    moves=(
        CashMoved(NOON, "Nộp thêm: Tiền lẻ mang tới", Money(300_000), "Ánh"),
        CashMoved(EVENING, "Lấy ra: Chi mua ngoài", Money(-300_000), "Ánh", "Điện lực Đắk Hà · tiền điện tháng 10"),
    ),
    corrections=(
        Correction(NOON, "Hủy giỏ hàng", Money(120_000), "Ánh", "khách đổi ý"),
        Correction(NOON, "Bỏ dòng: Bánh tráng mè nướng", Money(25_000), "Ánh"),
    ),
    visitors=54,
    first_receipt=5,
    last_receipt=42,
    perpetual_total=Money(123_456_789_000),
    chain_seq=900,
    chain_hash="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
)
X_REPORT = replace(
    Z_REPORT,
    kind="X",
    cash=DrawerCount(Money(500_000), Money(5_000_000), Money(5_500_000), 20),
    tenders=(TenderCount("transfer", Money(7_345_000), count=17),),
    corrections=(),
    taxes=(),
    returns_count=0,
    given_back=(),
    discounts=(),
    moves=(),
)
EVEN_Z_REPORT = replace(
    Z_REPORT,
    cash=DrawerCount(Money(500_000), Money(5_000_000), Money(5_500_000), 20, counted=Money(5_500_000)),
    returns_count=0,
    given_back=(),
    discounts=(),
    moves=(),
)
DISCOUNTED_Z_REPORT = replace(
    EVEN_Z_REPORT,
    discounts=(
        DiscountTotal("promotion", "shop", 12, Money(300_000)),
        DiscountTotal("basket", "shop", 2, Money(100_000)),
        DiscountTotal("rounding", "shop", 21, Money(12_500)),
    ),
)
HANDED_OVER = replace(
    EVEN_Z_REPORT,
    tenders=(TenderCount("transfer", Money(7_345_000), Money(7_300_000), 17),),
    corrections=(),
    handed_over=HandedOver("Trần Văn Bình", 13, Money(5_500_000), Money(5_450_000)),
)
EXPENSE = CashSlip(
    SHOP,
    812,
    12,
    NOON,
    "Quầy 1",
    "Chi mua ngoài",
    Money(150_000),
    False,
    "Nguyễn Thị Ngọc Ánh",
    payee="Điện lực Đắk Hà",
    reason="tiền điện tháng 10",
    approved_by="Phạm Lan",
)
DEPOSIT = CashSlip(
    SHOP,
    813,
    None,
    EVENING,
    "Két",
    "Nộp ngân hàng",
    Money(5_000_000),
    False,
    "Phạm Lan",
    reference="GNT 004512",
)
DAY_BOOK = DayBookPaper(
    shop=SHOP,
    first=date(2026, 11, 22),
    last=date(2026, 11, 22),
    made_at=EVENING,
    made_by="Phạm Lan",
    sales_count=38,
    sales_total=Money(12_345_000),
    tenders=(Payment("cash", Money(5_120_000)), Payment("transfer", Money(7_225_000)), Payment("card", ZERO)),
    registers=(NamedSum("Quầy 1", 30, Money(10_000_000)), NamedSum("Quầy 2", 8, Money(2_345_000))),
    shifts=(
        ShiftResult(12, "Quầy 1", "Nguyễn Thị Ngọc Ánh", Money(5_500_000), Money(5_480_000)),
        ShiftResult(13, "Quầy 2", "Trần Văn Bình", Money(700_000), Money(700_000)),
        ShiftResult(14, "Quầy 1", "Trần Văn Bình", Money(5_480_000)),
    ),
    cash=CashSummary(
        Money(3_200_000),
        (NamedSum("Tiền mặt bán hàng, ca 12", 1, Money(5_120_000)),),
        (NamedSum("Lấy ra: Nộp ngân hàng", 1, Money(3_000_000)), NamedSum("Đếm ca 12", 1, Money(20_000))),
        Money(5_300_000),
    ),
    taxes=TAXES,
    returns_count=1,
    returns_total=Money(120_000),
    return_taxes=(TaxLine("8", Money(111_111), Money(8_889)),),
    given_back=(Payment("cash", Money(120_000)),),
    discounts=(DiscountTotal("promotion", "shop", 4, Money(40_000)),),
    deposits=(CashMoved(NOON, "Nộp ngân hàng", Money(-3_000_000), "Phạm Lan", "GNT 004512"),),
    first_receipt=5,
    last_receipt=42,
    visitors=54,
)
