"""Requests for a transfer: one open for an order, never lost, settled once, given up only with a reason."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from core.database import db, transaction
from core.journal.record import Kind
from core.money import Money
from pos.basket import Basket, park_basket, void_basket
from pos.replay import verify_shop
from pos.sale import Sale
from pos.shifts.shift_table import NoOpenShift
from pos.taken import NothingLeftToTake, TransferHasCome, take_out_last, take_payment, take_transfer, taken_for
from pos.tender import NothingPaid, Paid
from pos.transfers.amount import LargerArrival, ShortArrival, ThousandthArrived
from pos.transfers.arrival import write_arrival
from pos.transfers.arrival_table import Arrival, Source, to_sort_out
from pos.transfers.request import ReasonNeeded, RequestOver, ask_for_transfer, give_up_request
from pos.transfers.request_table import Ending, RequestEnding, TransferRequest, open_request_of, open_requests
from tests.factories import (
    Shop,
    cash,
    close_shift,
    count_of,
    fill_basket,
    open_shift,
    opened,
    pay,
    receive,
    records,
    shop_settings,
    transfer,
)


@pytest.fixture
def basket(shop: Shop) -> Basket:
    """Two jars at 100.000 đồng."""
    open_shift(shop)
    receive(shop, "mật ong", 20)
    return fill_basket(shop, ("mật ong", 2))


def ask(shop: Shop, basket: Basket, dong: int = 200_000) -> TransferRequest:
    with transaction():
        return ask_for_transfer(basket, Money(dong), by=shop.clerk)


def confirm(
    shop: Shop, request: TransferRequest, basket: Basket, dong: int, *, accepted: bool = False, seen: int = 200_000
) -> Sale | None:
    with transaction():
        return take_transfer(
            request,
            basket,
            arrived=Money(dong),
            accepted=accepted,
            seen=Money(seen),
            key=str(uuid.uuid4()),
            by=shop.clerk,
        )


def told(basket: Basket, dong: int, reference: str = "FT1") -> Arrival:
    with transaction():
        return write_arrival(Money(dong), source=Source.WEBHOOK, order_code=basket.order_code, reference=reference)


def endings() -> list[tuple[str, int]]:
    return [(each.how.value, each.amount.dong) for each in db.session.query(RequestEnding).order_by("record_seq")]


def test_a_qr_that_is_shown_is_a_request_that_waits(shop: Shop, basket: Basket) -> None:
    request = ask(shop, basket)

    assert open_requests() == [request]
    assert (request.amount, request.order_code) == (Money(200_000), basket.order_code)


def test_the_same_amount_again_is_the_same_request(shop: Shop, basket: Basket) -> None:
    assert ask(shop, basket) == ask(shop, basket)

    assert count_of(TransferRequest) == 1


def test_another_amount_takes_the_place_of_the_one_before(shop: Shop, basket: Basket) -> None:
    before = ask(shop, basket)

    now = ask(shop, basket, 150_000)

    assert open_requests() == [now]
    assert before.ending is not None
    assert before.ending.how is Ending.REPLACED


def test_a_confirmed_transfer_completes_the_sale_in_one_go(shop: Shop, basket: Basket) -> None:
    sale = confirm(shop, ask(shop, basket), basket, 200_000)

    assert sale is not None
    assert [(t.kind.value, t.amount.dong, t.reference) for t in sale.tenders] == [
        ("transfer", 200_000, basket.order_code)
    ]
    assert open_requests() == []
    assert endings() == [("confirmed", 200_000)]


@pytest.mark.parametrize(
    ("arrived", "why"), [(200, ThousandthArrived), (150_000, ShortArrival), (250_000, LargerArrival)]
)
def test_a_wrong_amount_sells_nothing_and_the_request_goes_on_waiting(
    shop: Shop, basket: Basket, arrived: int, why: type[Exception]
) -> None:
    request = ask(shop, basket)

    with pytest.raises(why):
        confirm(shop, request, basket, arrived)

    assert open_requests() == [request]
    assert (count_of(Sale), taken_for(basket)) == (0, [])


def test_a_short_amount_that_is_accepted_leaves_the_rest_to_pay(shop: Shop, basket: Basket) -> None:
    assert confirm(shop, ask(shop, basket), basket, 150_000, accepted=True) is None

    assert taken_for(basket) == [transfer(150_000)]
    assert open_requests() == []


def test_what_came_above_the_amount_is_left_for_a_manager_and_never_in_the_sale(shop: Shop, basket: Basket) -> None:
    sale = confirm(shop, ask(shop, basket), basket, 250_000, accepted=True)

    assert sale is not None
    assert [t.amount.dong for t in sale.tenders] == [200_000]
    assert [(a.amount.dong, a.source, a.order_code) for a in to_sort_out()] == [
        (50_000, Source.EXCESS, basket.order_code)
    ]


def test_two_windows_that_confirm_the_same_part_take_it_once(shop: Shop, basket: Basket) -> None:
    request = ask(shop, basket, 80_000)
    confirm(shop, request, basket, 80_000)

    with pytest.raises(RequestOver):
        confirm(shop, request, basket, 80_000)

    assert taken_for(basket) == [transfer(80_000)]


def test_a_request_of_another_order_is_not_taken_for_this_one(shop: Shop, basket: Basket) -> None:
    request = ask(shop, basket)
    with transaction():
        park_basket(basket)
    other = fill_basket(shop, ("mật ong", 2))

    with pytest.raises(RequestOver):
        confirm(shop, request, other, 200_000)

    assert count_of(Sale) == 0


def test_a_request_outlives_parking_the_shift_and_a_restart(shop: Shop, basket: Basket) -> None:
    request = ask(shop, basket).uid
    with transaction():
        park_basket(basket, "áo đỏ")
    close_shift(shop, 500_000)
    shop.clock.move(timedelta(days=1))
    db.session.remove()

    with opened(shop.folder, shop_settings()):
        assert [each.uid for each in open_requests()] == [request]


def test_a_request_that_is_given_up_stays_with_its_reason(shop: Shop, basket: Basket) -> None:
    request = ask(shop, basket)
    with pytest.raises(ReasonNeeded), transaction():
        give_up_request(request, reason="  ", by=shop.clerk)

    with transaction():
        give_up_request(request, reason="Khách trả tiền mặt", by=shop.clerk)

    assert open_requests() == []
    assert records(Kind.BANK_TRANSFER)[-1]["body"] == {
        "act": "given_up",
        "uid": request.uid,
        "reason": "Khách trả tiền mặt",
    }
    with pytest.raises(RequestOver), transaction():
        give_up_request(request, reason="lần nữa", by=shop.clerk)


def test_giving_the_basket_up_gives_its_request_up(shop: Shop, basket: Basket) -> None:
    ask(shop, basket)

    with transaction():
        void_basket(basket, reason="Khách đổi ý", by=shop.clerk)

    assert endings() == [("given_up", 0)]


def test_an_order_paid_another_way_waits_for_no_transfer_any_more(shop: Shop, basket: Basket) -> None:
    ask(shop, basket)

    pay(shop, basket, cash(200_000))

    assert open_requests() == []


def test_what_the_bank_has_told_of_is_confirmed_without_typing(shop: Shop, basket: Basket) -> None:
    request = ask(shop, basket)
    told(basket, 200_000)

    sale = confirm(shop, request, basket, 0)

    assert sale is not None
    assert sale.tenders[0].amount == Money(200_000)


def test_nobody_pays_or_leaves_past_money_that_has_come(shop: Shop, basket: Basket) -> None:
    ask(shop, basket)
    told(basket, 200_000)

    with pytest.raises(TransferHasCome), transaction():
        take_payment(basket, cash(200_000), seen=Money(200_000), key=str(uuid.uuid4()), by=shop.clerk)
    with pytest.raises(TransferHasCome), transaction():
        void_basket(basket, reason="Khách đổi ý", by=shop.clerk)

    assert count_of(Sale) == 0
    assert open_request_of(basket.order_code) is not None


def test_another_amount_does_not_push_away_money_that_has_come(shop: Shop, basket: Basket) -> None:
    request = ask(shop, basket, 120_000)
    told(basket, 120_000)

    assert ask(shop, basket, 200_000) == request


def test_giving_up_what_has_come_leaves_the_money_to_be_sorted_out(shop: Shop, basket: Basket) -> None:
    request = ask(shop, basket)
    told(basket, 200_000)

    with transaction():
        give_up_request(request, reason="Khách bỏ đi", by=shop.manager)

    assert [(a.amount.dong, a.source) for a in to_sort_out()] == [(200_000, Source.GIVEN_UP)]


def test_a_transfer_taken_out_again_is_still_at_the_bank(shop: Shop, basket: Basket) -> None:
    confirm(shop, ask(shop, basket, 80_000), basket, 80_000)

    with transaction():
        take_out_last(basket, by=shop.clerk)

    assert taken_for(basket) == []
    assert [(a.amount.dong, a.source) for a in to_sort_out()] == [(80_000, Source.TAKEN_OUT)]


def test_a_basket_that_is_covered_takes_no_transfer_more(shop: Shop, basket: Basket) -> None:
    request = ask(shop, basket)
    with transaction():
        take_payment(basket, cash(150_000), seen=Money(200_000), key=str(uuid.uuid4()), by=shop.clerk)
        basket.lines.pop()
        db.session.flush()

    with pytest.raises(NothingLeftToTake):
        confirm(shop, request, basket, 200_000, seen=0)


@pytest.mark.parametrize("dong", [0, -1])
def test_nobody_is_asked_for_nothing(shop: Shop, basket: Basket, dong: int) -> None:
    with pytest.raises(NothingPaid):
        ask(shop, basket, dong)


def test_nobody_is_asked_outside_of_a_shift(shop: Shop, basket: Basket) -> None:
    close_shift(shop, 500_000)

    with pytest.raises(NoOpenShift):
        ask(shop, basket)


def test_everything_about_transfers_replays(shop: Shop, basket: Basket) -> None:
    confirm(shop, ask(shop, basket, 80_000), basket, 90_000, accepted=True)
    ask(shop, basket, 110_000)
    request = ask(shop, basket, 50_000)
    told(basket, 50_000)
    told(basket, 77_000, "FT2")
    confirm(shop, request, basket, 50_000)
    pay(shop, basket, transfer(80_000), transfer(50_000), Paid(cash(1).kind, Money(70_000)))

    assert verify_shop().clean
