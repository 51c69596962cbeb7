"""Cash in and out on the page: a slip, a manager for more than a clerk may, and never a word of what is there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.approval import Act, Approval
from core.database import db
from core.staff import Role
from pos.cash.cash_move_table import CashMove
from printers.spool import PrintJob
from tests.factories import PIN, Shop, count_of, open_shift, receive, sell
from tests.pos.web.conftest import Screen, words


def slips() -> list[tuple[int, bool]]:
    jobs = select(PrintJob).where(PrintJob.kind == "cash_slip").order_by(PrintJob.id)
    return [(job.copy, job.open_drawer) for job in db.session.scalars(jobs)]


def test_a_small_expense_needs_nobody_and_prints_a_slip(shop: Shop, screen: Screen) -> None:
    open_shift(shop)

    answer = screen.press(
        "/shift/cash-out", purpose="expense", amount="150k", payee="Anh Tư", reason="chở hàng", reference=""
    )

    assert answer.headers["HX-Redirect"].endswith("/shift/cash")
    said = words(screen.get("/shift/cash"))
    assert "Chi mua ngoài Anh Tư · chở hàng Bình 150.000 ₫" in said
    assert slips() == [(0, True)]


def test_more_than_a_clerk_may_take_out_asks_for_a_manager_and_is_done_once(shop: Shop, screen: Screen) -> None:
    open_shift(shop)
    form = {"purpose": "to_safe", "amount": "300.000", "payee": "", "reason": "", "reference": ""}

    asked = screen.press("/shift/cash-out", **form)
    assert asked.status_code == 403
    assert "Lấy tiền khỏi ngăn kéo quá mức thu ngân được tự lấy" in words(asked)
    assert count_of(CashMove) == 0

    screen.press("/shift/cash-out", **form, approver=str(shop.manager.id), approver_pin=PIN)

    move, approval = db.session.scalars(select(CashMove)).one(), db.session.scalars(select(Approval)).one()
    assert (move.amount.dong, move.staff.name) == (300_000, "Bình")
    assert (approval.act, approval.about, approval.approver.name) == (Act.CASH_OUT, str(move.record_seq), "Lan")


def test_what_is_missing_is_said_before_a_manager_is_called(shop: Shop, screen: Screen) -> None:
    open_shift(shop)

    answer = screen.press("/shift/cash-out", purpose="deposit", amount="300.000", payee="", reason="", reference="")

    assert answer.status_code == 422
    assert "Gõ số ghi trên giấy nộp tiền của ngân hàng." in words(answer)


@pytest.mark.parametrize("amount", ["500.001", "746.001", "9.000.000"])
def test_a_clerk_who_tries_amounts_learns_nothing_of_what_is_in_the_drawer(
    shop: Shop, screen: Screen, amount: str
) -> None:
    """Beyond what a clerk may take out, each amount gets the same answer: a manager, whatever the drawer holds."""
    open_shift(shop, float_=500_000)
    receive(shop, "mật ong", 10, price=123_000)
    sell(shop, "mật ong", 2)

    answer = screen.press("/shift/cash-out", purpose="to_safe", amount=amount)

    assert answer.status_code == 403
    assert "746.000" not in words(answer)
    assert "không thể có nhiều tiền" not in words(answer)


def test_with_a_manager_there_too_much_is_refused_without_the_sum(shop: Shop, screen: Screen) -> None:
    open_shift(shop, float_=487_000)

    answer = screen.press(
        "/shift/cash-out", purpose="to_safe", amount="487.500", approver=str(shop.manager.id), approver_pin=PIN
    )

    assert answer.status_code == 422
    assert "Ngăn kéo không thể có nhiều tiền như vậy. Chưa ghi gì." in words(answer)
    assert "487.000" not in words(answer)
    assert count_of(CashMove) == 0


@pytest.mark.parametrize(
    ("address", "form", "sentence"),
    [
        ("/shift/cash-out", {"purpose": "expense", "amount": "10k", "reason": "x"}, "Ghi ai nhận tiền"),
        ("/shift/cash-out", {"purpose": "expense", "amount": "10k", "payee": "A"}, "tiền này để làm gì"),
        ("/shift/cash-out", {"purpose": "deposit", "amount": "10k"}, "Gõ số ghi trên giấy nộp tiền"),
        ("/shift/cash-out", {"purpose": "to_safe", "amount": "0"}, "phải lớn hơn 0 ₫"),
        ("/shift/cash-out", {"purpose": "to_safe", "amount": "50"}, "50đ hoặc 50k"),
        ("/shift/cash-out", {"purpose": "gift", "amount": "10k"}, "không có trong danh sách"),
        ("/shift/cash-in", {"purpose": "owner", "amount": "10k"}, "chọn trong danh sách"),
        ("/shift/cash-in", {"purpose": "other", "amount": "10k"}, "tiền này để làm gì"),
    ],
)
def test_what_is_missing_is_said_on_the_screen(
    shop: Shop, screen: Screen, address: str, form: dict[str, str], sentence: str
) -> None:
    open_shift(shop)

    answer = screen.press(address, **form)

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert count_of(CashMove) == 0


def test_a_second_press_moves_the_money_once(shop: Shop, screen: Screen) -> None:
    open_shift(shop)
    key = "3f2c1de0-0000-4000-8000-000000000001"

    for _ in range(2):
        screen.press("/shift/cash-in", key=key, purpose="change", amount="100k")

    assert count_of(CashMove) == 1
    assert slips() == [(0, True)]


def test_a_copy_of_a_slip_opens_no_drawer(shop: Shop, screen: Screen) -> None:
    open_shift(shop)
    screen.press("/shift/cash-in", purpose="change", amount="100k")
    record = db.session.scalars(select(CashMove.record_seq)).one()

    screen.press(f"/shift/cash/{record}/copies")

    assert slips() == [(0, True), (1, False)]
    assert screen.press("/shift/cash/1/copies").status_code == 404


def test_without_a_shift_the_page_leads_to_its_opening(screen: Screen) -> None:
    assert screen.get("/shift/cash").headers["Location"].endswith("/shift")


def test_the_shifts_page_tells_everything_in_the_order_it_happened(shop: Shop, screen: Screen) -> None:
    open_shift(shop)
    screen.sign_in(Role.MANAGER)
    for press in (
        lambda: screen.press("/shift/drawer", reason="đổi tiền lẻ"),
        lambda: screen.press("/shift/cash-in", purpose="change", amount="100k"),
        lambda: screen.press("/shift/drawer", reason="xem lại"),
        lambda: screen.press("/shift/cash-out", purpose="to_safe", amount="50k"),
    ):
        shop.clock.move(timedelta(minutes=1))
        press()

    said = words(screen.get("/shift"))

    places = [said.index(what) for what in ("đổi tiền lẻ", "Tiền lẻ mang tới", "xem lại", "Cất vào két")]
    assert places == sorted(places)
    assert "+100.000 ₫" in said
    assert "-50.000 ₫" in said
