"""What must hold of a shop after any fault: each sale whole or not there, nothing promised lost, selling goes on."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import func, select, text

from core.database import db
from core.journal.chain import JournalRecord
from core.journal.record import Kind
from inventory.consignment.owed import OwedLine
from inventory.stock_move import StockMove
from pos.basket import current_basket
from pos.data_folder import DataFolder
from pos.replay import verify_shop
from pos.sale import Sale, SaleLine, Tender
from pos.start_up_check import look_over
from printers.spool import PrintJob
from tests.factories import Shop, cash, count_of, fill_basket, opened, pay, records, shop_settings
from tests.faults.till_process import GOODS, HANDED_OVER


@dataclass(frozen=True)
class Found:
    """What stands in a shop that came back: how many sales, and the number of the newest record."""

    sales: int
    newest: int


def come_back(folder: DataFolder, *, promised: int = 0, then_sell: bool = True) -> Found:
    """Start the shop again without asking anybody, look at all of it, and serve the next customer."""
    assert look_over(folder) is None
    with opened(folder, shop_settings()) as app:
        found = check_whole()
        assert found.sales >= promised
        if then_sell:
            check_selling_goes_on(Shop(app, folder), found)
    return found


def check_whole() -> Found:
    """Head, lines, payment, moves, what is owed, number and paper of each sale; the journal; every table."""
    assert db.session.scalar(text("PRAGMA integrity_check")) == "ok"
    sales = list(db.session.scalars(select(Sale).order_by(Sale.number)))
    assert [sale.number for sale in sales] == list(range(1, len(sales) + 1))
    told = [record["body"] for record in records(Kind.SALE)]
    lines = sum(len(body["lines"]) for body in told)
    assert len(told) == len(sales)
    assert count_of(SaleLine) == lines
    assert count_of(PrintJob) == count_of(Tender) == len(sales)
    sold = db.session.scalar(select(func.count()).select_from(StockMove).where(StockMove.target == "customer"))
    assert sold == lines
    assert count_of(OwedLine) == sum(1 for body in told for line in body["lines"] if line["own"] is not None)
    for sale, body in zip(sales, told, strict=True):
        assert sum(line["amt"] for line in body["lines"]) == body["total"] == sale.total.dong
    seqs = list(db.session.scalars(select(JournalRecord.seq).order_by(JournalRecord.seq)))
    assert seqs == list(range(len(seqs)))
    verdict = verify_shop()
    assert (verdict.report.fault, verdict.differences) == (None, ())
    return Found(len(sales), seqs[-1])


def check_selling_goes_on(shop: Shop, before: Found) -> None:
    """The next customer is served at once, and gets the next number."""
    basket = current_basket(shop.register)
    if basket is None or not basket.lines:
        basket = fill_basket(shop, *GOODS)
    sale = pay(shop, basket, cash(HANDED_OVER), key=str(uuid.uuid4()))
    assert sale.number == before.sales + 1
    db.session.rollback()
