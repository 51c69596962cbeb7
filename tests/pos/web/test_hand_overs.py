"""Handing over on the page: blind count, the next person's PIN, and the next person stands at the till."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from core.database import db
from core.staff import Role, Staff
from pos.shifts.shift import Shift, open_shift_of
from printers.spool import PrintJob
from tests.factories import PIN, Shop, count_of, open_shift, receive, sell
from tests.pos.web.conftest import Screen, words


def next_clerk() -> Staff:
    return db.session.scalars(select(Staff).where(Staff.name == "Mai")).one()


def sign(screen: Screen, **fields: str) -> object:
    form = {
        "amount": "746.000",
        "next": str(next_clerk().id),
        "next_pin": PIN,
        "recounted": "",
        "transfer": "",
        "card": "",
    }
    return screen.press("/shift/hand-over", **{**form, **fields})


@pytest.fixture
def till(shop: Shop) -> Shop:
    open_shift(shop, float_=500_000)
    receive(shop, "mật ong", 10, price=123_000)
    sell(shop, "mật ong", 2)
    return shop


def test_one_press_closes_one_shift_opens_the_next_and_changes_who_stands_here(till: Shop, screen: Screen) -> None:
    answer = sign(screen)

    assert answer.headers["HX-Redirect"].endswith("/shift/1")
    shift = open_shift_of(till.register)
    assert (shift.number, shift.float_.dong, shift.staff.name) == (2, 746_000, "Mai")
    jobs = db.session.scalars(select(PrintJob.kind))
    assert list(jobs).count("z_report") == 1
    said = words(screen.get("/shift/1"))
    assert "Mai đã nhận ca 2" in said
    assert "Bàn giao cho Mai 746.000 ₫" in said


def test_what_should_be_there_is_not_told_before_the_count(till: Shop, screen: Screen) -> None:
    said = words(screen.get("/shift/hand-over"))

    assert "746.000" not in said
    assert "246.000" not in said
    page = screen.get("/shift/hand-over").get_data(as_text=True)
    offered = re.findall(r'<option value="[0-9]+">(\w+)</option>', page)
    assert offered == ["Chủ", "Lan", "Mai"]  # nobody hands over to themselves


def test_a_wrong_pin_changes_nothing_and_counts_against_the_next_person(till: Shop, screen: Screen) -> None:
    answer = sign(screen, next_pin="000111")

    assert answer.status_code == 422
    assert "mã PIN không khớp" in words(answer)
    assert (count_of(Shift), open_shift_of(till.register).number) == (1, 1)


def test_nobody_takes_over_from_themselves(till: Shop, screen: Screen) -> None:
    answer = sign(screen, next=str(till.clerk.id))

    assert answer.status_code == 422
    assert "không thể tự nhận bàn giao của chính mình" in words(answer)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"amount": ""}, "Chưa đếm gì"),
        ({"recounted": "7"}, "7đ hoặc 7k"),
        ({"card": "abc"}, "Tổng trên phiếu của máy quẹt thẻ"),
    ],
)
def test_a_count_that_cannot_be_read_keeps_the_shift_open(
    till: Shop, screen: Screen, fields: dict[str, str], sentence: str
) -> None:
    answer = sign(screen, **fields)

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert open_shift_of(till.register).number == 1


def test_sent_twice_it_is_one_hand_over(till: Shop, screen: Screen) -> None:
    key = "3f2c1de0-0000-4000-8000-000000000001"
    form = {"amount": "746.000", "next": str(next_clerk().id), "next_pin": PIN, "key": key}

    screen.press("/shift/hand-over", **form)
    screen.press("/shift/hand-over", **form)  # Mai stands here now: it is another person's press, and is refused

    assert count_of(Shift) == 2


def test_a_count_made_for_a_shift_that_was_handed_over_meanwhile_ends_no_other(till: Shop, screen: Screen) -> None:
    sign(screen, shift="1")
    other = Screen(till)  # a second window, drawn while shift 1 still ran

    for address in ("/shift/hand-over", "/shift/closing"):
        answer = other.press(address, shift="1", amount="746.000", next=str(next_clerk().id), next_pin=PIN)
        assert answer.status_code == 422
        assert "Ca 1 đã kết rồi" in words(answer)
    assert open_shift_of(till.register).number == 2


def test_a_recount_shows_as_the_hand_overs_own_difference(till: Shop, screen: Screen) -> None:
    sign(screen, recounted="740.000")

    said = words(screen.get("/shift/1"))
    assert "giao 746.000 ₫, người nhận đã đếm lại" in said
    screen.sign_in(Role.MANAGER)
    assert "Đếm lại khi bàn giao sang ca 2" in words(screen.get("/day-book"))
