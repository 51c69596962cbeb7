"""Command barcodes (mã lệnh): a sheet beside the scanner, for receiving, counting and moving without a keyboard.

The numbers are EAN-8 of the kind that GS1 leaves to each company (prefix 0, General Specifications 1.4), so no pack
carries them. `core/web/static/scan_command.js` knows what each of them does.
"""

from __future__ import annotations

from config.reference.label_stocks import label_stock
from core.i18n import N_, gettext
from inventory.catalogue.product_number import check_digit
from printers.blocks import Align
from printers.labels.label import Label, LabelText
from printers.labels.sheet import sheets_pdf
from printers.labels.symbol import bars

SHEET = "a4-24"
_PREFIX = "0990"
CONFIRM, BACK, COMMA, ERASE = "001", "002", "110", "111"
COMMANDS = (
    (CONFIRM, N_("Confirm")),
    (BACK, N_("Back")),
    (ERASE, N_("Erase")),
    *((f"10{digit}", str(digit)) for digit in range(10)),
    (COMMA, ","),
)
"""What each does, and what is written over its bars; the digits go into the field at hand."""


def number_of(command: str) -> str:
    """The eight digits of a command's bars.

    >>> number_of(CONFIRM)
    '09900011'
    """
    digits = _PREFIX + command
    return digits + str(check_digit(digits))


def command_sheet(*, author: str) -> bytes:
    """The sheet as a PDF, in the language of the screen."""
    labels = [_label(command, said) for command, said in COMMANDS]
    return sheets_pdf(labels, label_stock(SHEET), start=1, title=gettext(N_("Command barcodes")), author=author)


def _label(command: str, said: str) -> Label:
    words = said if said == "," or said.isdigit() else gettext(said)
    return Label((LabelText(words, 70, bold=True, needed=True, align=Align.CENTRE),), bars(number_of(command)))
