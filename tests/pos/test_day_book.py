from datetime import date, timedelta

import pytest

from core.errors import RuleBroken
from core.money import Money
from pos.reports.day_book import day_book
from pos.reports.day_book_paper import draw_day_book, number_of
from pos.reports.day_book_tables import sales_table
from pos.reports.span import at_register, on_days, since
from pos.shifts.shift_totals import totals_in, totals_of
from pos.tender import TenderKind
from printers.text_writer import as_text
from tests.factories import card, close_shift, open_shift, receive, register_of, sell, transfer
from tests.returning import refund

FRIDAY = date(2026, 11, 20)
SATURDAY = FRIDAY + timedelta(days=1)


@pytest.fixture
def two_registers(shop):
    """Friday at two registers, with honey brought back; one more sale on Saturday in a shift that still runs."""
    receive(shop, "mật ong", 50)
    open_shift(shop)
    open_shift(shop, register_of("2"), float_=200_000)
    bought = sell(shop, "mật ong", 3)
    sell(shop, "mật ong", 2, transfer(200_000), register=register_of("2"))
    refund(shop, bought, "mật ong", 1)
    close_shift(shop, 690_000)
    close_shift(shop, 200_000, register_of("2"))
    shop.clock.move(timedelta(days=1))
    open_shift(shop)
    sell(shop, "mật ong", 1, card(100_000))
    return shop


def test_the_book_adds_up_all_registers_and_each_by_itself(two_registers):
    book = day_book(FRIDAY, FRIDAY)

    assert (book.totals.sales_count, book.totals.sales_total) == (2, Money(500_000))
    assert (book.totals.refunds.count, book.totals.refunds.total) == (1, Money(100_000))
    assert [(each.register.code, each.totals.sales_total) for each in book.registers] == [
        ("1", Money(300_000)),
        ("2", Money(200_000)),
    ]
    assert [(each.shift.number, each.expected, each.counted, each.difference) for each in book.shifts] == [
        (1, Money(700_000), Money(690_000), Money(-10_000)),
        (2, Money(200_000), Money(200_000), Money(0)),
    ]
    assert book.cash.left == Money(890_000)


def test_a_shift_that_runs_has_no_count_yet(two_registers):
    (running,) = day_book(SATURDAY, SATURDAY).shifts

    assert (running.shift.number, running.counted, running.difference) == (3, None, None)


def test_days_shifts_and_records_add_up_alike(two_registers):
    """One figure, three spans: what the days tell is what the shifts tell is what the records tell."""
    days, all_ = totals_in(on_days(FRIDAY, SATURDAY)), totals_in(since(0))
    shifts = [totals_of(each.shift) for each in day_book(FRIDAY, SATURDAY).shifts]
    registers = [totals_in(at_register(register_of(code), on_days(FRIDAY, SATURDAY))) for code in ("1", "2")]

    assert days == all_
    for parts in (shifts, registers):
        assert sum(part.sales_count for part in parts) == days.sales_count
        assert sum((part.sales_total for part in parts), Money(0)) == days.sales_total
        assert sum((part.refunds.total for part in parts), Money(0)) == days.refunds.total
        for kind in TenderKind:
            taken = [tender.amount for part in parts for tender in part.tenders if tender.kind is kind]
            assert sum(taken, Money(0)) == sum((t.amount for t in days.tenders if t.kind is kind), Money(0))


def test_the_paper_says_from_when_to_when_and_what_was_left(two_registers):
    text = as_text(draw_day_book(number_of(FRIDAY, SATURDAY), 0, False))

    for words in (
        "từ 20/11/2026 đến 21/11/2026",
        "TỔNG TIỀN BÁN",
        "600.000",
        "BÁN TRỪ TRẢ LẠI",
        "Quầy 2 (1)",
        "chưa kết ca",
        "TỒN CUỐI KỲ",
        "890.000",
    ):
        assert words in text, words


def test_goods_brought_back_stand_in_the_table_below_zero(two_registers):
    _, rows = sales_table(FRIDAY, FRIDAY)

    assert [(row[0], row[7], row[8]) for row in rows] == [
        (1, 300_000, 300_000),
        (2, 200_000, 0),
        ("Trả hàng 1", -100_000, -100_000),
    ]
    assert sum(row[7] for row in rows) == 400_000


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [(SATURDAY, FRIDAY, "Turn them round"), (date(2025, 1, 1), FRIDAY, "at most 366 days")],
)
def test_days_that_nobody_could_mean_are_refused(shop, first, last, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        day_book(first, last)
