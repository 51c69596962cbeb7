"""Practice on the pages: another screen, the same keys, and nothing behind them that the books would notice."""

from __future__ import annotations

from contextvars import Context

import pytest

from core.journal.chain import JournalRecord
from core.practice import is_practising, practice
from core.staff import Role
from pos.basket import current_basket
from pos.practising.practice import PracticeReceipt
from pos.quote import quote
from pos.sale import Sale
from tests.factories import Shop, count_of, fill_basket, open_shift, sell
from tests.pos.web.conftest import Screen, words
from tests.pos.web.practising import Practising, number_of, pay_form, stocked

__all__ = ["stocked"]  # the fixture


def test_a_new_clerk_practises_without_a_shift_and_sees_that_it_is_practice(stocked: Shop) -> None:
    till = Practising(stocked)

    page = till.get("/till")

    assert 'class="at-till practising"' in page.text
    assert "TẬP SỰ Không bán thật. Không thu tiền, không giao hàng." in words(page)
    assert '"X-Practice": "1"' in page.text


def test_practice_rings_up_and_says_that_nothing_was_sold(stocked: Shop) -> None:
    till = Practising(stocked)
    till.press("/till/lines", sku=number_of(stocked, "mật ong"))

    answer = till.press("/till/payment", **pay_form(till), kind="cash", amount="100.000")

    assert "Tập xong, không bán · Phiếu tập sự T1" in words(answer)
    assert "Thối lại khách 5.000 ₫" in words(answer)
    assert (count_of(Sale), count_of(PracticeReceipt)) == (0, 1)


def test_no_qr_of_the_shops_account_is_drawn_in_practice(stocked: Shop) -> None:
    till = Practising(stocked)
    till.press("/till/lines", sku=number_of(stocked, "mật ong"))

    for panel in (till.part("/till/payment", kind="transfer"), till.press("/till/payment/requests", **pay_form(till))):
        assert "không trả tiền được" in words(panel)
        assert "KHONGCHUYENTIEN" not in panel.text
        assert "qrline" not in panel.text
        assert panel.text.count("<svg") <= 3


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("/till/discount", {"scope": "line", "off": "20", "unit": "percent"}),
        ("/till/discount", {"scope": "basket", "off": "50.000", "unit": "dong"}),
        ("/till/discount/price", {"price": "80.000"}),
    ],
)
def test_where_a_manager_would_type_their_pin_practice_only_says_so(
    stocked: Shop, address: str, asked: dict[str, str]
) -> None:
    till = Practising(stocked)
    till.press("/till/lines", sku=number_of(stocked, "mật ong"))

    answer = till.press(address, line="1", reason="Khách quen", **asked)

    assert answer.status_code == 200
    assert "Khi bán thật, chỗ này quản lý phải nhập mã PIN." in words(answer)
    assert current_total(stocked) < 95_000


def current_total(shop: Shop) -> int:
    with practice():
        return quote(current_basket(shop.register)).total.dong


def test_leaving_practice_leads_back_to_the_customers_basket(stocked: Shop) -> None:
    open_shift(stocked)
    customer = fill_basket(stocked, ("mật ong", 2))
    till = Practising(stocked)
    till.press("/till/lines", sku=number_of(stocked, "miến dong"))
    assert "mật ong" not in words(till.get("/till"))

    till.press("/practice/end")

    page = till.get("/till")
    assert "practising" not in page.text
    assert customer.order_code in page.text
    assert "miến dong" not in words(page)


def test_practice_ends_with_the_request_for_the_thread_that_answered_it(stocked: Shop) -> None:
    till = Practising(stocked)

    def look() -> bool:
        till.client.get("/till")
        return is_practising()

    assert Context().run(look) is False


def test_signing_out_ends_practice(stocked: Shop) -> None:
    open_shift(stocked)
    till = Practising(stocked)

    till.send("POST", "/sign-out")
    till.sign_in(Role.CLERK)

    assert "practising" not in till.get("/till").text


@pytest.mark.parametrize("began", [True, False])
def test_a_window_from_before_acts_in_neither_mode(stocked: Shop, began: bool) -> None:
    open_shift(stocked)
    till = Practising(stocked)
    if not began:
        till.press("/practice/end")
    old = Screen.press if began else Practising.press  # drawn in the mode that is over

    answer = old(till, "/till/lines", sku=number_of(stocked, "mật ong"))

    assert answer.status_code == 422
    assert "Tập sự vừa được bật hoặc tắt ở cửa sổ khác" in words(answer)
    assert current_basket(stocked.register) is None
    part = (Screen.part if began else Practising.part)(till, "/till/payment")
    assert (part.headers["HX-Refresh"], part.text) == ("true", "")


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/shift/opening", {"amount": "500.000"}),
        ("/shift/closing", {"amount": "500.000"}),
        ("/shift/drawer", {"reason": "đổi tiền"}),
        ("/till/visitors", {}),
        ("/receipts/1/copies", {}),
        ("/shift/x", {}),
    ],
)
def test_what_would_stand_in_the_books_is_refused_in_words(stocked: Shop, address: str, fields: dict[str, str]) -> None:
    if address != "/shift/opening":
        open_shift(stocked)
        sell(stocked, "mật ong")
    till = Practising(stocked, Role.MANAGER)
    before = count_of(JournalRecord)

    answer = till.press(address, **fields)

    assert answer.status_code == 422
    assert "Đang tập sự nên chưa làm gì" in words(answer)
    assert count_of(JournalRecord) == before


def test_a_price_is_not_changed_by_who_practises(stocked: Shop) -> None:
    till = Practising(stocked, Role.MANAGER)
    before = count_of(JournalRecord)

    sku = number_of(stocked, "mật ong")
    answer = till.press(f"/inventory/products/{sku}/prices", price="1.000", from_day="20/11/2026", amount="1.000")

    assert answer.status_code in (404, 422)
    assert count_of(JournalRecord) == before


def test_the_list_shows_the_trainer_what_was_rung_and_receipts_never_do(stocked: Shop) -> None:
    open_shift(stocked)
    till = Practising(stocked)
    till.press("/till/lines", sku=number_of(stocked, "mật ong"))
    till.press("/till/payment", **pay_form(till), kind="cash", amount="95.000")
    till.press("/practice/end")

    listed = words(till.get("/practice"))
    assert "T1" in listed
    assert "mật ong" in listed
    assert "Chưa có đơn bán nào" in words(till.get("/receipts")) or "T1" not in words(till.get("/receipts"))
    for sought in ("95.000", "T2611200011", "2611200011"):
        assert "95.000 ₫" not in words(till.get("/receipts", text=sought))
    assert till.get("/practice/1").status_code == 200
    assert till.get("/practice/1.png").mimetype == "image/png"
    assert till.get("/practice/2").status_code == 404
