"""A producer's slips: gap-free, running totals, made of that producer's own lines and of nothing else."""

from __future__ import annotations

import json
from typing import Any

from flask import Flask
from sqlalchemy import select

from core.database import db, transaction
from core.journal.chain import next_seq, write_record
from core.journal.merkle import inclusion_proof, leaf_hash, proves, root
from core.journal.record import Kind, canonical
from core.journal.slips import Slip, SlipBook, first_prev, heads, write_slips, zero_head
from core.money import Money
from core.quantity import Quantity
from tests.core.journal import independent
from tests.core.journal.story import is_whole, records, tell

HONEY = {"n": 1, "sku": "893", "own": "P01", "qty": 2000, "amt": 250_000, "due": 212_500}
TEA = {"n": 2, "sku": "894", "own": "P02", "qty": 850, "amt": 85_000, "due": 72_250}
MORE_HONEY = {"n": 3, "sku": "895", "own": "P01", "qty": 1000, "amt": 90_000, "due": 76_500}
OUR_SALT = {"n": 4, "sku": "896", "own": None, "qty": 1000, "amt": 20_000, "due": 0}


def sell(*lines: dict[str, Any]) -> list[dict[str, Any]]:
    with transaction():
        slips = write_slips(list(lines), next_seq())
        total = sum(line["amt"] for line in lines)
        write_record(Kind.SALE, {"lines": list(lines), "slips": slips, "total": total}, by=None)
    return slips


def stored(own: str) -> list[Slip]:
    db.session.rollback()
    return list(db.session.scalars(select(Slip).where(Slip.own == own).order_by(Slip.i)))


def test_a_sale_leaves_one_slip_for_each_producer_and_none_for_the_shops_own_goods(any_app: Flask) -> None:
    slips = sell(HONEY, TEA, MORE_HONEY, OUR_SALT)

    assert [(slip["own"], slip["i"]) for slip in slips] == [("P01", 1), ("P02", 1)]
    honey, tea = stored("P01")[0], stored("P02")[0]
    assert (honey.q, honey.a, honey.record_seq) == (Quantity(3000), Money(289_000), 1)
    assert (tea.q, tea.a, tea.hash) == (Quantity(850), Money(72_250), slips[1]["h"])
    assert is_whole()


def test_totals_run_on_and_each_slip_names_the_one_before(any_app: Flask) -> None:
    sell(HONEY)
    sell(TEA)
    sell(MORE_HONEY)

    first, second = stored("P01")
    assert (first.i, second.i) == (1, 2)
    assert (second.q, second.a) == (Quantity(3000), Money(289_000))
    assert (first.prev, second.prev) == (first_prev("T-TEST-1", "P01"), first.hash)


def test_a_sale_of_the_shops_own_goods_alone_leaves_none(core_app: Flask) -> None:
    assert sell(OUR_SALT) == []
    assert is_whole()


def test_a_slip_holds_no_byte_of_another_producers_lines(core_app: Flask) -> None:
    sell(HONEY, TEA, OUR_SALT)
    alone = independent.sha(
        independent.jcs(
            {
                "v": 1,
                "tid": "T-TEST-1",
                "own": "P01",
                "i": 1,
                "prev": independent.sha(b"ocop-pos/journal/v1\nslip\nT-TEST-1\nP01"),
                "seq": 1,
                "lines": [HONEY],
                "q": 2000,
                "a": 212_500,
            }
        ).encode()
    )

    assert stored("P01")[0].hash == alone


def test_heads_stand_for_every_producer_those_without_a_sale_included(any_app: Flask) -> None:
    sell(HONEY)

    found = heads(["P02", "P01", "P01"])

    assert found == [
        {"own": "P01", "tid": "T-TEST-1", "i": 1, "q": 2000, "a": 212_500, "h": stored("P01")[0].hash},
        {"own": "P02", "tid": "T-TEST-1", "i": 0, "q": 0, "a": 0, "h": first_prev("T-TEST-1", "P02")},
    ]


def test_one_root_over_the_heads_proves_each_producers_total(core_app: Flask) -> None:
    sell(HONEY, TEA)
    leaves = [leaf_hash(canonical(head)) for head in heads(["P01", "P02", "P03"])]

    proof = inclusion_proof(leaves, 1)

    assert proves(leaves[1], 1, 3, proof, root(leaves))
    lowered = leaf_hash(canonical({**heads(["P02"])[0], "a": 72_249}))
    assert not proves(lowered, 1, 3, proof, root(leaves))


def test_the_records_alone_give_the_same_heads(core_app: Flask) -> None:
    tell(120, seed=9)
    book = SlipBook("T-TEST-1")

    for record in records():
        if record["typ"] in ("SALE", "REFUND"):
            book.take(record["body"]["lines"], record["seq"], Kind(record["typ"]))

    owners = ["P01", "P02", "P03", "P99"]
    assert [book.head(own) for own in owners] == heads(owners)
    assert book.head("P99") == zero_head("T-TEST-1", "P99")
    assert all(head["i"] > 10 for head in heads(["P01", "P02", "P03"]))


def test_the_head_of_a_slip_can_be_written_as_a_record_part(core_app: Flask) -> None:
    assert json.loads(canonical(zero_head("T-1", "P01")))["own"] == "P01"
