"""A shop and beside it the goods themselves: what really lies on which board, and whose it is.

Acts keep both (stock_acts.py, test_stock_machine.py). Thieves take of the goods unseen and lost ones turn up, so book
and boards drift apart by what is written down in `drift`, and by nothing else.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
)
from sqlalchemy import select

from core.clock import stopped_at
from core.database import db, transaction
from core.errors import RuleBroken
from core.money import Money
from core.quantity import NONE, Quantity, Unit
from inventory.location import SHELF, STOCKROOM
from inventory.lot import Lot, Terms
from inventory.receiving.delivery import Arrival, receive_goods
from inventory.stock_level import on_hand
from pos.replay import verify_shop
from tests import factories as words
from tests.factories import MORNING, Shop, copy_of, opened, shop_settings
from tests.scenarios import stock_ledger as ledger
from tests.scenarios.stock_ledger import OWN, Place

PLACES = (SHELF, STOCKROOM)
MAKERS = ("HTX Quảng Lạc", "Hộ Lường Văn Pò")
HONEY, TEA, NUTS = "mật ong", "chè Shan", "hạt dẻ"
GOODS = (
    # the same honey of two owners, and bought; goods by weight
    (HONEY, MAKERS[0], Terms.on_commission(1_550), Unit.PIECE),
    (HONEY, MAKERS[1], Terms.at_delivery_price(Money(70_003)), Unit.PIECE),
    (HONEY, MAKERS[0], Terms.bought(Money(50_000)), Unit.PIECE),
    (TEA, MAKERS[1], Terms.on_commission(2_000), Unit.PIECE),
    (NUTS, MAKERS[0], Terms.on_commission(1_000), Unit.KILOGRAM),
)


class StockWorld(RuleBasedStateMachine):
    """A shop with a delivery of everything on its shelf."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.open = ExitStack()
        self.there: dict[Place, int] = defaultdict(int)
        self.drift: dict[Place, int] = defaultdict(int)
        self.counted: dict[Place, int] | None = None

    @initialize()
    def begin(self) -> None:
        """A shop of its own with a delivery of everything, the drawer open."""
        memory = Path("/dev/shm")
        place = tempfile.mkdtemp(prefix="stock_", dir=memory if os.access(memory, os.W_OK) else None)
        self.open.callback(shutil.rmtree, place)
        folder = copy_of(self.template, Path(place) / "shop")
        hand = self.open.enter_context(stopped_at(MORNING))
        self.shop = Shop(self.open.enter_context(opened(folder, shop_settings())), folder, hand)
        for which in range(len(GOODS)):
            self.take_in(which, 4, SHELF)
        words.open_shift(self.shop)
        self.day_begins()

    def day_begins(self) -> None:
        """What else there is before the first act."""

    def teardown(self) -> None:
        try:
            if hasattr(self, "shop"):
                verdict = verify_shop()
                assert verdict.clean, verdict.differences
        finally:
            self.open.close()

    # words of the machine

    def take_in(self, which: int, many: int, place: str) -> None:
        """A delivery of one of the goods, straight to a place."""
        name, maker, terms, unit = GOODS[which]
        product = words.goods(self.shop, name, of=MAKERS[0], unit=unit, price=100_001)
        supplier = words.producer(self.shop, maker)
        quantity = Quantity.of(many, product.unit)
        with transaction():
            arrival = Arrival(product, quantity, terms)
            receive_goods(supplier=supplier, lines=[arrival], by=self.shop.manager, target=place)
        self.lay(place, name, supplier.code if terms.consigned else OWN, quantity.thousandths)

    def lay(self, place: str, name: str, owner: str, thousandths: int) -> None:
        """So much more lies there, and the book should know."""
        self.there[place, name, owner] += thousandths

    def done(self, act: Callable[[], object]) -> bool:
        """Whether the shop did it, rather than refuse."""
        try:
            with transaction():
                act()
        except RuleBroken:
            return False
        return True

    def some_lot(self, which: int) -> Lot | None:
        lots = db.session.scalars(select(Lot).order_by(Lot.id)).all()
        return lots[which % len(lots)] if lots else None

    def some_of(self, which: int, many: int, place: str) -> tuple[Lot | None, Quantity]:
        """So much of one of the lots of which the book has it there, and of which it really lies there."""
        lots = [
            lot
            for lot in db.session.scalars(select(Lot).order_by(Lot.id))
            if self.there[self.place_of(lot, place)] >= self.amount(lot, many) <= on_hand(lot, place).thousandths
        ]
        if not lots:
            return None, NONE
        lot = lots[which % len(lots)]
        return lot, Quantity(self.amount(lot, many))

    def amount(self, lot: Lot, many: int) -> int:
        return many * (1_000 if lot.product.unit is Unit.PIECE else 350)  # also goods by weight go in parts

    def place_of(self, lot: Lot, place: str) -> Place:
        return place, lot.product.name, lot.owner_code or OWN

    # what must hold, whatever happened

    @invariant()
    @precondition(lambda self: hasattr(self, "shop"))
    def the_book_tells_what_lies_there(self) -> None:
        """For each owner by himself, but for what drifted apart."""
        book = ledger.book()
        for at in {*self.there, *(at for at in book if at[0] in PLACES)}:
            assert book.get(at, 0) == self.there[at] - self.drift[at], at
        ledger.check_nothing_from_nowhere()
        ledger.check_below_zero_is_said()
        ledger.check_what_came_is_what_went()
        db.session.rollback()
