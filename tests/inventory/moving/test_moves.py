"""Goods moved by people: to the shelf and back, written off, used up, moved back; with claims for producers' goods."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.clock import today
from core.database import NeverEdited, db, transaction
from core.errors import RuleBroken
from core.journal.chain import JournalRecord
from core.journal.record import Kind, parse
from core.journal.replay import compare
from core.money import Money
from core.quantity import NONE, Quantity, Unit
from inventory.catalogue.eligibility import LotOnHold, PastItsDay, Recalled
from inventory.catalogue.recall import recall
from inventory.consignment.claim import claimed_by
from inventory.location import LOSS, SHELF, STOCKROOM, USED
from inventory.lot import Lot, Terms
from inventory.moving.move_back import MoreThanCanGoBack, MoveBackIsFinal, MovedBackAlready, move_back
from inventory.moving.move_slip import (
    Cause,
    MoveSlip,
    NothingToMove,
    NotThatMuchThere,
    Portion,
    QuantityNotMoved,
    SlipKind,
    lines_of,
)
from inventory.moving.own_use import use_up
from inventory.moving.shelf_move import move_to_shelf, move_to_stockroom
from inventory.moving.write_off import NotPastItsDay, NotRecalled, ReasonNeeded, write_off
from inventory.replay import REPLAY
from inventory.stock_level import on_hand
from inventory.tracing.hold import hold_lot
from tests.inventory.conftest import Shop

COMMISSION = Terms.on_commission(2000)


def some(lot: Lot, quantity: int | str = 1) -> Portion:
    return Portion(lot, Quantity.of(quantity, lot.product.unit))


def stored(shop: Shop, quantity: int = 10, name: str = "Mật ong", **more: object) -> Lot:
    """A lot that lies in the stockroom."""
    lot = shop.receive(shop.product(name), quantity, **more)
    with transaction():
        move_to_stockroom([some(lot, quantity)], by=shop.by)
    return lot


def written(shop: Shop, lot: Lot, quantity: int | str = 1, cause: Cause = Cause.BREAKAGE, **more: object) -> MoveSlip:
    with transaction():
        return write_off(
            [some(lot, quantity)], source=more.pop("source", SHELF), cause=cause, reason="rơi vỡ", by=shop.by, **more
        )


def newest_body() -> dict[str, object]:
    row = db.session.query(JournalRecord).order_by(JournalRecord.seq.desc()).first()
    return parse(row.record)["body"]


# shelf and stockroom


def test_the_shelf_is_refilled_from_the_stockroom(shop: Shop) -> None:
    lot = stored(shop)

    with transaction():
        slip = move_to_shelf([some(lot, 4)], by=shop.by)

    assert (on_hand(lot, STOCKROOM), on_hand(lot)) == (Quantity(6_000), Quantity(4_000))
    assert (slip.kind, slip.number) == (SlipKind.SHELF_MOVE, 2)
    assert newest_body() == {
        "no": 2, "day": "2026-11-22", "from": "stockroom", "to": "shelf", "reason": "",
        "lines": [{"n": 1, "lot": lot.number, "qty": 4_000}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("quantity", "trouble"),
    [("0", QuantityNotMoved), ("0,5", RuleBroken), (11, NotThatMuchThere)],
    ids=["nothing", "half a jar", "more than there is"],
)
def test_what_cannot_be_moved(shop: Shop, quantity: str | int, trouble: type[Exception]) -> None:
    lot = stored(shop)

    with pytest.raises(trouble), transaction():
        move_to_shelf([some(lot, quantity)], by=shop.by)

    assert on_hand(lot) == NONE


def test_half_a_jar_is_refused_also_where_a_form_was_got_round(shop: Shop) -> None:
    lot = stored(shop)

    with pytest.raises(QuantityNotMoved, match="whole"), transaction():
        move_to_shelf([Portion(lot, Quantity(500))], by=shop.by)


def test_two_lines_of_a_lot_are_more_than_there_is_together(shop: Shop) -> None:
    lot = stored(shop)

    with pytest.raises(NotThatMuchThere, match=r"only 10"), transaction():
        move_to_shelf([some(lot, 6), some(lot, 5)], by=shop.by)


def test_goods_by_weight_move_in_parts(shop: Shop) -> None:
    lot = shop.receive(shop.product("Măng khô", unit=Unit.KILOGRAM), "5,5")

    with transaction():
        move_to_stockroom([some(lot, "1,250")], by=shop.by)

    assert on_hand(lot, STOCKROOM) == Quantity(1_250)


def test_what_may_not_be_sold_stays_off_the_shelf(shop: Shop) -> None:
    past = stored(shop, name="Chè", best_before=today() + timedelta(days=1))
    held = stored(shop, name="Bún")
    recalled = stored(shop, name="Giò", producer_lot="L1")
    with transaction():
        hold_lot(held, reason="chờ giấy", by=shop.by)
        recall(recalled.product, lot_number="L1", reason="vi sinh", issuer="Sở", by=shop.by)
    shop.clock.move(timedelta(days=2))

    for lot, trouble in ((past, PastItsDay), (held, LotOnHold), (recalled, Recalled)):
        with pytest.raises(trouble), transaction():
            move_to_shelf([some(lot)], by=shop.by)
        with transaction():
            use = [some(lot)]
            with pytest.raises(trouble):
                use_up(use, source=STOCKROOM, cause=Cause.TASTING, reason="mời khách", by=shop.by)


# written off


def test_broken_goods_leave_the_book_under_a_number_of_their_own(shop: Shop) -> None:
    lot = shop.receive(shop.product("Mật ong"))

    first, second = written(shop, lot, 2), written(shop, lot)

    assert [first.number, second.number] == [1, 2]
    assert (on_hand(lot), on_hand(lot, LOSS)) == (Quantity(7_000), Quantity(3_000))
    assert claimed_by(lot.supplier) == Money(0)  # the shop's own
    assert (newest_body()["cause"], newest_body()["reason"]) == ("breakage", "rơi vỡ")


@pytest.mark.parametrize(
    ("cause", "bearer", "due"),
    [
        (Cause.BREAKAGE, "shop", 160_000),
        (Cause.SPOILED, "shop", 160_000),
        (Cause.THEFT, "shop", 160_000),
        (Cause.OTHER, "shop", 160_000),
        (Cause.EXPIRY, "shop", 160_000),
        (Cause.RECALL, "producer", 0),  # faulty goods are the matter of whoever handed them over
    ],
)
def test_a_producer_s_goods_that_are_lost_raise_a_claim(shop: Shop, cause: Cause, bearer: str, due: int) -> None:
    lot = shop.receive(shop.product("Mật ong"), terms=COMMISSION, producer_lot="L1", best_before=today())
    if cause is Cause.RECALL:
        with transaction():
            recall(lot.product, lot_number="L1", reason="vi sinh", issuer="Sở", by=shop.by)

    slip = written(shop, lot, 2, cause)

    (line,) = lines_of(slip)
    assert (line.claim.bearer.value, line.claim.due, claimed_by(lot.owner)) == (bearer, Money(due), Money(due))


def test_a_cause_that_the_book_knows_to_be_wrong_is_refused(shop: Shop) -> None:
    """It would lay the loss on somebody who does not bear it."""
    lot = shop.receive(shop.product("Mật ong"), best_before=today() + timedelta(days=1))
    endless = shop.receive(shop.product("Giỏ tre"))

    for one, cause, trouble in (
        (lot, Cause.EXPIRY, NotPastItsDay),
        (endless, Cause.EXPIRY, NotPastItsDay),
        (lot, Cause.RECALL, NotRecalled),
    ):
        with pytest.raises(trouble, match=one.number):
            written(shop, one, 1, cause)


def test_a_write_off_says_why(shop: Shop) -> None:
    lot = shop.receive(shop.product("Mật ong"))

    with pytest.raises(ReasonNeeded), transaction():
        write_off([some(lot)], source=SHELF, cause=Cause.OTHER, reason=" \u200b ", by=shop.by)


# used up


def test_tasted_goods_of_a_producer_are_paid_for_as_sold(shop: Shop) -> None:
    lot = shop.receive(shop.product("Mật ong"), terms=COMMISSION)

    with transaction():
        slip = use_up([some(lot)], source=SHELF, cause=Cause.TASTING, reason="mời khách", by=shop.by)

    (line,) = lines_of(slip)
    assert (on_hand(lot, USED), line.claim.cause.value, line.claim.due) == (Quantity(1_000), "used", Money(80_000))


# moved back


def test_a_write_off_is_moved_back_with_its_claim_once(shop: Shop) -> None:
    lot = shop.receive(shop.product("Mật ong"), terms=COMMISSION)
    slip = written(shop, lot, 3)

    with transaction():
        answer = move_back(slip, {1: Quantity(2_000)}, reason="tìm thấy", by=shop.by)

    assert (on_hand(lot), on_hand(lot, LOSS)) == (Quantity(9_000), Quantity(1_000))
    assert claimed_by(lot.owner) == Money(80_000)
    assert (answer.number, answer.answers) == (1, slip.record_seq)
    with pytest.raises(MovedBackAlready, match="1"), transaction():
        move_back(slip, {1: Quantity(1_000)}, reason="lần nữa", by=shop.by)
    with pytest.raises(MoveBackIsFinal), transaction():
        move_back(answer, {1: Quantity(1_000)}, reason="lần nữa", by=shop.by)


def test_at_most_what_is_left_goes_back(shop: Shop) -> None:
    lot = stored(shop)
    with transaction():
        slip = move_to_shelf([some(lot, 5)], by=shop.by)
    written(shop, lot, 3)

    with pytest.raises(MoreThanCanGoBack, match="at most 2"), transaction():
        move_back(slip, {1: Quantity(3_000)}, reason="nhầm", by=shop.by)
    with transaction():
        move_back(slip, {1: Quantity(2_000)}, reason="nhầm", by=shop.by)

    assert (on_hand(lot), on_hand(lot, STOCKROOM)) == (NONE, Quantity(7_000))


@pytest.mark.parametrize(
    ("quantities", "reason", "trouble"),
    [
        ({}, "nhầm", NothingToMove),
        ({1: NONE}, "nhầm", NothingToMove),
        ({9: Quantity(1_000)}, "nhầm", NothingToMove),
        ({1: Quantity(500)}, "nhầm", QuantityNotMoved),
        ({1: Quantity(4_000)}, "nhầm", MoreThanCanGoBack),
        ({1: Quantity(1_000)}, "", ReasonNeeded),
    ],
)
def test_what_cannot_go_back(
    shop: Shop, quantities: dict[int, Quantity], reason: str, trouble: type[RuleBroken]
) -> None:
    slip = written(shop, shop.receive(shop.product("Mật ong")), 3)

    with pytest.raises(trouble), transaction():
        move_back(slip, quantities, reason=reason, by=shop.by)


# the books


def test_every_slip_is_told_by_the_journal(shop: Shop) -> None:
    lot = stored(shop, terms=COMMISSION)
    with transaction():
        move_to_shelf([some(lot, 5)], by=shop.by)
        use_up([some(lot)], source=SHELF, cause=Cause.OWN_USE, reason="pha trà", by=shop.by)
    slip = written(shop, lot, 2, source=STOCKROOM)
    with transaction():
        move_back(slip, {1: Quantity(1_000)}, reason="nhầm", by=shop.by)

    assert compare(REPLAY, db.session()) == [
        difference for difference in compare(REPLAY, db.session()) if difference.table == "journal_records"
    ]
    with transaction() as session:
        session.execute(db.text("DROP TRIGGER move_slips_no_update"))
        session.execute(db.text("UPDATE move_slips SET reason = 'khác' WHERE kind = 'write_off'"))
    assert [(one.table, one.column) for one in compare(REPLAY, db.session()) if one.table != "journal_records"] == [
        ("move_slips", "reason")
    ]


def test_a_slip_is_never_changed(shop: Shop) -> None:
    slip = written(shop, shop.receive(shop.product("Mật ong")))

    with pytest.raises(NeverEdited), transaction():
        db.session.merge(slip).reason = "khác"


def test_kinds_have_a_record_and_a_series_each() -> None:
    assert {kind.record for kind in SlipKind} == {Kind.SHELF_MOVE, Kind.WRITE_OFF, Kind.OWN_USE, Kind.MOVE_BACK}
    assert len({kind.series for kind in SlipKind}) == len(SlipKind)
