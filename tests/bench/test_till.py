"""How a file's lines become baskets, and in which turns a basket is rung up."""

from datetime import datetime

import pytest

from bench.replay.sales_file import FileLine
from bench.replay.till import baskets_of, in_turns
from core.clock import VIETNAM


def line(basket="7", sku="10001", price=10, thousandths=1000, at=(1, 8, 0), number=2):
    return FileLine(number, datetime(2010, 12, *at, tzinfo=VIETNAM), basket, sku, "Hàng", thousandths, price)


def test_baskets_come_in_the_order_of_their_first_times_whatever_the_order_of_the_lines():
    lines = [line("late", at=(1, 9, 5)), line("early", at=(1, 8, 1)), line("late", at=(1, 9, 0))]

    assert [(one.name, one.at.hour, one.at.minute) for one in baskets_of(lines, "f")] == [
        ("early", 8, 1),
        ("late", 9, 0),
    ]


def test_a_basket_of_two_days_is_played_on_both():
    two = baskets_of([line(at=(1, 23, 59)), line(at=(2, 0, 1))], "f")

    assert [one.key for one in two] == ["f 2010-12-01 7", "f 2010-12-02 7"]


def test_what_is_sold_and_what_came_back_stand_apart():
    (one,) = baskets_of([line(), line(thousandths=-500)], "f")

    assert ([each.thousandths for each in one.sold], [each.thousandths for each in one.brought_back]) == (
        [1000],
        [-500],
    )


TURNS = [
    ([], []),
    ([("a", 10), ("b", 99)], [[("a", 10), ("b", 99)]]),  # one price each: one turn, on the list or off it
    ([("a", 10), ("a", 9), ("b", 10)], [[("a", 9), ("b", 10)], [("a", 10)]]),  # the price of the list comes last
    ([("a", 9), ("a", 8), ("a", 9)], [[("a", 9), ("a", 9)], [("a", 8)]]),
    ([("a", 10), ("a", 9), ("a", 8), ("a", 10)], [[("a", 9)], [("a", 8)], [("a", 10), ("a", 10)]]),
]


@pytest.mark.parametrize(("lines", "turns"), TURNS)
def test_each_price_of_an_article_has_a_turn_of_its_own(lines, turns):
    rung_up = in_turns([line(sku=sku, price=price) for sku, price in lines], {"a": 10, "b": 10})

    assert [[(each.sku, each.price) for each in turn] for turn in rung_up] == turns
