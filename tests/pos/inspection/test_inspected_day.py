"""The day before everything changed still answers as it did then."""

from __future__ import annotations

from datetime import date

import pytest

from config.reference.localities import communes_on
from core.clock import today
from core.database import transaction
from core.i18n import use
from core.journal.chain import write_record
from core.journal.record import Kind
from core.listing import Listing, Mark
from core.money import Money
from core.quantity import Quantity
from inventory.catalogue.licence import add_licence
from inventory.catalogue.mark_use import remember_mark
from inventory.catalogue.recall import recall
from inventory.ledger.stock_on_day import DayToCome
from pos.inspection.inspected_day import inspect
from pos.inspection.inspection import Inspection
from tests.factories import MAKER, enter_goods, goods, receive, shop_settings
from tests.pos.inspection.conftest import COMMUNE, DAY, OTHER, Past


def view(day: date, first: date | None = None, **sections: object) -> Inspection:
    return Inspection(day, first or day, day, shop_settings(**sections))


def told(listing: Listing | None) -> list[dict[str, object]]:
    """A list as rows by their English headings."""
    assert listing is not None
    return [dict(zip((one.name for one in listing.headings), line.cells, strict=True)) for line in listing.lines]


@pytest.fixture(autouse=True)
def in_english():
    with use("en"):
        yield


def test_a_certificate_withdrawn_later_was_in_force_that_day(past: Past) -> None:
    before, after = (told(view(day).listing("shelf"))[0] for day in (past.then, today()))

    assert (before["Stars"], before["State on the day"]) == (4, "in force")
    assert after["Stars"] is None
    assert "withdrawn from 21/11/2026 on" in str(after["State on the day"])
    assert before["Certificate"] == after["Certificate"]


def test_names_changed_later_were_the_old_ones_that_day(past: Past) -> None:
    before, after = (told(view(day).listing("shelf"))[0] for day in (past.then, today()))

    assert (before["Product"], before["Producer"]) == ("mật ong", MAKER)
    assert (after["Product"], after["Producer"]) == ("mật ong mới", "HTX Tên Mới")


def test_a_price_changed_later_was_the_old_one_that_day(past: Past) -> None:
    assert [inspect(day).shelf[0].price for day in (past.then, today())] == [Money(100_000), Money(150_000)]
    assert [told(view(day).listing("owners"))[0]["At that day's price"] for day in (past.then, today())] == [
        Money(700_000),
        Money(1_050_000),
    ]


def test_the_place_is_the_commune_of_that_day_and_never_a_district(past: Past) -> None:
    then = inspect(past.then).shelf[0].then.producer

    assert then.place_on(past.then).startswith(COMMUNE.full_name)
    assert "huyện" not in then.place_on(past.then)
    assert then.commune_on(date(2025, 6, 30)) == "huyện Chi Lăng"


def test_quantities_are_those_of_that_evening(past: Past) -> None:
    tea = [told(view(day).listing("bases"))[-1]["In the shop"] for day in (past.then, today())]

    assert tea == [Quantity(3_000), Quantity(2_000)]


def test_what_may_not_be_sold_any_more_is_told_with_how_much_of_it_lies_there(past: Past) -> None:
    assert told(view(past.then).listing("no-basis")) == []

    (found,) = told(view(today()).listing("no-basis"))

    assert found["What is the matter"] == "certificate withdrawn from 21/11/2026 on"
    assert found["In the shop"] == Quantity(7_000)


def test_lots_near_their_day_and_past_it(past: Past) -> None:
    (near,) = view(past.then, inspection={"lot_days": 11}).exceptions["expiry"].lines
    assert near.mark is Mark.WARN
    assert near.cells[4] == "until 01/12/2026, 11 days left"
    assert view(past.then, inspection={"lot_days": 10}).exceptions["expiry"].lines == ()

    past.shop.clock.move(11 * DAY)
    (over,) = view(today()).exceptions["expiry"].lines
    assert (over.mark, over.cells[4]) == (Mark.ACT, "past its day since 01/12/2026")


def test_lots_without_papers_of_origin(past: Past) -> None:
    (found,) = told(view(past.then).listing("unproved"))

    assert (found["Product"], found["Lot"] != past.lot.number) == ("trà", True)


def test_certificates_that_end_soon(past: Past) -> None:
    shop = past.shop
    enter_goods(shop, "miến", since=date(2024, 1, 15))  # until 15/1/2027
    receive(shop, "miến", 4)

    (found,) = told(view(today()).listing("ending"))

    assert found["What is the matter"] == "certificate until 15/01/2027, 55 days left"
    assert told(view(today(), inspection={"paper_days": 54}).listing("ending")) == []


def test_liquor_without_a_licence(past: Past) -> None:
    shop, until = past.shop, today()
    with transaction():
        add_licence(kind="liquor_retail", number="1", issuer="UBND", first_day=until, last_day=until, by=shop.manager)
    enter_goods(shop, "rượu", group="II.1.a", tax="excise")
    receive(shop, "rượu", 4)
    assert told(view(until).listing("liquor")) == []

    shop.clock.move(DAY)

    (found,) = told(view(today()).listing("liquor"))
    assert (found["Product"], found["In the shop"]) == ("rượu", Quantity(4_000))


def test_recalled_goods_from_the_day_of_their_recall(past: Past) -> None:
    with transaction():
        recall(goods(past.shop, "trà"), reason="vi sinh", by=past.shop.manager)

    assert told(view(past.then).listing("recalled")) == []
    (found,) = told(view(today()).listing("recalled"))
    assert found["What is the matter"] == "recalled since 21/11/2026: vi sinh"


def test_stars_still_on_labels_after_the_certificate_was_withdrawn(past: Past) -> None:
    honey = goods(past.shop, "mật ong mới")
    with transaction():
        seq = write_record(Kind.VISITOR, {}, by=past.shop.manager).seq
        label = {"stars": 4, "until": date(2028, 3, 15), "day": past.then, "copies": 12}
        remember_mark(honey, "label", 1, 1, **label, record_seq=past.lot.record_seq)
        remember_mark(honey, "label", 2, 1, **label | {"copies": 1}, record_seq=seq)

    assert told(view(past.then).listing("stars")) == []
    found = told(view(today()).listing("stars"))
    assert [row["What is the matter"] for row in found] == [
        "4 stars on 1 label of 20/11/2026",
        "4 stars on 12 labels of 20/11/2026",
    ]
    assert {row["In the shop"] for row in found} == {Quantity(7_000)}


def test_the_count_sheet_goes_by_owner_and_leaves_room_for_the_count(past: Past) -> None:
    rows = told(view(past.then).listing("count-sheet"))

    assert [(row["Whose goods"], row["Product"], row["Book: shelf"]) for row in rows] == [
        ("the shop itself", "trà", Quantity(3_000)),
        (MAKER, "mật ong", Quantity(7_000)),
    ]
    assert {row["Counted"] for row in rows} == {""}


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        ({"counts": "ocop", "least_percent": 50}, True),
        ({"counts": "ocop", "least_percent": 51}, False),
        ({"counts": "ocop_or_local", "least_percent": 100}, True),
        ({"counts": "eligible", "least_items": 2}, True),
        ({"counts": "eligible", "least_items": 3}, False),
        ({"counts": "ocop_of_province", "least_percent": 1}, False),  # nobody said where the shop is
    ],
)
def test_shares_are_counted_by_articles_against_the_rule(past: Past, rule: dict[str, object], kept: bool) -> None:
    paper = {"name": "quy định", "source": "QĐ 1", "first_day": "", "last_day": ""}
    whole = {"least_items": 0, "least_percent": 0, **paper, **rule}
    rows = told(view(past.then, inspection={"share_rules": [whole]}).listing("shares"))

    assert rows[-1]["Kept"] == ("kept" if kept else "not kept")


def test_a_rule_counts_in_its_own_days_only_and_a_province_without_one_asks_nothing(past: Past) -> None:
    late = {
        "name": "quy định", "source": "QĐ 1", "first_day": "2026-11-21", "last_day": "", "least_items": 0,
        "least_percent": 50, "counts": "ocop",
    }  # fmt: skip
    settings = {"inspection": {"share_rules": [late]}}

    assert all(row["Kept"] == "" for row in told(view(past.then, **settings).listing("shares")))
    assert [row["Kept"] for row in told(view(today(), **settings).listing("shares"))][-1] == "not kept"
    assert "asks for no share" in (view(past.then).listing("shares") or Listing("", "", (), ())).said


def test_quang_ninh_asks_for_its_own_ocop(past: Past) -> None:
    place = communes_on(today(), "p10")[0].id
    rows = told(view(past.then, shop={"locality": place}).listing("shares"))

    assert [(row["Least asked for"], row["Kept"]) for row in rows[-2:]] == [
        ("≥ 100 %", "kept"),
        ("≥ 70 %", "not kept"),
    ]


def test_a_day_to_come_is_refused(past: Past) -> None:
    with pytest.raises(DayToCome):
        inspect(today() + DAY)


def test_nothing_lay_there_before_the_shop_opened(past: Past) -> None:
    whole = view(past.then - 30 * DAY)

    assert all(not one.lines for _, lists in whole.groups() for one in lists if one.name != "sales")


def test_other_owners_are_listed_by_their_names(past: Past) -> None:
    assert OTHER in {row["Producer"] for row in told(view(past.then).listing("shelf"))}
