"""The three kinds of labels."""

from enum import StrEnum

from core.i18n import N_


class LabelKind(StrEnum):
    """What a label is stuck on."""

    PRODUCT = "product"
    SHELF = "shelf"
    LOT = "lot"


class LabelSymbol(StrEnum):
    """Which symbol is wanted. Bars every scanner reads; the others carry number, lot and day and need a camera."""

    BARS = "bars"
    DATAMATRIX = "datamatrix"
    QR = "qr"


KIND_NAMES = {
    LabelKind.PRODUCT: N_("Product label"),
    LabelKind.SHELF: N_("Shelf label"),
    LabelKind.LOT: N_("Lot label"),
}
SYMBOL_NAMES = {
    LabelSymbol.BARS: N_("Bars (every scanner)"),
    LabelSymbol.DATAMATRIX: N_("GS1 DataMatrix (number, lot, last day)"),
    LabelSymbol.QR: N_("QR (number, lot, last day)"),
}
