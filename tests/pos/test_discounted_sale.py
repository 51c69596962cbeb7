"""A sale with discounts: what is frozen, what the owner gets, what the journal says, and how cash is rounded."""

from __future__ import annotations

import pytest

from core.database import db, transaction
from core.journal.record import Kind
from core.money import ZERO, Money
from inventory.consignment.owed_reversal import owed_to
from inventory.lot import Terms
from pos.discounts.discount import LineDiscount, discounts_of
from pos.quote import quote
from pos.replay import verify_shop
from pos.sale import Sale
from pos.settings.change import change_settings
from pos.tender import CashNotNeeded, PaidTooLittle
from tests.factories import PromotionTerms as Promo
from tests.factories import (
    Shop,
    card,
    cash,
    count_of,
    fill_basket,
    open_shift,
    pay,
    price_by_right,
    producer,
    promote,
    receive,
    records,
    take_off,
    transfer,
)

COMMISSION = Terms.on_commission(1500)


@pytest.fixture
def till(shop: Shop) -> Shop:
    """Honey on commission, tea at a delivery price, bought duck; an open shift."""
    receive(shop, "mật ong", 20, terms=COMMISSION, of="HTX Mẫu Sơn")
    receive(shop, "chè Shan", 20, terms=Terms.at_delivery_price(Money(70_000)), of="Hộ Lý A Páo")
    receive(shop, "vịt quay", 20)
    open_shift(shop)
    return shop


def adds_up(sale: Sale) -> bool:
    """Whether sale, lines, discounts, tax and tenders all agree to the dong, and the journal with them."""
    db.session.expire_all()
    discounts = discounts_of(sale.number)
    for line in sale.lines:
        assert line.discount == sum((row.amount for row in discounts.get(line.n, [])), ZERO)
        assert line.amount == line.price.times(line.quantity) - line.discount
    assert sale.total == sum((line.amount for line in sale.lines), ZERO)
    assert sum((tender.amount for tender in sale.tenders), ZERO) == sale.total + sale.change
    (body,) = [record["body"] for record in records(Kind.SALE) if record["body"]["no"] == sale.number]
    assert sum(rate["net"] + rate["vat"] for rate in body["vat"]) == sale.total.dong
    return verify_shop().clean


def test_a_sale_freezes_each_discount_with_its_bearer(till):
    promote(till, "vịt quay", Promo.percent_off(2_000), called="Tuần lễ vịt")
    basket = fill_basket(till, ("vịt quay", 1), ("mật ong", 1))
    take_off(till, basket.line(2), amount=10_000, reason="nắp móp")
    take_off(till, basket, percent=10, reason="khách quen")

    sale = pay(till, basket)

    frozen = {n: [(d.kind.value, d.name, d.amount.dong, d.bearer) for d in rows] for n, rows in discounts_of(1).items()}
    assert frozen == {
        1: [("promotion", "Tuần lễ vịt", 20_000, "shop"), ("basket", "khách quen", 8_000, "shop")],
        2: [("line", "nắp móp", 10_000, "shop"), ("basket", "khách quen", 9_000, "shop")],
    }
    assert sale.total == Money(153_000)
    assert adds_up(sale)


def test_the_record_carries_the_list_price_and_each_discount(till):
    promote(till, "vịt quay", Promo.percent_off(2_000), called="Tuần lễ vịt")
    basket = fill_basket(till, ("vịt quay", 1), ("mật ong", 2))
    price_by_right(till, basket.line(2), 80_000)

    pay(till, basket)

    duck, honey = records(Kind.SALE)[0]["body"]["lines"]
    assert (duck["price"], duck["disc"], duck["amt"], "list" in duck) == (100_000, 20_000, 80_000, False)
    assert duck["offs"] == [
        {"kind": "promotion", "name": "Tuần lễ vịt", "amt": 20_000, "bearer": "shop", "promo": 1}
    ]  # fmt: skip
    assert (honey["list"], honey["price"], honey["disc"], honey["amt"]) == (100_000, 80_000, 0, 160_000)
    assert "offs" not in honey


def test_a_sale_without_discounts_has_none_of_it_in_its_record(till):
    pay(till, fill_basket(till, ("vịt quay", 1)))

    (line,) = records(Kind.SALE)[0]["body"]["lines"]
    assert {"list", "offs"} & line.keys() == set()
    assert count_of(LineDiscount) == 0


@pytest.mark.parametrize(
    ("goods", "price", "percent", "paid", "due"),
    [
        ("mật ong", None, None, 100_000, 85_000),
        ("mật ong", None, 10, 90_000, 85_000),  # the shop bears it: the owner gets what the list price brings
        ("mật ong", None, 100, 0, 85_000),  # given away by the shop: more is due than was paid
        ("mật ong", 80_000, None, 80_000, 85_000),  # a low price that the owner never agreed to
        ("mật ong", 120_000, None, 120_000, 102_000),  # a higher one is the owner's gain, too
        ("mật ong", 120_000, 10, 108_000, 91_800),  # above the list price even with the discount
        ("mật ong", 120_000, 50, 60_000, 85_000),
        ("chè Shan", None, 50, 50_000, 70_000),  # a delivery price is due whatever the customer pays
        ("chè Shan", 120_000, None, 120_000, 70_000),
        ("vịt quay", None, 10, 90_000, 0),  # the shop's own
    ],
)
def test_what_the_owner_gets(till, goods, price, percent, paid, due):
    basket = fill_basket(till, (goods, 1))
    if price is not None:
        price_by_right(till, basket.line(1), price)
    if percent is not None:
        take_off(till, basket.line(1), percent=percent)

    sale = pay(till, basket, *([cash(paid)] if paid else []), key="k") if paid else pay_nothing(till, basket)

    (line,) = sale.lines
    assert (line.amount, line.due) == (Money(paid), Money(due))
    assert sum((owed_to(producer(till, of)).dong for of in ("HTX Mẫu Sơn", "Hộ Lý A Páo")), 0) == due
    assert verify_shop().clean


def pay_nothing(shop: Shop, basket) -> Sale:
    """Complete a basket that costs nothing."""
    from pos.checkout import complete_sale

    with transaction():
        return complete_sale(basket, paid=[], key="k", by=shop.clerk)


def test_what_is_free_is_shared_over_the_lots_to_the_dong(till):
    receive(till, "rượu mận", 2, terms=COMMISSION, price=33_333)
    receive(till, "rượu mận", 5, terms=COMMISSION)
    promote(till, "rượu mận", Promo.some_free(buy=2, free=1), called="Mua 2 tặng 1")

    sale = pay(till, fill_basket(till, ("rượu mận", 3)))

    first, second = sale.lines
    assert [(line.quantity.thousandths, line.discount.dong, line.amount.dong) for line in sale.lines] == [
        (2_000, 22_222, 44_444),
        (1_000, 11_111, 22_222),
    ]
    assert (first.due, second.due) == (Money(56_666), Money(28_333))  # 85 % of what the jars cost without it
    assert adds_up(sale)


def test_a_promotion_runs_on_its_days_only(till):
    from datetime import timedelta

    from core.clock import today

    tomorrow = today() + timedelta(days=1)
    promote(till, "vịt quay", Promo.at_price(Money(70_000)), days=(tomorrow, tomorrow))
    basket = fill_basket(till, ("vịt quay", 1))
    totals = [quote(basket).total.dong]
    for _ in range(2):
        till.clock.move(timedelta(days=1))
        totals.append(quote(basket).total.dong)

    assert totals == [100_000, 70_000, 100_000]


@pytest.fixture
def rounding(till: Shop) -> Shop:
    """The same till, where what is paid in cash is rounded down to 500 dong."""
    with transaction():
        change_settings("rounding", {"cash_rounding": 500}, by=till.manager)
    return till


@pytest.mark.parametrize(
    ("amount", "paid", "total", "change"),
    [
        (100_000, [100_000], 100_000, 0),
        (99_700, [99_500], 99_500, 0),
        (99_700, [100_000], 99_500, 500),
        (99_499, [99_000], 99_000, 0),
        (499, [499], 499, 0),  # less than the rounding itself is not given away
        (500, [500], 500, 0),
        (999, [500], 500, 0),
    ],
)
def test_what_is_paid_in_cash_is_rounded_down(rounding, amount, paid, total, change):
    basket = fill_basket(rounding, ("vịt quay", 1), ("mật ong", 1))
    price_by_right(rounding, basket.line(1), 100_000)
    take_off(rounding, basket, amount=200_000 - amount)

    sale = pay(rounding, basket, *[cash(dong) for dong in paid])

    assert (sale.total, sale.change) == (Money(total), Money(change))
    lost = sum((d.amount for rows in discounts_of(1).values() for d in rows if d.kind.value == "rounding"), ZERO)
    assert lost == Money(amount - total)
    assert adds_up(sale)


@pytest.mark.parametrize(
    ("tenders", "total"),
    [
        ([transfer(99_700)], 99_700),  # no cash, no rounding
        ([card(99_700)], 99_700),
        ([transfer(50_000), cash(49_500)], 99_500),
        ([transfer(50_300), cash(49_000)], 99_300),  # what is left in cash is rounded, not the total
        ([cash(50_000), transfer(49_700)], 99_700),
        ([transfer(99_500), cash(200)], 99_700),  # a rest below the rounding is paid to the dong
        ([card(30_000), transfer(20_000), cash(50_000)], 99_500),
    ],
)
def test_split_payments_make_exactly_the_total(rounding, tenders, total):
    basket = fill_basket(rounding, ("vịt quay", 1))
    take_off(rounding, basket, amount=300)

    sale = pay(rounding, basket, *tenders)

    assert sale.total == Money(total)
    assert adds_up(sale)


@pytest.mark.parametrize(
    ("tenders", "refusal"),
    [
        ([transfer(99_500)], PaidTooLittle),
        ([cash(99_000)], PaidTooLittle),
        ([transfer(99_700), cash(500)], CashNotNeeded),
    ],
)
def test_rounding_helps_nobody_to_pay_less_than_that(rounding, tenders, refusal):
    basket = fill_basket(rounding, ("vịt quay", 1))
    take_off(rounding, basket, amount=300)

    with pytest.raises(refusal):
        pay(rounding, basket, *tenders)


def test_rounding_holds_from_its_day_on(till):
    from datetime import timedelta

    from core.clock import today

    with transaction():
        change_settings("rounding", {"cash_rounding": 1_000}, by=till.manager, from_day=today() + timedelta(days=1))
    basket = fill_basket(till, ("vịt quay", 1))
    take_off(till, basket, amount=300)

    with pytest.raises(PaidTooLittle):
        pay(till, basket, cash(99_000))
    till.clock.move(timedelta(days=1))

    assert pay(till, basket, cash(99_000)).total == Money(99_000)


def test_a_basket_without_discounts_is_asked_one_small_question_more(till):
    from sqlalchemy import event

    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    basket = fill_basket(till, ("vịt quay", 1))
    asked.clear()

    quote(basket)

    assert len([one for one in asked if "promotion" in one]) == 1
    assert [one for one in asked if "basket_discounts" in one] == []
