"""Money that has come: matched where it names its order to the đồng, else left to a manager; sorted out once."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from core.database import db, transaction
from core.journal.record import Kind
from core.money import Money
from pos.bank_notice.intake import NotOurAccount, Taken, ToldOtherwise, order_in, take_in
from pos.bank_notice.notice import BankNotice
from pos.basket import Basket
from pos.replay import verify_shop
from pos.tender import NothingPaid
from pos.transfers.arrival import (
    NoSuchRequest,
    NotThatAmount,
    SortedOutAlready,
    SortingReasonNeeded,
    requests_for,
    sort_out,
    write_arrival,
)
from pos.transfers.arrival_table import Arrival, ArrivalWords, Outcome, Source, is_matched, to_sort_out
from pos.transfers.request import ask_for_transfer, confirm_request, give_up_request
from pos.transfers.request_table import TransferRequest
from tests.factories import Shop, cash, count_of, fill_basket, open_shift, pay, receive, records

ACCOUNT = "KHONGCHUYENTIEN"


@pytest.fixture
def basket(shop: Shop) -> Basket:
    """Two jars at 100.000 đồng."""
    open_shift(shop)
    receive(shop, "mật ong", 20)
    return fill_basket(shop, ("mật ong", 2))


@pytest.fixture
def request_(shop: Shop, basket: Basket) -> TransferRequest:
    """The QR of these two jars."""
    with transaction():
        return ask_for_transfer(basket, Money(200_000), by=shop.clerk)


def tell(words: str, dong: int = 200_000, reference: str = "FT1", account: str = ACCOUNT) -> Taken:
    with transaction():
        return take_in(BankNotice(reference, Money(dong), account, words), source=Source.WEBHOOK)


def test_a_notice_that_names_the_order_and_its_amount_is_matched(request_: TransferRequest) -> None:
    assert tell(f"MBVCB.1234567890.{request_.order_code}.CT tu 0912345678") is Taken.MATCHED

    assert is_matched(request_)
    assert to_sort_out() == []


def test_the_senders_words_are_kept_only_until_the_money_is_sorted_out(shop: Shop, request_: TransferRequest) -> None:
    tell(f"NGUYEN VAN A {request_.order_code}")
    assert count_of(ArrivalWords) == 0

    tell("NGUYEN VAN A mua mat ong", reference="FT2")
    (arrival,) = to_sort_out()
    assert arrival.words is not None
    assert arrival.words.words == "NGUYEN VAN A mua mat ong"
    with transaction():
        sort_out(arrival, Outcome.SENT_BACK, reason="chuyển nhầm", by=shop.manager)

    assert count_of(ArrivalWords) == 0
    assert "NGUYEN" not in str(records(Kind.BANK_MONEY))


@pytest.mark.parametrize(
    ("words", "dong", "why"),
    [
        ("{order}", 199_999, "not the amount"),
        ("{order}", 200, "a thousandth"),
        ("{order}", 200_000_000, "a thousandfold"),
        ("mua hang", 200_000, "no order code"),
        ("2611200999", 200_000, "an order code of nobody"),
    ],
)
def test_every_other_notice_is_listed(request_: TransferRequest, words: str, dong: int, why: str) -> None:
    assert tell(words.format(order=request_.order_code), dong) is Taken.LISTED, why

    assert not is_matched(request_)
    assert [a.amount.dong for a in to_sort_out()] == [dong]


def test_told_twice_is_one_sum(request_: TransferRequest) -> None:
    tell(request_.order_code)

    assert tell(request_.order_code) is Taken.KNOWN
    assert count_of(Arrival) == 1


def test_the_same_number_with_another_amount_is_refused_and_the_first_stands(request_: TransferRequest) -> None:
    tell(request_.order_code)

    with pytest.raises(ToldOtherwise):
        tell(request_.order_code, 2_000_000)

    assert [a.amount.dong for a in db.session.scalars(select(Arrival))] == [200_000]


def test_a_customer_who_paid_twice_is_seen(request_: TransferRequest) -> None:
    assert tell(request_.order_code, reference="FT1") is Taken.MATCHED

    assert tell(request_.order_code, reference="FT2") is Taken.LISTED


@pytest.mark.parametrize("account", ["1023456789", "", "KHONGCHUYENTIE"])
def test_money_for_another_account_is_not_written_down(request_: TransferRequest, account: str) -> None:
    with pytest.raises(NotOurAccount):
        tell(request_.order_code, account=account)

    assert count_of(Arrival) == 0


def test_a_notice_behind_the_clerks_word_confirms_it(shop: Shop, request_: TransferRequest) -> None:
    with transaction():
        confirm_request(request_, Money(200_000), shift=1, by=shop.clerk)

    assert tell(request_.order_code) is Taken.MATCHED
    assert to_sort_out() == []


def test_late_money_for_a_request_that_was_given_up_is_listed(shop: Shop, request_: TransferRequest) -> None:
    with transaction():
        give_up_request(request_, reason="Khách bỏ đi", by=shop.clerk)

    assert tell(request_.order_code) is Taken.LISTED
    assert [a.order_code for a in to_sort_out()] == [request_.order_code]


def test_late_money_for_an_order_paid_in_cash_is_listed(shop: Shop, basket: Basket, request_: TransferRequest) -> None:
    pay(shop, basket, cash(200_000))

    assert tell(request_.order_code) is Taken.LISTED


def test_a_code_is_found_between_digits_of_the_bank_and_two_codes_are_nobodys(
    shop: Shop, request_: TransferRequest
) -> None:
    order = request_.order_code
    assert order_in(f"IBFT 99{order}00 tra tien") == order
    assert order_in(f"{order[:5]} {order[5:]}") is None

    other = fill_basket(shop, ("mật ong", 1), register=None)
    assert other.order_code == order  # the same basket is still on the screen
    with transaction():
        give_up_request(request_, reason="x", by=shop.clerk)
        other.state = type(other.state).PARKED
        db.session.flush()
    second = fill_basket(shop, ("mật ong", 1))
    with transaction():
        ask_for_transfer(second, Money(100_000), by=shop.clerk)
    assert order_in(f"{order} {second.order_code}") is None


def test_a_manager_gives_money_without_a_code_to_the_order_that_waits(shop: Shop, request_: TransferRequest) -> None:
    tell("mua hang")
    (arrival,) = to_sort_out()
    assert requests_for(arrival) == [request_]

    with transaction():
        sort_out(arrival, Outcome.MATCHED, reason="", order_code=request_.order_code, by=shop.manager)

    assert is_matched(request_)
    assert verify_shop().clean


@pytest.mark.parametrize(
    ("dong", "order", "why"), [(150_000, "{order}", NotThatAmount), (200_000, "2611200999", NoSuchRequest)]
)
def test_money_is_not_given_to_an_order_that_does_not_wait_for_it(
    shop: Shop, request_: TransferRequest, dong: int, order: str, why: type[Exception]
) -> None:
    tell("mua hang", dong)
    (arrival,) = to_sort_out()

    with pytest.raises(why), transaction():
        sort_out(
            arrival, Outcome.MATCHED, reason="", order_code=order.format(order=request_.order_code), by=shop.manager
        )

    assert to_sort_out() == [arrival]


def test_money_is_sorted_out_once_and_with_words(shop: Shop, request_: TransferRequest) -> None:
    tell("mua hang")
    (arrival,) = to_sort_out()
    with pytest.raises(SortingReasonNeeded), transaction():
        sort_out(arrival, Outcome.SENT_BACK, reason=" ", by=shop.manager)
    with transaction():
        sort_out(arrival, Outcome.SENT_BACK, reason="trả lại qua ngân hàng", by=shop.manager)

    with pytest.raises(SortedOutAlready), transaction():
        sort_out(arrival, Outcome.NOT_OURS, reason="lần nữa", by=shop.manager)

    assert verify_shop().clean


def test_what_somebody_saw_arrive_waits_for_a_manager_even_when_it_fits(shop: Shop, request_: TransferRequest) -> None:
    with transaction():
        write_arrival(Money(200_000), source=Source.BY_HAND, order_code=request_.order_code, by=shop.clerk)

    assert not is_matched(request_)
    with pytest.raises(NothingPaid), transaction():
        write_arrival(Money(0), source=Source.BY_HAND, by=shop.clerk)
