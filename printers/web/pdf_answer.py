"""A PDF as the answer of a view: shown in the browser, and saved under a name that says what it is."""

import re

from flask import Response, request

from core.text import fold
from printers.a4.document import A4Document
from printers.a4.pdf import as_pdf

_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")


def answer_document(document: A4Document, *, name: str) -> Response:
    """An A4 document; `name` is what its file is called, in any words: "Phiếu nhập 12" is phieu-nhap-12.pdf."""
    return answer_pdf(as_pdf(document), name=name)


def answer_pdf(data: bytes, *, name: str) -> Response:
    """The bytes of a PDF. It opens in the browser; `?save=1` in the address saves it instead."""
    way = "attachment" if request.args.get("save") else "inline"
    headers = {
        "Content-Disposition": f'{way}; filename="{file_name(name)}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return Response(data, mimetype="application/pdf", headers=headers)


def file_name(name: str) -> str:
    """A file's name without marks, blanks and signs, as any computer and any printer shop takes it.

    >>> file_name("Phiếu nhập 12"), file_name('"../\\r\\n')
    ('phieu-nhap-12.pdf', 'document.pdf')
    """
    return (_NOT_IN_NAMES.sub("-", fold(name)).strip("-")[:80] or "document") + ".pdf"
