"""What may happen to the goods of a shop and is booked: deliveries, sales, returns, moves, losses, holds."""

from __future__ import annotations

import uuid

from hypothesis import strategies as st
from hypothesis.stateful import (
    rule,
)
from sqlalchemy import select

from core.database import db, transaction
from core.errors import RuleBroken
from inventory.location import SHELF, STOCKROOM
from inventory.lot import Lot
from inventory.moving.move_back import move_back
from inventory.moving.move_slip import Cause, MoveSlip, Portion, SlipKind, lines_of
from inventory.moving.own_use import use_up
from inventory.moving.shelf_move import move_to_shelf, move_to_stockroom
from inventory.moving.write_off import write_off
from inventory.receiving.goods_return import GoingBack, return_goods
from inventory.receiving.goods_return_table import ReturnReason
from inventory.tracing.hold import hold_lot, release_lot
from pos.basket import current_basket, open_basket, void_basket
from pos.basket_line import choose_lot
from pos.returns.basket_return import lay_return
from pos.returns.money_left import usual_way_back
from pos.returns.refund import complete_refund
from pos.returns.return_condition import Condition
from pos.returns.return_quote import quote_returns
from pos.sale import Sale, SaleLine
from tests import factories as words
from tests.returning import way_back
from tests.scenarios.stock_ledger import OWN
from tests.scenarios.stock_world import GOODS, HONEY, NUTS, PLACES, TEA, StockWorld

choice = st.integers(0, 10_000)
pieces = st.integers(1, 4)
places = st.sampled_from(PLACES)


class BookedActs(StockWorld):
    """Acts that the shop hears of; those it refuses change nothing."""

    @rule(which=st.integers(0, len(GOODS) - 1), many=pieces, place=places)
    def receive(self, which: int, many: int, place: str) -> None:
        """A producer brings goods; perhaps straight into the stockroom."""
        self.take_in(which, many, place)

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
