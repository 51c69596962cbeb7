"""A transfer on the payment panel: asked for by a QR, confirmed by one press, stopped where the amount is wrong."""

from __future__ import annotations

import re
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from core.current_settings import install_settings
from core.database import db, transaction
from core.money import Money
from core.staff import Role
from core.vietqr import read_vietqr
from pos.sale import Sale, Tender
from pos.taken import TakenTender
from pos.transfers.arrival import write_arrival
from pos.transfers.arrival_table import Source, to_sort_out
from pos.transfers.request_table import TransferRequest, open_requests
from pos.web.transfer_picture import transfer_picture
from tests.factories import Shop, count_of, fill_basket, goods, open_shift, receive, shop_settings
from tests.pos.web.bank_relay import hear_the_bank
from tests.pos.web.conftest import HTMX, Screen, words

PAYMENT, ASK, ARRIVAL = "/till/payment", "/till/payment/requests", "/till/payment/arrival"


@pytest.fixture
def till(shop: Shop, screen: Screen) -> Screen:
    """A basket of 245.000 đồng at the counter."""
    open_shift(shop)
    receive(shop, "mật ong", 10, price=95_000)
    receive(shop, "miến dong", 10, price=55_000)
    fill_basket(shop, ("mật ong", 2), ("miến dong", 1))
    return screen


def form(answer: TestResponse) -> dict[str, str]:
    """What the panel would send back unchanged."""
    return dict(re.findall(r'type="hidden" name="(order|total|request)" value="([^"]+)"', answer.text))


def ask(screen: Screen, **fields: object) -> dict[str, str]:
    return form(screen.press(ASK, **form(screen.part(PAYMENT)), **fields))


def confirm(screen: Screen, fields: dict[str, str], amount: object, **more: object) -> TestResponse:
    return screen.press(PAYMENT, **fields, kind="transfer", amount=amount, **more)


def told(order: str, dong: int) -> None:
    with transaction():
        write_arrival(Money(dong), source=Source.WEBHOOK, order_code=order, reference=f"FT{dong}")


def tenders() -> list[tuple[str, int]]:
    return [(t.kind.value, t.amount.dong) for t in db.session.scalars(select(Tender).order_by(Tender.n))]


def test_the_qr_names_the_order_and_asks_for_what_is_left(till: Screen) -> None:
    fields = form(till.part(PAYMENT))
    till.press(PAYMENT, **fields, kind="cash", amount="100.000")

    panel = till.press(ASK, **fields)

    assert "<svg" in panel.text
    assert " style=" not in panel.text
    drawn = transfer_picture(Money(145_000), fields["order"])
    assert drawn.picture in panel.text
    asked = read_vietqr(drawn.text)
    assert (asked.amount, asked.bill, asked.purpose) == (Money(145_000), fields["order"], fields["order"])
    assert "145.000 ₫" in words(panel)
    assert [one.amount.dong for one in open_requests()] == [145_000]


def test_looking_at_the_panel_asks_nobody_and_a_button_shows_the_qr(till: Screen) -> None:
    panel = till.get(PAYMENT, kind="transfer")

    assert "Hiện mã QR 245.000 ₫" in words(panel)
    assert '<svg class="qr' not in panel.text
    assert count_of(TransferRequest) == 0


def test_the_usual_transfer_is_one_press(till: Screen) -> None:
    fields = ask(till)

    answer = confirm(till, fields, "245.000")

    assert "Đã bán · Biên lai số 1" in words(answer)
    assert tenders() == [("transfer", 245_000)]


@pytest.mark.parametrize("typed", ["245", "245đ", "245 ₫"])
def test_a_thousandth_is_stopped_and_cannot_be_insisted_on(till: Screen, typed: str) -> None:
    fields = ask(till)

    answer = confirm(till, fields, typed)

    assert answer.status_code == 422
    assert "DỪNG LẠI: mới có 245 ₫" in words(answer)
    assert 'name="accepted"' not in answer.text
    assert confirm(till, fields, typed, accepted="245").status_code == 422
    assert (count_of(Sale), count_of(TakenTender)) == (0, 0)


def test_a_thousandfold_is_stopped_and_cannot_be_insisted_on(till: Screen) -> None:
    fields = ask(till)

    answer = confirm(till, fields, "245.000.000")

    assert "DỪNG LẠI: 245.000.000 ₫ gấp một nghìn lần 245.000 ₫" in words(answer)
    assert confirm(till, fields, "245.000.000", accepted="245000000").status_code == 422
    assert count_of(Sale) == 0


def test_a_short_amount_is_stopped_with_what_to_do_and_taken_when_insisted_on(till: Screen) -> None:
    fields = ask(till)

    answer = confirm(till, fields, "200.000")

    assert answer.status_code == 422
    assert "Mới có 200.000 ₫ trong 245.000 ₫ về, còn thiếu 45.000 ₫" in words(answer)
    assert "Đúng là 200.000 ₫ đã về: nhận F6" in words(answer)
    assert count_of(TakenTender) == 0

    again = confirm(till, form(answer), "200.000", accepted="200000")
    assert "Còn phải trả 45.000 ₫" in words(again)


def test_a_larger_amount_is_stopped_and_its_rest_goes_to_the_manager_never_into_cash(till: Screen) -> None:
    fields = ask(till)

    answer = confirm(till, fields, "250.000")
    assert "Có 250.000 ₫ về, thừa 5.000 ₫" in words(answer)
    assert "Đừng trả lại tiền mặt" in words(answer)

    sold = confirm(till, form(answer), "250.000", accepted="250000")
    assert "Đã bán" in words(sold)
    assert tenders() == [("transfer", 245_000)]
    assert [one.amount.dong for one in to_sort_out()] == [5_000]


def test_insisting_counts_for_the_amount_that_was_shown_only(till: Screen) -> None:
    assert confirm(till, ask(till), "100.000", accepted="200000").status_code == 422
    assert count_of(TakenTender) == 0


def test_a_part_by_transfer_has_a_qr_of_its_own(till: Screen) -> None:
    fields = ask(till, part="100.000")

    assert "Còn phải trả 145.000 ₫" in words(confirm(till, fields, "100.000"))


def test_enter_in_the_field_of_the_part_asks_and_never_confirms(till: Screen) -> None:
    panel = till.press(ASK, **form(till.part(PAYMENT))).text

    confirming, asking = panel.index('id="payment"'), panel.index(f'action="{ASK}"')
    assert confirming < panel.index('name="amount"') < panel.index("</form>", confirming) < asking
    assert asking < panel.index('name="part"') < panel.index("</form>", asking)


def test_another_total_makes_another_request(shop: Shop, till: Screen) -> None:
    before = ask(till)
    Screen(shop).press("/till/lines", sku=goods(shop, "miến dong").sku)

    now = ask(till)

    assert before["request"] != now["request"]
    assert [one.amount.dong for one in open_requests()] == [300_000]
    answer = confirm(till, {**now, "request": before["request"]}, "245.000")
    assert answer.status_code == 422
    assert "đã xong rồi" in words(answer)


def test_without_an_account_nothing_is_asked_and_nothing_confirmed(shop: Shop, till: Screen) -> None:
    install_settings(shop.app, shop_settings(demo=True, bank={"bin": "", "account": ""}))

    panel = till.press(ASK, **form(till.part(PAYMENT)))

    assert "chưa khai tài khoản" in words(panel)
    assert count_of(TransferRequest) == 0
    assert confirm(till, form(panel), "245.000").status_code == 422
    assert count_of(Sale) == 0


def test_two_windows_that_confirm_the_same_transfer_sell_once(shop: Shop, till: Screen) -> None:
    windows = [Screen(shop).client for _ in range(4)]
    fields = {**ask(till), "kind": "transfer", "amount": "245.000"}

    def press(window: FlaskClient) -> TestResponse:
        return window.post(PAYMENT, data={"key": str(uuid.uuid4()), **fields}, headers=HTMX)

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(press, windows))

    assert count_of(Sale) == 1
    assert sorted(answer.status_code for answer in answers) == [200, 422, 422, 422]


def test_two_windows_that_confirm_the_same_part_take_it_once(shop: Shop, till: Screen) -> None:
    fields = ask(till, part="100.000")

    assert confirm(till, fields, "100.000").status_code == 200
    assert "đã xong rồi" in words(confirm(Screen(shop), fields, "100.000"))
    assert count_of(TakenTender) == 1


def test_the_open_panel_hears_of_the_money_and_one_press_takes_it(
    shop: Shop, till: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    hear_the_bank(shop, monkeypatch)
    panel = till.press(ASK, **form(till.part(PAYMENT)))
    order = form(panel)["order"]
    assert "every 3s" in panel.text
    assert till.part(ARRIVAL, order=order).status_code == 204

    told(order, 245_000)
    answer = till.part(ARRIVAL, order=order)

    assert "Ngân hàng báo: 245.000 ₫ đã về." in words(answer)
    assert "every 3s" not in answer.text
    assert 'hx-trigger="load"' not in answer.text
    assert "Đã bán" in words(confirm(till, form(answer), "245000"))


def test_where_the_shop_wants_it_the_panel_completes_the_sale_by_itself(
    shop: Shop, till: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    hear_the_bank(shop, monkeypatch, complete_by_itself=True)
    fields = ask(till)
    told(fields["order"], 245_000)

    assert 'hx-trigger="load"' in till.part(ARRIVAL, order=fields["order"]).text


def test_a_part_never_completes_anything_by_itself(shop: Shop, till: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    hear_the_bank(shop, monkeypatch, complete_by_itself=True)
    fields = ask(till, part="100.000")
    told(fields["order"], 100_000)

    answer = till.part(ARRIVAL, order=fields["order"])

    assert "100.000 ₫ đã về" in words(answer)
    assert 'hx-trigger="load"' not in answer.text


def test_a_panel_of_an_order_that_was_sold_elsewhere_becomes_the_till(shop: Shop, till: Screen) -> None:
    fields = ask(till)
    confirm(Screen(shop), fields, "245.000")

    answer = till.part(ARRIVAL, order=fields["order"])

    assert "Đã bán" in words(answer)
    assert answer.headers["HX-Retarget"] == "#till"


def test_a_shop_that_hears_no_bank_does_not_ask_for_it(till: Screen) -> None:
    assert "every 3s" not in till.press(ASK, **form(till.part(PAYMENT))).text


def test_cash_does_not_pass_by_money_that_has_come(till: Screen) -> None:
    fields = ask(till)
    told(fields["order"], 245_000)

    answer = till.press(PAYMENT, **fields, kind="cash", amount="245.000")

    assert answer.status_code == 422
    assert "Ngân hàng báo 245.000 ₫ đã về" in words(answer)
    assert count_of(Sale) == 0


def test_a_transfer_taken_out_again_goes_to_the_manager(till: Screen) -> None:
    confirm(till, ask(till, part="100.000"), "100.000")
    till.sign_in(Role.MANAGER)

    till.press(f"{PAYMENT}/withdrawal", **form(till.part(PAYMENT)))

    assert [(one.amount.dong, one.source) for one in to_sort_out()] == [(100_000, Source.TAKEN_OUT)]
