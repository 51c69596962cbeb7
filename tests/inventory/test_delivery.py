"""Goods receipts: one lot and one move a line, terms frozen."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from core.clock import today
from core.database import db, transaction
from core.journal.chain import JournalRecord
from core.journal.record import Kind
from core.money import Money
from core.quantity import Quantity, Unit
from inventory.catalogue.eligibility import ArrivedPastItsDay, CertificateLapsed
from inventory.location import STOCKROOM
from inventory.lot import Lot, Terms, TermsKind
from inventory.receiving.delivery import (
    Arrival,
    GoodsReceipt,
    MixedReceipt,
    NothingReceived,
    QuantityNotReceived,
    ReceivedTomorrow,
    receive_goods,
)
from inventory.stock_level import on_hand

COST = Terms.bought(Money(70_000))
CONSIGNED = Terms.on_commission(1500)


def receive(shop, *lines, **more):
    with transaction():
        return receive_goods(supplier=shop.producer(), lines=lines, by=shop.by, **more)


def arrival(product, quantity=5, terms=COST, **more):
    return Arrival(product, Quantity.of(quantity), terms, **more)


def test_each_line_becomes_one_lot_with_its_frozen_terms(shop):
    honey, tea = shop.product("Mật ong"), shop.product("Trà")

    receipt = receive(
        shop, arrival(honey, 5, CONSIGNED, producer_lot="A1"), arrival(tea, 7, Terms.at_delivery_price(Money(9_000)))
    )

    first, second = receipt.lots
    assert (first.terms, first.commission, first.owner_code) == (TermsKind.COMMISSION, 1500, "0001")
    assert (second.terms, second.delivery_price, second.owner_id) == (
        TermsKind.DELIVERY_PRICE, Money(9_000), first.owner_id,
    )  # fmt: skip
    assert (on_hand(first), on_hand(second)) == (Quantity.of(5), Quantity.of(7))
    assert [lot.number for lot in receipt.lots] == ["261122001", "261122002"]


@pytest.mark.parametrize(("terms", "kind"), [(COST, Kind.GOODS_IN), (CONSIGNED, Kind.CONSIGN_IN)])
def test_bought_and_consigned_goods_are_two_kinds_of_record(shop, terms, kind):
    receipt = receive(shop, arrival(shop.product("Mật ong"), terms=terms))

    assert db.session.get(JournalRecord, receipt.record_seq).typ is kind


def test_receipts_are_numbered_without_gaps_also_over_a_failure(shop):
    honey = shop.product("Mật ong")
    receive(shop, arrival(honey))
    with pytest.raises(NothingReceived):
        receive(shop)

    assert receive(shop, arrival(honey)).number == 2


def test_fresh_goods_are_sold_within_their_days(shop):
    duck = shop.product("Vịt quay", group="I.3.d", sell_within_days=2)
    lot = receive(shop, arrival(duck)).lots[0]

    assert (lot.best_before, lot.sell_by) == (None, today() + timedelta(days=2))
    assert not lot.expires_before(today() + timedelta(days=2))
    assert lot.expires_before(today() + timedelta(days=3))


def test_goods_can_go_to_the_stockroom_first(shop):
    lot = receive(shop, arrival(shop.product("Mật ong")), target=STOCKROOM).lots[0]

    assert (on_hand(lot), on_hand(lot, STOCKROOM)) == (Quantity(0), Quantity.of(5))


@pytest.mark.parametrize(
    ("lines", "more", "trouble"),
    [
        (lambda honey, na: [arrival(honey), arrival(honey, terms=CONSIGNED)], {}, MixedReceipt),
        (lambda honey, na: [arrival(honey, 0)], {}, QuantityNotReceived),
        (lambda honey, na: [Arrival(honey, Quantity(500), COST)], {}, QuantityNotReceived),
        (lambda honey, na: [arrival(honey)], {"day": date(2026, 11, 23)}, ReceivedTomorrow),
        (lambda honey, na: [arrival(honey, best_before=date(2026, 11, 21))], {}, ArrivedPastItsDay),
        (lambda honey, na: [arrival(honey), arrival(na)], {}, CertificateLapsed),
    ],
)
def test_a_delivery_that_cannot_be_taken_in_leaves_nothing_behind(shop, lines, more, trouble):
    honey, na = shop.product("Mật ong"), shop.product("Na", certified=date(2020, 1, 1))
    before = db.session.scalar(select(func.max(JournalRecord.seq)))

    with pytest.raises(trouble):
        receive(shop, *lines(honey, na), **more)

    assert db.session.scalar(select(func.count()).select_from(GoodsReceipt)) == 0
    assert db.session.scalar(select(func.count()).select_from(Lot)) == 0
    assert db.session.scalar(select(func.max(JournalRecord.seq))) == before


def test_weights_come_in_grams(shop):
    fruit = shop.product("Na", unit=Unit.KILOGRAM, group="I.1.a")

    lot = receive(shop, Arrival(fruit, Quantity(12_345), COST)).lots[0]

    assert on_hand(lot) == Quantity(12_345)
