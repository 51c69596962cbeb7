"""Labels that the shop prints itself and only stock can read: the number of a lot.

The catalogue knows no lots (the hub has none), so whoever knows them says at start how their digits are read.
"""

from collections.abc import Callable

from inventory.catalogue.product import Product

LabelReader = Callable[[str], tuple[Product, str] | None]
"""Digits with a right check digit to the product and the lot that they name, or None."""

_READERS: list[LabelReader] = []


def register_label_reader(reader: LabelReader) -> None:
    """Let digits be shown to this reader; a second time changes nothing."""
    if reader not in _READERS:
        _READERS.append(reader)


def read_own_label(digits: str) -> tuple[Product, str] | None:
    """The product and the lot that digits of the shop's own name; None when they name none."""
    return next((found for reader in _READERS if (found := reader(digits)) is not None), None)
