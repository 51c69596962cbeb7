"""What ends soon, what it is worth, and what to do about it; and that nothing is sold past its day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from core.clock import VIETNAM, today
from core.database import db, transaction
from core.journal.chain import next_seq, write_record
from core.journal.record import Kind
from core.money import Money
from core.quantity import NONE, Quantity, Unit
from inventory.catalogue.eligibility import PastItsDay
from inventory.catalogue.recall import recall
from inventory.location import CUSTOMER, SHELF
from inventory.lot import Lot, Terms
from inventory.stock_level import pick_lots
from inventory.stock_move import Move, post_moves
from inventory.tracing.expiry import Proposal, Selling, advise, count_ending, expiry_on
from inventory.tracing.hold import hold_lot

CONSIGNED = Terms.on_commission(2000)


def pieces(count: int) -> Quantity:
    return Quantity.of(count)


def leave(shop, lot: Lot, quantity: int | str) -> None:
    """So much of a lot goes to customers, without a till."""
    with transaction():
        seq = next_seq()
        write_record(Kind.VISITOR, {}, by=shop.by)
        row = db.session.get_one(Lot, lot.id)
        post_moves([Move(row, SHELF, CUSTOMER, Quantity.of(quantity, row.product.unit), 1)], seq)


def day(days: int) -> date:
    return today() + timedelta(days=days)


# days left, quantity, ahead of it, sold in four weeks, consigned, blocked -> proposal, left over
TABLE = [
    ((9, 10, 0, 28, False, False), Proposal.SELLS, 0),  # one a day and ten days, today among them
    ((9, 11, 0, 28, False, False), Proposal.MARK_DOWN, 1),
    ((9, 10, 1, 28, True, False), Proposal.MARK_DOWN, 1),  # a lot that ends before goes first
    ((0, 1, 0, 28, True, False), Proposal.SELLS, 0),  # on its last day it may still be sold
    ((2, 10, 0, 28, True, False), Proposal.GIVE_BACK, 7),  # too late for a lower price
    ((2, 10, 0, 28, False, False), Proposal.MARK_DOWN, 7),  # nobody takes back the shop's own
    ((3, 10, 0, 28, True, False), Proposal.MARK_DOWN, 6),
    ((20, 3, 0, 0, True, False), Proposal.GIVE_BACK, 3),
    ((20, 3, 0, 0, False, False), Proposal.MARK_DOWN, 3),
    ((4, 3, 0, 0, False, False, 6), Proposal.WATCH, 3),  # came this week
    ((1, 3, 0, 0, False, False, 6), Proposal.MARK_DOWN, 3),  # tomorrow is its last day: no time to wait
    ((4, 3, 0, 0, True, False, 7), Proposal.GIVE_BACK, 3),
    ((4, 5, 0, 2, False, False, 2), Proposal.SELLS, 0),  # one a day since it came
    ((4, 6, 0, 2, False, False, 2), Proposal.MARK_DOWN, 1),
    ((-1, 3, 0, 28, True, False), Proposal.GIVE_BACK, 3),
    ((-1, 3, 0, 280, False, False), Proposal.WRITE_OFF, 3),
    ((20, 3, 0, 28, True, True), Proposal.GIVE_BACK, 0),  # on hold or recalled: it sells to nobody
    ((20, 3, 0, 28, False, True), Proposal.WRITE_OFF, 0),
]


@pytest.mark.parametrize(("given", "proposal", "left_over"), TABLE, ids=str)
def test_what_to_do_about_a_lot(given, proposal, left_over):
    days_left, quantity, ahead, sold, *rest = given
    selling = Selling(days_left, pieces(quantity), pieces(ahead), pieces(sold), *rest)

    assert advise(selling).proposal is proposal
    if days_left >= 0:
        assert selling.left_over.thousandths // 1000 == left_over


def test_what_ends_stands_in_its_order_with_what_it_is_worth(shop):
    honey = shop.product("Mật ong", price=100_000)
    own = shop.receive(honey, 4, terms=Terms.bought(Money(60_000)), best_before=day(20))
    theirs = shop.receive(honey, 10, terms=CONSIGNED, best_before=day(5))
    at_delivery_price = shop.receive(honey, 2, terms=Terms.at_delivery_price(Money(70_000)), best_before=day(30))
    shop.receive(honey, 9, best_before=day(31))
    shop.receive(honey, 9)

    found = expiry_on(today())

    assert [one.lot.number for one in found.lots] == [lot.number for lot in (theirs, own, at_delivery_price)]
    assert [one.at_risk for one in found.lots] == [Money(800_000), Money(240_000), Money(140_000)]
    assert [one.valued.at_price for one in found.lots] == [Money(1_000_000), Money(400_000), Money(200_000)]
    assert (found.own_at_risk, found.owners_at_risk) == (Money(240_000), Money(940_000))
    assert [len(found.ending(0, most)) for most in (7, 14, 30)] == [1, 1, 3]


def test_fresh_goods_end_so_many_days_after_they_came(shop):
    fruit = shop.product("Na", unit=Unit.KILOGRAM, group="I.1.a", sell_within_days=3)
    shop.receive(fruit, "2,5")

    (one,) = expiry_on(today(), 7).lots

    assert (one.days_left, one.held.here) == (3, Quantity(2500))


def test_only_what_is_left_counts_and_what_was_sold_lately_says_whether_it_goes(shop):
    honey = shop.product("Mật ong")
    gone = shop.receive(honey, 28, best_before=day(40))
    shop.clock.move(timedelta(days=30))
    leave(shop, gone, 28)
    soon, later = shop.receive(honey, 7, best_before=day(6)), shop.receive(honey, 7, best_before=day(10))

    found = expiry_on(today())

    assert [(one.lot.number, one.advice.proposal) for one in found.lots] == [
        (soon.number, Proposal.SELLS),  # one a day
        (later.number, Proposal.MARK_DOWN),  # four days are left for seven
    ]
    shop.clock.move(timedelta(days=28))
    assert {one.advice.proposal for one in expiry_on(today()).lots} == {Proposal.WRITE_OFF}


def test_a_sale_of_five_weeks_ago_says_nothing_any_more(shop):
    honey = shop.product("Mật ong")
    lot = shop.receive(honey, 40, best_before=day(60))
    leave(shop, lot, 28)
    shop.clock.move(timedelta(days=35))

    (one,) = expiry_on(today()).lots

    assert one.advice.proposal is Proposal.MARK_DOWN
    assert one.advice.reason == "none was sold in %(days)s days"


def test_blocked_goods_are_proposed_to_go_and_do_not_stand_before_others(shop):
    honey, tea = shop.product("Mật ong"), shop.product("Chè")
    held, good = shop.receive(honey, 5, best_before=day(5)), shop.receive(honey, 1, best_before=day(6))
    recalled = shop.receive(tea, 5, terms=CONSIGNED, best_before=day(5))
    with transaction():
        hold_lot(db.session.get_one(Lot, held.id), reason="phồng", by=shop.by)
        recall(tea, reason="vi sinh", by=shop.by)

    found = {one.lot.number: one.advice.proposal for one in expiry_on(today()).lots}

    assert found == {
        held.number: Proposal.WRITE_OFF,
        recalled.number: Proposal.GIVE_BACK,
        good.number: Proposal.WATCH,
    }


def test_the_count_for_the_menu_leaves_out_what_is_over_and_what_is_gone(shop):
    honey = shop.product("Mật ong")
    shop.receive(honey, 5, best_before=day(0))
    shop.receive(honey, 5, best_before=day(8))
    gone = shop.receive(honey, 5, best_before=day(3))
    leave(shop, gone, 5)
    assert count_ending(today()) == 1

    shop.clock.move(timedelta(days=1))

    assert count_ending(today()) == 1  # the first is over, the second has seven days left


def test_on_its_last_day_a_lot_is_sold_until_midnight_and_not_a_minute_longer(shop):
    honey = shop.product("Mật ong")
    lot = shop.receive(honey, 5, best_before=day(0))
    shop.clock.set(datetime(2026, 11, 22, 23, 59, 59, tzinfo=VIETNAM))
    assert pick_lots(honey, pieces(1), today())[0][0].number == lot.number

    shop.clock.move(timedelta(seconds=1))

    with pytest.raises(PastItsDay, match=r"22/11/2026|2026-11-22"):
        pick_lots(honey, pieces(1), today())
    with pytest.raises(PastItsDay):
        pick_lots(honey, pieces(1), today(), wanted_lot=lot)
    (one,) = expiry_on(today()).lots
    assert (one.is_over, one.days_left, one.advice.proposal) == (True, -1, Proposal.WRITE_OFF)


def test_a_shop_without_anything_that_ends_has_an_empty_page(shop):
    shop.receive(shop.product("Rổ tre"), 3)

    found = expiry_on(today())

    assert found.lots == ()
    assert found.own_at_risk == Money(0)
    assert Selling(5, NONE, NONE, NONE, False, False).left_over == NONE


def test_a_page_of_many_lots_asks_no_more_than_one_of_a_few(shop, counted):
    def asked() -> int:
        db.session.expire_all()
        with counted() as statements:
            expiry_on(today())
        return len(statements)

    shop.receive(shop.product("A"), 3, best_before=day(5))
    few = asked()
    for n in range(8):
        shop.receive(shop.product(f"B{n}", of=f"HTX {n}"), 3, best_before=day(n), terms=CONSIGNED)

    assert asked() == few
