"""Goods between two points by signed files: sent, accepted whole or in part, answered; nothing is counted twice."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from core.database import db, transaction
from core.journal.replay import compare
from core.money import Money
from inventory.catalogue.product import Product
from inventory.consignment.claim import claimed_by
from inventory.location import LOSS, ON_THE_WAY, SHELF, STOCKROOM
from inventory.lot import Lot
from inventory.moving.arrival import (
    TakenAlready,
    lay_by,
    waiting_files,
)
from inventory.moving.transfer import (
    AnsweredAlready,
    take_answer,
)
from inventory.replay import REPLAY
from tests.inventory.moving.points import Point, at, points, sent, stock, taken

__all__ = ["points"]  # a fixture


def test_goods_go_over_with_owner_and_terms(points) -> None:
    here, there, _ = points
    number, file = sent(here)
    assert stock(here, number) == {ON_THE_WAY: 10}

    answer = taken(there, file)
    with at(here) as shop, transaction():
        take_answer(answer, rest_is_lost=False, by=shop.by)

    assert stock(here, number) == {"there": 10}
    assert stock(there) == {STOCKROOM: 10, "there": -10}
    with at(there):
        lot = db.session.scalars(select(Lot)).one()
        assert (lot.owner.name, lot.commission, lot.producer_lot, lot.papers) == (
            "HTX Quảng Lạc",
            2000,
            "NGB-1",
            "phiếu 7",
        )
        assert lot.product.uid == only_uid(here)
    for point in (here, there):
        with at(point):
            assert [one for one in compare(REPLAY, db.session()) if one.table != "journal_records"] == []


def only_uid(point: Point) -> str:
    with at(point):
        return db.session.scalars(select(Product.uid)).one()


def test_what_is_not_accepted_comes_back(points) -> None:
    here, there, _ = points
    number, file = sent(here)
    answer = taken(there, file, 7, "thiếu 3")

    with at(here) as shop, transaction():
        take_answer(answer, rest_is_lost=False, by=shop.by)

    assert stock(here, number) == {SHELF: 3, "there": 7}
    with at(here) as shop:
        assert claimed_by(shop.producer()) == Money(0)


def test_what_was_lost_on_the_way_is_claimed(points) -> None:
    here, there, _ = points
    number, file = sent(here)
    answer = taken(there, file, 8, "vỡ 2")

    with at(here) as shop, transaction():
        take_answer(answer, rest_is_lost=True, by=shop.by)

    assert stock(here, number) == {LOSS: 2, "there": 8}
    with at(here) as shop:
        assert claimed_by(shop.producer()) == Money(160_000)
        assert [one for one in compare(REPLAY, db.session()) if one.table != "journal_records"] == []


def test_nothing_at_all_may_be_accepted(points) -> None:
    here, there, _ = points
    number, file = sent(here)
    answer = taken(there, file, 0, "không nhận được")

    with at(here) as shop, transaction():
        take_answer(answer, rest_is_lost=False, by=shop.by)

    assert stock(here, number) == {SHELF: 10}
    with at(there):
        assert db.session.scalars(select(Lot)).all() == []


# one result, whatever is done twice


def test_a_file_used_twice_has_one_result(points) -> None:
    here, there, _ = points
    _, file = sent(here)
    with at(there), transaction():
        lay_by(file)
        lay_by(file)
    taken(there, file)

    with pytest.raises(TakenAlready, match="already"):
        taken(there, file)
    assert stock(there) == {STOCKROOM: 10, "there": -10}
    with at(there):
        assert waiting_files() == []


def test_an_answer_used_twice_has_one_result(points) -> None:
    here, there, _ = points
    number, file = sent(here)
    answer = taken(there, file)
    with at(here) as shop, transaction():
        take_answer(answer, rest_is_lost=False, by=shop.by)

    with at(here) as shop, pytest.raises(AnsweredAlready), transaction():
        take_answer(answer, rest_is_lost=True, by=shop.by)

    assert stock(here, number) == {"there": 10}
