"""The cash drawer hangs on the printer: it opens for cash, at once, and never for nothing."""

from __future__ import annotations

from datetime import timedelta

from core.clock import now, stopped_at
from core.database import transaction
from printers.spool import JobState, enqueue
from printers.virtual_mechanism import Fault
from tests.printers.conftest import PaperShop


def test_the_drawer_opens_once_for_cash_and_not_without(shop: PaperShop) -> None:
    shop.work()
    for number, cash in ((1, True), (2, False), (3, True)):
        shop.until_state(shop.sell(number, open_drawer=cash), JobState.CONFIRMED)

    assert shop.printer.mechanism.pulses == 2
    assert [body["drawer"] for body in shop.print_records()] == [True, False, True]


def test_the_drawer_opens_at_once_also_while_the_paper_is_out_and_only_then(shop: PaperShop) -> None:
    shop.printer.fail(Fault.PAPER_END)
    shop.work()
    job = shop.sell(1, open_drawer=True)
    shop.until(lambda: shop.printer.mechanism.pulses == 1)

    shop.printer.recover()

    shop.until_state(job, JobState.CONFIRMED)
    assert shop.printer.mechanism.pulses == 1


def test_a_drawer_opened_without_a_sale_prints_nothing(shop: PaperShop) -> None:
    shop.work()

    with transaction():
        uid = enqueue("drawer", 12, open_drawer=True).uid

    shop.until_state(uid, JobState.CONFIRMED)
    assert (shop.printer.mechanism.pulses, shop.printer.mechanism.cuts) == (1, 0)


def test_a_drawer_does_not_open_when_everybody_has_gone(shop: PaperShop) -> None:
    device = shop.device
    with stopped_at(now() - timedelta(minutes=1)), transaction():
        uid = enqueue("drawer", 12, open_drawer=True).uid

    shop.work(device)

    assert shop.until_state(uid, JobState.FAILED).why == "too_late"
    assert shop.printer.mechanism.pulses == 0
    assert not shop.job(uid).needs_a_person
