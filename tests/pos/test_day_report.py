from datetime import timedelta

import pytest

from core.database import db, transaction
from core.journal.chain import JournalRecord, head
from core.journal.record import Kind
from core.money import ZERO, Money
from core.quantity import Quantity
from pos import basket as baskets
from pos.cash.drawer import DrawerReasonMissing, open_drawer
from pos.receipt import reprint
from pos.reports.day_report import draw_x_report, draw_z_report, print_x_report, print_z_report, report_of
from pos.shifts.shift import open_shift_of
from pos.shifts.shift_table import Shift
from pos.shifts.visitor import count_visitor
from printers.text_writer import as_text
from tests.factories import cash, close_shift, fill_basket, open_shift, pay, receive, records, sell, transfer


@pytest.fixture
def till(shop):
    receive(shop, "mật ong", 20)
    receive(shop, "chè Shan", 20)
    open_shift(shop, float_=500_000)
    return shop


def shift_of(till):
    return open_shift_of(till.register)


def test_an_x_report_can_be_asked_for_at_any_time_and_closes_nothing(till):
    sell(till, "mật ong", 2, cash(200_000))

    report = report_of(shift_of(till), by="Bình")

    assert (report.kind, report.sales_count, report.sales_total) == ("X", 1, Money(200_000))
    assert (report.cash.expected, report.cash.counted) == (Money(700_000), None)
    assert (report.chain_seq, report.chain_hash) == (head().seq, head().hash)
    assert records(Kind.SHIFT_CLOSE) == []


def test_a_z_report_ends_with_the_head_of_the_chain(till):
    sell(till, "mật ong")
    closing = close_shift(till, 600_000)

    report = report_of(db.session.get_one(Shift, 1))

    record = db.session.get_one(JournalRecord, closing.record_seq)
    assert (report.chain_seq, report.chain_hash) == (record.seq, record.hash)
    assert report.perpetual_total == Money(100_000)


def test_a_z_report_names_everything_that_lowered_a_total_or_went_round_a_rule(till):
    by_hand = receive(till, "vịt quay", 1)
    sale = sell(till, "mật ong")
    basket = fill_basket(till, ("mật ong", 3), ("chè Shan", 1), ("vịt quay", 2))
    with transaction():
        till.clock.move(timedelta(minutes=1))
        baskets.change_quantity(basket.line(1), Quantity(1000), by=till.clerk)
        till.clock.move(timedelta(minutes=1))
        baskets.remove_line(basket.line(2), by=till.clerk)
        till.clock.move(timedelta(minutes=1))
        baskets.choose_lot(basket.line(3), by_hand, reason="hàng trên kệ", by=till.clerk)
    pay(till, basket)
    given_up = fill_basket(till, ("chè Shan", 2))
    with transaction():
        till.clock.move(timedelta(minutes=1))
        baskets.void_basket(given_up, reason="khách bỏ", by=till.clerk)
    with transaction():
        till.clock.move(timedelta(minutes=1))
        open_drawer(till.register, reason="đổi tiền", by=till.clerk)
        till.clock.move(timedelta(minutes=1))
        reprint(sale, by=till.manager)
    close_shift(till, 800_000)

    listed = report_of(db.session.get_one(Shift, 1)).corrections

    assert [(each.what, each.amount, each.by, each.reason) for each in listed] == [
        ("Giảm số lượng: mật ong, 3 → 1", Money(200_000), "Bình", ""),
        ("Xóa dòng: chè Shan", Money(100_000), "Bình", ""),
        (f"Chọn lô bằng tay: vịt quay, lô {by_hand.number}", ZERO, "Bình", "hàng trên kệ"),
        (f"Bán quá số trong sổ: vịt quay, lô {by_hand.number}", ZERO, "Bình", "hàng trên kệ"),
        (f"Hủy giỏ hàng: đơn {given_up.order_code}", Money(200_000), "Bình", "khách bỏ"),
        ("Mở ngăn kéo không bán hàng", ZERO, "Bình", "đổi tiền"),
        ("Bản sao 1 của biên lai 1", ZERO, "Lan", ""),
    ]


def test_a_quiet_shift_has_nothing_to_name(till):
    close_shift(till, 500_000)

    report = report_of(db.session.get_one(Shift, 1))

    assert report.corrections == ()
    assert "Không có." in as_text(draw_z_report(1, 0, False))


def test_the_z_report_sets_counted_beside_expected(till):
    sell(till, "mật ong", 1, cash(60_000), transfer(40_000))
    close_shift(till, 550_000)

    report = report_of(db.session.get_one(Shift, 1))

    assert (report.cash.expected, report.cash.counted) == (Money(560_000), Money(550_000))
    assert [(t.kind, t.expected, t.counted) for t in report.tenders] == [
        ("transfer", Money(40_000), None),
        ("card", ZERO, None),
    ]


def test_visitors_and_receipt_numbers_stand_in_the_report(till):
    for _ in range(2):
        sell(till, "mật ong")
        with transaction():
            count_visitor(till.register, by=till.clerk)

    report = report_of(shift_of(till))

    assert (report.visitors, report.first_receipt, report.last_receipt) == (2, 1, 2)


def test_a_second_z_report_is_a_copy(till):
    close_shift(till, 500_000)
    shift = db.session.get_one(Shift, 1)
    with transaction():
        copies = [print_z_report(shift, by=till.clerk).copy for _ in range(3)]

    assert copies == [0, 1, 2]
    assert "BẢN SAO 2" in as_text(draw_z_report(1, 2, False))


def test_the_spool_draws_an_x_report_as_things_stand_when_it_is_printed(till):
    with transaction():
        job = print_x_report(shift_of(till), by=till.manager)
    sell(till, "mật ong")

    text = as_text(draw_x_report(job.number, job.copy, job.again))

    assert "BÁO CÁO GIỮA CA (X)" in text or "(X)" in text
    assert "100.000" in text
    assert "Lan" in text


def test_the_drawer_is_opened_without_a_sale_only_with_a_reason(till):
    with pytest.raises(DrawerReasonMissing), transaction():
        open_drawer(till.register, reason=" ", by=till.clerk)
    assert records(Kind.DRAWER) == []
