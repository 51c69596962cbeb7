"""What happened over some days: by producer, by what was true at each sale, and who changed what."""

from __future__ import annotations

from datetime import date

import pytest

from core.clock import state_month, today
from core.i18n import use
from core.money import Money
from core.quantity import Quantity
from inventory.ledger.stock_ledger import DaysInWrongOrder
from pos.inspection.producer_list import producer_list
from pos.inspection.product_trace import product_trace
from pos.inspection.sales_lists import sales_lists, sales_sum
from pos.inspection.sold_goods import trade_of
from tests.factories import MAKER, cash, goods, sell
from tests.pos.inspection.conftest import COMMUNE, DAY, OTHER, Past, give_basis
from tests.pos.inspection.test_inspected_day import told

PIECES = Quantity(1_000)


@pytest.fixture(autouse=True)
def in_english():
    with use("en"):
        yield


def by(name: str, first: date, last: date) -> dict[object, object]:
    listing = next(one for one in sales_lists(trade_of(first, last)) if one.name == name)
    return {line.cells[0]: line.cells[3] for line in listing.lines}


def test_a_producers_goods_and_money_over_a_day(past: Past) -> None:
    rows = {row["Product"]: row for row in told(producer_list(past.then, past.then))}

    honey = rows["mật ong"]
    assert (honey["Producer"], honey["Kind"]) == (MAKER, "consigned")
    assert [honey[name] for name in ("Opening stock", "Received", "Sold", "Brought back", "Lost or used")] == [
        Quantity(0), 10 * PIECES, 3 * PIECES, PIECES, PIECES,
    ]  # fmt: skip
    assert honey["Closing stock"] == 7 * PIECES
    assert (honey["Sold for"], honey["Due"]) == (Money(200_000), Money(170_000))
    assert (rows["trà"]["Kind"], rows["trà"]["Sold for"], rows["trà"]["Due"]) == ("bought", Money(100_000), Money(0))


def test_days_follow_each_other_and_the_next_one_has_the_new_name(past: Past) -> None:
    rows = {row["Product"]: row for row in told(producer_list(today(), today()))}

    assert rows["mật ong mới"]["Opening stock"] == rows["mật ong mới"]["Closing stock"] == 7 * PIECES
    assert rows["mật ong mới"]["Producer"] == "HTX Tên Mới"
    assert (rows["trà"]["Opening stock"], rows["trà"]["Sold"]) == (3 * PIECES, PIECES)


def test_the_trace_of_a_product_says_what_became_of_each_lot(past: Past) -> None:
    (lot,) = told(product_trace(goods(past.shop, "mật ong mới"), past.then))

    assert (lot["Lot"], lot["Whose goods"], lot["Papers of the lot"]) == (past.lot.number, MAKER, "phiếu giao hàng 01")
    names = ("Received", "Sold", "Brought back", "To the producer", "Destroyed", "Left over")
    assert [lot[name] for name in names] == [10 * PIECES, 3 * PIECES, PIECES, None, PIECES, 7 * PIECES]


def test_each_sale_counts_under_what_was_true_when_it_happened(past: Past) -> None:
    sell_more_honey(past)

    forms = by("by-form", past.then, today())

    assert forms == {"Cooperative": Money(350_000), "Limited company": Money(150_000)}
    assert by("by-stars", past.then, today()) == {"★★★★": Money(200_000), "without stars": Money(300_000)}
    assert sum(forms.values(), Money(0)) == trade_of(past.then, today()).amount


def sell_more_honey(past: Past) -> None:
    """On the second day, on another basis than stars, under the maker's new form and the new price."""
    give_basis(past.shop, "mật ong mới")
    sell(past.shop, "mật ong mới", 1, cash(150_000))


def test_sales_by_place_and_group(past: Past) -> None:
    assert by("by-commune", past.then, past.then) == {
        f"{COMMUNE.full_name}, Tỉnh Lạng Sơn": Money(200_000),
        "not recorded": Money(100_000),
    }
    assert by("by-province", past.then, past.then)["Tỉnh Lạng Sơn"] == Money(200_000)
    assert by("by-old-district", past.then, past.then)["huyện Chi Lăng"] == Money(200_000)
    assert list(by("by-group", past.then, past.then)) == ["I. Food"]


def test_receipts_and_visitors_of_the_exact_days(past: Past) -> None:
    listing = sales_sum(trade_of(past.then, past.then))

    assert [line.cells[1] for line in listing.lines] == [2, 2, Money(300_000), 1]
    assert listing.said == "From 20/11/2026 to 20/11/2026, both included."


def test_a_reporting_month_closes_on_the_14th(past: Past) -> None:
    month = state_month(past.then)
    past.shop.clock.move(24 * DAY)  # 15/12: the next reporting month
    sell(past.shop, "trà", 1, cash(50_000))

    assert (month.first, month.last) == (date(2026, 11, 15), date(2026, 12, 14))
    assert trade_of(month.first, month.last).amount == Money(350_000)
    assert trade_of(state_month(today()).first, today()).amount == Money(50_000)


def test_days_in_the_wrong_order_are_refused(past: Past) -> None:
    for ask in (producer_list, trade_of):
        with pytest.raises(DaysInWrongOrder):
            ask(today(), past.then)


def test_another_producers_goods_are_his_own_line(past: Past) -> None:
    assert OTHER in {row["Producer"] for row in told(producer_list(past.then, past.then))}
