"""Slips on A4: everything that the roll says, as text that can be taken out of the PDF again."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdfium2
import pytest
from PIL import Image

from inventory.receiving.slip_a4 import a4_of
from printers.a4.pdf import as_pdf
from printers.goods_documents import GoodsSlip
from tests.printers.goods_papers import ALL_REFUSED, CONSIGNED_IN, SENT_BACK


def text_of(slip: GoodsSlip) -> str:
    document = pypdfium2.PdfDocument(as_pdf(a4_of(slip)))
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        (CONSIGNED_IN, ["PHIẾU NHẬP HÀNG KÝ GỬI", "8817 1821 7603 7226", "HÀNG KHÔNG NHẬN", "Vỡ, hở, rò rỉ (nắp hở)",
                        "phiếu ghi: 14 hũ", "120.000", "Chủ thể xác nhận bằng mã"]),
        (SENT_BACK, ["PHIẾU TRẢ HÀNG MUA", "800.000 ₫", "Hết hạn hoặc cận hạn", "Ký, ghi rõ họ tên"]),
        (ALL_REFUSED, ["Không nhận món nào.", "ĐÃ HỦY: NHẬP NHẦM"]),
    ],
)  # fmt: skip
def test_the_paper_says_what_both_sides_confirmed(app, slip, said):
    text = text_of(slip)

    assert [words for words in said if words not in text] == []


def test_a_signature_drawn_on_the_screen_stands_on_the_paper(app):
    drawn = io.BytesIO()
    Image.new("L", (720, 240), 0).save(drawn, "PNG")

    signed, unsigned = (as_pdf(a4_of(replace(CONSIGNED_IN, signature=one))) for one in (drawn.getvalue(), None))

    pictures = [page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]) for page in pypdfium2.PdfDocument(signed)]
    assert [len(list(found)) for found in pictures] == [1]
    assert all(
        not list(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))
        for page in pypdfium2.PdfDocument(unsigned)
    )
