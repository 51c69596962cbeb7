"""Goods returned to the producer: by lot, from where they lie, never more than is there."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from core.clock import today
from core.database import db, transaction
from core.journal.chain import JournalRecord
from core.journal.record import Kind
from core.money import Money
from core.quantity import NONE, Quantity, Unit
from inventory.catalogue.producer_correction import retire_producer
from inventory.catalogue.recall import recall
from inventory.location import CUSTOMER, PRODUCER, SHELF, STOCKROOM
from inventory.lot import Terms
from inventory.receiving.confirmation import Confirmation, ConfirmedBy, confirmation_of, not_present
from inventory.receiving.goods_return import (
    GoingBack,
    MixedReturn,
    MoreThanThere,
    NothingGoesBack,
    OtherSuppliersLot,
    QuantityNotReturned,
    return_goods,
)
from inventory.receiving.goods_return_draft import (
    NothingOfItThere,
    ReturnDraft,
    add_everything,
    add_lot,
    add_product,
    begin_return,
    change_return_line,
    post_return,
)
from inventory.receiving.goods_return_table import GoodsReturn, ReturnReason
from inventory.stock_level import on_hand
from inventory.stock_move import Move, post_moves
from tests.inventory.planted_change import differences
from tests.inventory.test_replay import sell

CONSIGNED = Terms.on_commission(1500)
UNSOLD = ReturnReason.UNSOLD


def going(lot, quantity, source=SHELF, reason=UNSOLD):
    return GoingBack(lot, Quantity.of(quantity), source, reason)


def give_back(shop, *lines, **more):
    producer = shop.producer()
    with transaction():
        return return_goods(producer, lines=lines, by=shop.by, **more)


def to_stockroom(lot, quantity):
    with transaction():
        seq = db.session.scalar(select(func.max(JournalRecord.seq)))
        post_moves([Move(lot, SHELF, STOCKROOM, Quantity.of(quantity), 99)], seq)


@pytest.fixture
def honey(shop):
    return shop.product("Mật ong")


@pytest.fixture
def lot(shop, honey):
    return shop.receive(honey, 10, terms=CONSIGNED)


def test_a_lot_goes_back_with_slip_move_and_record(shop, lot):
    returned = give_back(shop, going(lot, 4), note="khách ít mua", confirmed=not_present(shop.producer()))

    record = db.session.get(JournalRecord, returned.record_seq)
    assert (record.typ, on_hand(lot), returned.number) == (Kind.CONSIGN_OUT, Quantity.of(6), 1)
    assert json.loads(record.record)["body"]["lines"] == [
        {"n": 1, "lot": lot.number, "sku": lot.product.sku, "qty": 4000, "from": "shelf", "why": "unsold"}
    ]
    assert confirmation_of(returned.record_seq).way is ConfirmedBy.ABSENT
    assert [(line.move.quantity, line.move.target) for line in returned.lines] == [(Quantity.of(4), PRODUCER)]
    assert differences() == []


def test_of_each_owner_delivered_less_returned_less_sold_is_on_hand(shop, honey):
    first, second = shop.receive(honey, 10, terms=CONSIGNED), shop.receive(honey, 7, terms=CONSIGNED)
    sell(shop, first, 3)

    give_back(shop, going(first, 2), going(second, 7, reason=ReturnReason.FAULTY))

    assert (on_hand(first), on_hand(second)) == (Quantity.of(10 - 3 - 2), NONE)
    assert on_hand(first, CUSTOMER) == Quantity.of(3)
    assert on_hand(first, PRODUCER) == -Quantity.of(8)  # so all places of a lot add up to nothing


def test_bought_goods_go_back_at_their_cost(shop, honey):
    lot = shop.receive(honey, 10, terms=Terms.bought(Money(70_000)))

    returned = give_back(shop, going(lot, 3))

    assert db.session.get(JournalRecord, returned.record_seq).typ is Kind.GOODS_OUT
    assert [line.amount for line in returned.lines] == [Money(210_000)]
    assert differences() == []


def test_on_commission_no_amount_goes_with_the_goods(shop, lot):
    assert [line.amount for line in give_back(shop, going(lot, 3)).lines] == [None]


def test_goods_go_back_from_the_stockroom(shop, lot):
    to_stockroom(lot, 8)

    give_back(shop, going(lot, 2), going(lot, 8, STOCKROOM))

    assert (on_hand(lot), on_hand(lot, STOCKROOM)) == (NONE, NONE)


def test_goods_past_their_day_and_recalled_goods_go_back(shop, honey):
    old = shop.receive(honey, 5, terms=CONSIGNED, best_before=today() + timedelta(days=2))
    with transaction():
        recall(honey, reason="vỏ bị nứt", by=shop.by)
    shop.clock.move(timedelta(days=5))

    give_back(shop, going(old, 5, reason=ReturnReason.RECALL))

    assert on_hand(old) == NONE


def test_a_producer_whom_the_shop_left_gets_the_goods_back(shop, lot):
    producer = shop.producer()
    with transaction():
        retire_producer(producer, reason="hết hợp đồng", by=shop.by)

    give_back(shop, going(lot, 10, reason=ReturnReason.END_OF_AGREEMENT))

    assert on_hand(lot) == NONE


@pytest.mark.parametrize(
    ("lines", "trouble"),
    [
        (lambda lot, bought, other: [], NothingGoesBack),
        (lambda lot, bought, other: [going(lot, 0)], QuantityNotReturned),
        (lambda lot, bought, other: [GoingBack(lot, Quantity(500), SHELF, UNSOLD)], QuantityNotReturned),
        (lambda lot, bought, other: [going(lot, 11)], MoreThanThere),
        (lambda lot, bought, other: [going(lot, 6), going(lot, 5)], MoreThanThere),
        (lambda lot, bought, other: [going(lot, 1, STOCKROOM)], MoreThanThere),
        (lambda lot, bought, other: [going(lot, 1), going(bought, 1)], MixedReturn),
        (lambda lot, bought, other: [going(other, 1)], OtherSuppliersLot),
    ],
)
def test_a_return_that_cannot_be_leaves_nothing_behind(shop, honey, lot, lines, trouble):
    bought = shop.receive(honey, 10)
    other = shop.receive(honey, 10, of="HTX Mẫu Sơn")
    given = lines(lot, bought, other)
    before = db.session.scalar(select(func.max(JournalRecord.seq)))

    with pytest.raises(trouble):
        give_back(shop, *given)

    assert db.session.scalar(select(func.count()).select_from(GoodsReturn)) == 0
    assert db.session.scalar(select(func.max(JournalRecord.seq))) == before
    assert on_hand(lot) == Quantity.of(10)


def test_returns_are_numbered_without_gaps_also_over_a_failure(shop, lot):
    give_back(shop, going(lot, 1))
    with pytest.raises(MoreThanThere):
        give_back(shop, going(lot, 100))

    assert give_back(shop, going(lot, 1)).number == 2


@pytest.fixture
def draft(shop, honey):
    producer = shop.producer()
    with transaction():
        return begin_return(producer, by=shop.by)


def test_a_scanned_product_is_taken_from_the_lot_that_ends_first(shop, honey, draft):
    late = shop.receive(honey, 5, terms=CONSIGNED, best_before=date(2027, 6, 1))
    soon = shop.receive(honey, 2, terms=CONSIGNED, best_before=date(2027, 1, 1))
    with transaction():
        for _ in range(3):
            add_product(draft, honey, Quantity.of(1))

    assert [(line.lot.number, line.quantity) for line in draft.lines] == [
        (soon.number, Quantity.of(2)), (late.number, Quantity.of(1)),
    ]  # fmt: skip


def test_everything_left_goes_on_one_slip_and_bought_goods_stay(shop, honey, lot, draft):
    tea = shop.product("Trà", unit=Unit.KILOGRAM, group="I.1.a")
    leaves = shop.receive(tea, "2,5", terms=CONSIGNED)
    shop.receive(honey, 3)
    to_stockroom(lot, 4)

    with transaction():
        add_everything(draft)
        returned = post_return(draft, confirmed=not_present(shop.producer()), by=shop.by)

    assert sorted((line.lot.number, line.move.source, line.move.quantity) for line in returned.lines) == sorted(
        [(lot.number, SHELF, Quantity.of(6)), (lot.number, STOCKROOM, Quantity.of(4)),
         (leaves.number, SHELF, Quantity(2500))]
    )  # fmt: skip
    assert db.session.scalar(select(func.count()).select_from(ReturnDraft)) == 0


def test_a_draft_takes_no_more_than_is_there(shop, lot, draft):
    with pytest.raises(MoreThanThere, match="Only 10"), transaction():
        add_lot(draft, lot, Quantity.of(11))
    with transaction():
        line = add_lot(draft, lot, Quantity.of(10))
    with pytest.raises(MoreThanThere), transaction():
        add_lot(draft, lot, Quantity.of(1))
    with pytest.raises(MoreThanThere), transaction():
        change_return_line(line, quantity=Quantity.of(1), source=STOCKROOM, reason=UNSOLD)


def test_what_was_sold_since_it_was_gathered_stays_sold(shop, lot, draft):
    with transaction():
        add_lot(draft, lot, Quantity.of(10))
    sell(shop, lot, 1)

    with pytest.raises(MoreThanThere, match="Only 9"), transaction():
        post_return(draft, confirmed=not_present(shop.producer()), by=shop.by)

    assert on_hand(lot) == Quantity.of(9)


def test_of_a_product_with_nothing_left_nothing_goes_back(shop, honey, draft):
    with pytest.raises(NothingOfItThere), transaction():
        add_product(draft, honey, Quantity.of(1))


def test_changing_the_place_takes_the_other_line_in(shop, lot, draft):
    to_stockroom(lot, 4)
    with transaction():
        shelf = add_lot(draft, lot, Quantity.of(2), source=SHELF)
        add_lot(draft, lot, Quantity.of(3), source=STOCKROOM)
    with transaction():
        change_return_line(shelf, quantity=Quantity.of(4), source=STOCKROOM, reason=ReturnReason.FAULTY)

    assert [(line.source, line.quantity, line.reason) for line in draft.lines] == [
        (STOCKROOM, Quantity.of(4), ReturnReason.FAULTY)
    ]


def test_the_word_of_the_producer_stands_in_the_record(shop, lot):
    returned = give_back(shop, going(lot, 1), confirmed=Confirmation(shop.producer(), ConfirmedBy.CODE))

    body = json.loads(db.session.get(JournalRecord, returned.record_seq).record)["body"]
    assert body["confirmed"]["way"] == "code"
