"""What receipts and reports say of discounts: each below its line, those of the whole basket once, and the sums."""

from __future__ import annotations

import pytest

from core.money import ZERO, Money
from pos.receipt import receipt_of
from pos.reports.day_report import report_of
from pos.shifts.shift import open_shift_of
from tests.factories import PromotionTerms as Promo
from tests.factories import Shop, fill_basket, open_shift, pay, price_by_right, promote, receive, take_off


@pytest.fixture
def till(shop: Shop) -> Shop:
    """Honey and duck, and an open shift."""
    receive(shop, "mật ong", 20)
    receive(shop, "vịt quay", 20)
    open_shift(shop)
    return shop


def test_the_receipt_says_what_was_taken_off_where_and_what_is_saved(till):
    promote(till, "vịt quay", Promo.percent_off(2_000), called="Tuần lễ vịt")
    basket = fill_basket(till, ("vịt quay", 1), ("mật ong", 1))
    price_by_right(till, basket.line(2), 90_000)
    take_off(till, basket.line(2), amount=10_000)
    take_off(till, basket, percent=10)

    receipt = receipt_of(pay(till, basket))

    assert [[(off.kind, off.name, off.amount.dong) for off in line.discounts] for line in receipt.lines] == [
        [("promotion", "Tuần lễ vịt", 20_000)],
        [("line", "", 10_000)],
    ]
    assert [(off.kind, off.amount.dong) for off in receipt.discounts] == [("basket", 16_000)]
    assert [line.list_price for line in receipt.lines] == [None, Money(100_000)]
    assert receipt.saved == Money(56_000)  # 20 000 + 10 000 for the price + 10 000 + 16 000


def test_a_receipt_without_discounts_says_nothing_of_them(till):
    receipt = receipt_of(pay(till, fill_basket(till, ("vịt quay", 1))))

    assert (receipt.discounts, receipt.saved, receipt.lines[0].discounts) == ((), ZERO, ())


def test_a_report_adds_discounts_up_by_kind_and_bearer(till):
    promote(till, "vịt quay", Promo.percent_off(2_000))
    for quantity in (1, 2):
        basket = fill_basket(till, ("vịt quay", quantity), ("mật ong", 1))
        take_off(till, basket, amount=10_000)
        pay(till, basket)

    report = report_of(open_shift_of(till.register))

    assert [(each.kind, each.bearer, each.count, each.amount.dong) for each in report.discounts] == [
        ("promotion", "shop", 2, 60_000),
        ("basket", "shop", 2, 20_000),
    ]
