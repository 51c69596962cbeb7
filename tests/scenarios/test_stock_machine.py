"""Any sequence of acts on the stock, and the book tells what really lies in the shop after each of them (I1-I3, I7).

Beside the shop the machine keeps the goods themselves: what lies on which board and whose it is. Thieves take of them
unseen and lost goods turn up, so book and boards drift apart, and only a count may bring them together again.
Hypothesis chooses the acts; tests/scenarios/stock_ledger.py says by SQL alone what must hold. That the machine can see
is shown by faults planted into the verbs.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from core.clock import stopped_at
from core.database import db, transaction
from core.quantity import Quantity
from inventory import stock_move
from inventory.catalogue.product import Product
from inventory.counting import count_sheet, stock_count, stocktake
from inventory.counting.stocktake_table import SHOPS_OWN, ScopeKind, Stocktake
from inventory.location import SHELF
from tests.factories import MORNING, build_template
from tests.scenarios.stock_acts import BookedActs, choice, places

PHASES = [Phase.explicit, Phase.reuse, Phase.generate, *([Phase.shrink] if "SHRINK" in os.environ else [])]


class StockMachine(BookedActs):
    """A shop in which anything may happen next to the goods, seen or unseen, also while they are counted.

    `counting`: the day begins with a stocktake, and with one thing gone that nobody saw.
    """

    counting = False

    def day_begins(self) -> None:
        if self.counting:
            self.drift_apart(0, -1)
            self.open_count(SHELF)

    # what nobody books

    @rule(which=choice)
    def a_thief_takes_one(self, which: int) -> None:
        """Something is gone, and nobody saw it."""
        self.drift_apart(which, -1)

    @rule(which=choice)
    def one_turns_up(self, which: int) -> None:
        """Something was behind the shelf, or nobody booked that it came back."""
        self.drift_apart(which, 1)

    def drift_apart(self, which: int, sign: int) -> None:
        known = sorted(self.there)
        at = known[which % len(known)]
        if self.there[at] + sign * 1_000 < 0:
            return
        self.there[at] += sign * 1_000
        self.drift[at] += sign * 1_000

    # counting while all this goes on

    @precondition(lambda self: self.counted is None)
    @rule(place=places)
    def begin_to_count(self, place: str) -> None:
        """The manager opens a stocktake, a clerk takes a sheet."""
        self.open_count(place)

    def open_count(self, place: str) -> None:
        with transaction():
            take = stocktake.open_stocktake(place=place, scope=ScopeKind.ALL, by=self.shop.manager)
            count_sheet.open_sheet(take, zone="kệ 1", by=self.shop.clerk)
        self.counted = {}

    @precondition(lambda self: self.counted is not None)
    @rule(which=choice, boards=st.integers(1, 3))
    def count_some_boards(self, which: int, boards: int) -> None:
        """The clerk counts all that lies there of a product of one owner, and of the next."""
        take = db.session.scalars(select(Stocktake)).one()
        known = sorted(at for at in self.there if at[0] == take.place and at not in self.counted)
        for at in known[which % (len(known) or 1) :][:boards]:
            _, name, owner = at
            product = db.session.scalars(select(Product).where(Product.name == name)).one()
            with transaction():
                count_sheet.count_goods(take.sheets[0], product, Quantity(self.there[at]), whose=owner or SHOPS_OWN)
            self.counted[at] = self.drift[at]

    @precondition(lambda self: self.counted)
    @rule()
    def post_the_count(self) -> None:
        """The manager accepts it: the book follows the boards, but for what drifted since."""
        take = db.session.scalars(select(Stocktake)).one()
        with transaction():
            for sheet in take.sheets:
                count_sheet.finish_sheet(sheet)
        if self.done(lambda: stock_count.post_stocktake(take, by=self.shop.manager)):
            for at, drift in self.counted.items():
                self.drift[at] -= drift
        else:
            with transaction():
                stocktake.drop_stocktake(db.session.scalars(select(Stocktake)).one())
        self.counted = None


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., type[StockMachine]]:
    """The machine over a shop with people and registers, made once."""
    with stopped_at(MORNING):
        template = build_template(tmp_path_factory.mktemp("machine") / "shop")
    return lambda **more: type("Machine", (StockMachine,), {"template": template, **more})


@pytest.mark.slow
def test_whatever_happens_the_book_tells_what_lies_there(machine, size):
    runs = settings(max_examples=size("L1-stock"), stateful_step_count=size("L1-stock-steps"), phases=PHASES)

    run_state_machine_as_test(machine(), settings=runs)


def from_the_shelf(lot, source, target, quantity, n, real=stock_move.Move):
    """As if everything always lay on the shelf."""
    return real(lot, SHELF, target, quantity, n)


FAULTS = {
    "a write-off always takes from the shelf": ("inventory.moving.slip_record.Move", from_the_shelf),
    "goods given back stay in the book": ("inventory.receiving.goods_return.post_moves", lambda moves, seq: None),
}
FAULTS_OF_COUNTS = {
    "a count is compared with the book of now": ("inventory.counting.book.later_moves", lambda place, since: {}),
    "a count moves nothing": ("inventory.counting.stock_count.post_moves", lambda moves, seq: None),
    "who lost something gets more of it": (
        "inventory.counting.stock_count.move_of",
        lambda line, place, real=stock_count.move_of: from_there(real(line, place)),
    ),
}


def from_there(move: stock_move.Move) -> stock_move.Move:
    """The same move the other way round."""
    return stock_move.Move(move.lot, move.target, move.source, move.quantity, move.line)


@pytest.mark.slow
@pytest.mark.parametrize("fault", [*FAULTS, *FAULTS_OF_COUNTS])
def test_the_machine_sees_a_planted_fault(machine, monkeypatch, fault):
    monkeypatch.setattr(*(FAULTS | FAULTS_OF_COUNTS)[fault])
    runs = settings(max_examples=100, stateful_step_count=30, phases=[Phase.generate], derandomize=True)

    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine(counting=fault in FAULTS_OF_COUNTS), settings=runs)
