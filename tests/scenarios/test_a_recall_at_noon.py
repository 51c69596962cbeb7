"""A recall at noon, told with a customer at the counter.

In the morning two lots of sausage are sold: TH-0926 under the producer's number, and a younger one. At noon the
district calls: lot TH-0926 is recalled. Mai's basket already holds it. From that second on no register sells it, by
scan, by name or by the lot in the hand; the till says which line. The manager sees what is left where and who bought
what when, takes the goods off the shelf and writes down how many he found. The younger lot sells on. In the afternoon
the laboratory takes its word back, and the goods are sold again.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.database import db, transaction
from core.journal.record import Kind
from core.quantity import Quantity
from inventory.catalogue.eligibility import Recalled
from inventory.catalogue.product_number import add_number
from inventory.catalogue.recall import Recall, lift_recall, recall
from inventory.location import SHELF
from inventory.lot import Lot, Terms
from inventory.stock_level import on_hand
from inventory.tracing.recall_ack import Found, acknowledge_recall
from inventory.tracing.recall_report import report_of
from inventory.tracing.trace import Step
from pos import basket as baskets
from pos.basket import Basket, choose_lot, scan_into
from pos.quote import quote
from pos.replay import verify_shop
from pos.returns.return_condition import Condition
from pos.sale import Sale
from tests.factories import Shop, fill_basket, goods, open_shift, pay, receive, records, sell
from tests.returning import refund

GTIN = "8930000000019"
OLD, YOUNG = f"(01)0{GTIN}(10)TH-0926", f"(01)0{GTIN}(10)TH-1126"


def test_a_recall_at_noon(shop: Shop) -> None:
    old, young = two_lots_come_in(shop)
    open_shift(shop)
    first = scanned(shop, OLD, OLD, OLD)
    morning = pay(shop, first)
    sell(shop, "chè shan", 1)
    basket = scanned(shop, OLD, YOUNG)
    assert quote(basket).trouble is None

    shop.clock.move(timedelta(hours=4))
    notice = the_district_calls(shop)

    the_till_refuses_at_the_next_step_and_says_which_line(shop, basket)
    nobody_sells_it_by_any_way(shop, old)
    the_younger_lot_sells_on(shop, basket, young)
    the_manager_sees_what_is_left_and_who_bought_what(shop, notice, old, morning)
    he_takes_the_goods_off_the_shelf(shop, notice, old)
    a_customer_brings_hers_back_and_it_does_not_return_to_the_shelf(shop, morning, old)

    shop.clock.move(timedelta(hours=3))
    with transaction():
        lift_recall(db.session.get_one(Recall, notice.id), reason="phòng thử nghiệm nhầm mẫu", by=shop.manager)
    pay(shop, scanned(shop, OLD))
    assert on_hand(old) == Quantity.of(12 - 3 - 1)
    assert verify_shop().clean


def two_lots_come_in(shop: Shop) -> tuple[Lot, Lot]:
    old = receive(shop, "lạp sườn", 12, terms=Terms.on_commission(1500), producer_lot="TH-0926")
    young = receive(shop, "lạp sườn", 6, terms=Terms.on_commission(1500), producer_lot="TH-1126")
    receive(shop, "chè shan", 5)
    with transaction():
        add_number(goods(shop, "lạp sườn"), GTIN, by=shop.manager)
    return old, young


def scanned(shop: Shop, *labels: str) -> Basket:
    with transaction():
        basket = baskets.open_basket(shop.register)
        for label in labels:
            scan_into(basket, label, by=shop.clerk)
        return basket


def the_district_calls(shop: Shop) -> Recall:
    """The notice writes the producer's number in small letters."""
    with transaction():
        return recall(
            goods(shop, "lạp sườn"),
            lot_number="th-0926",
            reason="vi sinh vượt ngưỡng",
            issuer="Phòng NN",
            by=shop.manager,
        )


def the_till_refuses_at_the_next_step_and_says_which_line(shop: Shop, basket: Basket) -> None:
    troubles = [type(line.trouble) for line in quote(db.session.get_one(Basket, basket.id)).lines]
    assert troubles == [Recalled, type(None)]
    with pytest.raises(Recalled, match=r"lạp sườn.*vi sinh"):
        pay(shop, db.session.get_one(Basket, basket.id))
    assert len(records(Kind.SALE)) == 2


def nobody_sells_it_by_any_way(shop: Shop, old: Lot) -> None:
    with pytest.raises(Recalled):
        scanned(shop, OLD)
    basket = fill_basket(shop, ("lạp sườn", 1))
    line = next(line for line in basket.lines if line.lot_id is None)
    with transaction(), pytest.raises(Recalled):
        choose_lot(line, db.session.get_one(Lot, old.id), reason="khách chọn", by=shop.clerk)


def the_younger_lot_sells_on(shop: Shop, basket: Basket, young: Lot) -> None:
    """The recalled line is taken out, the other is paid; a basket by name takes the younger lot, too."""
    with transaction():
        lines = list(db.session.get_one(Basket, basket.id).lines)
        for line in lines:
            if line.lot_id != young.id:
                baskets.remove_line(line, by=shop.clerk)
    sale = pay(shop, db.session.get_one(Basket, basket.id))
    assert {line.lot_id for line in sale.lines} == {young.id}
    sale = pay(shop, fill_basket(shop, ("lạp sườn", 1)))
    assert {line.lot_id for line in sale.lines} == {young.id}


def the_manager_sees_what_is_left_and_who_bought_what(shop: Shop, notice: Recall, old: Lot, morning: Sale) -> None:
    report = report_of(db.session.get_one(Recall, notice.id))
    assert [(one.lot.id, one.place, one.quantity) for one in report.left] == [(old.id, SHELF, Quantity.of(9))]
    (went,) = report.went(Step.SOLD)
    assert (went.record_seq, went.traced.quantity) == (morning.record_seq, Quantity.of(3))


def he_takes_the_goods_off_the_shelf(shop: Shop, notice: Recall, old: Lot) -> None:
    with transaction():
        found = [Found(db.session.get_one(Lot, old.id), SHELF, on_hand(old), Quantity.of(9))]
        acknowledge_recall(db.session.get_one(Recall, notice.id), found, note="thùng đỏ trong kho", by=shop.manager)
    assert records(Kind.RECALL_ACK)[0]["body"]["lines"][0]["found"] == 9000


def a_customer_brings_hers_back_and_it_does_not_return_to_the_shelf(shop: Shop, morning: Sale, old: Lot) -> None:
    refund(shop, morning, "lạp sườn", 1, condition=Condition.RECALLED)
    assert on_hand(old) == Quantity.of(9)
