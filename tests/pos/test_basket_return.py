"""What may be laid beside a basket, against a receipt or without one, and what may not."""

from __future__ import annotations

import uuid

import pytest

from core.database import db, transaction
from core.journal.record import Kind
from core.journal.slips import heads
from core.money import ZERO, Money
from core.quantity import Quantity
from inventory.consignment.owed_reversal import owed_to
from inventory.lot import Terms
from pos import basket as baskets
from pos.basket import BasketState
from pos.basket_line import LotOfOtherProduct, OnlyWhole, QuantityNotPositive
from pos.replay import verify_shop
from pos.returns.basket_return import (
    LotMissing,
    MoreThanLotSold,
    MoreThanSold,
    NotOnThatReceipt,
    OtherReceiptBeside,
    PriceAboveToday,
    ReturnReasonMissing,
    lay_return,
    lay_without_receipt,
    take_return_out,
)
from pos.returns.refund import complete_refund, give_back_without_receipt
from pos.returns.refund_table import Refund
from pos.returns.return_condition import Condition
from pos.returns.return_quote import quote_returns
from pos.sale import Sale
from tests.factories import (
    cash,
    count_of,
    goods,
    on_hand,
    open_shift,
    producer,
    receive,
    records,
    sell,
)
from tests.returning import bring_back

COMMISSION = Terms.on_commission(1500)


@pytest.fixture
def till(shop):
    """Consigned honey, tea at a delivery price, bought duck; an open shift."""
    shop.honey = receive(shop, "mật ong", 20, terms=COMMISSION, of="HTX Mẫu Sơn")
    shop.tea = receive(shop, "chè Shan", 20, terms=Terms.at_delivery_price(Money(70_000)), of="Hộ Lý A Páo")
    shop.duck = receive(shop, "vịt quay", 20)
    open_shift(shop)
    return shop


def lay(till, sale, n=1, quantity=1000, condition=Condition.GOOD, reason="Khách đổi ý"):
    with transaction():
        basket = baskets.open_basket(till.register)
        sale = db.session.get_one(Sale, sale.number)
        return lay_return(basket, sale, n, Quantity(quantity), condition=condition, reason=reason)


def test_what_cannot_be_laid_beside_the_basket_is_refused_with_the_reason(till):
    sale, other = sell(till, "mật ong", 2), sell(till, "mật ong", 2)

    for trouble, asked in (
        (MoreThanSold, {"quantity": 3000}),
        (QuantityNotPositive, {"quantity": 0}),
        (OnlyWhole, {"quantity": 500}),
        (NotOnThatReceipt, {"n": 2}),
        (ReturnReasonMissing, {"reason": "  "}),
    ):
        with pytest.raises(trouble):
            lay(till, sale, **asked)
    lay(till, sale)
    lay(till, sale)
    with pytest.raises(MoreThanSold):
        lay(till, sale)
    with pytest.raises(OtherReceiptBeside):
        lay(till, other)


def test_a_row_taken_out_leaves_room_for_another(till):
    sale = sell(till, "mật ong", 1)
    row = lay(till, sale)

    with transaction():
        take_return_out(baskets.open_basket(till.register), row.n)

    assert lay(till, sale).quantity == Quantity(1000)


def without_receipt(till, name, lot, *, price=100_000, quantity=1000, any_price=False, condition=Condition.GOOD):
    with transaction():
        basket = baskets.open_basket(till.register)
        lay_without_receipt(
            basket, goods(till, name), lot, Quantity(quantity),
            price=Money(price), condition=condition, reason="Mất biên lai", any_price=any_price,
        )  # fmt: skip
        return basket


def test_without_a_receipt_the_price_of_today_is_the_most_a_clerk_gives(till):
    with pytest.raises(PriceAboveToday):
        without_receipt(till, "vịt quay", till.duck, price=100_001)

    basket = without_receipt(till, "vịt quay", till.duck, price=120_000, any_price=True)

    with transaction():
        back = complete_refund(basket, back=[cash(120_000)], key=str(uuid.uuid4()), by=till.manager)
    assert (back.sale_number, back.total, back.lines[0].vat) == (None, Money(120_000), Money(8_889))
    assert on_hand(till.duck) == 21
    assert verify_shop().clean


def test_without_a_receipt_a_producers_goods_come_back_only_as_far_as_customers_have_them(till):
    sell(till, "mật ong", 2)

    with pytest.raises(MoreThanLotSold) as refused:
        without_receipt(till, "mật ong", till.honey, quantity=3000)
    with pytest.raises(LotOfOtherProduct):
        without_receipt(till, "mật ong", till.duck)
    basket = without_receipt(till, "mật ong", till.honey, quantity=2000)

    assert "HTX Mẫu Sơn" in str(refused.value)
    with transaction():
        complete_refund(basket, back=[cash(200_000)], key=str(uuid.uuid4()), by=till.manager)
    assert owed_to(producer(till, "HTX Mẫu Sơn")) == ZERO
    with pytest.raises(MoreThanLotSold):
        without_receipt(till, "mật ong", till.honey)
    assert verify_shop().clean


def test_a_high_price_without_receipt_takes_no_more_from_the_producer_than_he_is_owed(till):
    sell(till, "mật ong", 2)
    basket = without_receipt(till, "mật ong", till.honey, quantity=2000, price=150_000, any_price=True)

    with transaction():
        back = complete_refund(basket, back=[cash(300_000)], key=str(uuid.uuid4()), by=till.manager)

    assert back.lines[0].due == Money(170_000)  # not 85 % of 300.000
    assert heads([back.lines[0].owner_code])[0]["a"] == 0


def test_goods_without_a_receipt_name_their_lot(till):
    with pytest.raises(LotMissing):
        without_receipt(till, "vịt quay", None)


def test_goods_are_given_back_without_receipt_in_one_go(till):
    key = str(uuid.uuid4())
    with transaction():
        basket = baskets.open_basket(till.register)
        back = give_back_without_receipt(
            basket,
            [(goods(till, "vịt quay"), till.duck, Quantity(2000), Money(30_000))],
            reason="trả hàng", key=key, by=till.manager,
        )  # fmt: skip
        again = give_back_without_receipt(basket, [], reason="trả hàng", key=key, by=till.manager)

    assert back.total == Money(60_000)
    assert again.number == back.number
    assert verify_shop().clean


def test_given_up_before_it_is_paid_nothing_came_back(till):
    sale = sell(till, "mật ong", 1)
    basket = bring_back(till, sale, "mật ong", 1)

    with transaction():
        baskets.void_basket(basket, reason="khách giữ lại", by=till.clerk)

    assert basket.state is BasketState.DROPPED
    assert (count_of(Refund), records(Kind.VOID)) == (0, [])


def test_a_return_that_is_parked_is_found_again(till):
    sale = sell(till, "mật ong", 1)
    basket = bring_back(till, sale, "mật ong", 1)
    with transaction():
        baskets.park_basket(basket, "khách đi lấy thẻ")
        baskets.open_basket(till.register)
    with transaction():
        baskets.resume_basket(basket)

    assert quote_returns(basket).total == Money(100_000)
