"""The number on the label of a lot: 13 digits with a check digit, which every scanner reads and no keyboard changes.

It begins as only a shop's own numbers do (20, GS1 General Specifications 1.4), goes on with 9, where the numbers that
the shop gives to products have a 0, and with the nine digits of the lot's own number.
"""

import re

from sqlalchemy import select

from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from inventory.catalogue.own_label import register_label_reader
from inventory.catalogue.product import Product
from inventory.catalogue.product_number import check_digit
from inventory.lot import Lot, lot_number_in

BEGINNING = "209"
_LOT = re.compile(r"[0-9]{9}")


class LotWithoutLabel(RuleBroken):
    """A day with a thousand lots; the number has three digits for them."""

    message = N_("Lot %(lot)s has a longer number than fits in a barcode. Use the number of its product.")


def label_number(lot: Lot) -> str:
    """What is printed as bars for a lot."""
    if not _LOT.fullmatch(lot.number):
        raise LotWithoutLabel(lot=lot.number)
    digits = BEGINNING + lot.number
    return digits + str(check_digit(digits))


def lot_on_label(digits: str) -> tuple[Product, str] | None:
    """The product and number of the lot whose label was scanned; None when it is no such label or lot."""
    number = lot_number_in(digits)
    lot = db.session.scalar(select(Lot).where(Lot.number == number)) if number != digits else None
    return (lot.product, lot.number) if lot is not None else None


def register_lot_labels() -> None:
    """Let every scan, at the till and elsewhere, know the labels of lots."""
    register_label_reader(lot_on_label)
