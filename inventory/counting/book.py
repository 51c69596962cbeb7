"""The book of a place as it stood at any record since some moment: what is there now, less what moved since.

Sales go on while people count, so each counted line is compared with the book of its own moment. The number of the
newest record is that moment: writers follow each other, so every move up to it had happened and none after it.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from core.database import db
from core.quantity import NONE, Quantity
from inventory.location import DIFFERENCE
from inventory.lot import Lot
from inventory.stock_level import on_hand_by_lot
from inventory.stock_move import StockMove


@dataclass(frozen=True, slots=True)
class LaterMoves:
    """What moved of a lot after the moment, in the order of the records; `sums[n]` is what the first n brought."""

    records: Sequence[int]
    sums: Sequence[int]
    corrections: Sequence[int]


_STILL = LaterMoves((), (0,), ())


@dataclass(frozen=True, slots=True)
class Book:
    """What the moves say of some products at a place. `lots` are those with anything there now or since."""

    lots: dict[int, list[Lot]]
    now: dict[int, Quantity]
    later: dict[int, LaterMoves]

    def at(self, lot: Lot, seq: int) -> Quantity:
        """How much of a lot was there at a record; below zero where more was sold than the book knew."""
        later = self.later.get(lot.id, _STILL)
        moved = later.sums[-1] - later.sums[bisect_right(later.records, seq)]
        return self.now.get(lot.id, NONE) - Quantity(moved)

    def has_moved(self, lots: Iterable[Lot], *, after: int, until: int) -> bool:
        """Whether anything of these lots came or went after one record and up to another."""
        spans = (self.later.get(lot.id, _STILL).records for lot in lots)
        return any(bisect_right(records, after) < bisect_right(records, until) for records in spans)

    def was_corrected(self, lots: Iterable[Lot], *, after: int) -> bool:
        """Whether another count corrected one of these lots after a record."""
        return any(seq > after for lot in lots for seq in self.later.get(lot.id, _STILL).corrections)


def read_book(product_ids: Collection[int], place: str, *, since: int) -> Book:
    """The book of these products at a place, for every record from `since` on, in a few queries."""
    here = on_hand_by_lot(product_ids, place)
    lots = {product_id: [one.lot for one in found] for product_id, found in here.items()}
    now = {one.lot.id: one.quantity for found in here.values() for one in found}
    later = later_moves(place, since)
    for lot in _emptied(set(later) - set(now), set(product_ids)):
        lots.setdefault(lot.product_id, []).append(lot)
    return Book(lots, now, later)


def later_moves(place: str, since: int) -> dict[int, LaterMoves]:
    """What moved to and from a place after a record, by lot."""
    rows = db.session.execute(
        select(StockMove.lot_id, StockMove.source, StockMove.target, StockMove.quantity, StockMove.record_seq)
        .where(StockMove.record_seq > since, (StockMove.source == place) | (StockMove.target == place))
        .order_by(StockMove.record_seq)
    )
    by_lot: dict[int, list[tuple[int, int, bool]]] = defaultdict(list)
    for lot_id, source, target, quantity, seq in rows:
        signed = quantity.thousandths if target == place else -quantity.thousandths
        by_lot[lot_id].append((seq, signed, DIFFERENCE in (source, target)))
    return {lot_id: _summed(moves) for lot_id, moves in by_lot.items()}


def _summed(moves: Sequence[tuple[int, int, bool]]) -> LaterMoves:
    sums = [0]
    for _, signed, _ in moves:
        sums.append(sums[-1] + signed)
    return LaterMoves([seq for seq, _, _ in moves], sums, [seq for seq, _, corrects in moves if corrects])


def _emptied(lot_ids: Collection[int], product_ids: Collection[int]) -> list[Lot]:
    """Lots of which nothing is left, but something was there at the moment."""
    found = db.session.scalars(select(Lot).where(Lot.id.in_(lot_ids))) if lot_ids else ()
    return [lot for lot in found if lot.product_id in product_ids]
