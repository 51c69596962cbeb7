"""Taking money on the page: any split, the QR of a transfer, and one sale however often it is pressed."""

from __future__ import annotations

import re
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from core.database import db
from core.money import Money
from core.staff import Role
from pos.sale import Sale, Tender
from pos.taken import TakenTender
from pos.web.payment_form import Payment
from tests.factories import Shop, count_of, fill_basket, goods, open_shift, receive
from tests.pos.web.conftest import HTMX, Screen, words

PAYMENT = "/till/payment"


@pytest.fixture
def till(shop: Shop, screen: Screen) -> Screen:
    """A basket of 245.000 đồng at the counter: two jars of honey and a bag of noodles."""
    open_shift(shop)
    receive(shop, "mật ong", 10, price=95_000)
    receive(shop, "miến dong", 10, price=55_000)
    fill_basket(shop, ("mật ong", 2), ("miến dong", 1))
    return screen


def order() -> str:
    return db.session.scalars(select(Sale.order_code)).one()


def form(screen: Screen) -> dict[str, str]:
    """What the payment panel would send back unchanged."""
    panel = screen.part(PAYMENT).text
    return dict(re.findall(r'type="hidden" name="(order|total)" value="(\d+)"', panel))


def tenders() -> list[tuple[str, int, str]]:
    return [(t.kind.value, t.amount.dong, t.reference) for t in db.session.scalars(select(Tender).order_by(Tender.n))]


def test_the_panel_offers_the_exact_sum_and_likely_notes(till: Screen) -> None:
    panel = words(till.part(PAYMENT))

    assert "Còn phải trả 245.000 ₫" in panel
    assert "250.000 ₫ F5 300.000 ₫ F6 400.000 ₫ F7 500.000 ₫ F8" in panel


@pytest.mark.parametrize("address", [f"{PAYMENT}/change", f"{PAYMENT}/arrival", "/till/returns/receipts"])
def test_what_a_panel_asks_for_is_a_whole_page_when_its_address_is_opened(till: Screen, address: str) -> None:
    page = till.get(address)

    assert page.status_code == 200
    assert "Bán hàng" in words(page)


def test_enter_takes_the_exact_sum_and_the_till_is_ready_for_the_next(till: Screen) -> None:
    answer = till.press(PAYMENT, **form(till), kind="cash", amount="245.000")

    assert "Đã bán · Biên lai số 1" in words(answer)
    assert "Đã thu đủ, không phải thối lại" in words(answer)
    assert tenders() == [("cash", 245_000, "")]


def test_a_quick_note_completes_with_its_change_in_large_figures(till: Screen) -> None:
    answer = till.press(PAYMENT, **form(till), note=500_000, kind="cash", amount="245.000")

    assert re.search(r'class="sold-change">255\.000', answer.text)


def test_half_cash_half_transfer(till: Screen) -> None:
    fields = form(till)
    answer = till.press(PAYMENT, **fields, kind="cash", amount="122.500")
    assert "Còn phải trả 122.500 ₫" in words(answer)
    assert count_of(Sale) == 0

    till.press(f"{PAYMENT}/requests", **fields)
    answer = till.press(PAYMENT, **fields, kind="transfer", amount="122.500")

    assert "Đã bán" in words(answer)
    assert tenders() == [("cash", 122_500, ""), ("transfer", 122_500, order())]


def test_what_was_taken_outlives_the_panel_and_stands_beside_the_total(till: Screen) -> None:
    till.press(f"{PAYMENT}/requests", **form(till), part="100.000")
    till.press(PAYMENT, **form(till), kind="transfer", amount="100.000")

    assert "Chuyển khoản 100.000 ₫ Còn phải trả 145.000 ₫" in words(till.get("/till"))
    assert "145.000 ₫" in words(till.part(PAYMENT))


def test_the_last_payment_can_be_taken_out_again(till: Screen) -> None:
    fields = form(till)
    till.press(PAYMENT, **fields, kind="cash", amount="100.000")
    till.press(PAYMENT, **fields, kind="card", amount="45.000", reference="77")

    till.sign_in(Role.MANAGER)
    answer = till.press(f"{PAYMENT}/withdrawal", order=fields["order"])

    assert [(row.kind.value, row.amount.dong) for row in db.session.scalars(select(TakenTender))] == [("cash", 100_000)]
    assert "Còn phải trả 145.000 ₫" in words(answer)


def test_a_basket_with_money_on_it_is_not_given_up(till: Screen) -> None:
    fields = form(till)
    till.press(PAYMENT, **fields, kind="cash", amount="100.000")

    answer = till.press("/till/baskets/giving-up", order=fields["order"], reason="Khách đổi ý")

    assert answer.status_code == 422
    assert "100.000 ₫" in words(answer)


def test_a_basket_that_shrank_below_what_was_taken_asks_to_give_back(till: Screen) -> None:
    till.press(PAYMENT, **form(till), kind="cash", amount="200.000")
    till.press("/till/lines/removal", line=1)

    panel = till.part(PAYMENT)

    assert "bỏ khoản vừa nhận" in words(panel)
    assert 'name="amount"' not in panel.text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "card", "amount": "245.000"}, "phiếu của máy quẹt thẻ"),
        ({"kind": "transfer", "amount": "245.000"}, "mã QR trước"),
        ({"kind": "cash", "amount": "0"}, "lớn hơn 0"),
        ({"kind": "cash", "amount": "250"}, "250.000"),  # 250 đồng or 250 thousand?
        ({"kind": "cash", "amount": "1.245.000"}, "Tiền thối"),
        ({"kind": "cash", "amount": "hai trăm"}, "không phải là số tiền"),
    ],
)
def test_a_wrong_payment_is_refused_with_a_sentence_and_nothing_is_sold(
    till: Screen, fields: dict[str, str], sentence: str
) -> None:
    answer = till.press(PAYMENT, **form(till), **fields)

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert count_of(Sale) == 0


def test_pressing_twice_gives_one_sale_and_the_same_answer(till: Screen) -> None:
    key, fields = str(uuid.uuid4()), {**form(till), "kind": "cash", "amount": "245.000"}

    first = till.press(PAYMENT, key=key, **fields)
    second = till.press(PAYMENT, key=key, **fields)

    assert count_of(Sale) == 1
    assert "Biên lai số 1" in words(first)
    assert "Biên lai số 1" in words(second)


def test_pressing_twice_on_a_part_asks_for_the_rest_twice_and_sells_nothing(till: Screen) -> None:
    key, fields = str(uuid.uuid4()), {**form(till), "kind": "cash", "amount": "100.000"}

    for _ in range(2):
        answer = till.press(PAYMENT, key=key, **fields)
        assert "Còn phải trả 145.000 ₫" in words(answer)
    assert count_of(Sale) == 0


def test_two_windows_pressing_at_once_sell_once(shop: Shop, till: Screen) -> None:
    windows = [Screen(shop).client for _ in range(4)]
    fields = {**form(till), "kind": "cash", "amount": "245.000"}

    def press(window: FlaskClient) -> TestResponse:
        return window.post(PAYMENT, data={"key": str(uuid.uuid4()), **fields}, headers=HTMX)

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(press, windows))

    assert count_of(Sale) == 1
    assert sorted(answer.status_code for answer in answers) == [200, 422, 422, 422]
    assert "đã xong" in words(next(answer for answer in answers if answer.status_code == 422))


def test_a_total_that_changed_in_another_window_is_not_paid(shop: Shop, till: Screen) -> None:
    fields = form(till)
    Screen(shop).press("/till/lines", sku=goods(shop, "miến dong").sku)

    answer = till.press(PAYMENT, **fields, kind="cash", amount="245.000")

    assert answer.status_code == 422
    assert "245.000 ₫ thành 300.000 ₫" in words(answer)
    assert count_of(Sale) == 0


def test_change_is_told_while_the_amount_is_typed(till: Screen) -> None:
    fields = form(till)

    assert words(till.part(f"{PAYMENT}/change", **fields, amount="300000")) == "Thối lại khách 55.000 ₫"
    assert "Chưa đủ" in words(till.part(f"{PAYMENT}/change", **fields, amount="100000"))
    assert "Chưa đủ" in words(till.part(f"{PAYMENT}/change", **fields, amount="1x"))


@pytest.mark.parametrize(
    ("total", "notes"),
    [
        (660_500, [670_000, 700_000, 800_000, 1_000_000]),  # 680.000 would be five notes
        (120_000, [150_000, 200_000, 500_000]),
        (7_000, [10_000, 20_000, 50_000, 100_000]),
        (500_000, [600_000]),
    ],
)
def test_quick_notes_are_those_that_take_the_fewest_notes(total: int, notes: list[int]) -> None:
    assert [note.dong for note in Payment("1", Money(total), ()).notes] == notes
