"""What an invoice is known by: form, series and number, and the code of the tax office. Writing and reading only.

Series and code after TT 91/2026/TT-BTC, Điều 4, and QĐ 1271/QĐ-CT (30/5/2025); tests/vectors/cqt_code.json.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import date

from config.reference.invoice_codes import invoice_code

LARGEST_NUMBER = 99_999_999
"""The last number of a series in a year: eight digits."""
LARGEST_IN_CODE = 10**11 - 1
"""The last number that the taxpayer counts in the tax office's code: eleven digits."""

LETTERS = re.compile(r"[A-Z]{2}")
GIVEN = re.compile(r"[A-Z0-9]{5}")
_CODE = re.compile(r"M([1-6])-([0-9]{2})-([A-Z0-9]{5})-([0-9]{11})")
_SERIES = re.compile(r"[CK][0-9]{2}[TDLMNBGHXF][A-Z0-9]{2}")
_MESSAGE_ID = re.compile(r"[VK]([0-9]{10}([0-9]{2,3})?)[0-9A-F]{32}")


@dataclass(frozen=True, slots=True)
class TaxOfficeCode:
    """Mã của cơ quan thuế as a till makes it: M1-26-A1B2C-00000000001."""

    form: int
    year: int
    given: str
    number: int

    def __str__(self) -> str:
        return f"M{self.form}-{self.year % 100:02}-{self.given}-{self.number:011}"


def read_code(text: str) -> TaxOfficeCode:
    """The parts of a code; ValueError for anything else.

    >>> read_code("M2-25-A1B2C-00001234567").number
    1234567
    """
    found = _CODE.fullmatch(text)
    if found is None:
        raise ValueError(f"Not a code of the tax office from a till: {text!r}")
    return TaxOfficeCode(int(found[1]), 2000 + int(found[2]), found[3], int(found[4]))


def till_series(day: date, letters: str) -> str:
    """The series of invoices from the till in a year: coded, year, M, two letters of the seller's choice.

    >>> till_series(date(2026, 11, 20), "AA")
    'C26MAA'
    """
    coded, till = invoice_code("series", "coded", day).value, invoice_code("series", "till", day).value
    return f"{coded}{day.year % 100:02}{till}{letters}"


def is_series(text: str) -> bool:
    """Whether something could be a series of six signs; some real ones end in digits though the rule says letters."""
    return _SERIES.fullmatch(text) is not None


def new_message_id(tax_code: str) -> str:
    """A new message's id: K (a provider writes V), the tax code without its hyphen, 32 hexadecimal signs."""
    return f"K{tax_code.replace('-', '')}{uuid.uuid4().hex.upper()}"


def is_message_id(text: str) -> bool:
    """Whether something is the id of a message."""
    return _MESSAGE_ID.fullmatch(text) is not None
