"""Which lots counted goods belong to, where their labels do not say.

What a label named is sure. Of the rest each lot gets what the book misses of it, the last to expire first, so that
a shortage falls on the lots that were to be sold first; what is beyond the book belongs to the latest lot.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from core.quantity import NONE, Quantity
from inventory.lot import Lot


def share_out(
    lots: Sequence[Lot], book: Mapping[int, Quantity], labelled: Mapping[int, Quantity], loose: Quantity
) -> dict[int, Quantity]:
    """How much of each lot was counted, by id; all of them together are what was counted."""
    counted = {lot.id: labelled.get(lot.id, NONE) for lot in lots}
    left = loose
    for lot in reversed(in_order_of_sale(lots)):
        given = min(left, max(book.get(lot.id, NONE) - counted[lot.id], NONE))
        counted[lot.id] += given
        left -= given
    if left > NONE:
        latest = max(lots, key=lambda lot: (lot.received_on, lot.id))
        counted[latest.id] += left
    return counted


def in_order_of_sale(lots: Sequence[Lot]) -> list[Lot]:
    """Lots in the order in which the till takes them."""
    return sorted(lots, key=lambda lot: (lot.sell_by or date.max, lot.received_on, lot.id))
