"""Labels to look at and to read back."""

from __future__ import annotations

from printers.labels.label import Label, LabelText
from printers.labels.symbol import Symbol, bars, data_matrix, qr

GTIN = "8930000000019"
ELEMENTS = "(01)08930000000019(17)261231(10)261128001"
SCANNED = "01089300000000191726123110261128001"
LINK = "https://id.gs1.org/01/08930000000019/10/261128001?17=261231"
EAN_13, EAN_8, LOT_NUMBER = bars(GTIN), bars("96385074"), bars("2092611280016")
MATRIX, CODE = data_matrix(ELEMENTS), qr(LINK)
SYMBOLS: dict[str, tuple[Symbol, str]] = {
    "ean13": (EAN_13, GTIN),
    "ean8": (EAN_8, "96385074"),
    "lot": (LOT_NUMBER, "2092611280016"),
    "datamatrix": (MATRIX, SCANNED),
    "qr": (CODE, LINK),
}


def a_label(symbol: Symbol | None = EAN_13, **also: object) -> Label:
    """A label of honey; `also` changes its first line."""
    return Label(
        (
            LabelText(**{"text": "Mật ong hoa bạc hà Ẩm Ỷ", "size": 24, "bold": True, "needed": True, **also}),  # type: ignore[arg-type]
            LabelText("120.000\N{NO-BREAK SPACE}₫", 30, bold=True, needed=True, whole=True),
            LabelText("Hũ 500 g · 240.000\N{NO-BREAK SPACE}₫/kg", 20),
            LabelText("OCOP 4 sao đến 30/06/2027", 20, whole=True),
        ),
        symbol,
    )
