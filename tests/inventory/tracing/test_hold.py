"""A lot that the shop lays aside by itself: not sold, not moved, still written off; and let go again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.clock import today
from core.database import db, transaction
from core.journal.record import Kind
from core.quantity import Quantity
from inventory.catalogue.eligibility import LotOnHold, check_sellable, papers_for
from inventory.lot import Lot
from inventory.stock_level import on_hand_by_lot, pick_lots
from inventory.tracing.hold import (
    HeldAlready,
    HoldReasonMissing,
    NotHeld,
    hold_lot,
    lots_on_hold,
    refuse_held,
    release_lot,
)
from tests.factories import records

WHY = "nắp phồng"


@pytest.fixture
def honey(shop):
    return shop.product("Mật ong")


def hold(shop, lot, reason=WHY):
    with transaction():
        return hold_lot(db.session.get_one(Lot, lot.id), reason=reason, by=shop.by)


def release(shop, lot, reason="đã xem, hũ tốt"):
    with transaction():
        return release_lot(db.session.get_one(Lot, lot.id), reason=reason, by=shop.by)


def test_a_lot_on_hold_is_not_sold_and_the_next_one_is(shop, honey):
    first, second = shop.receive(honey), shop.receive(honey)

    hold(shop, first)

    assert [lot.number for lot, _ in pick_lots(honey, Quantity.of(3), today())] == [second.number]


def test_the_only_lot_on_hold_is_refused_with_its_reason_by_scan_and_by_hand(shop, honey):
    lot = shop.receive(honey)
    hold(shop, lot)

    for named in (None, lot):
        with pytest.raises(LotOnHold, match=f"{lot.number} of Mật ong is on hold .*{WHY}"):
            pick_lots(honey, Quantity.of(1), today(), wanted_lot=named)
    with pytest.raises(LotOnHold):
        check_sellable(honey, lot, today())
    assert papers_for([honey], today()).trouble(honey) is None  # other lots of it still come and are sold


def test_a_lot_that_was_let_go_is_sold_again_and_may_be_held_again(shop, honey):
    lot = shop.receive(honey)
    hold(shop, lot)

    release(shop, lot)

    assert pick_lots(honey, Quantity.of(1), today())[0][0].number == lot.number
    hold(shop, lot, "lại phồng")
    with pytest.raises(LotOnHold, match="lại phồng"):
        pick_lots(honey, Quantity.of(1), today())


def test_a_hold_and_its_end_are_seen_at_once_within_their_transaction(shop, honey):
    lot = shop.receive(honey)
    with transaction():
        lot = db.session.get_one(Lot, lot.id)
        assert lot.hold is None
        hold_lot(lot, reason=WHY, by=shop.by)
        with pytest.raises(LotOnHold):
            refuse_held(lot)
        release_lot(lot, reason="tốt", by=shop.by)
        refuse_held(lot)


@pytest.mark.parametrize("reason", ["", "  ", "\u200b\u0007"])
def test_a_hold_and_its_end_need_a_reason(shop, honey, reason):
    lot = shop.receive(honey)

    with pytest.raises(HoldReasonMissing):
        hold(shop, lot, reason)
    hold(shop, lot)
    with pytest.raises(HoldReasonMissing):
        release(shop, lot, reason)


def test_a_lot_is_held_once_and_let_go_once(shop, honey):
    lot = shop.receive(honey)

    with pytest.raises(NotHeld):
        release(shop, lot)
    hold(shop, lot)
    with pytest.raises(HeldAlready, match=WHY):
        hold(shop, lot, "khác")
    release(shop, lot)
    with pytest.raises(NotHeld):
        release(shop, lot)


def test_the_lots_on_hold_stand_in_the_order_in_which_they_wait(shop, honey):
    first, second, third = (shop.receive(honey) for _ in range(3))
    for lot in (second, first, third):
        hold(shop, lot)
        shop.clock.move(timedelta(seconds=60))
    release(shop, second)

    assert [lot.number for lot in lots_on_hold()] == [first.number, third.number]


def test_the_journal_tells_who_held_which_lot_and_why(shop, honey):
    lot = shop.receive(honey)
    hold(shop, lot, "nă\u0301p phồng\u0000")
    release(shop, lot, "tốt")

    held, released = records(Kind.HOLD)

    assert held["body"]["lot"] == lot.number
    assert held["body"]["reason"] == "nắp phồng"
    assert (held["body"]["act"], released["body"]["act"]) == ("held", "released")
    assert released["body"]["uid"] == held["body"]["uid"]
    assert held["usr"] == shop.by.code


def test_a_shelf_with_lots_on_hold_asks_the_database_as_often_as_one_without(shop, honey, counted):
    lots = [shop.receive(honey) for _ in range(4)]
    hold(shop, lots[0])
    db.session.expire_all()

    with counted() as statements:
        shelf = on_hand_by_lot([honey.id])[honey.id]
        held = [one.lot.number for one in shelf if one.lot.hold is not None]

    assert held == [lots[0].number]
    assert len([one for one in statements if one.startswith("SELECT")]) <= 2  # the product, the shelf
