"""Papers to look at: each has a golden text that a person can read and a golden picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from core.money import ZERO, Money
from core.quantity import Quantity, Unit
from printers.blocks import Block
from printers.documents import (
    BankSticker,
    CopyMark,
    Discount,
    InvoiceMark,
    Payment,
    Receipt,
    ReceiptLine,
    ReturnSlip,
    Seal,
    TaxLine,
)
from printers.layouts.cash_slip import lay_out_cash_slip
from printers.layouts.day_book import lay_out_day_book
from printers.layouts.day_report import lay_out_day_report
from printers.layouts.goods_slip import lay_out_goods_slip
from printers.layouts.receipt import lay_out_practice, lay_out_receipt
from printers.layouts.request_slip import lay_out_request
from printers.layouts.return_slip import lay_out_return_slip
from printers.layouts.sticker import lay_out_sticker
from printers.request_documents import RequestedLine, RequestPaper
from tests.printers.day_papers import (
    DAY_BOOK,
    DEPOSIT,
    DISCOUNTED_Z_REPORT,
    EVEN_Z_REPORT,
    EXPENSE,
    HANDED_OVER,
    X_REPORT,
    Z_REPORT,
)
from tests.printers.goods_papers import ALL_REFUSED, BOUGHT_IN, CONSIGNED_IN, SENT_BACK
from tests.printers.paper_scene import EVENING, NOON, SHOP, TAXES

LINES = (
    ReceiptLine("Mật ong hoa cà phê Đắk Hà, hũ 500 g", Quantity(2000), Money(120_000), Money(230_000),
                unit_label="hũ", discount=Money(10_000), stars=4,
                discounts=(Discount("line", Money(10_000)),)),
    ReceiptLine("Sầu riêng Krông Pắc", Quantity(1850), Money(95_000), Money(175_750), Unit.KILOGRAM, "kg"),
    ReceiptLine("Cà phê bột rang mộc Robusta Honey hương rừng Măng Đen, gói 250 g", Quantity(1000), Money(89_000),
                Money(89_000), unit_label="gói", stars=3),
    ReceiptLine("Bánh tráng mè nướng", Quantity(3000), Money(25_000), Money(75_000), unit_label="xấp", stars=5),
)  # fmt: skip
RECEIPT = Receipt(
    shop=SHOP,
    number=42,
    at=NOON,
    register="Quầy 1",
    clerk="Nguyễn Thị Ngọc Ánh",
    lines=LINES,
    total=Money(569_750),
    payments=(Payment("cash", Money(300_000)), Payment("transfer", Money(284_875), "FT26327 4411")),
    change=Money(15_125),
    taxes=TAXES,
    order_code="260042",
    seal=Seal(128, "K7PQ2M4XA3WZ6TBC", "T1|0|128|569750|K7PQ2M4XA3WZ6TBC"),
    return_terms="Đổi trả trong 7 ngày nếu sản phẩm lỗi, còn nguyên bao bì và biên lai này.",
    footer="Cảm ơn quý khách – hẹn gặp lại!",
)
RETURN_SLIP = ReturnSlip(
    shop=SHOP,
    number=3,
    at=EVENING,
    register="Quầy 1",
    clerk="Nguyễn Thị Ngọc Ánh",
    receipt=42,
    sold_at=NOON,
    lines=(
        replace(LINES[0], quantity=Quantity(1000), amount=Money(115_000), discount=ZERO,
                note="Còn tốt như mới: về kệ"),
        replace(LINES[3], quantity=Quantity(1000), amount=Money(25_000), note="Đã mở: hủy"),
    ),
    total=Money(140_000),
    payments=(Payment("cash", Money(51_000)), Payment("transfer", Money(50_000), "FT26327 9902"),
              Payment("exchange", Money(39_000), "43")),
    reason="Khách mua nhầm",
    taxes=(TaxLine("8", Money(129_630), Money(10_370)),),
    seal=Seal(131, "Q3RT5M4XA3WZ6TBC", "T1|0|131|140000|Q3RT5M4XA3WZ6TBC"),
)  # fmt: skip
BIG_RECEIPT = replace(
    RECEIPT,
    lines=(replace(LINES[0], price=Money(98_765_432), amount=Money(197_530_864), discount=ZERO, discounts=()),),
    total=Money(197_530_864),
    payments=(Payment("card", Money(197_530_864), "0412"),),
    change=ZERO,
)
DISCOUNTED_RECEIPT = replace(
    RECEIPT,
    lines=(
        replace(
            LINES[0],
            amount=Money(173_333),
            discount=Money(66_667),
            discounts=(
                Discount("promotion", Money(40_000), "Tuần lễ mật ong"),
                Discount("line", Money(5_000)),
            ),
        ),
        replace(
            LINES[2],
            price=Money(80_000),
            list_price=Money(89_000),
            amount=Money(71_167),
            discount=Money(8_833),
        ),
    ),
    total=Money(244_500),
    payments=(Payment("cash", Money(250_000)),),
    change=Money(5_500),
    taxes=(TaxLine("8", Money(226_389), Money(18_111)),),
    discounts=(Discount("basket", Money(30_000)), Discount("rounding", Money(500))),
    saved=Money(84_500),
)
INVOICED = InvoiceMark(
    series="1C26MAA",
    number=1234,
    code="M1-26-A1B2C-00000001234",
    qr="00020101021253037045406333000580",
    lookup="hoadon.example.vn",
    is_trial=True,
)


def thirty_lines() -> Receipt:
    """The receipt whose drawing is measured: thirty different lines."""
    lines = [
        replace(line, name=f"{line.name} số {turn * len(LINES) + at + 1}", price=line.price + Money(turn * 500))
        for turn in range(8)
        for at, line in enumerate(LINES)
    ]
    return replace(RECEIPT, lines=tuple(lines[:30]))


Layout = Callable[[int], list[Block]]

STICKER = BankSticker(
    shop=SHOP,
    bank="Vietcombank",
    account="1023456789",
    holder="HTX NONG NGHIEP DAK HA",
    qr="00020101021138540010A00000072701240006970436011010234567890208QRIBFTTA53037045802VN6304E4C8",
)
REQUEST = RequestPaper(
    shop=SHOP,
    number=12,
    day=date(2026, 11, 22),
    wanted_on=date(2026, 11, 26),
    weekday="thứ Năm",
    producer="Hợp tác xã nông nghiệp và dịch vụ Quảng Lạc",
    producer_code="0007",
    lines=(
        RequestedLine("Mật ong bạc hà, hũ 500 g", "00012", Quantity.of(24), "hũ"),
        RequestedLine("Hồng vành khuyên Bảo Lâm", "00031", Quantity.of("12,5", Unit.KILOGRAM), "kg"),
        RequestedLine("Miến dong Tràng Phái loại đặc biệt, túi 400 g", "00059", Quantity.of(1000), "túi"),
    ),
    by="Hoàng Văn Minh",
    printed_at=EVENING,
    note="Giao trước 9 giờ sáng.",
)
PAPERS: dict[str, Layout] = {
    "receipt": lambda width: lay_out_receipt(RECEIPT, width),
    "receipt_copy": lambda width: lay_out_receipt(replace(RECEIPT, mark=CopyMark(2, at=EVENING, by="Lan")), width),
    "receipt_again": lambda width: lay_out_receipt(
        replace(RECEIPT, mark=CopyMark(again=True, at=EVENING, by="Lan"), demo=True), width
    ),
    "receipt_unsigned": lambda width: lay_out_receipt(
        replace(RECEIPT, seal=replace(RECEIPT.seal, signed=False), taxes=()), width
    ),
    "receipt_invoiced": lambda width: lay_out_receipt(replace(RECEIPT, invoice=INVOICED), width),
    "receipt_whose_invoice_waits": lambda width: lay_out_receipt(replace(RECEIPT, invoice=InvoiceMark()), width),
    "receipt_english": lambda width: lay_out_receipt(replace(RECEIPT, language="en"), width),
    "receipt_of_a_large_sum": lambda width: lay_out_receipt(BIG_RECEIPT, width),
    "receipt_with_discounts": lambda width: lay_out_receipt(DISCOUNTED_RECEIPT, width),
    "practice": lambda width: lay_out_practice(replace(RECEIPT, seal=None, number=3, order_code="T2611220013"), width),
    "receipt_at_a_fair": lambda width: lay_out_receipt(
        replace(RECEIPT, lines=LINES[:1], fair_until=date(2026, 12, 22), demo=True), width
    ),
    "return_slip": lambda width: lay_out_return_slip(RETURN_SLIP, width),
    "return_slip_copy": lambda width: lay_out_return_slip(
        replace(RETURN_SLIP, receipt=None, sold_at=None, taxes=(), mark=CopyMark(1, at=EVENING, by="Lan")), width
    ),
    "goods_slip_accepted_in_part": lambda width: lay_out_goods_slip(CONSIGNED_IN, width),
    "goods_slip_bought": lambda width: lay_out_goods_slip(BOUGHT_IN, width),
    "goods_slip_all_refused_copy": lambda width: lay_out_goods_slip(ALL_REFUSED, width),
    "goods_slip_sent_back": lambda width: lay_out_goods_slip(SENT_BACK, width),
    "report_z_handed_over": lambda width: lay_out_day_report(HANDED_OVER, width),
    "cash_slip_out": lambda width: lay_out_cash_slip(EXPENSE, width),
    "cash_slip_deposit": lambda width: lay_out_cash_slip(
        replace(DEPOSIT, mark=CopyMark(1, at=EVENING, by="Lan")), width
    ),
    "cash_slip_in": lambda width: lay_out_cash_slip(
        replace(EXPENSE, into=True, what="Tiền lẻ mang tới", payee="", approved_by="", reason=""), width
    ),
    "day_book": lambda width: lay_out_day_book(DAY_BOOK, width),
    "day_book_of_a_week": lambda width: lay_out_day_book(
        replace(DAY_BOOK, first=date(2026, 11, 16), deposits=(), registers=(), demo=True), width
    ),
    "delivery_request": lambda width: lay_out_request(REQUEST, width),
    "delivery_request_copy": lambda width: lay_out_request(
        replace(REQUEST, mark=CopyMark(1, at=EVENING, by="Lan"), note="", demo=True), width
    ),
    "sticker": lambda width: lay_out_sticker(STICKER, width),
    "report_z": lambda width: lay_out_day_report(Z_REPORT, width),
    "report_z_even": lambda width: lay_out_day_report(EVEN_Z_REPORT, width),
    "report_z_with_discounts": lambda width: lay_out_day_report(DISCOUNTED_Z_REPORT, width),
    "report_x": lambda width: lay_out_day_report(replace(X_REPORT, demo=True), width),
}
WIDTHS = {"80mm": (48, 576), "58mm": (32, 384)}
