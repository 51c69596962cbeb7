from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import Money
from core.quantity import Quantity
from pos.invoice.document import MILLIONTHS, InvoiceLine, sums_by_rate
from pos.pricing import Taxed, tax_by_rate, vat_of_lines


def line(quantity, amount, discount=0, vat=0, rate="8"):
    return InvoiceLine("1", "mật ong", "hũ", Quantity(quantity), Money(amount), Money(discount), Money(vat), rate)


@pytest.mark.parametrize(
    ("quantity", "amount", "discount", "vat", "rate", "price", "off", "net"),
    [
        (2000, 200_000, 0, 14_815, "8", "92592.5", 0, 185_185),  # 200.000 / 1,08 = 185.185,2
        (2000, 180_000, 20_000, 13_333, "8", "92593", 18_519, 166_667),  # the discount is shown before tax too
        (850, 153_000, 0, 0, "KCT", "180000", 0, 153_000),
        (3000, 100_000, 0, 0, None, "33333.333333", 0, 100_000),  # a seller without VAT: the price as it is
        (1000, 0, 50_000, 0, "8", "46296", 46_296, 0),  # a gift: nothing is charged
        (-2000, -180_000, -20_000, -13_333, "8", "92593", -18_519, -166_667),  # what comes back is below zero
    ],
)
def test_prices_before_tax_follow_from_what_was_charged(quantity, amount, discount, vat, rate, price, off, net):
    made = line(quantity, amount, discount, vat, rate)

    assert (made.net, made.net_discount) == (Money(net), Money(off))
    assert Fraction(made.unit_price_millionths, MILLIONTHS) == Fraction(price)


def test_a_line_taken_back_is_the_same_line_below_zero():
    sold = line(2000, 180_000, 20_000, 13_333)

    back = sold.taken_back()

    assert back.unit_price_millionths == sold.unit_price_millionths
    assert (back.net + sold.net, back.net_discount + sold.net_discount) == (Money(0), Money(0))
    assert back.discount_percent_ten_thousandths == sold.discount_percent_ten_thousandths == 100_002


LINES = st.lists(
    st.tuples(
        st.integers(1, 20_000),
        st.integers(0, 3_000_000),
        st.integers(0, 200_000),
        st.sampled_from(["8", "5", "10", "KCT"]),
    ),
    min_size=1,
    max_size=12,
)


@given(LINES)
def test_lines_rates_and_total_agree_to_the_dong(sold):
    percents = {"8": 8, "5": 5, "10": 10, "KCT": 0}
    taxed = [Taxed(Money(amount), rate, percents[rate]) for _, amount, _, rate in sold]
    vats = vat_of_lines(taxed)
    lines = [
        line(quantity, amount, discount, vat.dong, rate)
        for (quantity, amount, discount, rate), vat in zip(sold, vats, strict=True)
    ]

    sums = sums_by_rate(lines)

    assert [(one.rate, one.net, one.vat) for one in sums] == [(t.rate, t.net, t.vat) for t in tax_by_rate(taxed)]
    assert sum(one.net.dong + one.vat.dong for one in sums) == sum(amount for _, amount, _, _ in sold)
    for one in lines:
        again = Fraction(one.unit_price_millionths * one.quantity.thousandths, MILLIONTHS * 1000)
        assert abs(again - (one.net + one.net_discount).dong) <= Fraction(1, 2)
