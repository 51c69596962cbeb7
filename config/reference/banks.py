"""Banks and wallets that a VietQR can name, by the BIN that NAPAS knows them under."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from config.reference.table import UnknownReference, read_table


@dataclass(frozen=True)
class Bank:
    """A member of the transfer network."""

    bin: str
    short_name: str
    name: str
    sends: bool
    """Its own app can pay by VietQR; all listed here can be paid."""


@functools.cache
def banks() -> tuple[Bank, ...]:
    """Every bank, by short name."""
    return tuple(
        Bank(bin=row["bin"], short_name=row["short_name"], name=row["name"], sends=row["sends"] == "yes")
        for row in read_table("banks")
    )


def bank(bin_: str) -> Bank:
    """The bank of a BIN; an unknown one raises UnknownReference."""
    for one in banks():
        if one.bin == bin_:
            return one
    raise UnknownReference("banks", bin_)
