"""Practice: everything of a sale but the sale. Nothing of it reaches books, stock, money or totals."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import select

from core.clock import now
from core.database import db, transaction
from core.journal.chain import head
from core.journal.record import Kind
from core.money import Money
from core.practice import NotWhilePractising, practice
from core.quantity import ONE
from inventory.catalogue.eligibility import Recalled
from inventory.catalogue.recall import recall
from pos import basket as baskets
from pos.basket import Basket, BasketEmpty, BasketState
from pos.basket_table import BasketLine
from pos.buyers.customer import name_buyer
from pos.buyers.customer_table import Customer
from pos.correction import Correction
from pos.discounts.basket_discount import discount_basket, discount_line
from pos.discounts.price_by_right import set_price_by_right
from pos.invoice.buyer import name_invoice_buyer
from pos.invoice.invoice_table import InvoiceBuyer
from pos.practising.practice import (
    clear_the_counter,
    complete_practice,
    practised_in,
)
from pos.quote import PriceChanged
from pos.replay import verify_shop
from pos.reports.day_report import report_of
from pos.sale import Sale
from pos.shifts.shift import open_shift_of
from pos.shifts.shift_totals import totals_of
from pos.taken import take_payment
from pos.tender import ChangeTooLarge, PaidTooLittle
from printers.layouts.day_report import lay_out_day_report
from printers.spool import PrintJob
from printers.text_writer import as_text
from tests.factories import (
    Shop,
    cash,
    close_shift,
    count_of,
    fill_basket,
    goods,
    on_hand,
    open_shift,
    receive,
    records,
    sell,
    set_new_price,
    transfer,
)
from tests.pos.practice_story import ring_up, rung


def test_practice_writes_one_training_record_and_nothing_of_a_sale(shop: Shop) -> None:
    lot = receive(shop, "mật ong", 10)
    before = head()

    receipt = ring_up(shop, rung(shop, ("mật ong", 2)), cash(500_000))

    assert (receipt.name, receipt.total, receipt.change) == ("T1", Money(200_000), Money(300_000))
    assert [record["typ"] for record in records()][before.seq + 1 :] == ["TRAINING"]
    assert count_of(Sale) == 0
    assert on_hand(lot) == 10
    now = head()
    assert (now.gross, now.refunded, now.sales) == (before.gross, before.refunded, before.sales)


def test_the_record_holds_what_was_rung_but_no_owner_and_nothing_due(shop: Shop) -> None:
    receive(shop, "mật ong", 10)
    basket = rung(shop, ("mật ong", 2))
    order = basket.order_code

    ring_up(shop, basket, transfer(200_000), key="k-1")

    (record,) = records(Kind.TRAINING)
    body: dict[str, Any] = record["body"]
    assert record["shift"] is None
    assert (body["no"], body["order"], body["total"], body["change"], body["key"]) == (1, order, 200_000, 0, "k-1")
    assert body["pay"] == [{"kind": "transfer", "amt": 200_000}]
    (line,) = body["lines"]
    assert (line["qty"], line["price"], line["amt"], len(line["lots"])) == (2_000, 100_000, 200_000, 1)
    assert not {"own", "due"} & set(line)


def test_practice_needs_neither_a_shift_nor_a_count_and_replays(shop: Shop) -> None:
    receive(shop, "mật ong", 10)

    ring_up(shop, rung(shop, ("mật ong", 1)))

    assert open_shift_of(shop.register) is None
    assert verify_shop().clean


def test_a_second_press_finds_the_first_practice_receipt(shop: Shop) -> None:
    receive(shop, "mật ong", 10)
    basket = rung(shop, ("mật ong", 1))
    first = ring_up(shop, basket, key="k-1")

    assert ring_up(shop, basket, key="k-1") is first
    assert len(records(Kind.TRAINING)) == 1


def test_numbers_and_order_codes_of_practice_are_a_series_of_their_own(shop: Shop) -> None:
    open_shift(shop)
    receive(shop, "mật ong", 10)
    real = sell(shop, "mật ong")
    practised = [ring_up(shop, rung(shop, ("mật ong", 1))) for _ in range(2)]
    after = sell(shop, "mật ong")

    assert [receipt.name for receipt in practised] == ["T1", "T2"]
    assert (real.number, after.number) == (1, 2)
    assert [receipt.order_code for receipt in practised] == ["T2611200011", "T2611200029"]
    assert (real.order_code, after.order_code) == ("2611200011", "2611200029")


def test_lowering_and_giving_up_in_practice_is_no_correction(shop: Shop) -> None:
    receive(shop, "mật ong", 10)
    basket = rung(shop, ("mật ong", 3))

    with practice(), transaction():
        baskets.change_quantity(basket.lines[0], ONE, by=shop.clerk)
        baskets.remove_line(basket.lines[0], by=shop.clerk)
    with practice(), transaction():
        baskets.void_basket(rung_in(shop), reason="thử", by=shop.clerk)

    assert count_of(Correction) == 0
    assert records(Kind.CORRECTION, Kind.VOID) == []


def rung_in(shop: Shop) -> Basket:
    basket = baskets.open_basket(shop.register)
    baskets.add_product(basket, goods(shop, "mật ong"), ONE, by=shop.clerk)
    return basket


def test_practice_refuses_what_a_sale_refuses(shop: Shop) -> None:
    receive(shop, "mật ong", 10)
    basket = rung(shop, ("mật ong", 1))
    for paid, refusal in ((cash(50_000), PaidTooLittle), (cash(900_000), ChangeTooLarge)):
        with practice(), pytest.raises(refusal), transaction():
            complete_practice(basket, paid=[paid], key="k", by=shop.clerk)
    set_new_price(shop, "mật ong", 120_000)
    with pytest.raises(PriceChanged):
        ring_up(shop, basket)
    with transaction():
        recall(goods(shop, "mật ong"), since=now(), reason="thử", issuer="Sở Y tế", by=shop.manager)
    with practice(), pytest.raises(Recalled), transaction():
        rung_in(shop)


def test_discounts_and_prices_by_right_are_practised_and_corrected_nowhere(shop: Shop) -> None:
    receive(shop, "mật ong", 10)
    receive(shop, "miến dong", 10)
    basket = rung(shop, ("mật ong", 2), ("miến dong", 1))
    with practice(), transaction():
        discount_line(basket.lines[0], percent=1_000, reason="khách quen", by=shop.manager)
        set_price_by_right(basket.lines[1], Money(90_000), reason="bao bì móp", by=shop.manager)
        discount_basket(basket, amount=Money(20_000), reason="khách quen", by=shop.manager)

    receipt = ring_up(shop, basket, cash(250_000))

    assert receipt.total == Money(250_000)
    assert [(line["price"], line["disc"], line["amt"]) for line in receipt.body["lines"]] == [
        (100_000, 33_333, 166_667),
        (90_000, 6_667, 83_333),
    ]
    assert sum(tax["net"] + tax["vat"] for tax in receipt.body["vat"]) == 250_000
    assert (count_of(Correction), records(Kind.CORRECTION)) == (0, [])


def test_nobodys_data_is_taken_down_for_practice(shop: Shop) -> None:
    receive(shop, "mật ong", 10)
    basket = rung(shop, ("mật ong", 1))

    with practice(), pytest.raises(NotWhilePractising), transaction():
        name_invoice_buyer(basket, name="Công ty Thử", by=shop.clerk)
    with practice(), pytest.raises(NotWhilePractising), transaction():
        name_buyer(basket, phone="0912345678", name="Thử", purpose="order", by=shop.clerk)

    assert (count_of(InvoiceBuyer), count_of(Customer)) == (0, 0)


def test_an_empty_practice_basket_is_not_rung_up(shop: Shop) -> None:
    with pytest.raises(BasketEmpty):
        ring_up(shop, rung(shop), cash(1_000))


def test_clearing_the_counter_drops_practice_and_leaves_customers(shop: Shop) -> None:
    open_shift(shop)
    receive(shop, "mật ong", 10)
    customer = fill_basket(shop, ("mật ong", 1))
    parked = rung(shop, ("mật ong", 1))
    with practice(), transaction():
        assert take_payment(parked, cash(10_000), seen=parked.total, key="k", by=shop.clerk) is None
        baskets.park_basket(parked)
    on_screen = rung(shop, ("mật ong", 2))

    with transaction():
        clear_the_counter(shop.register)

    assert (parked.state, on_screen.state, customer.state) == (
        BasketState.DROPPED,
        BasketState.DROPPED,
        BasketState.OPEN,
    )
    assert [line.basket_id for line in db.session.scalars(select(BasketLine))] == [customer.id]


def test_the_report_counts_practice_receipts_and_nothing_else_of_them(shop: Shop) -> None:
    receive(shop, "mật ong", 20)
    ring_up(shop, rung(shop, ("mật ong", 1)))  # before the shift: told by the next report, or nobody would tell it
    shift = open_shift(shop)
    sell(shop, "mật ong")
    ring_up(shop, rung(shop, ("mật ong", 5)), cash(500_000))

    totals = totals_of(shift)

    assert (totals.practised, totals.sales_count, totals.sales_total) == (2, 1, Money(100_000))
    assert totals.expected_cash == Money(600_000)
    close_shift(shop, 600_000)
    ring_up(shop, rung(shop, ("mật ong", 1)))
    second = open_shift(shop)
    assert (practised_in(shift), practised_in(second)) == (2, 1)
    paper = as_text(lay_out_day_report(report_of(shift)), 48)
    assert re.search(r"Phiếu tập sự \(không phải bán\) +2\n", paper)
    assert records(Kind.SHIFT_CLOSE)[0]["body"]["practice"] == 2


def test_the_paper_of_practice_opens_no_drawer(shop: Shop) -> None:
    receive(shop, "mật ong", 10)

    ring_up(shop, rung(shop, ("mật ong", 1)), cash(200_000))

    (job,) = db.session.scalars(select(PrintJob))
    assert (job.kind, job.number, job.open_drawer) == ("practice_receipt", 1, False)
