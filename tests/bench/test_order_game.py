"""The game in which ways of ordering are compared loses no piece, and the shop's policy wins it."""

from __future__ import annotations

import random
from datetime import date

from bench.order_backtest import by_policy, compare, figures, invented_shop, last_months_sales
from bench.order_game import Goods, Result, Shelf, play, receive, sell


def test_every_piece_is_sold_spoiled_or_still_there() -> None:
    chance = random.Random(3)
    shelf, result = Shelf(Goods("honey", [chance.randrange(5) for _ in range(200)], life=6), known=30), Result()

    for day in range(30, 200):
        receive(shelf, day, result)
        if day % 7 == 0:
            shelf.coming.append((day + 3, chance.randrange(30)))
        sell(shelf, day, result)

    assert result.brought == result.met + result.spoiled + shelf.pieces
    assert result.spoiled > 0
    assert sum(shelf.sold[30:]) == result.met


def test_a_shelf_that_was_empty_tells_of_it() -> None:
    shelf = Shelf(Goods("honey", [2] * 40), known=30)

    sell(shelf, 30, Result())

    assert (shelf.sold[30], shelf.usable[30], shelf.out[30]) == (0, False, True)


def test_the_policy_beats_last_months_sales() -> None:
    results = compare(invented_shop()[::10], known=365, first_day=date(2024, 11, 1))

    assert all(figure.ok for figure in figures("shop", results))
    policy, month = results["policy"], results["last_month"]
    assert policy.lain / policy.met < month.lain / month.met  # days on the shelf for each piece sold


def test_steady_demand_is_met_without_a_month_on_the_shelf() -> None:
    goods = Goods("honey", [2] * 150)

    policy = play(goods, by_policy(None), known=62, every=7)
    month = play(goods, last_months_sales, known=62, every=28)

    assert policy.share_met > 99
    assert policy.mean_stock < month.mean_stock
