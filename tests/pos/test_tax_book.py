"""Tax of days, not of shifts: over midnight of a rate's last day, and over a change of how the tax is paid."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from core.database import transaction
from core.journal.record import Kind
from core.money import ZERO, Money
from pos.quote import quote
from pos.receipt import receipt_of
from pos.replay import verify_shop
from pos.reports.day_report import report_of
from pos.reports.tax_book import by_rate, tax_by_day
from pos.settings.change import change_settings
from pos.shifts.shift import open_shift_of
from pos.shifts.shift_totals import totals_of
from tests.factories import (
    Shop,
    cash,
    close_shift,
    enter_goods,
    fill_basket,
    open_shift,
    pay,
    receive,
    records,
    sell,
)
from tests.returning import refund

BEFORE_MIDNIGHT = datetime(2026, 12, 31, 16, 50, tzinfo=UTC)  # ten to twelve in Viet Nam
EVE, NEW_YEAR = date(2026, 12, 31), date(2027, 1, 1)


@pytest.fixture
def night(shop: Shop) -> Shop:
    """New Year's Eve, a shift open: honey at 8 %, liquor at 10 %, mushrooms at 5 %, and own tea that is untaxed."""
    for name, tax in (("rượu ngô", "excise"), ("nấm", "farm"), ("chè nhà", "own_farm")):
        enter_goods(shop, name, tax=tax)
    for name in ("mật ong", "rượu ngô", "nấm", "chè nhà"):
        receive(shop, name, 30)
    shop.clock.set(BEFORE_MIDNIGHT)
    open_shift(shop)
    return shop


def rates_of(shop: Shop, *wanted: tuple[str, int | str]) -> dict[str, int]:
    return {total.rate: total.vat.dong for total in quote(fill_basket(shop, *wanted)).taxes}


def test_a_basket_open_over_midnight_keeps_its_total_and_is_taxed_by_the_day_it_is_paid(night: Shop) -> None:
    basket = fill_basket(night, ("mật ong", 1), ("rượu ngô", 1), ("nấm", 1), ("chè nhà", 1))
    seen = quote(basket)
    night.clock.move(timedelta(minutes=20))

    sale = pay(night, basket, cash(seen.total.dong))

    assert (seen.total, sale.total) == (Money(400_000), Money(400_000))
    assert {tax.rate: tax.vat.dong for tax in seen.taxes} == {"8": 7_407, "10": 9_091, "5": 4_762, "KCT": 0}
    assert (sale.day, {tax.rate: tax.tax.dong for tax in receipt_of(sale).taxes}) == (
        NEW_YEAR,
        {"10": 18_182, "5": 4_762, "KCT": 0},  # honey and liquor are one rate now, taken out once
    )


def test_a_shift_over_the_end_of_a_rate_tells_both_and_the_days_stay_apart(night: Shop) -> None:
    sell(night, "mật ong")
    sell(night, "rượu ngô")
    night.clock.move(timedelta(minutes=20))
    sell(night, "mật ong")

    days = tax_by_day(EVE, NEW_YEAR)
    taxes = {tax.rate: tax.vat.dong for tax in totals_of(open_shift_of(night.register)).taxes}

    assert [(one.day, one.rate, one.vat.dong) for one in days] == [
        (EVE, "10", 9_091),
        (EVE, "8", 7_407),
        (NEW_YEAR, "10", 9_091),
    ]
    assert taxes == {"8": 7_407, "10": 18_182}
    closing = close_shift(night, 800_000)
    assert closing.difference == ZERO
    assert {tax["rate"]: tax["vat"] for tax in records(Kind.DAY_CLOSE)[0]["body"]["vat"]} == taxes
    assert verify_shop().clean


def test_what_comes_back_is_taken_off_on_its_day_at_the_rate_it_was_sold_under(night: Shop) -> None:
    sale = pay(night, fill_basket(night, ("mật ong", 3)))
    night.clock.move(timedelta(minutes=20))

    refund(night, sale, "mật ong", 1)

    assert [(one.day, one.rate, one.gross.dong, one.vat.dong) for one in tax_by_day(EVE, NEW_YEAR)] == [
        (EVE, "8", 300_000, 22_222),
        (NEW_YEAR, "8", -100_000, -7_407),  # 8 % on a day on which nothing is sold at 8 % any more
    ]


def test_the_months_total_is_the_sum_of_its_days_by_rate(night: Shop) -> None:
    for _ in range(3):
        sell(night, "mật ong")
        sell(night, "nấm")
    amounts = tax_by_day(EVE, EVE)

    totals = by_rate([*amounts, *amounts], EVE)

    assert [(one.rate, one.gross.dong, one.net.dong, one.vat.dong) for one in totals] == [
        ("5", 600_000, 571_428, 28_572),
        ("8", 600_000, 555_558, 44_442),
    ]


def test_another_way_of_paying_the_tax_holds_from_the_next_sale_of_a_running_shift(shop: Shop) -> None:
    receive(shop, "mật ong", 10)
    open_shift(shop)
    before = sell(shop, "mật ong")
    with transaction():
        change_settings("tax", {"tax_method": "household"}, by=shop.owner)

    after = sell(shop, "mật ong")

    assert [line.rate for line in before.lines + after.lines] == ["8", None]
    assert receipt_of(after).taxes == ()
    assert [tax.rate for tax in receipt_of(before).taxes] == ["8"]  # also the copy of tomorrow
    report = report_of(open_shift_of(shop.register))
    assert (report.sales_total, [(tax.rate, tax.net.dong, tax.tax.dong) for tax in report.taxes]) == (
        Money(200_000),
        [("8", 92_593, 7_407)],
    )
    day = date(2026, 11, 20)
    assert [(one.rate, one.gross.dong) for one in tax_by_day(day, day)] == [(None, 100_000), ("8", 100_000)]


def test_a_way_of_paying_the_tax_that_is_decided_for_tomorrow_holds_after_midnight(shop: Shop) -> None:
    receive(shop, "mật ong", 10)
    open_shift(shop)
    with transaction():
        change_settings("tax", {"tax_method": "household"}, from_day=date(2026, 11, 21), by=shop.owner)
    basket = fill_basket(shop, ("mật ong", 1))
    assert [tax.rate for tax in quote(basket).taxes] == ["8"]

    shop.clock.move(timedelta(hours=17))

    assert quote(basket).taxes == ()
    assert quote(basket).total == Money(100_000)


def test_a_clock_set_back_brings_no_old_way_of_paying_the_tax_back(shop: Shop) -> None:
    receive(shop, "mật ong", 10)
    open_shift(shop)
    with transaction():
        change_settings("tax", {"tax_method": "household"}, from_day=date(2026, 11, 21), by=shop.owner)
    shop.clock.move(timedelta(days=1))
    sell(shop, "mật ong")  # written on the 21st
    shop.clock.move(timedelta(days=-1))

    assert quote(fill_basket(shop, ("mật ong", 1))).taxes == ()  # goods, rates and method are judged by one day


def test_the_vat_of_a_receipt_is_that_of_its_lines(night: Shop) -> None:
    sale = pay(night, fill_basket(night, ("mật ong", 3), ("rượu ngô", 7), ("nấm", 1)))

    of_lines: dict[str | None, Money] = {}
    for line in sale.lines:
        of_lines[line.rate] = of_lines.get(line.rate, ZERO) + line.vat
    told = records(Kind.SALE)[0]["body"]["vat"]
    assert {rate: vat.dong for rate, vat in of_lines.items()} == {tax["rate"]: tax["vat"] for tax in told}


def test_the_rule_of_rounding_is_stated_where_the_record_is_told() -> None:
    said = (Path(__file__).parents[2] / "docs" / "journal.md").read_text(encoding="utf-8")

    assert re.search(
        r"VAT is taken out once for each rate, net = gross × 100 / \(100 \+ rate\), halves away from zero", said
    )


def test_the_days_of_another_month_are_left_out(night: Shop) -> None:
    sell(night, "mật ong")

    assert tax_by_day(NEW_YEAR, date(2027, 1, 31)) == []
