"""The staff pages: hired, renamed, promoted, retired, taken back, unlocked; by whom it may, each with its history."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from core.database import db, transaction
from core.pin_tries import locked_out
from core.staff import Role, Staff, check_pin, hire
from pos.replay import verify_shop
from tests.factories import PIN, Shop
from tests.pos.web.conftest import Screen, words

NEW = {"pin": "748291", "again_pin": "748291"}


@pytest.fixture
def owner(screen: Screen) -> Screen:
    screen.sign_in(Role.OWNER)
    return screen


@pytest.fixture
def auditor(shop: Shop) -> Staff:
    with transaction():
        return hire(name="Ánh", role=Role.AUDITOR, pin=PIN, by=shop.owner)


def of(code: str) -> Staff:
    return db.session.scalars(select(Staff).where(Staff.code == code)).one()


def seen(screen: Screen, code: str) -> str:
    found = re.search(r'name="seen" value="(\d+)"', screen.get(f"/people/{code}").text)
    assert found is not None
    return found[1]


def test_somebody_is_hired_renamed_promoted_retired_and_taken_back(owner: Screen) -> None:
    owner.press("/people", name="Vi Thị Xuân", role="clerk", **NEW)
    owner.press("/people/05/name", name="Vi Thị Xuân Mai", seen=seen(owner, "05"))
    owner.press("/people/05/role", role="manager", seen=seen(owner, "05"))
    owner.press("/people/05/retirement", seen=seen(owner, "05"))
    assert (of("05").name, of("05").role, of("05").works_here) == ("Vi Thị Xuân Mai", Role.MANAGER, False)
    owner.press("/people/05/return", seen=seen(owner, "05"), pin="802465", again_pin="802465")

    assert check_pin(of("05"), "802465")
    said = words(owner.get("/people/05"))
    for act in ("Nhận vào làm", "Sửa tên", "Đổi vai trò", "Đã nghỉ", "Nhận làm lại"):
        assert act in said
    assert verify_shop().clean


def test_a_manager_looks_after_clerks_only(shop: Shop, screen: Screen) -> None:
    screen.sign_in(Role.MANAGER)

    assert screen.press("/people", name="Ai đó", role="manager", **NEW).status_code == 422
    assert screen.press("/people/01/pin", **NEW).status_code == 422
    assert screen.press("/people/03/role", role="manager").status_code == 403
    assert "HX-Redirect" in screen.press("/people/03/pin", **NEW).headers
    assert check_pin(of("03"), NEW["pin"])


def test_a_new_pin_ends_what_was_opened_with_the_old_one(shop: Shop, owner: Screen) -> None:
    clerk = Screen(shop)
    assert clerk.get("/shift").status_code == 200

    owner.press("/people/03/pin", **NEW)

    assert clerk.get("/shift").headers["Location"].startswith("/sign-in")
    assert owner.get("/people").status_code == 200


@pytest.mark.parametrize("role", list(Role))
def test_everybody_changes_their_own_pin_with_the_old_one(shop: Shop, auditor: Staff, role: Role) -> None:
    me, elsewhere = Screen(shop, role), Screen(shop, role)
    assert me.press("/people/my-pin", old_pin="975312", **NEW).status_code == 422
    assert me.press("/people/my-pin", old_pin=PIN, pin="123456", again_pin="123456").status_code == 422
    assert me.press("/people/my-pin", old_pin=PIN, pin="748291", again_pin="748292").status_code == 422

    me.press("/people/my-pin", old_pin=PIN, **NEW)

    assert "Đã đổi mã PIN" in words(me.get("/people/my-pin"))
    assert elsewhere.get("/people/my-pin").headers["Location"].startswith("/sign-in")


def test_a_form_about_somebody_who_was_changed_meanwhile_is_refused(shop: Shop, owner: Screen) -> None:
    before = seen(owner, "03")
    owner.press("/people/03/name", name="Bình An", seen=before)

    answer = owner.press("/people/03/name", name="Thanh Bình", seen=before)

    assert answer.status_code == 422
    assert of("03").name == "Bình An"


def test_a_manager_unlocks_on_the_page_and_on_the_spot(shop: Shop, owner: Screen) -> None:
    for unlocked_by in ("page", "spot"):
        visitor = Screen(shop)
        visitor.press("/sign-out")
        visitor.never_leaves = False
        for _ in range(10):
            visitor.press("/sign-in", staff=str(shop.clerk.id), pin="975312")
            shop.clock.move(timedelta(seconds=80))
        assert len(locked_out()) == 1
        assert "nhờ quản lý mở khóa" in words(visitor.get("/sign-in"))

        if unlocked_by == "page":
            assert "đang bị khóa tại: máy này" in words(owner.get("/people"))
            owner.press("/people/03/unlocking", device="00")
        else:
            mine = str(shop.clerk.id)
            assert visitor.press("/sign-in/unlocking/03", staff=mine, pin=PIN).status_code == 422
            assert visitor.press("/sign-in/unlocking/03", staff=str(shop.manager.id), pin=PIN).status_code == 200
            assert visitor.get("/till").status_code == 303  # the manager is not signed in by it

        assert locked_out() == []
        assert "HX-Redirect" in visitor.press("/sign-in", staff=str(shop.clerk.id), pin=PIN).headers
    assert verify_shop().clean


def test_the_auditor_reads_and_changes_nothing(shop: Shop, auditor: Staff) -> None:
    reader = Screen(shop, Role.AUDITOR)

    page = reader.get("/people/03")

    assert "Bình" in words(page)
    assert "<form" not in page.text.split("<main")[1].split('<div id="approval"')[0]
    assert reader.press("/people/03/pin", **NEW).status_code == 403
