"""Honey from two owners on one shelf: same product, same jar, same barcode, and never one owner's for the other's.

Quảng Lạc makes the honey and brings ten jars on commission; the shop bought six jars of the same honey before, and
Mẫu Sơn, who trades with it, brings five at a delivery price. The label names the lot. What is sold of one never
lowers another's; a gap is never filled from somebody else's jars; the count is by owner, and each is owed his own.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.database import db, transaction
from core.journal.record import Kind
from core.money import ZERO, Money
from core.quantity import Quantity
from inventory.catalogue.product_number import add_number
from inventory.consignment.claim import claimed_by
from inventory.consignment.owed_reversal import owed_to
from inventory.counting.count_sheet import WhoseGoods, count_goods, finish_sheet, open_sheet
from inventory.counting.stock_count import post_stocktake
from inventory.counting.stocktake import open_stocktake
from inventory.counting.stocktake_table import SHOPS_OWN, ScopeKind
from inventory.location import SHELF
from inventory.lot import Lot, Terms
from inventory.stock_level import LabelLotEmpty, OtherOwnersOnly
from inventory.tracing.trace import Step, trace_of
from pos import basket as baskets
from pos.basket import Basket, scan_into
from pos.replay import verify_shop
from pos.sale import Sale
from tests.factories import Shop, close_shift, fill_basket, goods, on_hand, open_shift, pay, producer, receive, records
from tests.returning import refund

GTIN = "8930000000019"
HONEY, PRICE = "mật ong", 150_000
MAKER, TRADER = "HTX Quảng Lạc", "HTX Mẫu Sơn"


def test_honey_from_two_owners_on_one_shelf(shop: Shop) -> None:
    bought, theirs, traded = honey_comes_in_three_ways(shop)
    open_shift(shop)

    what_the_label_names_is_sold_and_nothing_else(shop, bought, theirs, traded)
    without_a_label_one_owners_jars_are_taken_and_a_gap_is_never_filled(shop, bought, theirs)
    an_empty_lot_is_said_to_be_empty(shop, traded)
    what_comes_back_goes_to_the_owner_it_came_from(shop, theirs)
    each_is_owed_his_own(shop)
    the_count_is_by_owner(shop, theirs, traded)
    every_jar_of_every_lot_can_be_followed(bought, theirs, traded)
    close_shift(shop, 500_000)
    assert verify_shop().clean


def honey_comes_in_three_ways(shop: Shop) -> tuple[Lot, Lot, Lot]:
    bought = receive(shop, HONEY, 6, terms=Terms.bought(Money(100_000)), of=MAKER, price=PRICE, producer_lot="A")
    shop.clock.move(timedelta(days=1))
    theirs = receive(shop, HONEY, 10, terms=Terms.on_commission(2000), of=MAKER, producer_lot="B")
    traded = receive(shop, HONEY, 5, terms=Terms.at_delivery_price(Money(120_000)), of=TRADER, producer_lot="C")
    with transaction():
        add_number(goods(shop, HONEY), GTIN, by=shop.manager)
    return bought, theirs, traded


def scanned(shop: Shop, lot: Lot, times: int = 1) -> Basket:
    with transaction():
        basket = baskets.open_basket(shop.register)
        for _ in range(times):
            scan_into(basket, f"(01)0{GTIN}(10){lot.number}", by=shop.clerk)
        return basket


def sold_from(sale: Sale) -> dict[str, int]:
    return {line.lot.number: line.quantity.thousandths // 1000 for line in sale.lines}


def give_up(shop: Shop, basket: Basket) -> None:
    with transaction():
        baskets.void_basket(db.session.get_one(Basket, basket.id), reason="khách đổi ý", by=shop.clerk)


def what_the_label_names_is_sold_and_nothing_else(shop: Shop, bought: Lot, theirs: Lot, traded: Lot) -> None:
    """The shop's own jars came first and would be taken without a label."""
    sale = pay(shop, scanned(shop, traded, 2))
    assert sold_from(sale) == {traded.number: 2}

    sale = pay(shop, scanned(shop, theirs, 3))
    assert sold_from(sale) == {theirs.number: 3}
    assert [on_hand(lot) for lot in (bought, theirs, traded)] == [6, 7, 3]


def without_a_label_one_owners_jars_are_taken_and_a_gap_is_never_filled(shop: Shop, bought: Lot, theirs: Lot) -> None:
    sale = pay(shop, fill_basket(shop, (HONEY, 4)))
    assert sold_from(sale) == {bought.number: 4}

    basket = fill_basket(shop, (HONEY, 3))
    with pytest.raises(OtherOwnersOnly, match="only 2 are left"):
        pay(shop, basket)
    give_up(shop, basket)
    assert (on_hand(bought), on_hand(theirs)) == (2, 7)


def an_empty_lot_is_said_to_be_empty(shop: Shop, traded: Lot) -> None:
    """The fourth jar of three: the label names an owner whose goods the book has no more of."""
    basket = scanned(shop, traded, 4)
    with pytest.raises(OtherOwnersOnly):
        pay(shop, basket)
    give_up(shop, basket)
    pay(shop, scanned(shop, traded, 3))

    basket = scanned(shop, traded)
    with pytest.raises(LabelLotEmpty, match=traded.number):
        pay(shop, basket)
    give_up(shop, basket)
    assert on_hand(traded) == 0


def what_comes_back_goes_to_the_owner_it_came_from(shop: Shop, theirs: Lot) -> None:
    sale = db.session.scalars(db.select(Sale).where(Sale.number == 2)).one()
    refund(shop, sale, HONEY, 1)
    assert on_hand(theirs) == 8


def each_is_owed_his_own(shop: Shop) -> None:
    """80 percent of two jars for the maker, a fixed sum of five for the trader, nothing for the shop's own four."""
    assert owed_to(producer(shop, MAKER)) == Money(2 * PRICE * 80 // 100)
    assert owed_to(producer(shop, TRADER)) == Money(5 * 120_000)


def the_count_is_by_owner(shop: Shop, theirs: Lot, traded: Lot) -> None:
    """Nine jars stand there: two of the shop's own, and one too few of the maker's, which the shop answers for."""
    honey = goods(shop, HONEY)
    with transaction():
        stocktake = open_stocktake(place=SHELF, scope=ScopeKind.ALL, by=shop.manager)
        sheet = open_sheet(stocktake, zone="Kệ mật ong", by=shop.clerk)
        with pytest.raises(WhoseGoods):
            count_goods(sheet, honey, Quantity.of(9))
        count_goods(sheet, honey, Quantity.of(2), whose=SHOPS_OWN)
        count_goods(sheet, honey, Quantity.of(7), whose=producer(shop, MAKER).code)
        finish_sheet(sheet)
    with transaction():
        post_stocktake(stocktake, by=shop.manager)

    (count,) = records(Kind.STOCK_COUNT)
    changed = {line["lot"] for line in count["body"]["lines"] if line["book"] != line["qty"]}
    assert changed == {theirs.number}
    assert (on_hand(theirs), on_hand(traded)) == (7, 0)
    assert claimed_by(producer(shop, MAKER)) == Money(PRICE * 80 // 100)
    assert claimed_by(producer(shop, TRADER)) == ZERO


def every_jar_of_every_lot_can_be_followed(*lots: Lot) -> None:
    """What came is what is there, what was sold and not brought back, and what a count found missing."""
    for lot in lots:
        trace = trace_of(db.session.get_one(Lot, lot.id))
        here = sum(trace.left.values(), Quantity(0))
        out = trace.total(Step.SOLD) - trace.total(Step.BROUGHT_BACK) + trace.total(Step.COUNTED)
        assert trace.total(Step.CAME) == here + out
