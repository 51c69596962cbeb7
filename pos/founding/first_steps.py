"""What a new shop has to do before its first sale, and what soon after; found in its books, kept nowhere."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from core.current_settings import current_settings
from core.database import db
from core.i18n import N_
from core.staff import Staff
from inventory.catalogue.product import Product
from inventory.lot import Lot
from pos.sale import Sale
from pos.shifts.shift import Shift


@dataclass(frozen=True)
class FirstStep:
    """One thing to do: what, how one knows, and the pages where it is done."""

    name: str
    title: str
    told: str
    pages: tuple[tuple[str, str], ...]  # endpoint, what its button says
    done: bool
    needed: bool = True  # for the first sale


def first_steps() -> list[FirstStep]:
    """Every step, in the order in which a new shop takes them."""
    return [*_before_the_first_sale(), *_soon_after()]


def _before_the_first_sale() -> list[FirstStep]:
    return [
        FirstStep(
            "goods",
            N_("Put in the goods"),
            N_("From a spreadsheet, all at once; or one by one. What stands on the shelf can be put in with them."),
            (("goods_import.index", N_("From a spreadsheet")), ("products.index", N_("One by one"))),
            _any(Product.id),
        ),
        FirstStep(
            "stock",
            N_("Receive what stands on the shelf"),
            N_("The till sells what was received: put in by a goods receipt, or in the spreadsheet itself."),
            (("deliveries.index", N_("Goods receipts")),),
            _any(Lot.id),
        ),
        FirstStep(
            "shift",
            N_("Open a shift"),
            N_("Count the money that lies in the drawer and type the sum."),
            (("shifts.show", N_("Shift and drawer")),),
            _any(Shift.number),
        ),
        FirstStep(
            "sale",
            N_("Sell something"),
            N_("Scan or type a name, take the money, hand over the receipt."),
            (("till.show", N_("Till")),),
            has_sold(),
        ),
    ]


def _soon_after() -> list[FirstStep]:
    return [
        FirstStep(
            "people",
            N_("Let colleagues sign in"),
            N_("Everybody has a PIN of their own: receipts and records say who it was."),
            (("people.index", N_("Staff")),),
            _any(Staff.id, more_than=1),
            needed=False,
        ),
        FirstStep(
            "printer",
            N_("Choose a printer"),
            N_("Until there is one, receipts are shown on the screen."),
            (("printers.index", N_("Printers")),),
            bool(current_settings().printers),
            needed=False,
        ),
        FirstStep(
            "backup",
            N_("Choose a second place for backups"),
            N_("A stick or another disk: what breaks this computer must not take the books along."),
            (("backups.show", N_("Backups")),),
            bool(current_settings().backup.place),
            needed=False,
        ),
    ]


def has_sold() -> bool:
    """Whether the shop sold anything yet."""
    return _any(Sale.number)


def _any(column: Any, *, more_than: int = 0) -> bool:
    some = select(column).limit(more_than + 1).subquery()
    return (db.session.scalar(select(func.count()).select_from(some)) or 0) > more_than
