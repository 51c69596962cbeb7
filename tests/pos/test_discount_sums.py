"""What is taken off each line, in its sequence, to the dong: arithmetic alone, without a database."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import ZERO, Money
from core.quantity import Quantity
from inventory.catalogue.product import Product
from pos.basket_table import BasketDiscount, BasketLine
from pos.discounts.discount import DiscountKind, sum_of_offs
from pos.discounts.discount_sums import offs_of
from pos.discounts.promotion_table import Promotion, PromotionKind

HONEY = Product(id=1, group_code="I.2.b", producer_id=1)
TEA = Product(id=2, group_code="II.1.a", producer_id=2)


def lines(*given: tuple[Product, int, int], list_price: int | None = None) -> list[BasketLine]:
    """Lines of a basket: product, price, thousandths."""
    return [
        BasketLine(
            n=n,
            product_id=product.id,
            product=product,
            price=Money(price),
            list_price=Money(list_price or price),
            quantity=Quantity(thousandths),
        )
        for n, (product, price, thousandths) in enumerate(given, start=1)
    ]


def off(line: int | None = None, percent: int | None = None, amount: int | None = None, ceiling: int | None = None):
    """A discount that somebody gave: hundredths of a percent, or dong."""
    dong = Money(amount) if amount is not None else None
    return BasketDiscount(line=line, percent=percent, amount=dong, ceiling=ceiling, reason="khách quen")


def promotion(number: int = 1, *, group: str | None = None, **terms: int | Money) -> Promotion:
    """A promotion for honey, or for a group."""
    kind = {"percent": PromotionKind.PERCENT, "price": PromotionKind.PRICE, "buy": PromotionKind.FREE}[
        next(iter(terms))
    ]
    return Promotion(
        number=number,
        name=f"KM {number}",
        kind=kind,
        product_id=None if group else HONEY.id,
        group_code=group,
        first_day=date(2026, 11, 20),
        last_day=date(2026, 11, 20),
        **terms,
    )


def taken(basket: list[BasketLine], promotions=(), given=()) -> list[list[tuple[str, int]]]:
    """What is taken off, line by line: kind and dong."""
    offs = offs_of(basket, promotions, given)
    return [[(one.kind.value, one.amount.dong) for one in offs.get(line.n, ())] for line in basket]


@pytest.mark.parametrize(
    ("price", "thousandths", "percent", "expected"),
    [
        (100_000, 1_000, 1_000, 10_000),
        (99_999, 1_000, 1_000, 10_000),  # 9 999,9
        (99_995, 1_000, 1_000, 10_000),  # 9 999,5: halves go away from zero
        (99_994, 1_000, 1_000, 9_999),  # 9 999,4
        (180_000, 850, 750, 11_475),  # 7,5 % of 153 000
        (1, 1_000, 4_999, 0),  # less than half a dong: nothing, and no row for it
        (1, 1_000, 5_000, 1),  # half a dong: the whole of it
        (100_000, 1_000, 10_000, 100_000),  # given away
    ],
)
def test_a_percent_off_a_line_is_rounded_once(price, thousandths, percent, expected):
    basket = lines((HONEY, price, thousandths))

    assert taken(basket, given=[off(1, percent=percent)]) == [[("line", expected)] if expected else []]


@pytest.mark.parametrize(
    ("amounts", "whole", "expected"),
    [
        ([100, 100, 100], 100, [33, 34, 33]),
        ([1, 1, 1], 2, [1, 0, 1]),  # lines of one dong never fall below zero
        ([1, 99_999], 50_000, [1, 49_999]),
        ([0, 100, 0], 30, [0, 30, 0]),  # what costs nothing bears nothing
        ([70_000, 30_000], 100_000, [70_000, 30_000]),  # everything given away
        ([33_333, 33_333, 33_334], 10_001, [3_334, 3_333, 3_334]),
    ],
)
def test_an_amount_off_the_basket_is_shared_out_to_the_dong(amounts, whole, expected):
    basket = lines(*[(HONEY, amount, 1_000) for amount in amounts])

    parts = [sum(dong for _, dong in row) for row in taken(basket, given=[off(amount=whole)])]

    assert parts == expected
    assert sum(parts) == whole


def test_a_percent_off_the_basket_is_rounded_once_and_not_line_by_line():
    basket = lines((HONEY, 5, 1_000), (TEA, 5, 1_000), (TEA, 5, 1_000))

    rows = taken(basket, given=[off(percent=1_000)])

    assert sum(dong for row in rows for _, dong in row) == 2  # 1,5; line by line it would have been 3


def test_one_is_taken_off_what_the_one_before_it_left():
    basket = lines((HONEY, 100_000, 1_000), (TEA, 50_000, 1_000))
    given = [off(percent=1_000), off(1, percent=1_000)]  # whichever was given first

    rows = taken(basket, [promotion(percent=2_000)], given)

    # honey 100 000, 20 % off: 80 000, 10 % off: 72 000; of 122 000 together 10 %: 12 200
    assert rows == [[("promotion", 20_000), ("line", 8_000), ("basket", 7_200)], [("basket", 5_000)]]


def test_an_amount_off_a_line_never_takes_more_than_there_is():
    assert taken(lines((HONEY, 10_000, 1_000)), given=[off(1, amount=25_000)]) == [[("line", 10_000)]]


def test_what_a_clerk_gave_alone_stays_within_the_clerks_right_when_goods_are_put_back():
    given = [off(1, amount=50_000, ceiling=1_000)]  # 10 % of ten jars

    assert taken(lines((HONEY, 50_000, 10_000)), given=given) == [[("line", 50_000)]]
    assert taken(lines((HONEY, 50_000, 1_000)), given=given) == [[("line", 5_000)]]


@pytest.mark.parametrize(
    ("buy", "free", "quantities", "expected"),
    [
        (2, 1, [2_000], [0]),
        (2, 1, [3_000], [100_000]),
        (2, 1, [5_000], [100_000]),  # the sixth jar is still missing
        (2, 1, [6_000], [200_000]),
        (1, 1, [1_000, 1_000], [50_000, 50_000]),  # two lines of one jar are a pair, too
        (2, 1, [1_000, 1_000, 1_000], [33_333, 33_334, 33_333]),
        (3, 2, [4_000, 1_000], [160_000, 40_000]),
    ],
)
def test_of_every_n_and_m_the_m_are_free_over_all_lines_of_the_product(buy, free, quantities, expected):
    basket = lines(*[(HONEY, 100_000, quantity) for quantity in quantities])

    rows = taken(basket, [promotion(buy=buy, free=free)])

    assert [sum(dong for _, dong in row) for row in rows] == expected


def test_what_is_weighed_counts_in_whole_units():
    assert taken(lines((HONEY, 100_000, 2_999)), [promotion(buy=2, free=1)]) == [[]]
    assert taken(lines((HONEY, 100_000, 3_500)), [promotion(buy=2, free=1)]) == [[("promotion", 100_000)]]


@pytest.mark.parametrize(
    ("promotions", "name"),
    [
        ([promotion(1, percent=1_000), promotion(2, price=Money(85_000))], "KM 2"),
        ([promotion(1, percent=2_000), promotion(2, price=Money(85_000))], "KM 1"),
        ([promotion(1, percent=1_500), promotion(2, price=Money(85_000))], "KM 1"),  # of equals the older one
        ([promotion(1, percent=3_000), promotion(2, buy=2, free=1)], "KM 2"),  # a third is more than 30 %
        (
            [promotion(1, group="I", percent=500), promotion(2, percent=400)],
            "KM 1",
        ),  # a whole group, and one of its own
    ],
)
def test_of_several_promotions_the_best_one_for_the_customer_counts(promotions, name):
    offs = offs_of(lines((HONEY, 100_000, 3_000)), promotions, [])

    assert [one.name for one in offs[1]] == [name]


@pytest.mark.parametrize(
    ("group", "hit"),
    [("I", True), ("I.2", True), ("I.2.b", True), ("I.2.a", False), ("II", False), ("I.", False)],
)
def test_a_group_covers_what_stands_below_it_and_nothing_else(group, hit):
    assert bool(taken(lines((HONEY, 100_000, 1_000)), [promotion(group=group, percent=1_000)])[0]) is hit


def test_a_promotional_price_above_the_shops_changes_nothing():
    assert taken(lines((HONEY, 100_000, 1_000)), [promotion(price=Money(120_000))]) == [[]]


def test_a_price_set_by_right_switches_promotions_off_for_its_line_only():
    by_right = lines((HONEY, 90_000, 1_000), list_price=100_000)
    other = lines((HONEY, 100_000, 1_000), (HONEY, 100_000, 1_000))[1:]

    rows = taken(by_right + other, [promotion(percent=1_000)], [off(1, percent=1_000)])

    assert rows == [[("line", 9_000)], [("promotion", 10_000)]]


@given(
    st.lists(st.tuples(st.integers(0, 300_000), st.integers(1, 9_999)), min_size=1, max_size=6),
    st.integers(1, 10_000),
    st.integers(1, 500_000),
    st.integers(1, 10_000),
)
def test_nothing_falls_below_zero_and_every_share_adds_up(goods, line_percent, amount, promoted):
    basket = lines(*[(HONEY if n % 2 else TEA, price, quantity) for n, (price, quantity) in enumerate(goods)])
    given = [off(1, percent=line_percent), off(amount=amount)]

    offs = offs_of(basket, [promotion(percent=promoted)], given)

    left = [line.amount - sum_of_offs(offs.get(line.n, ())) for line in basket]
    assert min(left) >= ZERO
    before = [
        line.amount - sum_of_offs(one for one in offs.get(line.n, ()) if one.kind is not DiscountKind.BASKET)
        for line in basket
    ]
    shared = sum((one.amount for row in offs.values() for one in row if one.kind is DiscountKind.BASKET), ZERO)
    assert shared == min(Money(amount), sum(before, ZERO))
