"""What was found of recalled goods is written down beside the book, once or several times; and all of it replays."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from core.database import db, transaction
from core.journal.record import Kind
from core.journal.replay import compare
from core.quantity import NONE, Quantity, Unit
from inventory.catalogue.recall import Recall, recall
from inventory.location import SHELF, STOCKROOM
from inventory.lot import Lot
from inventory.replay import REPLAY
from inventory.stock_level import on_hand
from inventory.tracing.hold import hold_lot, release_lot
from inventory.tracing.recall_ack import Found, FoundInParts, LotNotRecalled, acknowledge_recall, acks_of
from tests.factories import records


@pytest.fixture
def recalled(shop):
    """A product of two lots, all of it recalled."""
    product = shop.product("Lạp sườn")
    shop.receive(product, 10)
    shop.receive(product, 4)
    with transaction():
        return recall(product, reason="vi sinh", by=shop.by)


def lots():
    return list(db.session.query(Lot).order_by(Lot.id))


def acknowledge(shop, row, *finds, note=""):
    with transaction():
        told = [
            Found(lot, place, on_hand(lot, place), Quantity.of(found, lot.product.unit)) for lot, place, found in finds
        ]
        return acknowledge_recall(db.session.get_one(Recall, row.id), told, note=note, by=shop.by)


def test_what_was_found_stands_beside_the_book_and_moves_nothing(shop, recalled):
    first, second = lots()

    acknowledge(shop, recalled, (first, SHELF, 9), (second, SHELF, 4), note="kệ 2, thùng dưới")

    (ack,) = acks_of(recalled)
    assert [(one.lot.number, one.book, one.found) for one in ack.finds] == [
        (first.number, Quantity.of(10), Quantity.of(9)),
        (second.number, Quantity.of(4), Quantity.of(4)),
    ]
    assert (on_hand(first), on_hand(second)) == (Quantity.of(10), Quantity.of(4))


def test_nothing_found_is_an_answer_and_a_second_search_another(shop, recalled):
    first, _ = lots()
    acknowledge(shop, recalled, note="chưa thấy")
    acknowledge(shop, recalled, (first, STOCKROOM, 2))

    assert [[one.found for one in ack.finds] for ack in acks_of(recalled)] == [[Quantity.of(2)], []]
    told = [record["body"] for record in records(Kind.RECALL_ACK)]
    assert told[0] == {"uid": recalled.uid, "note": "chưa thấy", "lines": []}
    assert told[1]["lines"] == [{"n": 1, "lot": first.number, "at": STOCKROOM, "book": 0, "found": 2000}]


def test_a_lot_that_the_recall_does_not_name_is_refused(shop):
    product = shop.product("Mật ong")
    one, other = shop.receive(product, producer_lot="A"), shop.receive(product, producer_lot="B")
    with transaction():
        row = recall(product, reason="vi sinh", lot_number="a", by=shop.by)

    with pytest.raises(LotNotRecalled, match=other.number):
        acknowledge(shop, row, (one, SHELF, 1), (other, SHELF, 1))
    with pytest.raises(LotNotRecalled):
        acknowledge(shop, row, (shop.receive(shop.product("Na")), SHELF, 1))
    assert acks_of(row) == []


def test_a_jar_is_found_whole_and_fruit_in_parts(shop, recalled):
    fruit = shop.product("Na", unit=Unit.KILOGRAM, group="I.1.a")
    lot = shop.receive(fruit, "3,5")
    with transaction():
        row = recall(fruit, reason="thuốc", by=shop.by)
    jar, _ = lots()[:2]

    acknowledge(shop, row, (lot, SHELF, "0,250"))
    with pytest.raises(FoundInParts), transaction():
        acknowledge_recall(recalled, [Found(jar, SHELF, NONE, Quantity(500))], by=shop.by)


PLANTED = (
    "UPDATE lot_holds SET reason = 'x'",
    "UPDATE lot_releases SET since = '2020-01-01T00:00:00.000Z'",
    "UPDATE recall_acks SET note = 'x'",
    "UPDATE recall_finds SET found = found + 1000",
    "DELETE FROM recall_finds",
)


@pytest.mark.parametrize("change", PLANTED)
def test_holds_and_finds_replay_and_a_planted_change_is_found(shop, recalled, change):
    first, second = lots()
    with transaction():
        hold_lot(first, reason="phồng", by=shop.by)
        release_lot(first, reason="tốt", by=shop.by)
        hold_lot(second, reason="thiếu giấy", by=shop.by)
    acknowledge(shop, recalled, (first, SHELF, 9))
    table = change.split()[1 if change.startswith("UPDATE") else 2]
    assert tables_that_differ() == set()

    with transaction():
        for act in ("update", "delete"):
            db.session.execute(text(f"DROP TRIGGER {table}_no_{act}"))
        db.session.execute(text(change))

    assert tables_that_differ() == {table}


def tables_that_differ() -> set[str]:
    found = {one.table for one in compare(REPLAY, db.session)}
    db.session.rollback()
    return found - {"journal_records"}  # people's records are replayed by the whole shop
