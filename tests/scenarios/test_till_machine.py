"""Any sequence of acts at the till, and the money is right after each of them (I4, I5, I6, I9, I10).

Hypothesis chooses the acts; tests/scenarios/till_ledger.py says what must hold, by SQL alone. That the machine can see
is shown by faults planted into the verbs.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from fractions import Fraction
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

from core.clock import stopped_at
from core.database import db, transaction
from core.errors import RuleBroken
from core.money import ZERO, Money
from core.quantity import Quantity, Unit
from inventory.lot import Terms
from pos import pricing
from pos.basket import current_basket, open_basket, void_basket
from pos.data_folder import DataFolder
from pos.discounts.promotion import Terms as PromotionTerms
from pos.quote import quote
from pos.replay import verify_shop
from pos.returns import refund_share
from pos.returns.basket_return import lay_return
from pos.returns.money_left import usual_way_back
from pos.returns.return_condition import Condition
from pos.returns.return_quote import quote_returns
from pos.returns.returned import lines_left
from pos.sale import Sale
from pos.settling import settle_basket
from pos.shifts.shift import open_shift_of
from pos.shifts.shift_totals import totals_of
from pos.tender import Paid
from tests import factories as words
from tests.factories import MORNING, Shop, build_template, copy_of, opened, shop_settings
from tests.returning import way_back
from tests.scenarios import till_ledger as ledger

MAKERS = ("HTX Quảng Lạc", "Hộ Lường Văn Pò")
# Shrinking takes minutes for a machine of this size: only where somebody asks for it.
PHASES = [Phase.explicit, Phase.reuse, Phase.generate, *([Phase.shrink] if "SHRINK" in os.environ else [])]

GOODS = {
    # name: (maker, terms, price, unit, tax): prices that divide badly
    "mật ong": (MAKERS[0], Terms.on_commission(1_550), 135_001, Unit.PIECE, "standard_reduced"),
    "chè Shan": (MAKERS[0], Terms.on_commission(2_000), 49_999, Unit.PIECE, "farm"),
    "rượu ngô": (MAKERS[1], Terms.at_delivery_price(Money(70_003)), 88_888, Unit.PIECE, "standard"),
    "hạt dẻ": (MAKERS[1], Terms.on_commission(1_000), 120_000, Unit.KILOGRAM, "exempt"),
    "gạo": (MAKERS[0], Terms.bought(Money(18_000)), 25_501, Unit.KILOGRAM, "farm"),
}
names = st.sampled_from(sorted(GOODS))
pieces = st.integers(1, 4)
choice = st.integers(0, 10_000)


class TillMachine(RuleBasedStateMachine):
    """A counter at which anything may happen next."""

    template: DataFolder
    rounding = 0

    def __init__(self) -> None:
        super().__init__()
        self.open = ExitStack()
        self.totals = (0, 0)
        self.moved_cash = 0

    @initialize()
    def begin(self) -> None:
        """A shop of its own, goods on the shelf, the drawer open."""
        memory = Path("/dev/shm")
        place = tempfile.mkdtemp(prefix="till_", dir=memory if os.access(memory, os.W_OK) else None)
        self.open.callback(shutil.rmtree, place)
        folder = copy_of(self.template, Path(place) / "shop")
        hand = self.open.enter_context(stopped_at(MORNING))
        app = self.open.enter_context(opened(folder, shop_settings(selling={"cash_rounding": self.rounding})))
        self.shop = Shop(app, folder, hand)
        for name in GOODS:
            self.receive(name, 6)
        words.open_shift(self.shop)

    def teardown(self) -> None:
        try:
            if hasattr(self, "shop"):
                assert verify_shop().clean
        finally:
            self.open.close()

    # what may happen

    @rule(name=names, many=pieces)
    def receive(self, name: str, many: int) -> None:
        """A producer brings goods."""
        maker, terms, price, unit, tax = GOODS[name]
        words.goods(self.shop, name, of=maker, price=price, unit=unit, tax=tax)
        words.receive(self.shop, name, many, terms=terms, of=maker, price=price, unit=unit)

    @rule(wanted=st.lists(st.tuples(names, pieces), min_size=1, max_size=3), lowered=choice, paid=choice)
    def sell(self, wanted: list[tuple[str, int]], lowered: int, paid: int) -> None:
        """A customer buys, perhaps at a discount, and pays in one way or two."""
        basket = words.fill_basket(self.shop, *wanted)
        try:
            self.lower(basket, lowered)
            words.pay(self.shop, basket, *self.ways_to_pay(basket, paid))
        except RuleBroken:  # the shelf is empty, or nothing is left to pay a discount from
            self.give_up()

    def lower(self, basket, how: int) -> None:
        """Nothing, a price by right, a discount on a line, on the basket, in percent or đồng."""
        line = basket.lines[how % len(basket.lines)]
        match how % 6:
            case 1:
                words.price_by_right(self.shop, line, 1 + how * 17)
            case 2:
                words.take_off(self.shop, line, percent=1 + how % 100)
            case 3:
                words.take_off(self.shop, line, amount=1 + how % 9_999)
            case 4:
                words.take_off(self.shop, basket, percent=1 + how % 100)
            case 5:
                words.take_off(self.shop, basket, amount=1 + how)

    def ways_to_pay(self, basket, how: int) -> list[Paid]:
        """All of it one way, or a part by card or transfer and the rest in notes."""
        total = quote(basket).total
        part = total.share(Fraction(how % 5, 4)) if how % 5 < 4 else total
        card = how % 2 == 0
        other = [words.card(part.dong) if card else words.transfer(part.dong)] if part else []
        left = total - part
        return [*other, words.cash(left.dong)] if left else other

    @precondition(lambda self: hasattr(self, "shop"))
    @rule(which=choice, n=choice, share=st.integers(1, 4), damaged=st.booleans())
    def bring_back(self, which: int, n: int, share: int, damaged: bool) -> None:
        """A customer brings a part of an earlier purchase back."""
        if self.lay_back(which, n, share, damaged):
            self.settle([])

    @rule(which=choice, n=choice, share=st.integers(1, 4), name=names, many=pieces)
    def exchange(self, which: int, n: int, share: int, name: str, many: int) -> None:
        """Goods for goods; whoever owes the rest pays it."""
        if self.lay_back(which, n, share, damaged=False):
            self.settle([(name, many)])

    def lay_back(self, which: int, n: int, share: int, damaged: bool) -> bool:
        """Lay a quarter, a half, three quarters or all of what is left of a line beside the basket."""
        sales = db.session.query(Sale.number).order_by(Sale.number).all()
        if not sales:
            return False
        with transaction():
            sale = db.session.get_one(Sale, sales[which % len(sales)][0])
            left = lines_left(sale)[n % len(sale.lines)]
            whole = left.left.thousandths
            part = whole if share == 4 else whole * share // 4
            part = part if left.line.product.unit.divisible else part // 1000 * 1000
            condition = Condition.DAMAGED if damaged else Condition.GOOD
            if part:
                basket = open_basket(self.shop.register)
                lay_return(basket, sale, left.line.n, Quantity(part), condition=condition, reason="đổi ý")
        return bool(part)

    def settle(self, wanted: list[tuple[str, int]]) -> None:
        """One press for whatever lies on the counter."""
        try:
            basket = words.fill_basket(self.shop, *wanted)
            with transaction():
                returned = quote_returns(basket)
                rest = (quote(basket).total if basket.lines else ZERO) - returned.total
                back = [way_back(each) for each in usual_way_back(-rest, returned.sale)] if rest < ZERO else []
                paid = [words.cash(rest.dong)] if rest > ZERO else []
                settle_basket(basket, paid=paid, back=back, key=str(uuid.uuid4()), by=self.shop.clerk)
        except RuleBroken:
            self.give_up()

    @rule(which=choice)
    def bring_back_too_much(self, which: int) -> None:
        """More than is left of a line never comes back, whatever came back before."""
        sales = db.session.query(Sale.number).order_by(Sale.number).all()
        if not sales:
            return
        with transaction():
            basket, sale = open_basket(self.shop.register), db.session.get_one(Sale, sales[which % len(sales)][0])
            left = lines_left(sale)[which % len(sale.lines)]
            more = left.left + Quantity(1000)
            with pytest.raises(RuleBroken):
                lay_return(basket, sale, left.line.n, more, condition=Condition.GOOD, reason="thử")

    @rule(name=names, many=pieces)
    def change_their_mind(self, name: str, many: int) -> None:
        """A basket is given up before it is paid."""
        words.fill_basket(self.shop, (name, many))
        self.give_up()

    def give_up(self) -> None:
        """Leave the counter empty."""
        with transaction():
            basket = current_basket(self.shop.register)
            if basket is not None and (basket.lines or basket.returns):
                void_basket(basket, reason="khách đổi ý", by=self.shop.clerk)

    @rule(name=names, how=choice)
    def promote(self, name: str, how: int) -> None:
        """The manager enters a promotion for today."""
        terms = (
            PromotionTerms.percent_off(1 + how % 10_000),
            PromotionTerms.at_price(Money(1 + how * 7)),
            PromotionTerms.some_free(buy=1 + how % 3, free=1 + how % 2),
        )
        words.promote(self.shop, name, terms[how % 3])

    @rule(off=st.integers(-3, 3))
    def change_shift(self, off: int) -> None:
        """The drawer is counted, rightly or not, and the next clerk begins."""
        shift = open_shift_of(self.shop.register)
        counted = max(ledger.cash_of_shift(shift.number) + off * 1_000, 0)
        closing = words.close_shift(self.shop, counted)
        assert closing.expected.dong == ledger.cash_of_shift(shift.number)
        words.open_shift(self.shop, float_=counted)

    # what must hold, whatever happened

    @invariant()
    @precondition(lambda self: hasattr(self, "shop"))
    def the_money_is_right(self) -> None:
        """All of it, after each act."""
        ledger.check_sales_add_up()
        ledger.check_owed()
        ledger.check_nothing_back_twice()
        ledger.check_tax()
        self.totals = ledger.check_totals(self.totals)
        shift = open_shift_of(self.shop.register)
        assert totals_of(shift).expected_cash.dong == ledger.cash_of_shift(shift.number)
        db.session.rollback()


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., type[TillMachine]]:
    """The machine over a shop with people and registers, made once."""
    with stopped_at(MORNING):
        template = build_template(tmp_path_factory.mktemp("machine") / "shop")
    return lambda **more: type("Machine", (TillMachine,), {"template": template, **more})


@pytest.mark.slow
@pytest.mark.parametrize("rounding", [0, 500])
def test_whatever_happens_at_the_till_the_money_is_right(machine, size, rounding):
    runs = settings(max_examples=size("L1-till"), stateful_step_count=size("L1-till-steps"), phases=PHASES)

    run_state_machine_as_test(machine(rounding=rounding), settings=runs)


def share_from_nothing(sold, before, quantity, real=refund_share.share_back):
    """As if nothing had come back before: thirds that were rounded up are paid twice."""
    return real(sold, refund_share.Part(before.quantity), quantity)


def tax_line_by_line(lines, real=pricing.vat_of_lines):
    """As if each line were rounded by itself."""
    return [vat for line in lines for vat in real([line])]


FAULTS = {
    "what came back before is forgotten": ("pos.returns.return_quote.share_back", share_from_nothing),
    "the owner is still owed for what came back": ("pos.returns.refund.reverse_owed", lambda lines, seq: None),
    "cash that went back is not taken off the drawer": ("pos.cash.drawer_cash.cash_given_back", lambda span: ZERO),
    "tax is rounded line by line": ("pos.sold_line.vat_of_lines", tax_line_by_line),
}


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_the_machine_sees_a_planted_fault(machine, monkeypatch, fault):
    monkeypatch.setattr(*FAULTS[fault])
    runs = settings(max_examples=100, stateful_step_count=25, phases=[Phase.generate], derandomize=True)

    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine(), settings=runs)
