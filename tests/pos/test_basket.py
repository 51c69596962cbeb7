from datetime import timedelta

import pytest

from core.database import db, transaction
from core.journal.record import Kind
from core.money import Money
from core.quantity import Quantity
from pos import basket as baskets
from pos.basket import BasketEmpty, BasketFinished, BasketState, check_digit
from pos.correction import CorrectionKind, ReasonMissing, corrections_of
from tests.factories import fill_basket, open_shift, pay, receive, records, register_of, set_new_price


@pytest.fixture
def till(shop):
    """A shop with an open shift and honey on the shelf."""
    receive(shop, "mật ong", 50)
    receive(shop, "chè Shan", 50, price=250_000)
    open_shift(shop)
    return shop


def test_an_order_code_is_digits_with_the_day_and_a_check_digit(till):
    first = fill_basket(till, ("mật ong", 1))
    pay(till, first)
    second = fill_basket(till, ("mật ong", 1))

    assert first.order_code[:9] == "261120001"
    assert second.order_code[:9] == "261120002"
    assert all(check_digit(basket.order_code[:-1]) == int(basket.order_code[-1]) for basket in (first, second))


def test_order_codes_go_on_after_the_thousandth_basket_of_a_day(till):
    with transaction():
        for _ in range(1001):
            basket = baskets.new_basket(till.register)
            basket.state = BasketState.DROPPED

    assert basket.order_code[:-1] == "2611201001"


@pytest.mark.parametrize(
    ("digits", "digit"),
    [
        ("7992739871", 3),  # the example of ISO/IEC 7812-1, annex B
        ("0", 0),
        ("261120001", 1),
    ],
)
def test_the_check_digit_is_luhns(digits, digit):
    assert check_digit(digits) == digit


def test_baskets_survive_the_end_of_the_process(till):
    fill_basket(till, ("mật ong", 2))
    db.session.remove()
    db.engine.dispose()

    basket = baskets.current_basket(till.register)

    assert [(line.product.name, line.quantity) for line in basket.lines] == [("mật ong", Quantity(2000))]


def test_several_baskets_are_parked_and_taken_up_again(till):
    first = fill_basket(till, ("mật ong", 1))
    with transaction():
        baskets.park_basket(first, "chị áo đỏ")
    second = fill_basket(till, ("chè Shan", 1))

    with transaction():
        baskets.resume_basket(first)

    assert (first.state, second.state) == (BasketState.OPEN, BasketState.PARKED)
    assert baskets.current_basket(till.register) is first
    assert [basket.label for basket in baskets.parked_baskets(till.register)] == [""]
    assert first.label == "chị áo đỏ"


def test_an_empty_basket_makes_way_without_a_trace(till):
    parked = fill_basket(till, ("mật ong", 1))
    with transaction():
        baskets.park_basket(parked)
        empty = baskets.open_basket(till.register)
    with transaction():
        baskets.resume_basket(parked)

    assert empty.state is BasketState.DROPPED
    assert baskets.parked_baskets(till.register) == []
    assert records(Kind.VOID) == []


def test_a_register_sees_only_its_own_baskets(till):
    open_shift(till, register_of("2"))
    fill_basket(till, ("mật ong", 1))

    assert baskets.current_basket(register_of("2")) is None


def test_an_empty_basket_is_neither_parked_nor_given_up(till):
    with transaction():
        basket = baskets.open_basket(till.register)
    with pytest.raises(BasketEmpty), transaction():
        baskets.park_basket(basket)
    with pytest.raises(BasketEmpty), transaction():
        baskets.void_basket(basket, reason="thử", by=till.clerk)


def test_a_basket_given_up_is_recorded_with_what_was_in_it(till):
    basket = fill_basket(till, ("mật ong", 2), ("chè Shan", 1))

    with transaction():
        baskets.void_basket(basket, reason="khách đổi ý", by=till.clerk)

    (record,) = records(Kind.VOID)
    assert record["body"]["amt"] == 450_000
    assert [line["qty"] for line in record["body"]["lines"]] == [2000, 1000]
    assert record["tot"]["gross"] == 0
    (correction,) = corrections_of(1)
    assert (correction.kind, correction.amount, correction.reason) == (
        CorrectionKind.VOID,
        Money(450_000),
        "khách đổi ý",
    )
    assert basket.state is BasketState.VOIDED


def test_giving_up_a_basket_needs_a_reason(till):
    basket = fill_basket(till, ("mật ong", 1))

    with pytest.raises(ReasonMissing), transaction():
        baskets.void_basket(basket, reason="  ", by=till.clerk)


@pytest.mark.parametrize("end", ["sold", "voided"])
def test_a_finished_basket_cannot_change_any_more(till, end):
    basket = fill_basket(till, ("mật ong", 2))
    if end == "sold":
        pay(till, basket)
    else:
        with transaction():
            baskets.void_basket(basket, reason="khách đổi ý", by=till.clerk)
    line = basket.lines[0]

    acts = [
        lambda: baskets.add_product(basket, line.product, Quantity(1000), by=till.clerk),
        lambda: baskets.change_quantity(line, Quantity(1000), by=till.clerk),
        lambda: baskets.remove_line(line, by=till.clerk),
        lambda: baskets.park_basket(basket),
        lambda: baskets.resume_basket(basket),
        lambda: baskets.reprice_basket(basket),
        lambda: baskets.void_basket(basket, reason="lần nữa", by=till.clerk),
    ]
    for act in acts:
        with pytest.raises(BasketFinished, match=basket.order_code), transaction():
            act()
    assert [each.quantity for each in basket.lines] == [Quantity(2000)]


def test_a_parked_basket_is_brought_to_the_prices_of_today(till):
    basket = fill_basket(till, ("mật ong", 2), ("chè Shan", 1))
    till.clock.move(timedelta(days=1))
    set_new_price(till, "mật ong", 120_000)

    with transaction():
        changed = baskets.reprice_basket(basket)

    assert [line.product.name for line in changed] == ["mật ong"]
    assert basket.total == Money(490_000)
