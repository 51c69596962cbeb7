"""The screen locks when nobody touches it, the server refuses acts meanwhile, and the basket stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.database import db
from core.pin_tries import PinTries
from core.staff import Role
from core.web.idle import BY_ITSELF
from pos.basket import current_basket
from pos.basket_table import BasketLine
from tests.factories import PIN, Shop, count_of, fill_basket, open_shift, receive
from tests.pos.web.conftest import HTMX, Screen, Statements, words


@pytest.fixture
def till(shop: Shop, screen: Screen) -> Screen:
    """A clerk with honey in the basket, who may walk away."""
    open_shift(shop)
    receive(shop, "mật ong", 10)
    fill_basket(shop, ("mật ong", 2))
    screen.never_leaves = False
    screen.get("/till")
    return screen


def test_after_five_minutes_nothing_is_answered_but_the_pin(shop: Shop, till: Screen) -> None:
    shop.clock.move(timedelta(minutes=4, seconds=59))
    assert till.get("/till").status_code == 200
    shop.clock.move(timedelta(minutes=5))

    assert till.get("/till").headers["Location"] == "/lock?back=/till"
    assert till.part("/till").status_code == 423
    assert till.scan("8930000000590").status_code == 423
    assert till.press("/till/lines/removal", line="1").status_code == 423
    assert count_of(BasketLine) == 1


def test_the_same_person_opens_it_again_and_finds_the_basket(shop: Shop, till: Screen) -> None:
    shop.clock.move(timedelta(minutes=5))
    assert "Màn hình đang khóa" in words(till.get("/lock", back="/till"))

    assert till.press("/lock", pin=PIN).status_code == 204
    assert "mật ong" in words(till.get("/till"))
    shop.clock.move(timedelta(minutes=5))
    assert till.press("/lock", pin=PIN, back="/till").headers["HX-Redirect"] == "/till"


def test_another_person_signs_in_over_the_lock_and_finds_the_basket_of_the_register(shop: Shop, till: Screen) -> None:
    shop.clock.move(timedelta(minutes=5))

    till.press("/sign-in", staff=str(shop.manager.id), pin=PIN)

    page = words(till.get("/till"))
    assert "mật ong" in page
    assert shop.manager.name in page


def test_a_wrong_pin_at_the_lock_is_said_in_the_lock_and_counts(shop: Shop, till: Screen) -> None:
    shop.clock.move(timedelta(minutes=5))

    answer = till.press("/lock", pin="975312")

    assert answer.status_code == 422
    assert "HX-Retarget" not in answer.headers
    assert db.session.scalars(select(PinTries.wrong)).one() == 1
    assert till.part("/till").status_code == 423


def test_the_foot_bar_asking_by_itself_is_no_act(shop: Shop, till: Screen) -> None:
    for minute in range(1, 5):
        shop.clock.move(timedelta(minutes=1))
        assert till.send("GET", "/foot", headers={**HTMX, BY_ITSELF: str(60 * minute)}).status_code == 200
    shop.clock.move(timedelta(minutes=1))

    assert till.send("GET", "/foot", headers={**HTMX, BY_ITSELF: "300"}).status_code == 423


def test_typing_a_long_form_is_an_act_that_the_foot_bar_tells_of(shop: Shop, till: Screen) -> None:
    for _ in range(8):
        shop.clock.move(timedelta(minutes=1))
        assert till.send("GET", "/foot", headers={**HTMX, BY_ITSELF: "3"}).status_code == 200

    assert till.get("/till").status_code == 200


@pytest.mark.parametrize("told", ["-5", "x", "99999999999999999999", "1.5", ""])
def test_nonsense_about_the_last_act_is_no_act(shop: Shop, till: Screen, told: str) -> None:
    shop.clock.move(timedelta(minutes=3))
    till.send("GET", "/foot", headers={**HTMX, BY_ITSELF: told})
    shop.clock.move(timedelta(minutes=2))

    assert till.part("/till").status_code == 423


def test_turning_the_clock_back_opens_nothing(shop: Shop, till: Screen) -> None:
    shop.clock.move(timedelta(minutes=6))
    shop.clock.instant -= timedelta(minutes=6)

    assert till.part("/till").status_code == 423


def test_after_a_restart_the_screen_asks_again_unless_the_sign_in_is_young(shop: Shop, till: Screen) -> None:
    shop.clock.move(timedelta(minutes=4))
    till.get("/till")
    shop.app.extensions["last_acts"].clear()  # as a restart does
    assert till.get("/till").status_code == 200
    shop.clock.move(timedelta(minutes=4))
    till.get("/till")
    shop.app.extensions["last_acts"].clear()

    assert till.part("/till").status_code == 423


def test_who_is_at_the_till_costs_one_question_and_no_writing(till: Screen) -> None:
    db.session.remove()

    with Statements() as statements:
        till.send("GET", "/foot", headers={**HTMX, BY_ITSELF: "0"})

    asked = [each for each in statements.asked if "sign_ins" in each or "staff." in each]
    assert len(asked) == 1
    assert not [each for each in statements.asked if each.startswith(("INSERT", "UPDATE", "DELETE"))]


def test_a_page_opened_while_locked_shows_neither_menu_nor_basket(shop: Shop, till: Screen) -> None:
    shop.clock.move(timedelta(minutes=5))

    page = till.get("/lock", back="/till").text

    assert "mật ong" not in page
    assert 'class="menu"' not in page
    assert current_basket(shop.register) is not None


def test_the_lock_never_leads_elsewhere(shop: Shop, till: Screen) -> None:
    assert till.press("/lock", pin=PIN, back="//evil.example").headers["HX-Redirect"] == "/"
    nobody = Screen(shop, Role.MANAGER)
    nobody.press("/sign-out")
    assert nobody.get("/lock").headers["Location"].startswith("/sign-in")
