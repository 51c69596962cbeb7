"""The list of lots that end soon, on paper."""

from collections.abc import Sequence

from config.settings import Settings
from core.clock import now
from core.i18n import gettext, written_day
from core.quantity import Quantity
from core.staff import Staff
from inventory.tracing.expiry import EndingLot, Expiry
from printers.a4.document import A4Document, A4Table
from printers.blocks import Align
from printers.documents import ShopHead

Said = tuple[EndingLot, str, str, str]
"""A lot with its owner, the proposal and its reason in words."""
_LEFT, _RIGHT = Align.LEFT, Align.RIGHT


def expiry_paper(found: Expiry, rows: Sequence[Said], settings: Settings, *, by: Staff) -> A4Document:
    """A row a lot, with a place to tick what was done."""
    return A4Document(
        shop=ShopHead.of(settings.shop),
        title=gettext("LOTS THAT END SOON"),
        subtitle=gettext("within %(days)s days of %(day)s", days=found.within, day=written_day(found.day)),
        printed_at=now(),
        facts=(
            (gettext("The shop's own goods, at cost"), str(found.own_at_risk)),
            (gettext("Goods of others, what owners would get"), str(found.owners_at_risk)),
            (gettext("All of it at selling price"), str(found.at_price)),
        ),
        parts=(_table(rows),),
        printed_by=by.name,
        demo=settings.demo,
        landscape=True,
    )


def _table(rows: Sequence[Said]) -> A4Table:
    return A4Table(
        headings=(
            gettext("Product"), gettext("Lot"), gettext("Whose"), gettext("Sell by"), gettext("Shelf"),
            gettext("Stockroom"), gettext("Value at risk"), gettext("Proposal"), gettext("Done"),
        ),
        rows=tuple(_row(*row) for row in rows),
        widths=(23, 12, 17, 12, 9, 9, 12, 26, 8),
        aligns=(_LEFT, _LEFT, _LEFT, _LEFT, _RIGHT, _RIGHT, _RIGHT, _LEFT, _LEFT),
        empty=gettext("No lot ends in these days."),
    )  # fmt: skip


def _row(one: EndingLot, owner: str, proposal: str, reason: str) -> tuple[str, ...]:
    lot, unit = one.lot, one.product.unit_label
    number = f"{lot.number}\n{lot.producer_lot}" if lot.producer_lot else lot.number
    day = written_day(lot.sell_by) if lot.sell_by else ""
    shelf, stockroom = (_quantity(quantity, unit) for quantity in (one.held.on_shelf, one.held.in_stockroom))
    return (lot.product.full_name, number, owner, day, shelf, stockroom, str(one.at_risk), f"{proposal}: {reason}", "")


def _quantity(quantity: Quantity, unit: str) -> str:
    return f"{quantity} {unit}" if quantity.thousandths else "–"
