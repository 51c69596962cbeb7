"""Printing labels: what is written down, what goes to a printer, what is refused; and the list before it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from config.reference.label_stocks import label_stock
from config.settings import PrinterSettings
from core.clock import today
from core.database import db, transaction
from core.journal.chain import JournalRecord
from core.money import Money
from core.quantity import Unit
from inventory.catalogue.mark_use import uses_of
from inventory.catalogue.price import set_price
from inventory.labels.label_draft import (
    WrongCopies,
    change_copies,
    pieces_received,
    wish_label,
    wish_receipt,
    wishes_of,
)
from inventory.labels.label_paper import draw_labels, sheets_of
from inventory.labels.label_run import (
    LabelPlan,
    NoSuchStock,
    NothingToPrint,
    PrinterMissing,
    PrinterTooNarrow,
    print_labels,
    stock_of,
)
from inventory.receiving.receipt_table import GoodsReceipt
from printers.labels.label import LabelTooSmall
from printers.labels.sheet import NoSuchPlace
from printers.spool import PrintJob
from tests.inventory.labels.scene import LOT, ON_ROLL, PRODUCT, ROLL, SHEET, SHELF, WIDE, printed, words_on
from tests.pdf_reader import text_of


def test_labels_that_wait_over_midnight_lose_their_stars_but_keep_their_price(shop, honey):
    run = printed(shop, ON_ROLL, (honey, None, SHELF, 1))
    with transaction():
        set_price(honey, Money(150_000), from_day=today() + timedelta(days=1), by=shop.by)
    assert "OCOP 4 sao đến 15/03/2028" in words_on(run)

    shop.clock.move(timedelta(days=600))

    assert not any("OCOP" in one for one in words_on(run))
    assert "120.000\N{NO-BREAK SPACE}₫" in words_on(run)


# printing


def test_what_was_printed_is_remembered_with_its_price_and_stars(shop, honey):
    run = printed(shop, ON_ROLL, (honey, None, SHELF, 2), (honey, shop.receive(honey), LOT, 5))

    shelf, lot = run.lines
    assert (shelf.price, shelf.stars, shelf.stars_until, shelf.copies) == (Money(120_000), 4, date(2028, 3, 15), 2)
    assert (lot.price, lot.copies) == (None, 5)
    assert [(use.use, use.number, use.line, use.stars, use.copies) for use in uses_of(honey)] == [
        ("labels", run.number, 1, 4, 2),
        ("labels", run.number, 2, 4, 5),
    ]


def test_a_roll_leaves_a_job_for_its_printer_and_sheets_leave_none(shop, honey):
    run = printed(shop, ON_ROLL, (honey, None, SHELF, 2))
    printed(shop, LabelPlan(SHEET, start=3), (honey, None, SHELF, 2))

    (job,) = db.session.scalars(select(PrintJob))
    assert (job.kind, job.number, job.printer, job.role) == ("labels", run.number, "2", "label")
    assert [copies for _, copies in draw_labels(run.number, 0, False).labels] == [2]


def test_sheets_begin_at_their_place(shop, honey):
    run = printed(shop, LabelPlan(SHEET, start=20), (honey, None, SHELF, 3))

    assert [page.count("Mật ong") for page in text_of(sheets_of(run))] == [2, 1]


def test_what_does_not_fit_is_refused_before_anything_is_written(shop, honey):
    dear = shop.product("Sâm", price=999_999_999_999)
    before = db.session.scalar(select(JournalRecord.seq).order_by(JournalRecord.seq.desc()).limit(1))

    with pytest.raises(LabelTooSmall):
        printed(
            shop, LabelPlan(label_stock("roll-40x30"), printer=WIDE), (honey, None, SHELF, 1), (dear, None, SHELF, 1)
        )

    assert db.session.scalar(select(JournalRecord.seq).order_by(JournalRecord.seq.desc()).limit(1)) == before


@pytest.mark.parametrize(
    ("plan", "refused"),
    [
        (LabelPlan(ROLL), PrinterMissing),
        (
            LabelPlan(
                label_stock("roll-70x50"),
                printer=PrinterSettings("P", "receipt", "virtual", "127.0.0.1:1", 384, False, True),
            ),
            PrinterTooNarrow,
        ),
        (LabelPlan(SHEET, start=22), NoSuchPlace),
        (LabelPlan(SHEET, start=0), NoSuchPlace),
    ],
)
def test_a_plan_that_cannot_be_printed_is_refused(shop, honey, plan, refused):
    with pytest.raises(refused):
        printed(shop, plan, (honey, None, SHELF, 1))


def test_an_empty_list_and_an_unknown_label_are_refused(shop):
    with pytest.raises(NothingToPrint):
        print_labels([], ON_ROLL, by=shop.by)
    with pytest.raises(NoSuchStock):
        stock_of("a5-99")


# the list


def test_a_receipt_puts_as_many_labels_on_the_list_as_pieces_came(shop, honey):
    lot = shop.receive(honey, 12)
    receipt = db.session.scalars(select(GoodsReceipt)).one()
    with transaction():
        wish_receipt(shop.by, receipt, LOT)

    assert [(wish.lot_id, wish.copies) for wish in wishes_of(shop.by)] == [(lot.id, 12)]


def test_goods_by_weight_get_one_label_for_their_lot(shop):
    lot = shop.receive(shop.product("Quýt", unit=Unit.KILOGRAM), "7,5")

    assert pieces_received(lot) == 1


def test_the_same_label_twice_raises_its_number(shop, honey):
    with transaction():
        wish_label(shop.by, honey, None, SHELF)
        wish_label(shop.by, honey, None, SHELF, copies=2)
        wish_label(shop.by, honey, None, PRODUCT)

    assert [(wish.kind, wish.copies) for wish in wishes_of(shop.by)] == [(SHELF, 3), (PRODUCT, 1)]


@pytest.mark.parametrize("copies", [0, -1, 501])
def test_too_many_or_no_labels_are_refused(shop, honey, copies):
    with transaction():
        wish = wish_label(shop.by, honey, None, SHELF)

    with pytest.raises(WrongCopies):
        change_copies(wish, copies)
