"""Strangers' devices see one page; eight digits let one in, once; a device that was shut out is so at once."""

from __future__ import annotations

import re
from contextvars import Context
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from core.database import db
from core.devices import Device, EnrolmentCode
from core.pin_tries import PinTries
from core.sign_in import SignIn
from core.staff import Role
from pos.replay import verify_shop
from tests.factories import PIN, Shop, count_of
from tests.pos.web.conftest import Screen, words

PHONE = "192.168.1.50"


class Phone:
    """A browser on another machine of the network."""

    def __init__(self, shop: Shop, address: str = PHONE) -> None:
        self.shop = shop
        self.client: FlaskClient = shop.app.test_client()
        self.address = address

    def send(self, method: str, page: str, **data: str) -> TestResponse:
        environ = {"REMOTE_ADDR": self.address}
        answer = Context().run(self.client.open, page, method=method, data=data or None, environ_overrides=environ)
        db.session.rollback()
        return answer

    def sign_in(self, pin: str = PIN) -> TestResponse:
        return self.send("POST", "/sign-in", staff=str(self.shop.clerk.id), pin=pin)


@pytest.fixture
def manager(screen: Screen) -> Screen:
    screen.sign_in(Role.MANAGER)
    return screen


@pytest.fixture
def phone(shop: Shop) -> Phone:
    return Phone(shop)


def new_code(manager: Screen, register: str = "-") -> str:
    page = words(manager.press("/devices/codes", name="Điện thoại kho", register=register))
    found = re.search(r"\b(\d{4}) (\d{4})\b", page)
    assert found is not None
    return found[1] + found[2]


def test_a_stranger_sees_one_page_and_no_name(shop: Shop, phone: Phone) -> None:
    for page in ("/", "/till", "/sign-in", "/people", "/menu", "/lock", "/foot"):
        assert phone.send("GET", page).headers["Location"] == "/device"
    page = words(phone.send("GET", "/device"))

    assert phone.sign_in().status_code == 403
    assert shop.clerk.name not in page
    assert count_of(PinTries) == 0


def test_a_code_lets_one_device_in_once(shop: Shop, manager: Screen, phone: Phone) -> None:
    code = new_code(manager, register="2")
    assert phone.send("POST", "/device", code=f"{code[:4]} {code[4:]}").headers["Location"] == "/sign-in"

    assert shop.clerk.name in words(phone.send("GET", "/sign-in"))
    assert phone.sign_in().status_code == 303
    assert "Quầy 2" in words(phone.send("GET", "/shift"))
    assert Phone(shop).send("POST", "/device", code=code).status_code == 422
    device = db.session.scalars(select(Device)).one()
    assert (device.code, device.register, device.enrolled_by.id) == ("01", "2", shop.manager.id)
    assert verify_shop().clean


def test_the_cookie_is_kept_from_scripts_and_only_its_hash_is_stored(manager: Screen, phone: Phone) -> None:
    answer = phone.send("POST", "/device", code=new_code(manager))

    cookie = next(value for value in answer.headers.getlist("Set-Cookie") if value.startswith("device="))
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert cookie.split("=")[1].split(";")[0] not in str(db.session.execute(select(Device.token_hash)).all())


def test_five_wrong_codes_end_the_code(manager: Screen, phone: Phone) -> None:
    code = new_code(manager)
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    assert [phone.send("POST", "/device", code=wrong).status_code for _ in range(5)] == [422] * 5

    assert phone.send("POST", "/device", code=code).status_code == 422
    assert count_of(Device) == 0


def test_a_code_ends_after_ten_minutes_whatever_the_clock_says(shop: Shop, manager: Screen, phone: Phone) -> None:
    code = new_code(manager)
    shop.clock.move(timedelta(minutes=10))
    shop.clock.instant -= timedelta(minutes=9)  # turned back

    assert phone.send("POST", "/device", code=code).status_code == 422


def test_a_new_code_and_a_press_end_the_one_before(manager: Screen, phone: Phone) -> None:
    first, second = new_code(manager), new_code(manager)
    assert phone.send("POST", "/device", code=first).status_code == 422
    manager.press("/devices/codes/end")

    assert phone.send("POST", "/device", code=second).status_code == 422
    assert count_of(EnrolmentCode) == 0


def test_a_code_is_shown_once_and_stored_nowhere(manager: Screen) -> None:
    code = new_code(manager)

    stored = db.session.execute(select(EnrolmentCode.__table__)).all()
    assert code not in str(stored)
    assert f"{code[:4]} {code[4:]}" not in words(manager.get("/devices"))


def test_a_device_that_is_shut_out_sees_nothing_from_then_on(manager: Screen, phone: Phone) -> None:
    phone.send("POST", "/device", code=new_code(manager))
    phone.sign_in()
    assert phone.send("GET", "/shift").status_code == 200

    manager.press("/devices/01/revocation")

    assert phone.send("GET", "/shift").headers["Location"] == "/device"
    assert phone.sign_in().status_code == 403
    assert manager.press("/devices/01/revocation").status_code == 422
    assert "Bị chặn" in words(manager.get("/devices/01"))
    assert verify_shop().clean


def test_a_copied_session_opens_nothing_on_another_device(shop: Shop, manager: Screen, phone: Phone) -> None:
    phone.send("POST", "/device", code=new_code(manager))
    phone.sign_in()
    stolen = phone.client.get_cookie("pos_session")
    assert stolen is not None

    other = Phone(shop, "192.168.1.51")
    other.client.set_cookie("pos_session", stolen.value)
    here = Screen(shop)
    here.client.set_cookie("pos_session", stolen.value)

    assert other.send("GET", "/shift").headers["Location"] == "/device"
    assert here.get("/shift").headers["Location"].startswith("/sign-in")


def test_wrong_pins_on_a_phone_lock_nobody_out_at_the_till(shop: Shop, manager: Screen, phone: Phone) -> None:
    phone.send("POST", "/device", code=new_code(manager))
    for _ in range(10):
        phone.sign_in("975312")
        shop.clock.move(timedelta(seconds=80))
    assert phone.sign_in().status_code == 422

    phone.address = "127.0.0.1"  # the same person at the machine itself
    assert phone.sign_in().status_code == 303


def test_who_is_signed_in_is_listed_and_can_be_ended(shop: Shop, manager: Screen) -> None:
    clerk = Screen(shop)
    number = db.session.scalar(select(SignIn.id).where(SignIn.staff_id == shop.clerk.id).order_by(SignIn.id.desc()))

    assert "Đang đăng nhập" in words(manager.get("/devices"))
    manager.press("/devices/sign-ins/end", sign_in=str(number))

    assert clerk.get("/shift").headers["Location"].startswith("/sign-in")


def test_clearing_cookies_at_the_machine_itself_gives_no_fresh_tries(shop: Shop) -> None:
    for _ in range(5):
        here = Phone(shop, "127.0.0.1")
        here.sign_in("975312")

    assert "Hãy chờ 5 giây" in words(Phone(shop, "127.0.0.1").sign_in())
