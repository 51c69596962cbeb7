from datetime import date

import pytest

from core.database import transaction
from core.errors import RuleBroken
from core.journal.record import Kind
from core.money import Money
from core.quantity import Quantity, Unit
from inventory.catalogue.eligibility import CertificateLapsed, NotEligible, PastItsDay, Recalled
from inventory.catalogue.recall import recall
from pos import basket as baskets
from pos.basket_line import LotOfOtherProduct, NoPrice, OnlyWhole, QuantityNotPositive, TooMany
from pos.correction import ReasonMissing
from tests.factories import enter_goods, fill_basket, goods, open_shift, receive, records
from tests.pos.web.conftest import Statements


@pytest.fixture
def till(shop):
    """A shop with an open shift, honey by the jar and chestnuts by weight."""
    receive(shop, "mật ong", 50)
    receive(shop, "hạt dẻ", "20", unit=Unit.KILOGRAM, price=180_000)
    open_shift(shop)
    return shop


def basket_with(till, name, quantity):
    basket = fill_basket(till, (name, quantity))
    return basket, basket.lines[0]


def test_the_same_goods_again_raise_the_quantity_of_their_line(till):
    basket = fill_basket(till, ("mật ong", 1), ("hạt dẻ", "0,5"), ("mật ong", 2))

    assert [(line.n, line.quantity) for line in basket.lines] == [(1, Quantity(3000)), (2, Quantity(500))]


def test_goods_of_a_lot_named_on_the_label_get_a_line_of_their_own(till):
    lot = receive(till, "mật ong", 5)
    basket = fill_basket(till, ("mật ong", 1))
    with transaction():
        baskets.add_product(basket, goods(till, "mật ong"), Quantity(1000), by=till.clerk, lot=lot)

    assert [line.lot for line in basket.lines] == [None, lot]


def asked_for(till, basket, names):
    """How many statements it takes to put goods in, all at once."""
    with transaction():
        wanted = [baskets.Goods(goods(till, name), Quantity(1000)) for name in names]
        with Statements() as statements:
            baskets.add_goods(basket, wanted, by=till.clerk)
        return len(statements.asked)


def test_thirty_goods_at_once_ask_no_more_than_one(till):
    names = [f"hàng {n}" for n in range(30)]
    for name in names:
        goods(till, name)

    one = asked_for(till, fill_basket(till), names[:1])

    assert asked_for(till, fill_basket(till), names[1:]) == one


def test_goods_put_in_at_once_raise_their_line_too(till):
    basket = fill_basket(till, ("mật ong", 1))
    honey, nuts = goods(till, "mật ong"), goods(till, "hạt dẻ")
    wanted = [
        baskets.Goods(honey, Quantity(1000)),
        baskets.Goods(nuts, Quantity(500)),
        baskets.Goods(nuts, Quantity(1)),
    ]
    with transaction():
        lines = baskets.add_goods(basket, wanted, by=till.clerk)

    assert [(line.n, line.quantity) for line in lines] == [(1, Quantity(2000)), (2, Quantity(501)), (2, Quantity(501))]


def test_of_goods_put_in_at_once_none_goes_in_when_one_may_not_be_sold(till):
    enter_goods(till, "không giấy tờ", stars=None)
    basket = fill_basket(till)
    wanted = [baskets.Goods(goods(till, name), Quantity(1000)) for name in ("mật ong", "không giấy tờ")]

    with pytest.raises(NotEligible, match="không giấy tờ"), transaction():
        baskets.add_goods(basket, wanted, by=till.clerk)

    assert basket.lines == []


def test_raising_a_quantity_is_free_and_leaves_no_correction(till):
    _, line = basket_with(till, "mật ong", 1)

    with transaction():
        baskets.change_quantity(line, Quantity(4000), by=till.clerk)

    assert line.amount == Money(400_000)
    assert records(Kind.CORRECTION) == []


def test_lowering_a_quantity_is_a_correction_in_the_journal(till):
    _, line = basket_with(till, "mật ong", 5)

    with transaction():
        baskets.change_quantity(line, Quantity(2000), by=till.clerk)

    (record,) = records(Kind.CORRECTION)
    body = record["body"]
    assert (body["act"], body["before"], body["after"], body["amt"]) == ("quantity", 5000, 2000, 300_000)
    assert record["usr"] == till.clerk.code


def test_removing_a_line_is_a_correction_of_its_whole_amount(till):
    basket, line = basket_with(till, "hạt dẻ", "0,850")

    with transaction():
        baskets.remove_line(line, by=till.clerk)

    assert basket.lines == []
    (record,) = records(Kind.CORRECTION)
    assert (record["body"]["act"], record["body"]["amt"], record["body"]["after"]) == ("removal", 153_000, 0)


def test_the_number_of_a_removed_line_is_not_given_again(till):
    basket = fill_basket(till, ("mật ong", 1), ("hạt dẻ", "1"))
    with transaction():
        baskets.remove_line(basket.line(2), by=till.clerk)
    fill_basket(till, ("hạt dẻ", "2"))

    assert [line.n for line in basket.lines] == [1, 3]


@pytest.mark.parametrize(
    ("name", "thousandths", "trouble"),
    [
        ("mật ong", 0, QuantityNotPositive),
        ("mật ong", -1000, QuantityNotPositive),
        ("mật ong", 1500, OnlyWhole),
        ("mật ong", 1_001_000, TooMany),
        ("hạt dẻ", 0, QuantityNotPositive),
        ("hạt dẻ", 1_000_001, TooMany),
    ],
)
def test_quantities_that_cannot_be_meant_are_refused_and_change_nothing(till, name, thousandths, trouble):
    basket, line = basket_with(till, name, 1)

    with pytest.raises(trouble), transaction():
        baskets.change_quantity(line, Quantity(thousandths), by=till.clerk)
    with pytest.raises(trouble), transaction():
        baskets.add_product(basket, goods(till, name), Quantity(thousandths), by=till.clerk)

    assert line.quantity == Quantity(1000)
    assert records(Kind.CORRECTION) == []


def test_no_line_grows_beyond_what_one_customer_buys(till):
    basket, line = basket_with(till, "mật ong", 999)

    with pytest.raises(TooMany), transaction():
        baskets.add_product(basket, line.product, Quantity(2000), by=till.clerk)


def refused(till, product, trouble, lot=None):
    with transaction():
        basket = baskets.open_basket(till.register)
    with pytest.raises(trouble) as told, transaction():
        baskets.add_product(basket, product, Quantity(1000), by=till.clerk, lot=lot)
    return str(told.value)


def test_goods_without_a_paper_are_refused_with_who_can_add_it(till):
    sentence = refused(till, enter_goods(till, "rượu chuối", stars=None), NotEligible)

    assert "rượu chuối" in sentence
    assert "manager" in sentence


def test_goods_whose_certificate_lapsed_are_refused(till):
    product = enter_goods(till, "cao khô", since=date(2021, 1, 4))

    refused(till, product, CertificateLapsed)


def test_goods_without_a_price_are_refused(till):
    refused(till, enter_goods(till, "mắc mật", price=None), NoPrice)


def test_recalled_goods_are_refused(till):
    with transaction():
        recall(goods(till, "mật ong"), reason="nhiễm khuẩn", by=till.manager)

    assert "nhiễm khuẩn" in refused(till, goods(till, "mật ong"), Recalled)


def test_a_lot_past_its_day_is_refused_on_its_label(till):
    lot = receive(till, "mật ong", 5, best_before=date(2026, 11, 20))
    till.clock.set(till.clock.instant.replace(day=21))

    refused(till, goods(till, "mật ong"), PastItsDay, lot=lot)


def test_a_lot_chosen_by_hand_needs_a_reason_and_is_recorded(till):
    other = receive(till, "mật ong", 5)
    _, line = basket_with(till, "mật ong", 1)
    with pytest.raises(ReasonMissing), transaction():
        baskets.choose_lot(line, other, reason=" ", by=till.clerk)

    with transaction():
        baskets.choose_lot(line, other, reason="khách chọn hũ mới", by=till.clerk)

    assert (line.lot, line.by_hand, line.reason) == (other, True, "khách chọn hũ mới")
    (record,) = records(Kind.CORRECTION)
    body = record["body"]
    assert (body["act"], body["lot"], body["amt"]) == ("lot_by_hand", other.number, 0)


def test_a_lot_of_other_goods_cannot_be_chosen(till):
    chestnuts = receive(till, "hạt dẻ", "1", unit=Unit.KILOGRAM)
    _, line = basket_with(till, "mật ong", 1)

    with pytest.raises(LotOfOtherProduct), transaction():
        baskets.choose_lot(line, chestnuts, reason="nhầm", by=till.clerk)


@pytest.mark.parametrize("trouble", ["expired", "recalled"])
def test_an_expired_or_recalled_lot_cannot_be_chosen_even_by_hand(till, trouble):
    bad = receive(till, "mật ong", 5, best_before=date(2026, 11, 20))
    _, line = basket_with(till, "mật ong", 1)
    if trouble == "expired":
        till.clock.set(till.clock.instant.replace(day=21))
    else:
        with transaction():
            recall(line.product, lot_number=bad.number, reason="mốc", by=till.manager)

    with pytest.raises(RuleBroken) as told, transaction():
        baskets.choose_lot(line, bad, reason="vẫn muốn bán", by=till.clerk)
    assert isinstance(told.value, PastItsDay | Recalled)
    assert not line.by_hand


def test_a_line_with_a_lot_by_hand_is_not_raised_by_the_next_scan(till):
    other = receive(till, "mật ong", 5)
    basket, line = basket_with(till, "mật ong", 1)
    with transaction():
        baskets.choose_lot(line, other, reason="khách chọn", by=till.clerk)

    fill_basket(till, ("mật ong", 1))

    assert [each.quantity for each in basket.lines] == [Quantity(1000), Quantity(1000)]
