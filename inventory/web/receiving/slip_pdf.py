"""A slip as a PDF on A4, shown in the browser."""

from flask import Response

from inventory.receiving.slip_a4 import a4_of
from printers.a4.pdf import as_pdf
from printers.goods_documents import GoodsSlip


def pdf_of(slip: GoodsSlip, name: str) -> Response:
    """The PDF under a name that says what it is."""
    answer = Response(as_pdf(a4_of(slip)), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
