"""Discounts and prices set by right at the till: what is shown, what a manager's PIN allows, what is refused."""

from __future__ import annotations

import uuid

import pytest

from core.approval import Approval
from core.database import db, transaction
from core.money import Money
from pos.basket import Basket, current_basket
from pos.basket_table import discounts_in
from pos.quote import quote
from pos.replay import verify_shop
from pos.sale import Sale
from pos.settings.change import change_settings
from tests.factories import PIN, Shop, count_of, fill_basket, open_shift, promote, receive
from tests.factories import PromotionTerms as Promo
from tests.pos.web.conftest import Screen, words

LINE = {"line": "1", "scope": "line", "reason": "Khách quen"}
WHOLE = {**LINE, "scope": "basket"}


@pytest.fixture
def till(shop: Shop, screen: Screen) -> Screen:
    """A clerk with two jars of honey and a duck on the counter: 300.000."""
    receive(shop, "mật ong", 10)
    receive(shop, "vịt quay", 10)
    open_shift(shop)
    fill_basket(shop, ("mật ong", 2), ("vịt quay", 1))
    return screen


@pytest.fixture
def trusting(shop: Shop, till: Screen) -> Screen:
    """The same in a shop whose clerks give up to 10 percent alone."""
    with transaction():
        change_settings("selling", {"clerk_discount_percent": 10}, by=shop.manager)
    return till


def basket(shop: Shop) -> Basket:
    """The basket on the counter."""
    found = current_basket(shop.register)
    assert found is not None
    return found


def total(shop: Shop) -> int:
    """What the customer would pay now."""
    return quote(basket(shop)).total.dong


def manager(shop: Shop) -> dict[str, str]:
    """A manager's name and PIN, as the panel sends them."""
    return {"approver": str(shop.manager.id), "approver_pin": PIN}


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        ({**LINE, "off": "10"}, 280_000),
        ({**LINE, "off": "7,5 %"}, 285_000),
        ({**LINE, "off": "20.000", "unit": "dong"}, 280_000),
        ({**LINE, "off": "5%", "unit": "dong"}, 290_000),  # the sign that was typed counts
        ({**WHOLE, "off": "10"}, 270_000),
        ({**WHOLE, "off": "30.000", "unit": "dong"}, 270_000),
    ],
)
def test_a_clerk_gives_what_the_settings_allow(shop: Shop, trusting: Screen, fields: dict[str, str], left: int) -> None:
    answer = trusting.press("/till/discount", **fields)

    assert answer.status_code == 200
    assert total(shop) == left
    assert count_of(Approval) == 0


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({**LINE, "off": "0"}, "Mức giảm phải lớn hơn 0 và không quá 100 phần trăm. Hãy gõ lại."),
        ({**LINE, "off": "101"}, "Mức giảm phải lớn hơn 0 và không quá 100 phần trăm. Hãy gõ lại."),
        ({**LINE, "off": "nhiều"}, "“nhiều” không phải là phần trăm. Hãy gõ số như 10 hoặc 7,5."),
        (
            {**LINE, "off": "200.001", "unit": "dong"},
            "200.001 ₫ nhiều hơn số tiền phải trả là 200.000 ₫. Hãy gõ số giảm nhỏ hơn.",
        ),
        ({**LINE, "off": "0", "unit": "dong"}, "Số tiền giảm phải lớn hơn 0 ₫. Hãy gõ lại."),
        ({**WHOLE, "off": "10", "reason": ""}, "Hãy ghi lý do, vài chữ là đủ."),
    ],
)
def test_a_refusal_says_what_to_type(shop: Shop, trusting: Screen, fields: dict[str, str], sentence: str) -> None:
    answer = trusting.press("/till/discount", **fields)

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert total(shop) == 300_000


def test_beyond_it_a_manager_types_the_pin_and_then_it_is_given_once(shop: Shop, trusting: Screen) -> None:
    key = str(uuid.uuid4())
    asked = trusting.press("/till/discount", key=key, **WHOLE, off="20")
    assert asked.status_code == 403
    assert "Giảm giá quá mức nhân viên được tự giảm" in words(asked)
    assert total(shop) == 300_000

    for _ in range(2):
        trusting.press("/till/discount", key=key, **WHOLE, off="20", **manager(shop))

    assert total(shop) == 240_000
    assert [(row.act.value, row.approver_id) for row in db.session.query(Approval)] == [("discount", shop.manager.id)]


@pytest.mark.parametrize("pin", ["000000", ""])
def test_a_wrong_pin_gives_nothing(shop: Shop, till: Screen, pin: str) -> None:
    answer = till.press("/till/discount", **WHOLE, off="20", approver=str(shop.manager.id), approver_pin=pin)

    assert answer.status_code in (403, 422)
    assert total(shop) == 300_000
    assert discounts_in(basket(shop)) == []


def test_another_price_needs_a_manager_and_the_shops_own_nobody(shop: Shop, till: Screen) -> None:
    new = {"line": "1", "price": "80.000", "reason": "Hàng móp, cận hạn"}
    asked = till.press("/till/discount/price", **new)
    assert asked.status_code == 403
    assert "Bán khác giá niêm yết" in words(asked)
    till.press("/till/discount/price", **new, **manager(shop))
    assert total(shop) == 260_000
    assert "Giá đặt tay" in words(till.part("/till"))

    back = till.press("/till/discount/price", line="1", price="100.000")

    assert back.status_code == 200
    assert total(shop) == 300_000


def test_a_price_of_nothing_is_refused_with_the_way_to_a_gift(till: Screen) -> None:
    answer = till.press("/till/discount/price", line="1", price="0", reason="tặng")

    assert answer.status_code == 422
    assert "Muốn tặng mật ong thì giảm 100 phần trăm." in words(answer)


def test_the_till_shows_each_discount_on_its_line_and_what_they_come_to(shop: Shop, trusting: Screen) -> None:
    promote(shop, "vịt quay", Promo.percent_off(2_000), called="Tuần lễ vịt")
    trusting.press("/till/discount", **LINE, off="10")
    trusting.press("/till/discount", **WHOLE, off="5")

    shown = words(trusting.part("/till")).replace("\N{MINUS SIGN}", "-")

    assert "Giảm giá -20.000 Giảm cả giỏ -9.000" in shown
    assert "Khuyến mãi -20.000 Giảm cả giỏ -4.000" in shown
    assert "Khuyến mãi - 20.000 ₫ Giảm giá - 20.000 ₫ Giảm cả giỏ - 13.000 ₫ 247.000 ₫" in shown


def test_the_line_just_made_cheaper_is_told_as_the_customer_pays_it(trusting: Screen) -> None:
    shown = words(trusting.press("/till/discount", **LINE, off="10"))

    assert "× 100.000 \N{MINUS SIGN} 20.000 = 180.000 ₫" in shown


def test_a_discount_is_taken_back_by_its_key(shop: Shop, trusting: Screen) -> None:
    trusting.press("/till/discount", **WHOLE, off="10")
    assert "Đang giảm: 10 % · Khách quen" in words(trusting.part("/till/discount", line="1", scope="basket"))

    trusting.press("/till/discount/removal", line="1", scope="basket")

    assert total(shop) == 300_000
    assert "Đang giảm" not in words(trusting.part("/till/discount", line="1", scope="basket"))


@pytest.mark.parametrize("scope", ["line", "basket", "price"])
def test_a_line_that_is_gone_answers_not_found(till: Screen, scope: str) -> None:
    assert till.get("/till/discount", line="9", scope=scope).status_code == 404


def test_a_basket_that_costs_nothing_is_handed_over(shop: Shop, till: Screen) -> None:
    till.press("/till/discount", **WHOLE, off="100", **manager(shop))
    order = basket(shop).order_code
    assert "Không phải trả gì: đã giảm hết." in words(till.part("/till/payment"))

    till.press("/till/payment/handover", order=order, total="0")

    (sale,) = db.session.query(Sale)
    assert (sale.total, sale.tenders) == (Money(0), [])
    assert verify_shop().clean


def test_nothing_is_handed_over_while_something_is_to_pay(shop: Shop, till: Screen) -> None:
    answer = till.press("/till/payment/handover", order=basket(shop).order_code, total="300000")

    assert answer.status_code == 422
    assert "Còn thiếu 300.000 ₫" in words(answer)
    assert count_of(Sale) == 0


def test_the_payment_panel_says_what_cash_costs_against_a_transfer(shop: Shop, trusting: Screen) -> None:
    with transaction():
        change_settings("rounding", {"cash_rounding": 500}, by=shop.manager)
    trusting.press("/till/discount", **WHOLE, off="300 ₫", unit="dong")

    cash = words(trusting.part("/till/payment", kind="cash")).replace("\N{MINUS SIGN}", "-")
    card = words(trusting.part("/till/payment", kind="card"))

    assert "Làm tròn tiền mặt - 200 ₫ Trả tiền mặt 299.500 ₫ Chuyển khoản, thẻ 299.700 ₫" in cash
    assert "Còn phải trả 299.500 ₫" in cash
    assert "Còn phải trả 299.700 ₫" in card
    assert words(trusting.part("/till/payment/change", kind="cash", amount="300.000")).endswith("500 ₫")


def test_the_rest_after_a_transfer_is_rounded_in_cash(shop: Shop, till: Screen) -> None:
    with transaction():
        change_settings("rounding", {"cash_rounding": 1_000}, by=shop.manager)
    order = basket(shop).order_code
    till.press("/till/payment", order=order, kind="card", amount="99.700", total="300000", reference="0412")

    panel = words(till.part("/till/payment", order=order, kind="cash"))
    till.press("/till/payment", order=order, kind="cash", amount="200.000", total="300000")

    assert "Còn phải trả 200.000 ₫" in panel
    (sale,) = db.session.query(Sale)
    assert (sale.total, sale.change) == (Money(299_700), Money(0))
    assert verify_shop().clean


def test_giving_a_basket_up_names_what_it_would_have_cost(shop: Shop, trusting: Screen) -> None:
    trusting.press("/till/discount", **WHOLE, off="10")

    assert "270.000 ₫" in words(trusting.part("/till/baskets/giving-up"))


def test_a_parked_basket_shows_what_it_comes_to_with_its_discounts(shop: Shop, trusting: Screen) -> None:
    trusting.press("/till/discount", **WHOLE, off="10")
    trusting.press("/till/baskets/parking", label="chị đội nón")

    assert "chị đội nón 270.000 ₫" in words(trusting.part("/till"))
    assert "270.000 ₫" in words(trusting.part("/till/baskets/waiting"))
