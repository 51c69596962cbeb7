"""Goods brought back: what a refund writes, and what it refuses."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from core.database import db, transaction
from core.journal.chain import head
from core.journal.record import Kind
from core.journal.slips import heads
from core.money import ZERO, Money
from core.quantity import Quantity
from inventory.catalogue.price import set_price
from inventory.catalogue.recall import recall
from inventory.catalogue.service_article import add_service_article
from inventory.catalogue.tax import set_tax_class
from inventory.consignment.owed_reversal import OwedReversal, owed_to
from inventory.location import LOSS, SHELF
from inventory.lot import Terms
from inventory.stock_level import on_hand as level
from inventory.stock_move import StockMove
from pos import basket as baskets
from pos.basket import BasketEmpty, BasketFinished, BasketState
from pos.checkout import KeyOfAnotherBasket
from pos.replay import verify_shop
from pos.returns.basket_return import (
    MoreThanSold,
    NeverOnShelfAgain,
    RecalledNeverOnShelf,
)
from pos.returns.refund import BackNotRight, BackWithoutReference, complete_refund
from pos.returns.refund_table import Refund, RefundLine, refund_of_key, refunds_of
from pos.returns.return_condition import Condition
from pos.tender import Paid, TenderKind
from printers.spool import PrintJob
from tests.factories import (
    card,
    cash,
    count_of,
    goods,
    on_hand,
    open_shift,
    pay,
    producer,
    receive,
    records,
    register_of,
    sell,
)
from tests.returning import bring_back, refund

COMMISSION = Terms.on_commission(1500)


@pytest.fixture
def till(shop):
    """Consigned honey, tea at a delivery price, bought duck; an open shift."""
    shop.honey = receive(shop, "mật ong", 20, terms=COMMISSION, of="HTX Mẫu Sơn")
    shop.tea = receive(shop, "chè Shan", 20, terms=Terms.at_delivery_price(Money(70_000)), of="Hộ Lý A Páo")
    shop.duck = receive(shop, "vịt quay", 20)
    open_shift(shop)
    return shop


def test_goods_brought_back_return_to_the_lot_they_were_sold_from_and_are_owed_no_more(till):
    sale = sell(till, "mật ong", 3)

    back = refund(till, sale, "mật ong", 1)

    assert (back.number, back.total, back.sale_number) == (1, Money(100_000), sale.number)
    assert [(line.sale_n, line.quantity, line.due, line.target) for line in back.lines] == [
        (1, Quantity(1000), Money(85_000), SHELF)
    ]
    assert [(t.kind, t.amount) for t in back.tenders] == [(TenderKind.CASH, Money(100_000))]
    assert on_hand(till.honey) == 18
    assert owed_to(producer(till, "HTX Mẫu Sơn")) == Money(170_000)
    assert verify_shop().clean


def test_the_record_tells_all_and_moves_the_totals(till):
    sale = sell(till, "mật ong", 3)

    back = refund(till, sale, "mật ong", 1, reason="Khách mua nhầm")

    record = records(Kind.REFUND)[0]
    body, newest = record["body"], head()
    assert (body["no"], body["sale"], body["total"], body["reason"]) == (1, 1, 100_000, "Khách mua nhầm")
    assert body["lines"][0]["to"] == SHELF
    assert body["back"] == [{"kind": "cash", "amt": 100_000}]
    assert body["vat"] == [{"rate": "8", "net": 92_593, "vat": 7_407}]
    assert record["tot"] == {"gross": 300_000, "ref": 100_000, "net": 200_000, "n": 1}
    assert (newest.gross, newest.refunded) == (Money(300_000), Money(100_000))
    assert back.record_seq == record["seq"]


def test_a_slip_goes_down_with_the_goods_and_says_that_it_is_a_refund(till):
    sale = sell(till, "mật ong", 3)
    own = sale.lines[0].owner_code
    before = heads([own])[0]

    refund(till, sale, "mật ong", 1)

    after = heads([own])[0]
    assert (after["i"], after["q"], after["a"]) == (before["i"] + 1, 2_000, 170_000)
    assert records(Kind.REFUND)[0]["body"]["slips"] == [{"own": own, "i": 2, "h": after["h"]}]


def test_the_paper_waits_and_the_drawer_opens_only_for_cash(till):
    by_cash, by_card = sell(till, "vịt quay", 1), sell(till, "vịt quay", 1, card(100_000))

    refund(till, by_cash, "vịt quay", 1)
    refund(till, by_card, "vịt quay", 1)

    jobs = db.session.execute(select(PrintJob.number, PrintJob.open_drawer).where(PrintJob.kind == "return_slip"))
    assert sorted(jobs) == [(1, True), (2, False)]


def test_parts_come_back_one_after_the_other_until_nothing_is_left(till):
    sale = sell(till, "mật ong", 3, cash(300_000))
    for _ in range(3):
        refund(till, sale, "mật ong", 1)

    with pytest.raises(MoreThanSold) as refused:
        refund(till, sale, "mật ong", 1)

    db.session.rollback()
    assert "0" in str(refused.value)
    assert sum((each.total for each in refunds_of(sale)), ZERO) == sale.total
    assert owed_to(producer(till, "HTX Mẫu Sơn")) == ZERO
    assert verify_shop().clean


@pytest.mark.parametrize("condition", [Condition.DAMAGED, Condition.OPENED, Condition.PAST_DAY, Condition.RECALLED])
def test_what_is_not_as_good_as_new_goes_to_losses(till, condition):
    sale = sell(till, "mật ong", 2)

    refund(till, sale, "mật ong", 1, condition=condition)

    assert on_hand(till.honey) == 18
    assert level(till.honey, LOSS) == Quantity(1000)
    assert verify_shop().clean


def test_goods_past_their_day_and_recalled_ones_never_go_on_the_shelf_again(till):
    receive(till, "bánh chưng", 5, best_before=date(2026, 11, 21))
    fresh, recalled = sell(till, "bánh chưng", 1), sell(till, "chè Shan", 1)
    with transaction():
        recall(goods(till, "chè Shan"), lot_number=till.tea.number, reason="vượt dư lượng", by=till.manager)
    till.clock.move(timedelta(days=2))

    with pytest.raises(NeverOnShelfAgain):
        refund(till, fresh, "bánh chưng", 1)
    with pytest.raises(RecalledNeverOnShelf):
        refund(till, recalled, "chè Shan", 1)

    refund(till, fresh, "bánh chưng", 1, condition=Condition.PAST_DAY)
    refund(till, recalled, "chè Shan", 1, condition=Condition.RECALLED)
    assert verify_shop().clean


def test_a_recall_that_comes_between_laying_and_paying_stops_the_shelf(till):
    sale = sell(till, "chè Shan", 1)
    basket = bring_back(till, sale, "chè Shan", 1)
    with transaction():
        recall(goods(till, "chè Shan"), lot_number=None, reason="vượt dư lượng", by=till.manager)

    with pytest.raises(RecalledNeverOnShelf), transaction():
        complete_refund(basket, back=[cash(100_000)], key=str(uuid.uuid4()), by=till.clerk)

    assert count_of(Refund) == 0


def test_a_second_press_gives_the_same_refund(till):
    sale = sell(till, "mật ong", 2)
    basket, key = bring_back(till, sale, "mật ong", 1), str(uuid.uuid4())

    for _ in range(2):
        with transaction():
            given = complete_refund(basket, back=[cash(100_000)], key=key, by=till.clerk)
            assert given.number == 1

    assert (count_of(Refund), len(records(Kind.REFUND))) == (1, 1)
    assert refund_of_key(key).number == 1
    assert basket.state is BasketState.SOLD
    with pytest.raises(BasketFinished), transaction():
        complete_refund(basket, back=[cash(100_000)], key=str(uuid.uuid4()), by=till.clerk)
    other = bring_back(till, sale, "mật ong", 1)
    with pytest.raises(KeyOfAnotherBasket), transaction():
        complete_refund(other, back=[cash(100_000)], key=key, by=till.clerk)


def test_two_baskets_over_one_receipt_cannot_bring_back_more_than_was_sold(till):
    open_shift(till, register_of("2"))
    sale = sell(till, "mật ong", 2)
    first = bring_back(till, sale, "mật ong", 2)
    second = bring_back(till, sale, "mật ong", 1, register=register_of("2"))
    with transaction():
        complete_refund(first, back=[cash(200_000)], key=str(uuid.uuid4()), by=till.clerk)

    with pytest.raises(MoreThanSold), transaction():
        complete_refund(second, back=[cash(100_000)], key=str(uuid.uuid4()), by=till.clerk)

    assert count_of(Refund) == 1


REFUSED_BACK = [
    ([cash(99_000)], BackNotRight),
    ([cash(101_000)], BackNotRight),
    ([], BackNotRight),
    ([Paid(TenderKind.CARD, Money(100_000))], BackWithoutReference),
    ([Paid(TenderKind.TRANSFER, Money(100_000))], BackWithoutReference),
]


@pytest.mark.parametrize(("back", "trouble"), REFUSED_BACK)
def test_money_goes_back_to_the_dong_and_with_its_number(till, back, trouble):
    basket = bring_back(till, sell(till, "mật ong", 1), "mật ong", 1)

    with pytest.raises(trouble), transaction():
        complete_refund(basket, back=back, key=str(uuid.uuid4()), by=till.clerk)

    assert (count_of(Refund), on_hand(till.honey)) == (0, 19)


def test_nothing_comes_back_from_an_empty_basket(till):
    with transaction():
        basket = baskets.open_basket(till.register)

    with pytest.raises(BasketEmpty), transaction():
        complete_refund(basket, back=[], key=str(uuid.uuid4()), by=till.clerk)


def test_refund_numbers_have_no_gap_when_one_fails(till):
    sale = sell(till, "mật ong", 3)
    refund(till, sale, "mật ong", 1)
    basket = bring_back(till, sale, "mật ong", 1)
    with pytest.raises(BackNotRight), transaction():
        complete_refund(basket, back=[cash(1_000)], key=str(uuid.uuid4()), by=till.clerk)
    with transaction():
        complete_refund(basket, back=[cash(100_000)], key=str(uuid.uuid4()), by=till.clerk)

    assert list(db.session.scalars(select(Refund.number).order_by(Refund.number))) == [1, 2]


def test_no_sale_line_gives_back_more_than_it_sold(till):
    """I9: over the whole shop, what came back of a line is at most what was sold, in goods, money, due and tax."""
    sale = sell(till, "mật ong", 3)
    for _ in range(2):
        refund(till, sale, "mật ong", 1)

    sums = select(func.sum(RefundLine.quantity), func.sum(RefundLine.amount), func.sum(RefundLine.due))
    quantity, amount, due = db.session.execute(sums).one()
    line = sale.lines[0]
    assert quantity <= line.quantity
    assert (amount, due) == (Money(200_000), Money(170_000))
    assert db.session.scalar(select(func.sum(OwedReversal.due))) == due


def test_of_a_service_only_the_money_goes_back(till):
    with transaction():
        post = add_service_article(name="Gửi bưu kiện", unit_label="kiện", by=till.manager)
        set_price(post, Money(25_000), from_day=date(2026, 11, 20), by=till.manager)
        set_tax_class(post, "standard_reduced", from_day=date(2026, 11, 20), by=till.manager)
        baskets.add_product(baskets.open_basket(till.register), post, Quantity(1000), by=till.clerk)
    sale, moved = pay(till, baskets.current_basket(till.register)), count_of(StockMove)

    back = refund(till, sale, "Gửi bưu kiện", 1)

    line = back.lines[0]
    assert (line.lot, line.target, line.condition, line.amount) == (None, None, Condition.SERVICE, Money(25_000))
    assert count_of(StockMove) == moved
    assert verify_shop().clean
