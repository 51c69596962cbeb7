"""Settings of the invoices from the till: whether they are made, under which series, and how they leave the shop."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from config.settings_file import WrongValue

_LETTERS = re.compile(r"[A-Z]{2}")
_ADDRESS = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[!-~]*)?")


@dataclass(frozen=True)
class InvoiceSettings:
    """What a shop with the duty needs; without it nothing else here counts."""

    duty: Literal["none", "till"]
    letters: str
    after_return: Literal["replace", "adjust"]
    provider: Literal["folder", "https"]
    folder: str
    url: str
    signed_by: Literal["provider", "test"]
    lookup: str
    few_left: int

    def __post_init__(self) -> None:
        _require(_LETTERS.fullmatch(self.letters) is not None, "letters", "must be two capital letters A to Z.")
        _require(self.folder == "" or _is_whole_path(self.folder), "folder", "must be a whole path or empty.")
        _require(self.url == "" or _ADDRESS.fullmatch(self.url) is not None, "url", "must begin with https:// .")
        _require(self.provider != "https" or self.url != "", "url", "is needed to send over https.")
        _require(1 <= self.few_left <= 1_000_000, "few_left", "must be from 1 to 1000000.")

    @property
    def is_due(self) -> bool:
        """Whether each sale makes an invoice."""
        return self.duty == "till"


def _is_whole_path(text: str) -> bool:
    return text.startswith("/") and ".." not in text.split("/")


def _require(holds: bool, field: str, rule: str) -> None:
    if not holds:
        raise WrongValue(field, rule)
