"""What a clerk may not do alone: a manager types a PIN on the clerk's screen, and the act is done once."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from core.approval import Approval
from core.clock import stopped_at
from core.database import db
from core.pin_tries import PinTries
from core.staff import Role, Staff
from core.web.once import AnsweredForm
from pos.app import create_shop_app
from pos.basket import current_basket
from pos.cash.drawer import DrawerOpening
from pos.data_folder import DataFolder
from pos.replay import verify_shop
from pos.shifts.shift import need_open_shift
from pos.shifts.shift_acts import acts_of
from pos.taken import TakenTender
from printers.spool import PrintJob
from tests.factories import MORNING, PIN, Shop, count_of, fill_basket, open_shift, receive, sell, shop_settings
from tests.pos.web.conftest import Screen, words


@pytest.fixture
def till(shop: Shop, screen: Screen) -> Screen:
    """A clerk with an open shift."""
    open_shift(shop)
    receive(shop, "mật ong", 10)
    return screen


def by_manager(shop: Shop, pin: str = PIN, role: Role = Role.MANAGER) -> dict[str, str]:
    who = {Role.MANAGER: shop.manager, Role.OWNER: shop.owner, Role.CLERK: shop.clerk}[role]
    return {"approver": str(who.id), "approver_pin": pin}


def allowed_look(answer: TestResponse) -> str:
    return answer.headers["HX-Redirect"].partition("/shift/x?look=")[2]


def approvals() -> list[tuple[str, str, str, str]]:
    rows = db.session.scalars(select(Approval).order_by(Approval.id))
    return [(row.act.value, row.staff.code, row.approver.code, row.about) for row in rows]


def test_the_drawer_stays_shut_until_a_manager_has_typed_their_pin(shop: Shop, till: Screen) -> None:
    asked = till.press("/shift/drawer", reason="đổi tiền lẻ")

    assert asked.status_code == 403
    assert asked.headers["HX-Retarget"] == "#approval"
    assert "Quản lý nhập PIN" in words(asked)
    assert "đổi tiền lẻ" in asked.text
    assert (count_of(DrawerOpening), approvals()) == (0, [])

    done = till.press("/shift/drawer", reason="đổi tiền lẻ", **by_manager(shop))

    assert done.headers["HX-Redirect"].endswith("/shift")
    opening = db.session.scalars(select(DrawerOpening)).one()
    assert opening.staff_id == shop.clerk.id
    assert approvals() == [("open_drawer", shop.clerk.code, shop.manager.code, "1")]
    assert f"{shop.clerk.name}" in words(till.get("/till"))  # the manager is not signed in by it
    assert verify_shop().clean


def test_sent_twice_under_one_key_it_is_done_once(shop: Shop, till: Screen) -> None:
    key = str(uuid.uuid4())
    till.press("/shift/drawer", key=key, reason="đổi tiền lẻ")

    for _ in range(2):
        till.press("/shift/drawer", key=key, reason="đổi tiền lẻ", **by_manager(shop))

    assert (count_of(DrawerOpening), len(approvals())) == (1, 1)


def test_a_wrong_pin_counts_for_the_manager_on_this_device_and_the_panel_says_so(shop: Shop, till: Screen) -> None:
    answer = till.press("/shift/drawer", reason="đổi tiền lẻ", **by_manager(shop, "975312"))

    assert answer.status_code == 422
    assert "không khớp" in words(answer)
    assert "đổi tiền lẻ" in answer.text
    assert "975312" not in answer.text
    assert db.session.get(PinTries, (shop.manager.code, "00")).wrong == 1
    assert count_of(DrawerOpening) == 0
    assert f'value="{shop.manager.id}" required checked' in answer.text  # only the PIN is typed again


def test_a_clerks_pin_approves_nothing(shop: Shop, till: Screen) -> None:
    answer = till.press("/shift/drawer", reason="đổi tiền lẻ", **by_manager(shop, role=Role.CLERK))

    assert "không phải là quản lý" in words(answer)
    assert count_of(DrawerOpening) == 0


def test_a_broken_rule_is_said_before_a_manager_is_fetched(shop: Shop, screen: Screen) -> None:
    answer = screen.press("/shift/drawer", reason="đổi tiền lẻ")

    assert answer.status_code == 422  # no shift is open
    assert "PIN" not in words(answer)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.OWNER])
def test_a_manager_at_the_till_is_not_asked(shop: Shop, till: Screen, role: Role) -> None:
    till.sign_in(role)

    till.press("/shift/drawer", reason="đổi tiền lẻ")

    assert (count_of(DrawerOpening), approvals()) == (1, [])


def test_a_clerk_counts_blind_the_x_report_is_shown_only_with_a_managers_word(shop: Shop, till: Screen) -> None:
    sell(shop, "mật ong", 1)
    assert till.get("/shift/x").status_code == 403
    assert till.get("/shift/1.png").status_code == 403
    assert till.press("/shift/x").status_code == 403
    assert count_of(PrintJob) == 1  # the receipt

    look = allowed_look(till.press("/shift/x/look", **by_manager(shop)))

    assert till.get("/shift/x", look=look).status_code == 200
    assert till.get("/shift/1.png", look=look).mimetype == "image/png"
    till.press("/shift/x", look=look)
    assert [job.kind for job in db.session.scalars(select(PrintJob))][1:] == ["x_report"]
    assert approvals() == [("expected_cash", shop.clerk.code, shop.manager.code, "1")]


def test_the_word_for_a_look_lasts_two_minutes_and_is_for_one_person(shop: Shop, till: Screen) -> None:
    look = allowed_look(till.press("/shift/x/look", **by_manager(shop)))
    other = Screen(shop)
    other.sign_in_as(db.session.scalars(select(Staff).where(Staff.code == "04")).one())

    assert other.get("/shift/x", look=look).status_code == 403
    assert till.get("/shift/x", look="999").status_code == 403
    shop.clock.move(timedelta(minutes=2, seconds=1))
    assert till.get("/shift/x", look=look).status_code == 403
    shop.clock.move(timedelta(hours=-1))
    assert till.get("/shift/x", look=look).status_code == 403


def test_money_taken_goes_back_only_with_a_managers_word(shop: Shop, till: Screen) -> None:
    basket = fill_basket(shop, ("mật ong", 2))
    fields = {"order": basket.order_code, "total": str(basket.total.dong)}
    till.press("/till/payment", **fields, kind="cash", amount="100.000")

    assert till.press("/till/payment/withdrawal", order=fields["order"]).status_code == 403
    assert count_of(TakenTender) == 1
    answer = till.press("/till/payment/withdrawal", order=fields["order"], **by_manager(shop))

    assert answer.headers["HX-Retarget"] == "#till"
    assert count_of(TakenTender) == 0


def test_a_lot_that_the_book_calls_empty_needs_a_manager_and_a_full_one_does_not(shop: Shop, till: Screen) -> None:
    small = receive(shop, "mật ong", 1)
    fill_basket(shop, ("mật ong", 2))
    why = {"line": "1", "lot_number": small.number, "reason": "Khách chọn lô này"}

    assert till.press("/till/lines/lot", **why).status_code == 403
    assert not current_basket(shop.register).lines[0].by_hand
    till.press("/till/lines/quantity", line="1", quantity="1")
    assert till.press("/till/lines/lot", **why).status_code == 200
    assert till.press("/till/lines/quantity", line="1", quantity="2").status_code == 403
    till.press("/till/lines/quantity", line="1", quantity="2", **by_manager(shop))

    assert current_basket(shop.register).lines[0].quantity.thousandths == 2000
    assert [act for act, *_ in approvals()] == ["empty_lot"]


def test_the_z_report_names_who_approved_what(shop: Shop, till: Screen) -> None:
    till.press("/shift/drawer", reason="đổi tiền lẻ", **by_manager(shop))

    lines = [(act.what, act.by, act.reason) for act in acts_of(need_open_shift(shop.register))]

    assert ("Mở ngăn kéo khi không bán hàng", shop.clerk.name, f"{shop.manager.name} đồng ý") in lines


@pytest.fixture
def trusting(folder: DataFolder) -> Iterator[Shop]:
    """A shop whose clerks open the drawer alone."""
    with stopped_at(MORNING) as hand:
        app = create_shop_app(shop_settings(demo=True, approval={"open_drawer": False}), folder)
        app.testing = True
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            yield Shop(app, folder, hand)
            db.session.remove()
            db.engine.dispose()


def test_a_shop_may_trust_its_clerks_with_an_act(trusting: Shop) -> None:
    open_shift(trusting)
    Screen(trusting).press("/shift/drawer", reason="đổi tiền lẻ")

    assert (count_of(DrawerOpening), approvals()) == (1, [])


def test_without_a_script_the_panel_is_a_page_that_sends_the_same_form(shop: Shop, till: Screen) -> None:
    page = till.send("POST", "/shift/drawer", data={"key": str(uuid.uuid4()), "reason": "đổi tiền lẻ"})

    assert page.status_code == 403
    assert 'action="/shift/drawer"' in page.text
    assert "<html" in page.text


def test_the_pin_leaves_no_trace_in_the_remembered_answers(shop: Shop, till: Screen) -> None:
    keys = [str(uuid.uuid4()) for _ in range(2)]
    till.press("/shift/drawer", key=keys[0], reason="đổi tiền lẻ", **by_manager(shop))
    till.press("/shift/drawer", key=keys[0], reason="đổi tiền lẻ", **by_manager(shop, "000000"))

    assert count_of(DrawerOpening) == 1  # another PIN is no other content
    assert db.session.get(AnsweredForm, keys[0]) is not None
