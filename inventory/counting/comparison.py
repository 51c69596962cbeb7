"""What was counted against the book of the minute: for each product and owner, and within it for each lot.

Sheets are zones, so what several of them hold of the same goods is added up. Where goods left or came between the
first and the last of it that was counted, nobody can say which count they are in: then they are counted again.
What lay in open baskets had left its board and not yet the book, so it is added to what was counted.
"""

import enum
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from core.clock import today
from core.database import db
from core.money import ZERO, Money
from core.quantity import NONE, Quantity
from inventory.catalogue.price import prices_for
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from inventory.counting.book import Book, read_book
from inventory.counting.count_sheet import newest_record
from inventory.counting.scope import products_in
from inventory.counting.share_out import in_order_of_sale, share_out
from inventory.counting.stocktake_table import NOBODY_ASKED, SHOPS_OWN, CountedLine, Stocktake, StocktakeGoods
from inventory.lot import Lot


class Unsure(enum.StrEnum):
    """Why goods must be counted again before they can be posted."""

    MOVED = "moved"
    """Sold or moved between the first and the last that was counted of them."""
    WHOSE = "whose"
    """Several owners' goods, and nobody said whose were counted."""
    BASKET = "basket"
    """Some lay in an open basket, and several owners' goods stand here."""
    CORRECTED = "corrected"
    """Another count corrected the book after they were counted."""


@dataclass(frozen=True, slots=True)
class LotCompared:
    """One lot: what the book had of it at the minute, and what was counted."""

    lot: Lot
    book: Quantity
    counted: Quantity

    @property
    def difference(self) -> Quantity:
        """Below zero where some is missing."""
        return self.counted - self.book


@dataclass(frozen=True, slots=True)
class Compared:
    """Goods of one product and owner, counted. `at` is their moment of the book, `value` of the difference at today's
    price, or at what they cost where there is none."""

    product: Product
    owner: Producer | None
    lots: Sequence[LotCompared]
    lines: Sequence[CountedLine]
    at: int
    counted_at: datetime
    at_till: Quantity
    value: Money
    reason: str
    unsure: Unsure | None

    @property
    def book(self) -> Quantity:
        """What the book had at the minute."""
        return sum((one.book for one in self.lots), NONE)

    @property
    def counted(self) -> Quantity:
        """What was found, that in open baskets included."""
        return sum((one.counted for one in self.lots), NONE)

    @property
    def difference(self) -> Quantity:
        """Below zero where some is missing."""
        return self.counted - self.book

    @property
    def is_right(self) -> bool:
        """Whether every lot is as the book has it."""
        return all(not one.difference for one in self.lots)


@dataclass(frozen=True, slots=True)
class Uncounted:
    """Goods of one product and owner that the book has here and nobody counted; `again`: somebody is to count anew."""

    product: Product
    owner: Producer | None
    book: Quantity
    value: Money
    again: bool

    @property
    def whose(self) -> str:
        """The owner as a counted line names him."""
        return self.owner.code if self.owner is not None else SHOPS_OWN


@dataclass(frozen=True, slots=True)
class Comparison:
    """A whole stocktake against the book, what matters most first."""

    counted: Sequence[Compared]
    uncounted: Sequence[Uncounted]

    @property
    def unsure(self) -> list[Compared]:
        """What must be counted again."""
        return [one for one in self.counted if one.unsure is not None]

    @property
    def wrong(self) -> list[Compared]:
        """What differs from the book."""
        return [one for one in self.counted if not one.is_right and one.unsure is None]


def compare_with_book(stocktake: Stocktake) -> Comparison:
    """Everything that a stocktake has counted so far, and what of its goods it has not; in a few queries."""
    lines = current_lines(stocktake)
    product_ids = set(products_in(stocktake)) | set(lines)
    since = min((line.first_seq for found in lines.values() for line in found), default=newest_record())
    book = read_book(product_ids, stocktake.place, since=since)
    _add_known_lots(book, lines)
    prices = prices_for(book.lots.keys(), today())
    noted = {one.product_id: one for one in stocktake.goods}
    counted: list[Compared] = []
    uncounted: list[Uncounted] = []
    for product in db.session.scalars(select(Product).where(Product.id.in_(book.lots.keys()))):
        goods = _Goods(product, book, lines.get(product.id, []), prices.get(product.id), noted.get(product.id))
        counted += goods.compared()
        uncounted += goods.not_counted()
    counted.sort(key=lambda one: (-abs(one.value.dong), one.product.name_folded, one.product.id))
    uncounted.sort(key=lambda one: (not one.again, -abs(one.value.dong), one.product.name_folded, one.product.id))
    return Comparison(counted, uncounted)


def current_lines(stocktake: Stocktake) -> dict[int, list[CountedLine]]:
    """The lines that count, by product: those since a product was last to be counted again, with a number."""
    rounds = {noted.product_id: noted.round for noted in stocktake.goods}
    found: dict[int, list[CountedLine]] = defaultdict(list)
    for sheet in stocktake.sheets:
        for line in sheet.lines:
            if line.quantity is not None and line.round == rounds.get(line.product_id, 0):
                found[line.product_id].append(line)
    return found


def _add_known_lots(book: Book, lines: dict[int, list[CountedLine]]) -> None:
    """Lots that the book has not here: those that labels named, and those of goods it has none of at all."""
    for product_id, found in lines.items():
        known = book.lots.get(product_id, [])
        missing = [line.lot for line in found if line.lot is not None and line.lot not in known]
        if missing:
            book.lots.setdefault(product_id, []).extend(dict.fromkeys(missing))
    bare = [product_id for product_id, found in lines.items() if _needs_more_lots(book.lots.get(product_id, []), found)]
    for lot in db.session.scalars(select(Lot).where(Lot.product_id.in_(bare)).order_by(Lot.id)) if bare else ():
        if lot not in book.lots.setdefault(lot.product_id, []):
            book.lots[lot.product_id].append(lot)


def _needs_more_lots(lots: Sequence[Lot], lines: Sequence[CountedLine]) -> bool:
    owners = {lot.owner_code or SHOPS_OWN for lot in lots}
    return any(line.whose not in owners if line.whose else not owners for line in lines)


class _Goods:
    """One product of a stocktake, its lots sorted by owner."""

    def __init__(
        self,
        product: Product,
        book: Book,
        lines: list[CountedLine],
        price: Money | None,
        noted: StocktakeGoods | None,
    ) -> None:
        self.product, self.book, self.lines, self.price = product, book, lines, price
        self.lots: dict[str, list[Lot]] = defaultdict(list)
        for lot in in_order_of_sale(book.lots[product.id]):
            self.lots[lot.owner_code or SHOPS_OWN].append(lot)
        self.reason, self.again = (noted.reason, noted.round > 0) if noted is not None else ("", False)
        self.unasked = self._owner_of_unasked()

    def _owner_of_unasked(self) -> str | None:
        """Whose the goods are where the counter was not asked; None where nobody can say."""
        unasked = [line for line in self.lines if line.whose == NOBODY_ASKED]
        last = max((line.last_seq for line in unasked), default=0)
        here = [whose for whose, lots in self.lots.items() if any(self.book.at(lot, last) for lot in lots)]
        known = here or list(self.lots)
        return known[0] if len(known) == 1 else None

    def compared(self) -> list[Compared]:
        """What was counted of it, by owner."""
        if not self.lines:
            return []
        by_owner: dict[str, list[CountedLine]] = defaultdict(list)
        for line in self.lines:
            by_owner[line.whose or self.unasked or next(iter(self.lots))].append(line)
        return [self._compare(whose, lines) for whose, lines in by_owner.items()]

    def _compare(self, whose: str, lines: list[CountedLine]) -> Compared:
        lots, at = self.lots[whose], max(line.last_seq for line in lines)
        last = max(lines, key=lambda line: (line.last_seq, line.counted_at))
        book = {lot.id: self.book.at(lot, at) for lot in lots}
        labelled: dict[int, Quantity] = defaultdict(lambda: NONE)
        loose = last.at_till
        for line in lines:
            if line.lot_id is not None:
                labelled[line.lot_id] += line.quantity or NONE
            else:
                loose += line.quantity or NONE
        counted = share_out(lots, book, labelled, loose)
        compared = [LotCompared(lot, book[lot.id], counted[lot.id]) for lot in lots]
        return Compared(
            product=self.product, owner=lots[0].owner, lots=[one for one in compared if one.book or one.counted],
            lines=lines, at=at, counted_at=last.counted_at, at_till=last.at_till,
            value=self._value([(one.lot, one.difference) for one in compared]), reason=self.reason,
            unsure=self._unsure(lots, lines, at),
        )  # fmt: skip

    def _unsure(self, lots: Sequence[Lot], lines: Sequence[CountedLine], at: int) -> Unsure | None:
        if self.unasked is None and any(line.whose == NOBODY_ASKED for line in lines):
            return Unsure.WHOSE
        first = min(line.first_seq for line in lines)
        swings = len({line.at_till for line in lines}) > 1 or any(line.unsteady for line in lines)
        if swings or self.book.has_moved(lots, after=first, until=at):
            return Unsure.MOVED
        if any(line.at_till for line in lines) and self._owners_here(at) > 1:
            return Unsure.BASKET
        return Unsure.CORRECTED if self.book.was_corrected(lots, after=first) else None

    def _owners_here(self, at: int) -> int:
        asked = {line.whose for line in self.lines}
        return sum(whose in asked or any(self.book.at(lot, at) for lot in lots) for whose, lots in self.lots.items())

    def not_counted(self) -> list[Uncounted]:
        """What the book has of it here now, and nobody counted, by owner."""
        counted = {line.whose or self.unasked for line in self.lines}
        if None in counted:
            return []
        found = []
        for whose, lots in self.lots.items():
            here = [(lot, self.book.now.get(lot.id, NONE)) for lot in lots]
            if whose not in counted and any(quantity for _, quantity in here):
                total = sum((quantity for _, quantity in here), NONE)
                found.append(Uncounted(self.product, lots[0].owner, total, self._value(here), self.again))
        return found

    def _value(self, parts: Sequence[tuple[Lot, Quantity]]) -> Money:
        return sum((self._worth(lot).times(quantity) for lot, quantity in parts), ZERO)

    def _worth(self, lot: Lot) -> Money:
        """What one unit is worth: its price, else what it cost."""
        return self.price or lot.cost or lot.delivery_price or ZERO
