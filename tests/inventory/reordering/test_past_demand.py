"""Past sales of another till: they say what sells, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from core.database import db, transaction
from core.quantity import NONE, Quantity
from inventory.reordering.past_demand import (
    ListTakenBack,
    NoPastSales,
    PastDemand,
    SoldElsewhere,
    enter_past_demand,
    take_past_demand_back,
)
from inventory.stock_move import StockMove

TODAY = date(2026, 11, 22)


def rows(product: Any, days: int, pieces: int = 2) -> list[SoldElsewhere]:
    return [SoldElsewhere(product, TODAY - timedelta(days=n), Quantity.of(pieces)) for n in range(1, days + 1)]


def test_past_sales_say_what_sells(shop: Any, trade: Any) -> None:
    honey = shop.product("Mật ong")
    with transaction():
        enter_past_demand(rows(honey, 40), file_name="kiot.xlsx", by=shop.by)

    found = trade.suggest(honey)

    assert str(found.a_day) == "2"
    assert found.order > NONE
    assert found.here == NONE
    assert db.session.scalar(select(func.count()).select_from(StockMove)) == 0


def test_a_list_is_taken_back_once(shop: Any, trade: Any) -> None:
    honey = shop.product("Mật ong")
    with transaction():
        entered = enter_past_demand(rows(honey, 40), file_name="kiot.xlsx", by=shop.by)

    with transaction():
        take_past_demand_back(entered, by=shop.by)

    assert db.session.scalar(select(func.count()).select_from(PastDemand)) == 0
    assert trade.suggest(honey).order == NONE
    with pytest.raises(ListTakenBack), transaction():
        take_past_demand_back(entered, by=shop.by)


def test_rows_of_one_day_are_added_up(shop: Any) -> None:
    honey = shop.product("Mật ong")

    with transaction():
        enter_past_demand([*rows(honey, 1), *rows(honey, 1)], file_name="a.csv", by=shop.by)

    assert db.session.scalars(select(PastDemand.quantity)).one() == Quantity.of(4)


def test_an_empty_list_is_refused(shop: Any) -> None:
    with pytest.raises(NoPastSales), transaction():
        enter_past_demand([], file_name="a.csv", by=shop.by)
