"""The movement ledger (sổ kho, thẻ kho): what one product, lot or owner had, what came and went, what was left.

The balance runs from what the records before the first day leave; a move between two places of the shop stands in the
book and changes nothing of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.past_day import Records, records_between, records_until
from core.quantity import NONE, Quantity
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from inventory.ledger.flow import IN_CARE, flows
from inventory.ledger.stock_on_day import lots_of, need_past
from inventory.lot import Lot
from inventory.stock_move import StockMove

MOST_LINES = 20_000


class DaysInWrongOrder(RuleBroken):
    """A stretch of days that ends before it begins."""

    message = N_("The last day, %(last)s, lies before the first, %(first)s. Type them the other way round.")


class LedgerTooLong(RuleBroken):
    """More lines than anybody reads, or a page can hold."""

    message = N_("These days hold more than %(most)s moves. Choose fewer days, or one product.")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a ledger is about: one lot; or all goods, narrowed to a product, an owner, or the shop's own."""

    product: Product | None = None
    lot: Lot | None = None
    owner: Producer | None = None
    own: bool = False

    def lots(self) -> list[Lot]:
        """The lots whose moves it holds."""
        if self.lot is not None:
            return [self.lot]
        wanted = select(Lot.id)
        if self.product is not None:
            wanted = wanted.where(Lot.product_id == self.product.id)
        if self.owner is not None:
            wanted = wanted.where(Lot.owner_id == self.owner.id)
        if self.own:
            wanted = wanted.where(Lot.owner_id.is_(None))
        return lots_of(list(db.session.scalars(wanted)))


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One move: what came, what went, what was left of everything the ledger is about."""

    record_seq: int
    lot: Lot
    source: str
    target: str
    quantity: Quantity
    balance: Quantity

    @property
    def came(self) -> Quantity:
        """What it added to the stock."""
        return self.quantity if self.target in IN_CARE and self.source not in IN_CARE else NONE

    @property
    def went(self) -> Quantity:
        """What it took from the stock."""
        return self.quantity if self.source in IN_CARE and self.target not in IN_CARE else NONE


@dataclass(frozen=True, slots=True)
class Ledger:
    """One product's part of a ledger: goods of different units never share a balance."""

    product: Product
    opening: Quantity
    lines: tuple[LedgerLine, ...]

    @property
    def came(self) -> Quantity:
        """All that was added."""
        return sum((line.came for line in self.lines), NONE)

    @property
    def went(self) -> Quantity:
        """All that was taken."""
        return sum((line.went for line in self.lines), NONE)

    @property
    def closing(self) -> Quantity:
        """What was left in the end."""
        return self.lines[-1].balance if self.lines else self.opening


def ledgers(scope: Scope, first: date, last: date) -> list[Ledger]:
    """The ledger of each product that the scope holds and that had stock or moved, over some days, both included."""
    need_past(last)
    if last < first:
        raise DaysInWrongOrder(first=first, last=last)
    lots = {lot.id: lot for lot in scope.lots()}
    moves = _moves(records_between(first, last), lots)
    before = flows(records_until(_day_before(first)), lots=list(lots))
    products: dict[int, Product] = {}
    openings: dict[int, Quantity] = {}
    of_product: dict[int, list[StockMove]] = {}
    for lot in lots.values():
        products[lot.product_id] = lot.product
        left = before[lot.id].in_care if lot.id in before else NONE
        openings[lot.product_id] = openings.get(lot.product_id, NONE) + left
    for move in moves:
        of_product.setdefault(lots[move.lot_id].product_id, []).append(move)
    return [
        Ledger(product, openings[number], tuple(_lines(openings[number], of_product.get(number, []), lots)))
        for number, product in sorted(products.items(), key=lambda one: (one[1].name_folded, one[0]))
        if openings[number] or number in of_product
    ]


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def _moves(records: Records, lots: dict[int, Lot]) -> list[StockMove]:
    moved = (
        select(StockMove)
        .where(StockMove.lot_id.in_(list(lots)), records.hold(StockMove.record_seq))
        .order_by(StockMove.record_seq, StockMove.line)
    )
    found = list(db.session.scalars(moved.limit(MOST_LINES + 1)))
    if len(found) > MOST_LINES:
        raise LedgerTooLong(most=f"{MOST_LINES:,}".replace(",", "."))
    return found


def _lines(opening: Quantity, moves: list[StockMove], lots: dict[int, Lot]) -> Iterator[LedgerLine]:
    left = opening
    for move in moves:
        came, went = move.target in IN_CARE, move.source in IN_CARE
        if came and not went:
            left += move.quantity
        if went and not came:
            left -= move.quantity
        yield LedgerLine(move.record_seq, lots[move.lot_id], move.source, move.target, move.quantity, left)
