"""The shift's pages: opened with a float, reported on at any time, closed by a count made blind."""

from __future__ import annotations

from sqlalchemy import select

from core.database import db, transaction
from core.staff import Role
from pos.cash.drawer import DrawerOpening
from pos.reports.day_report import print_x_report
from pos.shifts.shift import Shift, ShiftClosing
from printers.spool import JobState, PrintJob
from tests.factories import Shop, card, count_of, open_shift, receive, sell, transfer
from tests.pos.web.conftest import Screen, words


def jobs(kind: str) -> list[int]:
    return [job.copy for job in db.session.scalars(select(PrintJob).where(PrintJob.kind == kind).order_by(PrintJob.id))]


def test_a_shift_is_opened_by_counting_notes_and_leads_to_the_till(screen: Screen) -> None:
    answer = screen.press("/shift/opening", note_100000="3", note_10000="20")

    assert answer.headers["HX-Redirect"].endswith("/till")
    assert db.session.scalars(select(Shift)).one().float_.dong == 500_000


def test_an_empty_form_opens_no_shift(screen: Screen) -> None:
    answer = screen.press("/shift/opening")

    assert answer.status_code == 422
    assert "Chưa đếm gì" in words(answer)
    assert count_of(Shift) == 0


def test_the_sum_of_the_notes_is_told_as_they_are_typed(screen: Screen) -> None:
    said = words(screen.part("/shift/count", note_200000="4", note_500="3"))

    assert "801.500 ₫" in said
    assert "800.000 ₫" in said


def test_what_should_be_in_the_drawer_is_not_told_before_it_was_counted(shop: Shop, screen: Screen) -> None:
    open_shift(shop, float_=500_000)
    receive(shop, "mật ong", 10, price=123_000)
    sell(shop, "mật ong", 2)

    for address in ("/shift", "/shift/closing"):
        assert "746.000" not in words(screen.get(address)), address
        assert "246.000" not in words(screen.get(address)), address


def test_closing_tells_the_difference_and_prints_the_z_report(shop: Shop, screen: Screen) -> None:
    open_shift(shop, float_=500_000)
    receive(shop, "mật ong", 10, price=123_000)
    sell(shop, "mật ong", 2)

    answer = screen.press("/shift/closing", note_500000="1", note_200000="1", note_20000="2", amount="")

    assert answer.headers["HX-Redirect"].endswith("/shift/1")
    said = words(screen.get("/shift/1"))
    assert "746.000 ₫" in said
    assert "740.000 ₫" in said
    assert "thiếu 6.000 ₫" in said
    assert jobs("z_report") == [0]
    assert screen.get("/shift/1.png").mimetype == "image/png"


def test_a_second_press_closes_once(shop: Shop, screen: Screen) -> None:
    open_shift(shop)
    key = "3f2c1de0-0000-4000-8000-000000000001"

    for _ in range(2):
        assert screen.press("/shift/closing", key=key, amount="500.000").headers["HX-Redirect"].endswith("/shift/1")

    assert count_of(ShiftClosing) == 1
    assert jobs("z_report") == [0]


def test_a_copy_of_the_z_report_is_numbered(shop: Shop, screen: Screen) -> None:
    open_shift(shop)
    screen.press("/shift/closing", amount="500.000")

    screen.press("/shift/1/copies")
    screen.press("/shift/1/copies")

    assert jobs("z_report") == [0, 1, 2]


def test_an_x_report_is_shown_and_printed_and_closes_nothing(shop: Shop, screen: Screen) -> None:
    open_shift(shop)
    screen.sign_in(Role.MANAGER)

    assert screen.get("/shift/x").status_code == 200
    assert screen.get("/shift/1.png").mimetype == "image/png"
    screen.press("/shift/x")

    assert jobs("x_report") == [0]
    assert count_of(ShiftClosing) == 0


def test_a_clerk_prints_no_report_again_that_would_tell_what_is_in_the_drawer_now(shop: Shop, screen: Screen) -> None:
    shift = open_shift(shop)
    with transaction():
        job = print_x_report(shift, by=shop.manager)  # asked for in the morning, and the paper jammed
        job.state = JobState.FAILED
        uid = job.uid

    answer = screen.press(f"/print-jobs/{uid}/second-paper")

    assert answer.status_code == 403
    assert jobs("x_report") == [0]
    screen.sign_in(Role.MANAGER)
    screen.press(f"/print-jobs/{uid}/second-paper")
    assert jobs("x_report") == [0, 0]


def test_card_and_transfer_are_counted_blind_and_told_afterwards(shop: Shop, screen: Screen) -> None:
    open_shift(shop, float_=500_000)
    receive(shop, "mật ong", 10, price=123_000)
    sell(shop, "mật ong", 1, transfer(123_000))
    sell(shop, "mật ong", 2, card(246_000))
    page = words(screen.get("/shift/closing"))
    assert "123.000" not in page
    assert "246.000" not in page

    screen.press("/shift/closing", amount="500.000", transfer="", card="250.000")

    said = words(screen.get("/shift/1"))
    assert "Chuyển khoản ? phải có 123.000 ₫; chưa ai cộng" in said
    assert "Thẻ 4.000 ₫ cộng được 250.000 ₫, phải có 246.000 ₫" in said


def test_the_drawer_opens_without_a_sale_only_with_a_reason(shop: Shop, screen: Screen) -> None:
    open_shift(shop)
    screen.sign_in(Role.MANAGER)
    assert screen.press("/shift/drawer", reason=" ").status_code == 422

    screen.press("/shift/drawer", reason="đổi tiền lẻ")

    assert count_of(DrawerOpening) == 1
    assert "đổi tiền lẻ" in words(screen.get("/shift"))


def test_a_browser_can_stand_at_another_register(shop: Shop, screen: Screen) -> None:
    screen.press("/shift/register", register="2")
    screen.press("/shift/opening", amount="200.000")

    assert db.session.scalars(select(Shift)).one().register.code == "2"
    assert screen.press("/shift/register", register="9").status_code == 404
    screen.press("/sign-out")
    screen.sign_in(Role.MANAGER)
    assert "Quầy 2" in words(screen.get("/menu"))  # the browser stays where it stands, whoever signs in


def test_another_register_can_be_stood_at_while_this_ones_shift_runs(shop: Shop, screen: Screen) -> None:
    open_shift(shop)

    assert "Sang quầy khác" in words(screen.get("/shift"))
    screen.press("/shift/register", register="2")

    assert "Trong ngăn kéo có bao nhiêu tiền lẻ đầu ca?" in words(screen.get("/shift"))


def test_a_shift_that_runs_has_no_z_report(shop: Shop, screen: Screen) -> None:
    open_shift(shop)

    assert screen.get("/shift/1").status_code == 404
    assert screen.get("/shift/7").status_code == 404
