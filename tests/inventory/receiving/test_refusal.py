"""Partial acceptance: refused goods never enter stock, but stand on the receipt, in the record and in the replay."""

import json
from datetime import date

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from core.database import db, transaction
from core.journal.chain import JournalRecord
from core.journal.record import Kind
from core.money import Money
from core.quantity import NONE, Quantity, Unit
from inventory.catalogue.price import set_price
from inventory.location import STOCKROOM
from inventory.lot import Lot, Terms
from inventory.receiving.confirmation import Confirmation, ConfirmedBy, confirmation_of, not_present
from inventory.receiving.delivery import Arrival, NothingReceived, receive_goods
from inventory.receiving.receipt_table import GoodsReceipt
from inventory.receiving.refusal import RefusalReason, RefusalUnexplained, Refused, RefusedQuantityWrong
from inventory.stock_level import on_hand
from tests.inventory.planted_change import differences

CONSIGNED = Terms.on_commission(1500)


def receive(shop, *lines, **more):
    with transaction():
        return receive_goods(supplier=shop.producer(), lines=lines, by=shop.by, **more)


def body_of(receipt):
    return json.loads(db.session.get(JournalRecord, receipt.record_seq).record)["body"]


@pytest.fixture
def honey(shop):
    return shop.product("Mật ong", price=120_000)


def test_what_was_refused_stands_on_the_receipt_and_in_no_lot(shop, honey):
    receipt = receive(
        shop,
        Arrival(honey, Quantity.of(10), CONSIGNED, announced=Quantity.of(12)),
        refused=[Refused(honey, Quantity.of(2), RefusalReason.BROKEN)],
    )

    assert [on_hand(lot) for lot in receipt.lots] == [Quantity.of(10)]
    assert [(one.quantity, one.reason) for one in receipt.refusals] == [(Quantity.of(2), RefusalReason.BROKEN)]
    assert [(one.announced, one.price) for one in receipt.words] == [(Quantity.of(12), Money(120_000))]
    assert body_of(receipt)["refused"] == [
        {"n": 1, "sku": honey.sku, "qty": 2000, "ann": None, "why": "broken", "note": ""}
    ]
    assert differences() == []


def test_a_delivery_of_which_nothing_was_good_still_leaves_a_slip(shop, honey):
    receipt = receive(shop, refused=[Refused(honey, Quantity.of(6), RefusalReason.EXPIRED, announced=Quantity.of(6))])

    assert (receipt.lots, receipt.refusals[0].announced) == ([], Quantity.of(6))
    assert db.session.get(JournalRecord, receipt.record_seq).typ is Kind.CONSIGN_IN
    assert differences() == []


def test_goods_that_may_not_be_taken_in_can_be_refused(shop):
    lapsed = shop.product("Na", certified=date(2020, 1, 1))

    receipt = receive(shop, refused=[Refused(lapsed, Quantity.of(1), RefusalReason.NO_PAPERS)])

    assert receipt.refusals[0].product is lapsed


@pytest.mark.parametrize(
    ("refused", "trouble"),
    [
        (lambda honey: Refused(honey, NONE, RefusalReason.BROKEN), RefusedQuantityWrong),
        (lambda honey: Refused(honey, Quantity(500), RefusalReason.BROKEN), RefusedQuantityWrong),
        (lambda honey: Refused(honey, Quantity.of(1), RefusalReason.OTHER), RefusalUnexplained),
        (lambda honey: Refused(honey, Quantity.of(1), RefusalReason.OTHER, note=" \u200b "), RefusalUnexplained),
        (lambda honey: None, NothingReceived),
    ],
)
def test_a_refusal_that_says_too_little_leaves_nothing_behind(shop, honey, refused, trouble):
    before = db.session.scalar(select(func.max(JournalRecord.seq)))
    one = refused(honey)

    with pytest.raises(trouble):
        receive(shop, refused=[one] if one else [])

    assert db.session.scalar(select(func.count()).select_from(GoodsReceipt)) == 0
    assert db.session.scalar(select(func.max(JournalRecord.seq))) == before


def test_a_part_of_a_kilogram_can_be_refused(shop):
    fruit = shop.product("Hồng", unit=Unit.KILOGRAM, group="I.1.a")

    receipt = receive(shop, refused=[Refused(fruit, Quantity(350), RefusalReason.TOO_WARM)])

    assert receipt.refusals[0].quantity == Quantity(350)


def test_each_line_can_go_to_a_place_of_its_own(shop, honey):
    receipt = receive(
        shop,
        Arrival(honey, Quantity.of(3), CONSIGNED),
        Arrival(honey, Quantity.of(9), CONSIGNED, target=STOCKROOM),
    )

    shelf, stockroom = receipt.lots
    assert (on_hand(shelf), on_hand(stockroom), on_hand(stockroom, STOCKROOM)) == (
        Quantity.of(3), NONE, Quantity.of(9),
    )  # fmt: skip
    assert differences() == []


def test_a_price_set_later_that_day_does_not_change_what_both_confirmed(shop, honey):
    receipt = receive(shop, Arrival(honey, Quantity.of(3), CONSIGNED))

    with transaction():
        set_price(honey, Money(150_000), from_day=receipt.day, by=shop.by)

    assert receipt.words[0].price == Money(120_000)


def test_the_producers_word_is_kept_with_the_record(shop, honey):
    by_code = receive(
        shop, Arrival(honey, Quantity.of(3), CONSIGNED), confirmed=Confirmation(shop.producer(), ConfirmedBy.CODE)
    )
    away = receive(shop, Arrival(honey, Quantity.of(3), CONSIGNED), confirmed=not_present(shop.producer()))
    nobody_asked = receive(shop, Arrival(honey, Quantity.of(3), CONSIGNED))

    assert body_of(by_code)["confirmed"] == {"own": "0001", "way": "code", "sha": None}
    assert confirmation_of(away.record_seq).way is ConfirmedBy.ABSENT
    assert confirmation_of(nobody_asked.record_seq) is None
    assert differences() == []


@pytest.mark.parametrize(
    ("damage", "table"),
    [
        ("UPDATE delivery_refusals SET quantity = 1000", "delivery_refusals"),
        ("UPDATE delivery_slip_lines SET price = 1", "delivery_slip_lines"),
        ("UPDATE confirmations SET way = 'code'", "confirmations"),
        ("DELETE FROM delivery_refusals", "delivery_refusals"),
    ],
)
def test_a_change_of_what_was_said_is_found(shop, honey, damage, table):
    receive(
        shop,
        Arrival(honey, Quantity.of(3), CONSIGNED),
        refused=[Refused(honey, Quantity.of(2), RefusalReason.BROKEN)],
        confirmed=not_present(shop.producer()),
    )
    with pytest.raises(IntegrityError), transaction() as session:
        session.execute(text(damage))
    with transaction() as session:
        for act in ("update", "delete"):
            session.execute(text(f"DROP TRIGGER {table}_no_{act}"))
        session.execute(text(damage))

    assert {one.table for one in differences()} == {table}


def test_lots_are_as_many_as_accepted_lines(shop, honey):
    receive(
        shop, Arrival(honey, Quantity.of(3), CONSIGNED), refused=[Refused(honey, Quantity.of(2), RefusalReason.BROKEN)]
    )

    assert db.session.scalar(select(func.count()).select_from(Lot)) == 1
