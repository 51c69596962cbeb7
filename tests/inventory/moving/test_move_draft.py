"""A slip while it is entered: lots chosen by their last day, what the shelf lacks, places."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.clock import today
from core.database import transaction
from core.journal.chain import write_record
from core.journal.record import Kind
from core.quantity import NONE, ONE, Quantity
from inventory.location import CUSTOMER, SHELF, STOCKROOM
from inventory.moving.move_draft import (
    LotNotThere,
    NoneThere,
    Purpose,
    add_to_draft,
    draft_of,
    drop_draft,
    open_draft,
    portions_of,
    remove_line,
    set_source,
)
from inventory.moving.move_slip import NotThatMuchThere, Portion
from inventory.moving.refill_list import lacking_on_shelf
from inventory.moving.shelf_move import move_to_shelf, move_to_stockroom
from inventory.stock_level import on_hand
from inventory.stock_move import Move, post_moves
from inventory.tracing.hold import hold_lot
from tests.inventory.conftest import Shop


def store(shop: Shop, lot: object) -> None:
    with transaction():
        move_to_stockroom([Portion(lot, on_hand(lot))], by=shop.by)


def two_lots(shop: Shop) -> tuple[object, object]:
    """The younger one came first and ends later."""
    honey = shop.product("Mật ong")
    late = shop.receive(honey, 5, best_before=today() + timedelta(days=90))
    soon = shop.receive(honey, 3, best_before=today() + timedelta(days=9))
    for lot in (late, soon):
        store(shop, lot)
    return soon, late


def test_what_ends_first_is_brought_out_first(shop: Shop) -> None:
    soon, late = two_lots(shop)

    with transaction():
        draft = open_draft(shop.by, Purpose.TO_SHELF)
        add_to_draft(draft, soon.product, Quantity.of(4))

    assert [(one.lot.id, one.quantity) for one in portions_of(draft)] == [
        (soon.id, Quantity.of(3)),
        (late.id, Quantity.of(1)),
    ]


def test_the_lot_in_the_hand_goes_before_all_others(shop: Shop) -> None:
    _, late = two_lots(shop)

    with transaction():
        draft = open_draft(shop.by, Purpose.TO_SHELF)
        add_to_draft(draft, late.product, ONE, lot=late)
        add_to_draft(draft, late.product, ONE, lot=late)

    assert [(one.lot.id, one.quantity) for one in portions_of(draft)] == [(late.id, Quantity.of(2))]


def test_more_than_there_is_stays_visible_and_is_refused_in_the_end(shop: Shop) -> None:
    soon, _ = two_lots(shop)

    with transaction():
        draft = open_draft(shop.by, Purpose.TO_SHELF)
        add_to_draft(draft, soon.product, Quantity.of(20))

    assert sum(one.quantity.thousandths for one in portions_of(draft)) == 20_000
    with pytest.raises(NotThatMuchThere), transaction():
        move_to_shelf(portions_of(draft), by=shop.by)


def test_what_is_not_there_is_refused_at_once(shop: Shop) -> None:
    lot = shop.receive(shop.product("Mật ong"), 5)

    with transaction():
        draft = open_draft(shop.by, Purpose.TO_SHELF)
        with pytest.raises(NoneThere):
            add_to_draft(draft, lot.product, ONE)
        with pytest.raises(LotNotThere, match=lot.number):
            add_to_draft(draft, lot.product, ONE, lot=lot)


def test_another_place_begins_anew(shop: Shop) -> None:
    lot = shop.receive(shop.product("Mật ong"), 5)
    with transaction():
        draft = open_draft(shop.by, Purpose.WRITE_OFF)
        add_to_draft(draft, lot.product, ONE)

    with transaction():
        set_source(draft, SHELF)
        kept = len(draft.lines)
        set_source(draft, STOCKROOM)

    assert (kept, draft.lines) == (1, [])


def test_each_purpose_has_a_draft_of_its_own_that_can_be_given_up(shop: Shop) -> None:
    lot = shop.receive(shop.product("Mật ong"), 5)
    with transaction():
        one, other = open_draft(shop.by, Purpose.WRITE_OFF), open_draft(shop.by, Purpose.OWN_USE)
        remove_line(add_to_draft(one, lot.product, ONE))
        add_to_draft(one, lot.product, ONE)
        drop_draft(one)

    assert (draft_of(shop.by, Purpose.WRITE_OFF), draft_of(shop.by, Purpose.OWN_USE)) == (None, other)


# what the shelf lacks


def sold(shop: Shop, lot: object, quantity: int) -> None:
    """So much left by the till."""
    with transaction():
        seq = write_record(Kind.VISITOR, {"reg": "1", "day": today().isoformat()}, by=shop.by).seq
        post_moves([Move(lot, SHELF, CUSTOMER, Quantity.of(quantity), 1)], seq)


def test_an_empty_shelf_gets_one_and_a_quick_seller_some_days_worth(shop: Shop) -> None:
    slow = shop.receive(shop.product("Giỏ tre"), 5)
    quick = shop.receive(shop.product("Mật ong"), 100)
    sold(shop, quick, 28)  # two a day over the last two weeks
    store(shop, slow)
    store(shop, quick)
    untouched = shop.receive(shop.product("Chè"), 5)

    found = {one.product.id: one.wanted for one in lacking_on_shelf()}

    assert found == {slow.product_id: Quantity.of(1), quick.product_id: Quantity.of(6)}
    assert untouched.product_id not in found


def test_what_was_sold_long_ago_counts_no_more(shop: Shop) -> None:
    lot = shop.receive(shop.product("Mật ong"), 100)
    sold(shop, lot, 28)
    store(shop, lot)

    shop.clock.move(timedelta(days=15))

    assert [one.wanted for one in lacking_on_shelf()] == [Quantity.of(1)]


def test_what_may_not_be_sold_is_not_brought_out(shop: Shop) -> None:
    lot = shop.receive(shop.product("Mật ong"), 5)
    store(shop, lot)
    with transaction():
        hold_lot(lot, reason="chờ giấy", by=shop.by)

    assert lacking_on_shelf() == []


def test_never_more_than_the_stockroom_has(shop: Shop) -> None:
    lot = shop.receive(shop.product("Mật ong"), 30)
    sold(shop, lot, 28)
    store(shop, lot)

    (one,) = lacking_on_shelf()

    assert (one.on_shelf, one.in_stockroom, one.wanted) == (NONE, Quantity.of(2), Quantity.of(2))
