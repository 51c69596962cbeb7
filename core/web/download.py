"""Files that a page hands out to be saved: lists as spreadsheets, invoices, signed files, e-mails."""

from urllib.parse import quote

from flask import make_response
from werkzeug.wrappers import Response

from core.spreadsheet.writing import XLSX
from core.text import fold

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": XLSX,
    "pdf": "application/pdf",
    "json": "application/json",
    "xml": "application/xml",
    "eml": "message/rfc822",
}


def download(content: bytes | str, name: str) -> Response:
    """An answer that the browser saves under a name; what kind of file it is, the name's end says."""
    answer = make_response(content)
    answer.headers["Content-Type"] = _TYPES[name.rpartition(".")[2]]
    answer.headers["X-Content-Type-Options"] = "nosniff"
    plain = fold(name).encode("ascii", "ignore").decode()
    answer.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return answer
