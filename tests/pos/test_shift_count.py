import pytest

from core.database import transaction
from core.errors import RuleBroken
from core.journal.record import Kind
from core.money import Money
from pos.shifts import shift as shifts
from pos.shifts.shift_count import counts_of
from pos.tender import TenderKind
from tests.factories import card, cash, open_shift, receive, records, sell, transfer


@pytest.fixture
def till(shop):
    receive(shop, "mật ong", 20)
    open_shift(shop, float_=500_000)
    sell(shop, "mật ong", 3, cash(100_000), transfer(120_000), card(80_000))
    return shop


def close(shop, counts):
    with transaction():
        shift = shifts.open_shift_of(shop.register)
        return shifts.close_shift(shift, counted=Money(600_000), counts=counts, by=shop.clerk)


def test_what_nobody_added_up_is_unknown_and_never_zero(till):
    close(till, {TenderKind.TRANSFER: Money(100_000)})

    counts = {count.kind: (count.expected, count.counted, count.difference) for count in counts_of(1)}

    assert counts == {
        TenderKind.TRANSFER: (Money(120_000), Money(100_000), Money(-20_000)),
        TenderKind.CARD: (Money(80_000), None, None),
    }
    assert records(Kind.SHIFT_CLOSE)[0]["body"]["counts"] == [
        {"kind": "transfer", "expected": 120_000, "counted": 100_000},
        {"kind": "card", "expected": 80_000, "counted": None},
    ]


def test_a_zero_that_somebody_typed_is_a_count(till):
    close(till, {TenderKind.CARD: Money(0)})

    assert [(count.kind, count.difference) for count in counts_of(1)] == [
        (TenderKind.TRANSFER, None),
        (TenderKind.CARD, Money(-80_000)),
    ]


def test_a_kind_that_was_neither_taken_nor_added_up_leaves_no_row(shop):
    open_shift(shop)
    with transaction():
        shifts.close_shift(
            shifts.open_shift_of(shop.register), counted=Money(500_000), by=shop.clerk,
            counts={TenderKind.CARD: Money(50_000)},
        )  # fmt: skip

    assert [(count.kind, count.difference) for count in counts_of(1)] == [(TenderKind.CARD, Money(50_000))]


def test_a_sum_below_zero_is_refused(till):
    with pytest.raises(RuleBroken, match="less than 0"):
        close(till, {TenderKind.CARD: Money(-1)})
    assert records(Kind.SHIFT_CLOSE) == []
