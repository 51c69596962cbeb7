"""The day book: any past day or days, exact from and to, on paper and as tables; the safe; deposits on their way."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from core.database import db
from core.staff import Role
from pos.cash.cash_move_table import CashMove, DepositSeen, Purpose
from printers.spool import PrintJob
from tests.factories import Shop, card, close_shift, count_of, open_shift, receive, register_of, sell, transfer
from tests.pos.web.conftest import Screen, words

SALES = {"as": "csv", "list": "sales"}
CASH = {"as": "csv", "list": "cash"}


@pytest.fixture
def manager(shop: Shop) -> Screen:
    """A manager's browser, two days into the trade of two registers."""
    receive(shop, "mật ong", 50)
    open_shift(shop)
    open_shift(shop, register_of("2"), float_=200_000)
    sell(shop, "mật ong", 2)
    sell(shop, "mật ong", 1, transfer(100_000), register=register_of("2"))
    close_shift(shop, 690_000)
    close_shift(shop, 200_000, register_of("2"))
    shop.clock.move(timedelta(days=1))
    open_shift(shop)
    sell(shop, "mật ong", 3, card(300_000))
    return Screen(shop, Role.MANAGER)


def table(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def test_a_past_day_tells_its_sales_its_drawers_and_its_cash(manager: Screen) -> None:
    said = words(manager.get("/day-book", first="20/11/2026"))

    assert "20/11/2026" in said
    assert "Bán hàng 300.000 ₫ 2 biên lai · 1–2" in said
    assert "Quầy 1 1 200.000 ₫ 200.000 ₫ 0 ₫ 0 ₫ Quầy 2 1 100.000 ₫ 0 ₫ 100.000 ₫ 0 ₫" in said
    assert "700.000 ₫ 690.000 ₫ -10.000 ₫" in said  # expected, counted, difference
    assert "Chuyển khoản: chưa cộng" in said
    assert "Tiền mặt bán hàng, ca 1" in said


def test_from_and_to_belong_to_the_days(manager: Screen) -> None:
    assert "600.000" in words(manager.get("/day-book", first="20/11/2026", last="21/11/2026"))
    assert "Bán hàng 300.000 ₫ 1 biên lai · 3–3" in words(manager.get("/day-book", first="21/11/2026"))
    assert "Không có ca nào" in words(manager.get("/day-book", first="19/11/2026"))


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ({"first": "21/11/2026", "last": "20/11/2026"}, "Hãy đổi lại hai ngày"),
        ({"first": "20/11/2024", "last": "20/11/2026"}, "Dài hơn một năm"),
        ({"first": "32/11/2026"}, "32/11/2026”"),
    ],
)
def test_days_that_cannot_be_are_refused(manager: Screen, days: dict[str, str], sentence: str) -> None:
    for asked in ({}, SALES, CASH):
        answer = manager.get("/day-book", **days, **asked)
        assert answer.status_code == 422, asked
        assert sentence in words(answer)


def test_the_tables_hold_every_receipt_and_every_line_of_cash(manager: Screen) -> None:
    sales = table(manager.get("/day-book", first="2026-11-20", last="2026-11-21", **SALES))
    assert [(row[0], row[7], row[8], row[9], row[10]) for row in sales[1:]] == [
        ("1", "200000", "200000", "0", "0"),
        ("2", "100000", "0", "100000", "0"),
        ("3", "300000", "0", "0", "300000"),
    ]

    cash = table(manager.get("/day-book", first="2026-11-20", last="2026-11-20", **CASH))
    assert cash[1][-1] == "0"
    assert [(row[2], row[5], row[6], row[7]) for row in cash[2:]] == [
        ("Tiền đầu ca đầu tiên của Quầy 1", "500000", "", "500000"),
        ("Tiền đầu ca đầu tiên của Quầy 2", "200000", "", "700000"),
        ("Tiền mặt bán hàng, ca 1", "200000", "", "900000"),
        ("Đếm tiền ca 1", "", "10000", "890000"),
    ]


def test_what_would_be_a_formula_is_text_in_the_table(shop: Shop, manager: Screen) -> None:
    manager.press("/shift/cash-out", purpose="expense", amount="10k", payee="=cmd|' /C calc'!A0", reason="+1")

    cells = [cell for row in table(manager.get("/day-book", **CASH)) for cell in row]

    assert "'=cmd|' /C calc'!A0 · +1" in cells
    assert not any(cell.startswith(("=", "+", "@")) for cell in cells)


def test_the_book_is_printed(manager: Screen) -> None:
    manager.press("/day-book/prints", first="2026-11-20", last="2026-11-21")

    job = db.session.scalars(select(PrintJob).where(PrintJob.kind == "day_book")).one()
    assert job.number == 2026112020261121


def test_cash_of_the_safe_goes_to_the_bank_and_waits_for_the_statement(manager: Screen) -> None:
    manager.press("/day-book/safe-in", purpose="change", amount="5tr", reason="")
    manager.press("/day-book/safe-out", purpose="deposit", amount="4tr", reference="GNT 17", reason="")
    record = db.session.scalars(select(CashMove.record_seq).where(CashMove.purpose == Purpose.DEPOSIT)).one()
    assert "4.000.000 ₫ · 21/11/2026" in words(manager.get("/day-book"))

    manager.press(f"/day-book/deposits/{record}/statement", day="21/11/2026", amount="4.000.000", note="")

    assert count_of(DepositSeen) == 1
    assert "Mọi khoản nộp đã thấy trên sao kê" in words(manager.get("/day-book"))
    again = manager.press(f"/day-book/deposits/{record}/statement", day="21/11/2026", amount="4.000.000", note="")
    assert "đã được thấy trên sao kê rồi" in words(again)


def test_another_amount_on_the_statement_wants_a_word(manager: Screen) -> None:
    manager.press("/day-book/safe-in", purpose="change", amount="5tr", reason="")
    manager.press("/day-book/safe-out", purpose="deposit", amount="4tr", reference="GNT 17", reason="")
    record = db.session.scalars(select(CashMove.record_seq).where(CashMove.purpose == Purpose.DEPOSIT)).one()

    answer = manager.press(f"/day-book/deposits/{record}/statement", day="21/11/2026", amount="3tr", note="")

    assert answer.status_code == 422
    assert "Sao kê ghi số tiền khác" in words(answer)


def test_more_than_the_safe_holds_is_refused_with_what_it_holds(manager: Screen) -> None:
    manager.press("/day-book/safe-in", purpose="change", amount="1tr", reason="")

    answer = manager.press("/day-book/safe-out", purpose="owner", amount="1.190.001", reason="")

    assert answer.status_code == 422
    assert "trong két chỉ có 1.190.000 ₫" in words(answer)
    assert count_of(CashMove) == 1


def test_a_clerk_sees_no_day_book(shop: Shop, manager: Screen) -> None:
    manager.sign_in(Role.CLERK)

    for asked in ({}, SALES, CASH):
        assert manager.get("/day-book", **asked).status_code == 403
