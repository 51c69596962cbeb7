import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import ZERO, Money
from core.quantity import Quantity
from pos.pricing import Taxed, line_amount, take_out_vat, tax_by_rate, vat_of_lines
from tests.shared_cases import vector


@pytest.mark.parametrize("case", vector("vat_inclusive")["cases"], ids=lambda case: f"{case['gross']}@{case['rate']}")
def test_vat_is_taken_out_of_a_price_that_includes_it(case):
    net, vat = take_out_vat(Money(case["gross"]), case["rate"])

    assert (net.dong, vat.dong) == (case["net"], case["vat"])


@pytest.mark.parametrize(
    ("price", "thousandths", "amount"),
    [
        (35_000, 1_000, 35_000),
        (35_000, 3_000, 105_000),
        (180_000, 850, 153_000),
        (99_999, 500, 50_000),  # 49 999,5: halves go away from zero
        (99_999, 333, 33_300),  # 33 299,667
        (1, 499, 0),  # 0,499: a crumb costs nothing
        (0, 2_000, 0),
    ],
)
def test_a_line_costs_price_times_quantity_rounded_once(price, thousandths, amount):
    assert line_amount(Money(price), Quantity(thousandths)) == Money(amount)


def test_tax_is_rounded_once_for_each_rate_and_not_line_by_line():
    lines = [Taxed(Money(24_500), "8", 8)] * 3

    (total,) = tax_by_rate(lines)

    assert (total.gross, total.net, total.vat) == (Money(73_500), Money(68_056), Money(5_444))  # by line: 5 445


def test_rates_stand_in_the_order_in_which_they_first_appear():
    lines = [Taxed(Money(10), "5", 5), Taxed(Money(10), "10", 10), Taxed(Money(10), "5", 5)]

    assert [total.rate for total in tax_by_rate(lines)] == ["5", "10"]


def test_untaxed_goods_are_listed_without_vat():
    (total,) = tax_by_rate([Taxed(Money(40_000), "KCT", 0)])

    assert (total.net, total.vat) == (Money(40_000), ZERO)


def test_a_household_shows_no_vat_at_all():
    lines = [Taxed(Money(35_000), None), Taxed(Money(20_000), None)]

    assert tax_by_rate(lines) == []
    assert vat_of_lines(lines) == [ZERO, ZERO]


def test_the_vat_of_free_goods_is_nothing():
    assert vat_of_lines([Taxed(ZERO, "8", 8)]) == [ZERO]


rates = st.sampled_from([(None, 0), ("KCT", 0), ("5", 5), ("8", 8), ("10", 10)])
taxed = st.builds(lambda dong, rate: Taxed(Money(dong), *rate), st.integers(0, 50_000_000), rates)


@given(st.lists(taxed, max_size=30))
def test_the_vat_of_the_lines_adds_up_to_the_vat_of_the_receipt(lines):
    vat = vat_of_lines(lines)

    for total in tax_by_rate(lines):
        of_rate = [part for line, part in zip(lines, vat, strict=True) if line.rate == total.rate]
        assert sum(of_rate, ZERO) == total.vat
    assert all(ZERO <= part <= line.amount for line, part in zip(lines, vat, strict=True))
    assert sum(vat, ZERO) == sum((total.vat for total in tax_by_rate(lines)), ZERO)
