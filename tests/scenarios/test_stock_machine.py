"""Any sequence of acts on the stock, and the book tells what really lies in the shop after each of them (I1-I3, I7).

Beside the shop the machine keeps the goods themselves: what lies on which board and whose it is. Thieves take of them
unseen and lost goods turn up, so book and boards drift apart, and only a count may bring them together again.
Hypothesis chooses the acts; tests/scenarios/stock_ledger.py says by SQL alone what must hold. That the machine can see
is shown by faults planted into the verbs.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from core.clock import stopped_at
from core.database import db, transaction
from core.errors import RuleBroken
from core.money import Money
from core.quantity import NONE, Quantity, Unit
from inventory import stock_move
from inventory.catalogue.product import Product
from inventory.counting import count_sheet, stock_count, stocktake
from inventory.counting.stocktake_table import SHOPS_OWN, ScopeKind, Stocktake
from inventory.location import SHELF, STOCKROOM
from inventory.lot import Lot, Terms
from inventory.moving.move_back import move_back
from inventory.moving.move_slip import Cause, MoveSlip, Portion, SlipKind, lines_of
from inventory.moving.own_use import use_up
from inventory.moving.shelf_move import move_to_shelf, move_to_stockroom
from inventory.moving.write_off import write_off
from inventory.receiving.delivery import Arrival, receive_goods
from inventory.receiving.goods_return import GoingBack, return_goods
from inventory.receiving.goods_return_table import ReturnReason
from inventory.stock_level import on_hand
from inventory.tracing.hold import hold_lot, release_lot
from pos.basket import current_basket, open_basket, void_basket
from pos.basket_line import choose_lot
from pos.replay import verify_shop
from pos.returns.basket_return import lay_return
from pos.returns.money_left import usual_way_back
from pos.returns.refund import complete_refund
from pos.returns.return_condition import Condition
from pos.returns.return_quote import quote_returns
from pos.sale import Sale, SaleLine
from tests import factories as words
from tests.factories import MORNING, Shop, build_template, copy_of, opened, shop_settings
from tests.returning import way_back
from tests.scenarios import stock_ledger as ledger
from tests.scenarios.stock_ledger import OWN, Place

PHASES = [Phase.explicit, Phase.reuse, Phase.generate, *([Phase.shrink] if "SHRINK" in os.environ else [])]
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
choice = st.integers(0, 10_000)
pieces = st.integers(1, 4)
places = st.sampled_from(PLACES)


class StockMachine(RuleBasedStateMachine):
    """A shop in which anything may happen next to the goods."""

    template: Path
    counting = False
    """Whether the day begins with a stocktake, and with one thing gone that nobody saw."""

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
            self.receive(which, 4, SHELF)
        words.open_shift(self.shop)
        if self.counting:
            self.drift_apart(0, -1)
            self.open_count(SHELF)

    def teardown(self) -> None:
        try:
            if hasattr(self, "shop"):
                verdict = verify_shop()
                assert verdict.clean, verdict.differences
        finally:
            self.open.close()

    # what may happen

    @rule(which=st.integers(0, len(GOODS) - 1), many=pieces, place=places)
    def receive(self, which: int, many: int, place: str) -> None:
        """A producer brings goods; perhaps straight into the stockroom."""
        name, maker, terms, unit = GOODS[which]
        product = words.goods(self.shop, name, of=MAKERS[0], unit=unit, price=100_001)
        supplier = words.producer(self.shop, maker)
        quantity = Quantity.of(many, product.unit)
        with transaction():
            arrival = Arrival(product, quantity, terms)
            receive_goods(supplier=supplier, lines=[arrival], by=self.shop.manager, target=place)
        self.lay(place, name, supplier.code if terms.consigned else OWN, quantity.thousandths)

    @rule(name=st.sampled_from([HONEY, TEA, NUTS]), many=pieces)
    def sell_what_comes_first(self, name: str, many: int) -> None:
        """A customer takes goods, and the clerk takes the lot that the till proposes."""
        if any(drift for (place, other, _), drift in self.drift.items() if (place, other) == (SHELF, name)):
            return  # nobody can hand over what the till proposes and a thief has
        self.sell(name, many)

    @rule(which=choice, many=pieces)
    def sell_a_lot_by_its_key(self, which: int, many: int) -> None:
        """The clerk chooses the jar in the hand, also where the book has fewer."""
        lot = self.some_lot(which)
        if lot is not None and self.there[self.place_of(lot, SHELF)] >= many * 1_000:
            self.sell(lot.product.name, many, lot=lot)

    def sell(self, name: str, many: int, lot: Lot | None = None) -> None:
        """At the counter; what the receipt says is what the customer carries away."""
        basket = words.fill_basket(self.shop, (name, many))
        try:
            with transaction():
                if lot is not None:
                    choose_lot(basket.lines[0], lot, reason="trên tay", by=self.shop.clerk)
            sale = words.pay(self.shop, basket)
        except RuleBroken:
            self.give_up()
            return
        for line in sale.lines:
            self.lay(SHELF, name, line.owner_code or OWN, -line.quantity.thousandths)

    def give_up(self) -> None:
        with transaction():
            basket = current_basket(self.shop.register)
            if basket is not None and (basket.lines or basket.returns):
                void_basket(basket, reason="khách đổi ý", by=self.shop.clerk)

    @rule(which=choice, damaged=st.booleans())
    def a_customer_brings_it_back(self, which: int, damaged: bool) -> None:
        """All of one line of an earlier receipt."""
        sales = db.session.scalars(select(Sale).order_by(Sale.number)).all()
        if not sales:
            return
        sale = sales[which % len(sales)]
        line = sale.lines[which % len(sale.lines)]
        if not self.done(lambda: self.refund(sale, line, Condition.DAMAGED if damaged else Condition.GOOD)):
            self.give_up()  # it came back before
            return
        if not damaged:
            self.lay(SHELF, line.product.name, line.owner_code or OWN, line.quantity.thousandths)

    def refund(self, sale: Sale, line: SaleLine, condition: Condition) -> None:
        basket = open_basket(self.shop.register)
        lay_return(basket, sale, line.n, line.quantity, condition=condition, reason="đổi ý")
        back = [way_back(each) for each in usual_way_back(quote_returns(basket).total, sale)]
        complete_refund(basket, back=back, key=str(uuid.uuid4()), by=self.shop.clerk)

    @rule(which=choice, many=pieces, source=places)
    def carry(self, which: int, many: int, source: str) -> None:
        """From the stockroom to the shelf, or back."""
        lot, quantity = self.some_of(which, many, source)
        if lot is None:
            return
        carry, target = (move_to_stockroom, STOCKROOM) if source == SHELF else (move_to_shelf, SHELF)
        if self.done(lambda: carry([Portion(lot, quantity)], by=self.shop.manager)):
            name, owner = lot.product.name, lot.owner_code or OWN
            self.lay(source, name, owner, -quantity.thousandths)
            self.lay(target, name, owner, quantity.thousandths)

    @rule(which=choice, many=pieces, source=places, cause=st.sampled_from([Cause.BREAKAGE, Cause.THEFT, Cause.OTHER]))
    def break_some(self, which: int, many: int, source: str, cause: Cause) -> None:
        """Goods are lost, and somebody says so."""
        lot, quantity = self.some_of(which, many, source)
        if lot is not None and self.done(
            lambda: write_off([Portion(lot, quantity)], source=source, cause=cause, reason="vỡ", by=self.shop.manager)
        ):
            self.lay(source, lot.product.name, lot.owner_code or OWN, -quantity.thousandths)

    @rule(which=choice, source=places)
    def taste(self, which: int, source: str) -> None:
        """One is opened for customers to taste."""
        lot, quantity = self.some_of(which, 1, source)
        if lot is not None and self.done(
            lambda: use_up(
                [Portion(lot, quantity)], source=source, cause=Cause.TASTING, reason="mời khách", by=self.shop.manager
            )
        ):
            self.lay(source, lot.product.name, lot.owner_code or OWN, -quantity.thousandths)

    @rule(which=choice)
    def it_was_a_mistake(self, which: int) -> None:
        """A slip is moved back, whole."""
        slips = db.session.scalars(
            select(MoveSlip).where(MoveSlip.kind != SlipKind.MOVE_BACK).order_by(MoveSlip.record_seq)
        ).all()
        if not slips:
            return
        slip = slips[which % len(slips)]
        lines = lines_of(slip)
        if any(self.there[self.place_of(line.lot, line.target)] < line.quantity.thousandths
               for line in lines if line.target in PLACES):  # fmt: skip
            return
        back = {line.n: line.quantity for line in lines}
        if not self.done(lambda: move_back(slip, back, reason="nhầm", by=self.shop.manager)):
            return
        for line in lines:
            for place, sign in ((line.target, -1), (line.source, 1)):
                if place in PLACES:
                    owner = line.lot.owner_code or OWN
                    self.lay(place, line.lot.product.name, owner, sign * line.quantity.thousandths)

    @rule(which=choice, many=pieces, source=places)
    def give_back(self, which: int, many: int, source: str) -> None:
        """The producer takes goods home again."""
        lot, quantity = self.some_of(which, many, source)
        if lot is not None and self.done(
            lambda: return_goods(
                lot.supplier, lines=[GoingBack(lot, quantity, source, ReturnReason.UNSOLD)], by=self.shop.manager
            )
        ):
            self.lay(source, lot.product.name, lot.owner_code or OWN, -quantity.thousandths)

    @rule(which=choice)
    def lay_aside_and_let_go(self, which: int) -> None:
        """A lot is held; a held one is let go."""
        lot = self.some_lot(which)
        if lot is None:
            return
        if not self.done(lambda: hold_lot(lot, reason="nghi ngờ", by=self.shop.manager)):
            self.done(lambda: release_lot(lot, reason="tốt", by=self.shop.manager))

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

    # words of the machine

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
