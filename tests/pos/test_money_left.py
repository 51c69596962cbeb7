"""By which kinds money goes back, and until when a clerk gives it back alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.approval import Act
from core.database import transaction
from core.journal.record import Kind
from core.money import ZERO, Money
from inventory.lot import Terms
from pos import basket as baskets
from pos.replay import verify_shop
from pos.returns.money_left import goes_another_way, money_left, usual_way_back
from pos.returns.refund_table import refunds_of
from pos.returns.return_window import fair_until, is_late
from pos.tender import Paid, TenderKind
from tests.factories import (
    card,
    cash,
    fill_basket,
    open_shift,
    pay,
    receive,
    records,
    sell,
    transfer,
)
from tests.returning import refund

COMMISSION = Terms.on_commission(1500)


@pytest.fixture
def till(shop):
    """Consigned honey, tea at a delivery price, bought duck; an open shift."""
    shop.honey = receive(shop, "mật ong", 20, terms=COMMISSION, of="HTX Mẫu Sơn")
    shop.tea = receive(shop, "chè Shan", 20, terms=Terms.at_delivery_price(Money(70_000)), of="Hộ Lý A Páo")
    shop.duck = receive(shop, "vịt quay", 20)
    open_shift(shop)
    return shop


def test_money_goes_back_by_the_kinds_it_came_with(till):
    sale = sell(till, "mật ong", 3, transfer(200_000), cash(150_000))

    assert money_left(sale) == {
        TenderKind.CASH: Money(100_000),
        TenderKind.TRANSFER: Money(200_000),
        TenderKind.CARD: ZERO,
    }
    assert usual_way_back(Money(150_000), sale) == [cash(100_000), Paid(TenderKind.TRANSFER, Money(50_000))]
    assert not goes_another_way([cash(100_000)], sale)
    assert goes_another_way([cash(100_001)], sale)
    assert goes_another_way([card(1_000)], sale)
    refund(till, sale, "mật ong", 1)
    assert money_left(sale)[TenderKind.CASH] == ZERO
    assert goes_another_way([cash(1)], sale)


def test_a_manager_may_let_money_go_another_way_but_never_more_of_it(till):
    sale = sell(till, "mật ong", 2, card(200_000))

    refund(till, sale, "mật ong", 1, cash(100_000))
    refund(till, sale, "mật ong", 1, cash(100_000))

    assert sum((each.total for each in refunds_of(sale)), ZERO) == sale.total
    assert usual_way_back(ZERO, sale) == []


def test_the_shops_own_days_and_the_days_of_a_fair(till):
    sale = sell(till, "vịt quay", 1)
    with transaction():
        baskets.open_basket(till.register).fair = True
    at_fair = pay(till, fill_basket(till, ("vịt quay", 1)))

    assert [is_late(sale, sale.day + timedelta(days=days)) for days in (0, 7, 8)] == [False, False, True]
    assert fair_until(sale) is None
    assert fair_until(at_fair) == date(2026, 12, 20)  # thirty days after 20/11, that day not counted
    assert [is_late(at_fair, at_fair.day + timedelta(days=days)) for days in (8, 30, 31)] == [False, False, True]
    assert records(Kind.SALE)[1]["body"]["fair"] is True
    assert "fair" not in records(Kind.SALE)[0]["body"]
    assert verify_shop().clean


def test_each_act_that_a_shop_may_keep_for_managers_has_a_setting(till):
    from core.current_settings import current_settings

    for act in (Act.RETURN_WITHOUT_RECEIPT, Act.RETURN_LATE, Act.OTHER_TENDER):
        assert getattr(current_settings().approval, act.value) is True
