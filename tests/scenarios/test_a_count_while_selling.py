"""A count while selling, told from the first jar on the sheet to the claim that the producer reads.

On a busy morning two people count the shelf: honey of a cooperative and tea of the shop. Somebody stole two jars of
honey in the night. While they count, honey is sold, a customer's jar lies at the till not yet paid, one jar is brought
back and a delivery comes in. In the end exactly the two stolen jars are missing, the cooperative is owed for them, and
the journal tells all of it.
"""

from __future__ import annotations

from core.clock import today
from core.database import db, transaction
from core.journal.record import Kind
from core.money import Money
from core.quantity import NONE, Quantity
from inventory.catalogue.product_number import add_number
from inventory.consignment.claim import claimed_by
from inventory.consignment.claim_table import Claim
from inventory.consignment.owed_reversal import owed_to
from inventory.counting.comparison import compare_with_book
from inventory.counting.count_sheet import count_goods, finish_sheet, open_sheet
from inventory.counting.stock_count import post_stocktake
from inventory.counting.stocktake import ask_to_count_again, open_stocktake
from inventory.counting.stocktake_table import ScopeKind
from inventory.location import SHELF
from inventory.lot import Terms
from inventory.stock_level import on_hand
from pos.goods_at_till import goods_at_till
from pos.replay import verify_shop
from tests.factories import cash, fill_basket, goods, open_shift, pay, producer, receive, records, sell
from tests.returning import refund

COOPERATIVE = "HTX Mẫu Sơn"
HONEY, TEA = "mật ong", "chè Shan"


def test_a_count_while_selling(shop):
    honey = receive(shop, HONEY, 20, terms=Terms.on_commission(1500), of=COOPERATIVE)
    tea = receive(shop, TEA, 12)
    open_shift(shop)
    yesterday = sell(shop, HONEY, 3, cash(300_000))
    on_the_shelf = {HONEY: 20 - 3 - 2, TEA: 12}  # two jars were stolen in the night

    stocktake, first, second = two_clerks_begin(shop)
    basket = fill_basket(shop, (HONEY, 1))  # a customer has a jar at the till, not yet paid
    on_the_shelf[HONEY] -= 1
    count_honey(shop, first, on_the_shelf[HONEY])
    pay(shop, basket, cash(100_000))
    sell(shop, HONEY, 2, cash(200_000))
    on_the_shelf[HONEY] -= 2
    refund(shop, yesterday, HONEY, 1)
    on_the_shelf[HONEY] += 1
    later = receive(shop, HONEY, 10, terms=Terms.on_commission(1500), of=COOPERATIVE)
    tea_is_sold_between_two_boards_and_counted_again(shop, stocktake, first, second, on_the_shelf)
    posted = hand_in_and_post(shop, stocktake, first, second)

    missing = {line.lot.product.name: -line.difference for line in posted.lines if line.difference}
    assert missing == {HONEY: Quantity.of(2)}
    assert on_hand(honey) == Quantity.of(on_the_shelf[HONEY])
    assert on_hand(later) == Quantity.of(10)
    assert on_hand(tea) == Quantity.of(on_the_shelf[TEA])
    the_cooperative_is_owed_for_what_is_missing(shop)
    [record] = records(Kind.STOCK_COUNT)
    assert record["body"]["left"] == 0
    assert verify_shop().clean


def two_clerks_begin(shop):
    """The manager opens a count of everything on the shelf; each clerk takes a board."""
    with transaction():
        add_number(goods(shop, HONEY), "8930000000019", by=shop.manager)
        stocktake = open_stocktake(place=SHELF, scope=ScopeKind.ALL, by=shop.manager)
        first = open_sheet(stocktake, zone="Kệ 1", by=shop.clerk)
        second = open_sheet(stocktake, zone="Kệ 2", by=shop.manager)
    return stocktake, first, second


def at_till(product):
    return goods_at_till([product.id]).get(product.id, NONE)


def count_honey(shop, sheet, number):
    """One jar after the other, as a scanner does; nobody pays meanwhile."""
    product = goods(shop, HONEY)
    for _ in range(number):
        with transaction():
            count_goods(sheet, product, Quantity.of(1), at_till=at_till(product))


def tea_is_sold_between_two_boards_and_counted_again(shop, stocktake, first, second, on_the_shelf):
    """Tea stands on two boards; a packet is sold after the first was counted, so the manager asks once more."""
    tea = goods(shop, TEA)
    with transaction():
        count_goods(first, tea, Quantity.of(7))
    sell(shop, TEA, 1, cash(100_000))
    on_the_shelf[TEA] -= 1
    with transaction():
        count_goods(second, tea, Quantity.of(5))
    [unsure] = compare_with_book(stocktake).unsure
    assert unsure.product == tea
    with transaction():
        ask_to_count_again(stocktake, tea)
        count_goods(first, tea, Quantity.of(6))
        count_goods(second, tea, Quantity.of(5))


def hand_in_and_post(shop, stocktake, *sheets):
    with transaction():
        for sheet in sheets:
            finish_sheet(sheet)
        return post_stocktake(stocktake, by=shop.manager)


def the_cooperative_is_owed_for_what_is_missing(shop):
    """85 of 100 for each jar, beside what it is owed for the jars that were sold and stayed sold."""
    cooperative = producer(shop, COOPERATIVE)
    [claim] = db.session.query(Claim).all()

    assert (claim.day, claim.quantity, claim.due) == (today(), Quantity.of(2), Money(170_000))
    assert claimed_by(cooperative) == Money(170_000)
    assert owed_to(cooperative) == Money(85_000) * 5
