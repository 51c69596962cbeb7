from datetime import date, timedelta
from itertools import pairwise

from sqlalchemy import select

from core.database import db
from core.journal.merkle import leaf_hash, root
from core.journal.record import Kind, canonical
from core.journal.slips import heads
from core.money import Money
from inventory.catalogue.producer import producers_at_work
from inventory.lot import Terms
from pos.reports.day_close import DayClose
from tests.factories import close_shift, open_shift, producer, receive, records, register_of, sell


def test_the_day_closes_with_its_last_open_shift(shop):
    open_shift(shop)
    open_shift(shop, register_of("2"))

    close_shift(shop, 500_000)
    assert records(Kind.DAY_CLOSE) == []

    close_shift(shop, 500_000, register_of("2"))
    assert len(records(Kind.DAY_CLOSE)) == 1


def test_day_closes_cover_every_record_without_gap_or_overlap(shop):
    receive(shop, "mật ong")
    for _ in range(3):
        open_shift(shop)
        sell(shop, "mật ong")
        close_shift(shop, 600_000)

    closes = [record["body"] | {"seq": record["seq"]} for record in records(Kind.DAY_CLOSE)]
    assert closes[0]["from"] == 0
    for before, after in pairwise(closes):
        assert after["from"] == before["to"] + 1
    assert all(close["to"] == close["seq"] - 1 for close in closes)
    assert [close["no"] for close in closes] == [1, 2, 3]


def test_a_day_close_adds_up_all_registers(shop):
    receive(shop, "mật ong")
    open_shift(shop)
    open_shift(shop, register_of("2"))
    sell(shop, "mật ong", 2)
    sell(shop, "mật ong", 1, register=register_of("2"))
    close_shift(shop, 700_000)
    close_shift(shop, 600_000, register_of("2"))

    body = records(Kind.DAY_CLOSE)[0]["body"]

    assert (body["sales"], body["total"]) == (2, 300_000)
    assert body["pay"] == [{"kind": "cash", "amt": 300_000}]
    assert sum(rate["net"] + rate["vat"] for rate in body["vat"]) == 300_000


def test_a_shop_that_closes_after_midnight_still_closes_its_day(shop):
    receive(shop, "mật ong")
    open_shift(shop)
    sell(shop, "mật ong")
    shop.clock.move(timedelta(hours=17))
    sell(shop, "mật ong")
    close_shift(shop, 700_000)

    close = db.session.scalars(select(DayClose)).one()

    assert close.day == date(2026, 11, 20)
    assert close.sales_total == Money(200_000)
    assert [day["day"] for day in records(Kind.DAY_CLOSE)[0]["body"]["days"]] == ["2026-11-20", "2026-11-21"]


def test_the_root_stands_over_the_slips_of_every_producer_those_without_a_sale_included(shop):
    receive(shop, "mật ong", terms=Terms.on_commission(1500))
    producer(shop, "Hộ Nông Văn Sơn")
    open_shift(shop)
    sell(shop, "mật ong")
    close_shift(shop, 600_000)

    sealed = heads(each.code for each in producers_at_work())

    assert [head["i"] for head in sealed] == [1, 0]
    expected = root(leaf_hash(canonical(head)) for head in sealed).hex()
    assert records(Kind.DAY_CLOSE)[0]["body"]["root"] == expected
