"""A day at the till, told from the float in the morning to the seal at night.

Bình opens register 1 with half a million in change. He sells honey that is on consignment, chestnuts by weight and
a duck the shop bought; one customer pays in cash and by transfer, one forgets her purse, one lowers a quantity. In
the evening he counts the drawer without being told what should be in it. Everything that happened is in the journal,
every producer can prove that nothing was left out, and the books agree.
"""

from __future__ import annotations

from datetime import timedelta

from core.database import db, transaction
from core.journal.merkle import inclusion_proof, leaf_hash, proves
from core.journal.record import Kind, canonical
from core.journal.slips import heads
from core.money import ZERO, Money
from core.quantity import Quantity, Unit
from inventory.catalogue.producer import producers_at_work
from inventory.catalogue.product_number import add_number, add_scale_item, check_digit
from inventory.consignment.owed_reversal import owed_to
from inventory.lot import Terms
from pos import basket as baskets
from pos.quote import quote
from pos.receipt import draw_receipt
from pos.replay import verify_shop
from pos.reports.day_report import draw_z_report, report_of
from pos.shifts.shift import Shift
from pos.shifts.visitor import count_visitor
from printers.text_writer import as_text
from tests.factories import (
    cash,
    close_shift,
    fill_basket,
    goods,
    on_hand,
    open_shift,
    pay,
    producer,
    receive,
    records,
    shop_settings,
    transfer,
)

HONEY = "8930000000019"
SCALE = shop_settings().scan.weight_layouts[0]


def test_a_day_at_the_till(shop):
    honey, chestnuts, duck = goods_come_in(shop)

    shift = open_shift(shop, float_=500_000)
    first = a_customer_pays_half_in_cash_half_by_transfer(shop)
    second = another_customer_forgets_her_purse(shop, first)
    third = a_quantity_is_lowered_before_it_is_paid(shop)
    close_shift(shop, counted=900_000)

    assert [sale.number for sale in (first, second, third)] == [1, 2, 3]
    stock_and_accounts_are_right(shop, honey, chestnuts, duck)
    the_drawer_is_a_note_short_and_the_report_says_so(shift)
    the_journal_tells_the_whole_day(shop)
    the_producer_can_prove_that_nothing_was_left_out(shop)
    assert verify_shop().clean


def goods_come_in(shop):
    """Honey on commission, chestnuts at a delivery price, ducks bought outright."""
    honey = receive(shop, "mật ong bạc hà", 20, terms=Terms.on_commission(1500), of="HTX Mẫu Sơn", price=150_000)
    chestnuts = receive(
        shop, "hạt dẻ", "30", terms=Terms.at_delivery_price(Money(120_000)), of="Hộ Nông Văn Sơn",
        unit=Unit.KILOGRAM, price=180_000,
    )  # fmt: skip
    duck = receive(shop, "vịt quay", 6, price=250_000)
    with transaction():
        add_number(goods(shop, "mật ong bạc hà"), HONEY, by=shop.manager)
        add_scale_item(goods(shop, "hạt dẻ"), SCALE, item="00042", by=shop.manager)
    return honey, chestnuts, duck


def a_customer_pays_half_in_cash_half_by_transfer(shop):
    """Five things with one by weight: scanned, paid by two tenders, a receipt printed."""
    shop.clock.move(timedelta(hours=1))
    digits = f"{SCALE.prefix}0004200850"
    with transaction():
        count_visitor(shop.register, by=shop.clerk)
        basket = baskets.open_basket(shop.register)
        for number in (HONEY, HONEY, HONEY, digits + str(check_digit(digits))):
            baskets.scan_into(basket, number, by=shop.clerk)
        baskets.add_product(basket, goods(shop, "vịt quay"), Quantity(1000), by=shop.clerk)
    assert quote(basket).total == Money(3 * 150_000 + 153_000 + 250_000)

    sale = pay(shop, basket, cash(500_000), transfer(400_000))

    assert sale.change == Money(47_000)
    paper = as_text(draw_receipt(sale.number, 0, False))
    for words in (
        "mật ong bạc hà",
        "0,85 kg × 180.000",
        "853.000",
        "Chuyển khoản",
        "Tiền thối lại",
        "Đây không phải là hóa đơn",
    ):
        assert words.casefold() in paper.casefold()
    return sale


def another_customer_forgets_her_purse(shop, first):
    """Her basket is parked, someone else is served, she comes back and pays."""
    shop.clock.move(timedelta(hours=2))
    hers = fill_basket(shop, ("mật ong bạc hà", 1))
    with transaction():
        count_visitor(shop.register, by=shop.clerk)
        baskets.park_basket(hers, "chị quên ví")
    passing = fill_basket(shop, ("vịt quay", 1))
    with transaction():
        baskets.void_basket(passing, reason="khách đổi ý", by=shop.clerk)
        baskets.resume_basket(hers)

    return pay(shop, hers, transfer(150_000))


def a_quantity_is_lowered_before_it_is_paid(shop):
    """Two ducks become one; the drawer takes a quarter million."""
    shop.clock.move(timedelta(hours=3))
    basket = fill_basket(shop, ("vịt quay", 2))
    with transaction():
        baskets.change_quantity(basket.line(1), Quantity(1000), by=shop.clerk)
    return pay(shop, basket, cash(250_000))


def stock_and_accounts_are_right(shop, honey, chestnuts, duck):
    """The shelf has what was not sold; each producer is owed by his terms; the duck owes nobody."""
    assert (on_hand(honey), on_hand(duck)) == (16, 4)
    assert owed_to(producer(shop, "HTX Mẫu Sơn")) == Money(4 * 127_500)
    assert owed_to(producer(shop, "Hộ Nông Văn Sơn")) == Money(102_000)
    assert owed_to(producer(shop)) == ZERO


def the_drawer_is_a_note_short_and_the_report_says_so(shift):
    """Expected: float 500 000, cash 500 000 less change 47 000, 250 000 = 1 203 000; counted 900 000."""
    report = report_of(db.session.get_one(Shift, shift.number))
    assert (report.cash.expected, report.cash.counted) == (Money(1_203_000), Money(900_000))
    taken = {tender.kind: (tender.expected, tender.counted) for tender in report.tenders}
    assert taken["transfer"] == (Money(550_000), None)
    assert [each.amount for each in report.corrections] == [Money(250_000), Money(250_000)]
    assert report.visitors == 2
    paper = as_text(draw_z_report(shift.number, 0, False))
    assert "303.000" in paper
    assert "khách đổi ý" in paper


def the_journal_tells_the_whole_day(shop):
    """One record for each act, chained; the totals are those of the sales."""
    of_the_till = [record["typ"] for record in records() if record["shift"] == 1]
    assert of_the_till == [
        "SHIFT_OPEN", "VISITOR", "SALE", "VISITOR", "VOID", "SALE", "CORRECTION", "SALE", "SHIFT_CLOSE",
    ]  # fmt: skip
    assert records()[-1]["typ"] == "DAY_CLOSE"
    assert records()[-1]["tot"] == {"gross": 1_253_000, "ref": 0, "net": 1_253_000, "n": 3}


def the_producer_can_prove_that_nothing_was_left_out(shop):
    """From the root in DAY_CLOSE alone: this many slips, this much of goods, this much owed."""
    root = bytes.fromhex(records(Kind.DAY_CLOSE)[0]["body"]["root"])
    sealed = heads(each.code for each in producers_at_work())
    leaves = [leaf_hash(canonical(head)) for head in sealed]
    place = next(n for n, head in enumerate(sealed) if head["own"] == producer(shop, "HTX Mẫu Sơn").code)

    assert (sealed[place]["i"], sealed[place]["q"], sealed[place]["a"]) == (2, 4000, 510_000)
    assert proves(leaves[place], place, len(leaves), inclusion_proof(leaves, place), root)


def test_totals_at_each_record_are_the_sums_of_the_bodies(shop):
    """J5 over a real day: gross never falls, refunds stay apart, voided baskets never count."""
    goods_come_in(shop)
    open_shift(shop)
    a_customer_pays_half_in_cash_half_by_transfer(shop)
    another_customer_forgets_her_purse(shop, None)
    a_quantity_is_lowered_before_it_is_paid(shop)
    close_shift(shop, counted=900_000)

    gross, sales = 0, 0
    for record in records():
        if record["typ"] == "SALE":
            gross, sales = gross + record["body"]["total"], sales + 1
        assert record["tot"] == {"gross": gross, "ref": 0, "net": gross, "n": sales}
    assert (gross, sales) == (1_253_000, 3)
