"""The page of transfers: what is waited for, what is to be sorted out, and who may do what about it."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from urllib.parse import parse_qsl

import pytest

from core.approval import Approval
from core.database import transaction
from core.money import Money
from core.staff import Role, hire
from pos.basket import Basket, void_basket
from pos.transfers.arrival import sort_out, write_arrival
from pos.transfers.arrival_table import Outcome, Source, is_matched, to_sort_out
from pos.transfers.request import ask_for_transfer, confirm_request
from pos.transfers.request_table import TransferRequest, open_requests
from tests.factories import Shop, cash, count_of, fill_basket, open_shift, pay, receive, register_of
from tests.pos.web.bank_relay import hear_the_bank, notice, send
from tests.pos.web.conftest import Screen, words


@pytest.fixture
def basket(shop: Shop) -> Basket:
    """Two jars at 100.000 đồng."""
    open_shift(shop)
    receive(shop, "mật ong", 20)
    return fill_basket(shop, ("mật ong", 2))


@pytest.fixture
def waiting(shop: Shop, basket: Basket) -> TransferRequest:
    """The transfer that these two jars wait for."""
    with transaction():
        return ask_for_transfer(basket, Money(200_000), by=shop.clerk)


def told(order: str | None, dong: int = 200_000, reference: str = "FT1") -> None:
    with transaction():
        write_arrival(Money(dong), source=Source.WEBHOOK, order_code=order, reference=reference)


def test_the_page_and_the_foot_say_what_is_waited_for_and_how_long(
    shop: Shop, screen: Screen, waiting: TransferRequest
) -> None:
    shop.clock.move(timedelta(minutes=12))

    said = words(screen.get("/transfers"))

    assert f"200.000 ₫ Đơn {waiting.order_code}" in said
    assert "12 phút" in said
    assert "1 chuyển khoản đang chờ (12 phút)" in words(screen.get("/foot"))


def test_with_nothing_to_wait_for_the_foot_says_nothing(shop: Shop, screen: Screen) -> None:
    open_shift(shop)

    assert "chuyển khoản" not in words(screen.get("/foot")).lower()
    assert "Không có khoản chuyển khoản nào đang chờ" in words(screen.get("/transfers"))


def test_the_clerk_goes_on_selling_and_takes_the_basket_up_again(
    shop: Shop, screen: Screen, basket: Basket, waiting: TransferRequest
) -> None:
    screen.press("/till/baskets/parking", label="áo đỏ")
    fill_basket(shop, ("mật ong", 1))

    answer = screen.press(f"/transfers/{waiting.uid}/resumption")

    path, _, asked = answer.headers["HX-Redirect"].partition("?")
    panel = screen.get(path, **dict(parse_qsl(asked)))
    assert f'name="request" value="{waiting.uid}"' in panel.text
    assert "Số tiền đã về" in words(panel)


def test_a_request_is_given_up_with_a_reason_only(screen: Screen, waiting: TransferRequest) -> None:
    refused = screen.press(f"/transfers/{waiting.uid}/giving-up")
    assert refused.status_code == 422
    assert "vì sao thôi chờ" in words(refused)

    screen.press(f"/transfers/{waiting.uid}/giving-up", reason="Khách đã đi")

    assert open_requests() == []


def test_what_has_come_is_given_up_only_with_a_manager(shop: Shop, screen: Screen, waiting: TransferRequest) -> None:
    told(waiting.order_code)

    refused = screen.press(f"/transfers/{waiting.uid}/giving-up", reason="Khách đã đi")
    assert refused.status_code == 403
    assert "quản lý" in words(refused).lower()
    assert open_requests() != []

    screen.press(
        f"/transfers/{waiting.uid}/giving-up", reason="Khách đã đi", approver=shop.manager.code, approver_pin="135790"
    )
    assert count_of(Approval) == 1
    assert [one.source for one in to_sort_out()] == [Source.GIVEN_UP]


def test_late_money_is_shown_to_the_manager_with_what_became_of_its_order(
    shop: Shop, screen: Screen, basket: Basket, waiting: TransferRequest
) -> None:
    with transaction():
        void_basket(basket, reason="Khách đổi ý", by=shop.clerk)
    told(waiting.order_code)
    manager = Screen(shop, Role.MANAGER)

    assert "Bình đã thôi chờ: Khách đổi ý" in words(manager.get("/transfers"))
    assert "1 khoản tiền cần làm rõ" in words(manager.get("/foot"))
    assert "cần làm rõ" not in words(screen.get("/foot"))
    assert "Khách đổi ý" not in words(screen.get("/transfers"))


def test_money_for_an_order_that_was_paid_in_cash_leads_to_its_receipt(
    shop: Shop, basket: Basket, waiting: TransferRequest
) -> None:
    pay(shop, basket, cash(200_000))
    told(waiting.order_code)

    assert "Đơn này đã bán: biên lai 1, 200.000 ₫" in words(Screen(shop, Role.MANAGER).get("/transfers"))


def test_a_manager_sorts_money_out_and_a_clerk_does_not(shop: Shop, screen: Screen, waiting: TransferRequest) -> None:
    told(None)
    (arrival,) = to_sort_out()
    address = f"/transfers/money/{arrival.uid}/sorting"
    assert screen.press(address, outcome="sent_back", reason="x").status_code == 403
    manager = Screen(shop, Role.MANAGER)
    assert "Là của đơn" in words(manager.get("/transfers"))

    assert manager.press(address, outcome="sent_back").status_code == 422
    assert manager.press(address, outcome="stolen", reason="x").status_code == 422
    manager.press(address, outcome="matched", order=waiting.order_code)

    assert is_matched(waiting)
    assert "đã được làm rõ rồi" in words(manager.press(address, outcome="sent_back", reason="x"))


def test_money_that_somebody_saw_arrive_is_entered_for_the_manager(shop: Shop, screen: Screen) -> None:
    open_shift(shop)
    assert screen.press("/transfers/money", amount="0").status_code == 422

    screen.press("/transfers/money", amount="35.000", order="")

    (arrival,) = to_sort_out()
    assert (arrival.amount, arrival.source, arrival.staff_id) == (Money(35_000), Source.BY_HAND, shop.clerk.id)
    with transaction():
        sort_out(arrival, Outcome.NOT_OURS, reason="tiền riêng", by=shop.manager)


def test_what_a_clerk_confirmed_and_no_bank_told_of_is_shown_to_the_manager(
    shop: Shop, waiting: TransferRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    hear_the_bank(shop, monkeypatch)
    with transaction():
        confirm_request(waiting, Money(200_000), shift=1, by=shop.clerk)
    manager = Screen(shop, Role.MANAGER)
    assert "ngân hàng chưa báo" in words(manager.get("/transfers"))

    send(shop, notice(waiting.order_code, 200_000))

    assert "ngân hàng chưa báo" not in words(manager.get("/transfers"))


def test_an_auditor_reads_and_has_no_buttons(shop: Shop, waiting: TransferRequest) -> None:
    told(None, 77_000)
    with transaction():
        hire(name="Ánh", role=Role.AUDITOR, pin="135790", by=shop.owner)

    page = Screen(shop, Role.AUDITOR).get("/transfers")

    assert "77.000 ₫" in words(page)
    assert not re.search(r'<form[^>]+action="/transfers', page.text)


def test_a_request_of_nobody_is_not_found(shop: Shop, screen: Screen) -> None:
    open_shift(shop)
    for act in ("giving-up", "resumption"):
        assert screen.press(f"/transfers/{uuid.uuid4()}/{act}", reason="x").status_code == 404


def test_a_basket_of_another_register_is_not_taken_up_here(shop: Shop, screen: Screen) -> None:
    receive(shop, "mật ong", 10)
    open_shift(shop, register_of("2"))
    basket = fill_basket(shop, ("mật ong", 1), register=register_of("2"))
    with transaction():
        ask_for_transfer(basket, Money(100_000), by=shop.clerk)

    page = screen.get("/transfers")

    assert "Quầy 2" in words(page)
    assert "Lấy lại giỏ hàng" not in words(page)
