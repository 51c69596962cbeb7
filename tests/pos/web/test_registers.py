"""The pages of the registers."""

from __future__ import annotations

import re

import pytest

from core.staff import Role
from pos.register import register_by_code
from tests.factories import Shop, open_shift
from tests.pos.web.conftest import Screen, words


@pytest.fixture
def manager(shop: Shop) -> Screen:
    return Screen(shop, Role.MANAGER)


def seen(screen: Screen, page: str) -> str:
    return re.findall(r'name="seen" value="(\d+)"', screen.get(page).get_data(as_text=True))[0]


def test_a_register_is_added_renamed_retired_and_brought_back(manager: Screen) -> None:
    manager.press("/settings/registers", code="3", name="Quầy sân", printer="")
    manager.press("/settings/registers/3", seen=seen(manager, "/settings/registers/3"), name="Quầy hiên", printer="")
    manager.press("/settings/registers/3/retirement", seen=seen(manager, "/settings/registers/3"))
    assert "Ngừng dùng từ" in words(manager.get("/settings/registers"))

    manager.press("/settings/registers/3/return", seen=seen(manager, "/settings/registers/3"))

    assert register_by_code("3").is_in_service
    said = words(manager.get("/settings/registers/3"))
    assert "Quầy sân → Quầy hiên" in said
    assert "Lan" in said


def test_a_browser_whose_register_was_retired_stands_at_the_next(shop: Shop, manager: Screen, screen: Screen) -> None:
    screen.press("/shift/register", register="1")
    manager.press("/settings/registers/1/retirement", seen=seen(manager, "/settings/registers/1"))

    assert "Quầy 2" in words(screen.get("/shift"))
    assert screen.press("/shift/register", register="1").status_code == 404


def test_a_register_with_an_open_shift_stays(shop: Shop, manager: Screen) -> None:
    open_shift(shop)

    answer = manager.press("/settings/registers/1/retirement", seen=seen(manager, "/settings/registers/1"))

    assert answer.status_code == 422
    assert "Hãy kết ca trước" in words(answer)


def test_the_second_of_two_managers_is_told(manager: Screen) -> None:
    drawn = seen(manager, "/settings/registers/1")
    manager.press("/settings/registers/1", seen=drawn, name="Quầy A", printer="")

    answer = manager.press("/settings/registers/1", seen=drawn, name="Quầy B", printer="")

    assert answer.status_code == 422
    assert "Quầy A" in words(answer)


def test_an_unknown_register_is_not_found(manager: Screen) -> None:
    assert manager.get("/settings/registers/9").status_code == 404
