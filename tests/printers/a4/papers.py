"""A4 papers to look at, in the house style."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from PIL import Image, ImageDraw

from printers.a4.document import A4Code, A4Document, A4Heading, A4Part, A4Signature, A4Table, A4Text
from printers.blocks import Align
from printers.documents import CopyMark, ShopHead

SHOP = ShopHead(
    "Điểm giới thiệu và bán sản phẩm OCOP Kỳ Lừa",
    "211 Trần Đăng Ninh, phường Kỳ Lừa, tỉnh Lạng Sơn",
    tax_code="4900123456",
    phone="0205 3 812 345",
)
AT = datetime(2026, 11, 28, 1, 2, tzinfo=UTC)
LEFT, CENTRE, RIGHT = Align.LEFT, Align.CENTRE, Align.RIGHT


def a4(*parts: A4Part, title: str = "PHIẾU NHẬP KHO", **also: object) -> A4Document:
    """A paper of this shop with these parts."""
    return A4Document(SHOP, title, AT, parts, **also)  # type: ignore[arg-type]


def goods(rows: int) -> A4Table:
    """A table of goods with sums at the right."""
    lines = tuple(
        (str(n), f"Mật ong hoa bạc hà số {n}", "1,5", "kg", f"{n}.111.111", f"{n}.766.667") for n in range(1, rows + 1)
    )
    return A4Table(
        ("Số", "Sản phẩm", "Số lượng", "Đơn vị", "Đơn giá", "Thành tiền"),
        lines,
        widths=(1, 7, 2, 2, 3, 3),
        aligns=(RIGHT, LEFT, RIGHT, CENTRE, RIGHT, RIGHT),
        totals=(("", "Cộng", "", "", "", "31.234.567.890"),),
    )


def drawn_signature() -> bytes:
    """A signature drawn on the screen."""
    picture = Image.new("RGB", (300, 90), "white")
    ImageDraw.Draw(picture).line([(10, 70), (60, 10), (90, 80), (150, 30), (210, 70), (290, 20)], fill="black", width=5)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


RECEIPT = a4(
    A4Text("Bên giao và bên nhận đã cùng đếm và thống nhất số lượng, giá dưới đây."),
    goods(3),
    A4Heading("Mã kiểm tra"),
    A4Code("12-ABCDEFGHIJKLMNOP", ("Bản ghi 12", "Mã: ABCD EFGH IJKL MNOP")),
    subtitle="Ngày 28 tháng 11 năm 2026",
    number="Số: PN-12",
    facts=(
        ("Chủ thể", "Hợp tác xã Ẩm thực Ỷ Lan"),
        ("Hợp đồng", "HĐ-3 ngày 01/11/2026"),
        ("Người nhận", "Nguyễn Thị Ngọ"),
    ),
    notes=("Phiếu này không phải là hóa đơn.",),
    signatures=(
        A4Signature("Người giao", "Hoàng Văn Ệ", picture=drawn_signature()),
        A4Signature("Người nhận", "Nguyễn Thị Ngọ"),
    ),
    printed_by="Nguyễn Thị Ngọ",
    mark=CopyMark(copy=2),
    demo=True,
)
GROUPED = a4(
    A4Table(
        ("Sản phẩm", "Lô", "Sổ sách", "Đếm"),
        ("Chủ thể A", ("Chè Shan tuyết ★★★★", "L1", "12", ""), "Chủ thể B", ("Rượu ngô men lá", "L2", "3", "")),
        widths=(6, 2, 2, 3),
        aligns=(LEFT, LEFT, RIGHT, RIGHT),
        boxed=True,
        row_mm=9,
    ),
    A4Table(("Giấy tờ", "Hạn"), (), title="Giấy tờ sắp hết hạn", empty="Không có giấy tờ nào."),
    title="PHIẾU KIỂM KÊ",
    landscape=True,
)
PAPERS = {"a4_goods_receipt": RECEIPT, "a4_count_sheet": GROUPED}
