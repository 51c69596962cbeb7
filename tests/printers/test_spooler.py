"""Print jobs and how they end: what is certain is done again by itself, what is in doubt is asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from core.clock import now, stopped_at
from core.database import DiskFull, transaction
from core.staff import Staff
from printers import spooler as spooler_module
from printers.blocks import Block
from printers.device import device_for
from printers.job_list import job_called, latest_jobs
from printers.job_steps import settle_interrupted
from printers.spool import (
    Answer,
    JobState,
    NothingToAsk,
    enqueue,
    mark_of,
    print_again,
    register_maker,
    settle_unknown,
)
from printers.spooler import Turn
from printers.virtual_mechanism import Fault
from tests.printers.conftest import HURRY, PaperShop, printer_settings


def test_a_queued_receipt_comes_out_and_is_confirmed_in_the_journal(shop: PaperShop) -> None:
    job = shop.sell(7)

    shop.work()

    shop.until_state(job, JobState.CONFIRMED)
    assert len(shop.printer.mechanism.papers) == 1
    assert [(body["no"], body["state"], body["copy"]) for body in shop.print_records()] == [(7, "confirmed", 0)]


def test_a_receipt_enqueued_while_the_worker_waits_is_printed_at_once(shop: PaperShop) -> None:
    shop.work()

    job = shop.sell()

    shop.until_state(job, JobState.CONFIRMED)


def test_without_paper_nothing_is_sent_and_everything_is_printed_once_when_paper_is_in(shop: PaperShop) -> None:
    shop.printer.fail(Fault.PAPER_END)
    spooler = shop.work()
    jobs = [shop.sell(number) for number in range(1, 6)]
    shop.until(lambda: spooler.trouble.get("receipt") == "paper_end")
    assert shop.states() == [JobState.QUEUED] * 5
    assert shop.printer.mechanism.papers == []

    shop.printer.recover()

    for job in jobs:
        shop.until_state(job, JobState.CONFIRMED)
    assert shop.printer.mechanism.cuts == 5


@pytest.mark.parametrize("fault", [Fault.COVER_OPEN, Fault.OFFLINE])
def test_a_printer_that_says_it_cannot_is_waited_for(shop: PaperShop, fault: Fault) -> None:
    shop.printer.fail(fault)
    spooler = shop.work()

    job = shop.sell()

    shop.until(lambda: spooler.trouble.get("receipt") == fault.value)
    assert shop.job(job).state is JobState.QUEUED


def test_a_printer_switched_off_keeps_jobs_queued_and_certain(shop: PaperShop) -> None:
    device = shop.device
    shop.printer.close()

    spooler = shop.work(device)
    job = shop.sell()

    shop.until(lambda: spooler.trouble.get("receipt") == "unreachable")
    assert (shop.job(job).state, shop.job(job).tries) == (JobState.QUEUED, 0)


def test_paper_that_ends_in_the_middle_leaves_the_job_in_doubt_and_the_next_ones_waiting(shop: PaperShop) -> None:
    shop.printer.fail(Fault.PAPER_END, after_bytes=1500)
    shop.work()
    jobs = [shop.sell(number) for number in range(1, 6)]

    shop.until_state(jobs[0], JobState.UNKNOWN)

    assert shop.job(jobs[0]).why == "paper_end"
    assert [shop.job(job).state for job in jobs[1:]] == [JobState.QUEUED] * 4
    assert shop.printer.mechanism.cuts == 0


def test_a_silent_printer_puts_one_job_in_doubt_and_not_the_whole_queue(shop: PaperShop) -> None:
    shop.printer.fail(Fault.SILENT)
    spooler = shop.work()
    jobs = [shop.sell(number) for number in range(1, 4)]

    shop.until_state(jobs[0], JobState.UNKNOWN)
    shop.until(lambda: spooler.trouble.get("receipt") == "silent")

    assert [shop.job(job).state for job in jobs[1:]] == [JobState.QUEUED] * 2
    assert shop.printer.mechanism.cuts == 1  # it printed, and nobody could know


def test_a_crawling_printer_puts_the_job_in_doubt_and_what_it_prints_later_stays_the_only_paper(
    shop: PaperShop,
) -> None:
    shop.printer.fail(Fault.SLOW)
    shop.work()
    job = shop.sell()
    shop.until_state(job, JobState.UNKNOWN)

    shop.printer.recover()

    shop.until(lambda: shop.printer.mechanism.cuts == 1)
    assert shop.job(job).state is JobState.UNKNOWN  # asked, not guessed
    assert shop.states() == [JobState.UNKNOWN]


def test_garbage_is_no_proof(shop: PaperShop) -> None:
    shop.printer.fail(Fault.GARBAGE)
    shop.work()

    job = shop.sell()

    assert shop.until_state(job, JobState.UNKNOWN).why == "silent"


def test_a_line_that_breaks_in_the_middle_leaves_the_job_in_doubt(shop: PaperShop) -> None:
    shop.printer.fail(Fault.DISCONNECT, after_bytes=1500)
    shop.work()

    job = shop.sell()

    assert shop.until_state(job, JobState.UNKNOWN).why == "broken_off"
    assert shop.printer.mechanism.cuts == 0


def test_after_doubt_the_clerk_prints_again_and_the_paper_says_so(shop: PaperShop, clerk: Staff) -> None:
    marks = []

    def maker(number: int, copy: int, again: bool) -> list[Block]:
        marks.append(mark_of("receipt", number, copy, again))
        return []

    register_maker("receipt", maker)
    shop.printer.fail(Fault.SILENT)
    shop.work()
    job = shop.sell(3, open_drawer=True)
    shop.until_state(job, JobState.UNKNOWN)
    shop.printer.recover()

    with transaction():
        again = print_again(job_called(job), clerk).uid

    assert shop.until_state(again, JobState.CONFIRMED).again
    assert [(mark.again, mark.by) for mark in marks] == [(False, ""), (True, "Trần Thị Lan")]
    assert shop.job(job).answer is Answer.AGAIN
    assert shop.printer.mechanism.pulses == 1  # the drawer opens for the cash, not for the paper
    assert [body["state"] for body in shop.print_records()] == ["unknown", "unknown", "confirmed"]


def test_the_clerk_who_saw_the_paper_settles_the_doubt(shop: PaperShop, clerk: Staff) -> None:
    shop.printer.fail(Fault.SILENT)
    shop.work()
    job, next_job = shop.sell(1), shop.sell(2)
    shop.until_state(job, JobState.UNKNOWN)
    assert shop.job(job).needs_a_person

    with transaction():
        settle_unknown(job_called(job), printed=True, by=clerk)

    assert shop.job(job).state is JobState.CONFIRMED
    assert not shop.job(job).needs_a_person
    shop.spoolers[-1].wake()
    shop.until_state(next_job, JobState.UNKNOWN)  # the answer lets the queue go on, one paper at a time


def test_a_settled_job_is_not_asked_about_again(shop: PaperShop, clerk: Staff) -> None:
    shop.work()
    job = shop.sell()
    shop.until_state(job, JobState.CONFIRMED)

    with pytest.raises(NothingToAsk), transaction():
        print_again(job_called(job), clerk)


def test_a_copy_says_which_one_and_who_asked_for_it(shop: PaperShop, clerk: Staff) -> None:
    shop.work()
    first, copy = shop.sell(5), shop.sell(5, copy=1, by=clerk)
    shop.until_state(first, JobState.CONFIRMED)
    shop.until_state(copy, JobState.CONFIRMED)

    original, second = (paper.picture.tobytes() for paper in shop.printer.mechanism.papers)

    assert original != second
    mark = mark_of("receipt", 5, 1, False)
    assert (mark.copy, mark.by, mark.at is not None) == (1, "Trần Thị Lan", True)
    assert [(body["copy"], body["asked"]) for body in shop.print_records()] == [(0, None), (1, clerk.code)]


def test_a_paper_nobody_can_draw_fails_and_does_not_stop_the_others(shop: PaperShop) -> None:
    with transaction():
        unknown = enqueue("love letter", 1).uid
    known = shop.sell()

    shop.work()

    assert shop.until_state(unknown, JobState.FAILED).why == "not_drawn"
    shop.until_state(known, JobState.CONFIRMED)


def test_a_job_that_waited_too_long_is_given_up_and_a_person_decides(shop: PaperShop, clerk: Staff) -> None:
    device = shop.device
    shop.printer.close()
    with stopped_at(now() - timedelta(minutes=31)):
        job = shop.sell()

    shop.work(device)

    assert shop.until_state(job, JobState.FAILED).needs_a_person
    with transaction():
        assert not print_again(job_called(job), clerk).again  # certainly nothing came out: it is the first paper


def test_a_shop_without_a_printer_sells_on_and_says_so(shop: PaperShop) -> None:
    shop.printer.close()
    spooler = shop.work(device_for(printer_settings("file", "/dev/usb/lp0", role="label")))

    job = shop.sell()

    shop.until(lambda: spooler.trouble.get("") == "no_printer")
    assert shop.job(job).state is JobState.QUEUED


def test_jobs_found_on_their_way_at_the_start_are_in_doubt(shop: PaperShop) -> None:
    job = shop.sell()
    with transaction():
        latest_jobs()[0].state = JobState.SENT

    assert settle_interrupted() == 1

    assert (shop.job(job).state, shop.job(job).why) == (JobState.UNKNOWN, "interrupted")
    assert shop.print_records()[-1]["state"] == "unknown"


def test_a_paper_whose_end_could_not_be_written_down_is_asked_about_once_the_disk_has_room(
    shop: PaperShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    end, full = spooler_module._end, [True, True]

    def end_on_a_full_disk(*given: Any) -> Turn:
        if full and full.pop():
            raise DiskFull()
        return end(*given)

    monkeypatch.setattr(spooler_module, "_end", end_on_a_full_disk)
    shop.work(patience=HURRY)
    first = shop.sell(1)
    shop.until_state(first, JobState.UNKNOWN)
    second = shop.sell(2)
    shop.until_state(second, JobState.UNKNOWN)
    third = shop.sell(3)
    shop.until_state(third, JobState.CONFIRMED)

    assert [shop.job(job).why for job in (first, second)] == ["interrupted"] * 2


def test_after_half_a_picture_on_a_line_that_stayed_open_the_next_paper_is_whole(shop: PaperShop, clerk: Staff) -> None:
    mechanism = shop.printer.mechanism
    mechanism.feed(b"\x1b@\x1dv0\x00\x30\x00\xc8\x00" + bytes(100))  # what an earlier job left on the line
    spooler = shop.work(patience=HURRY)
    first = shop.sell(1)
    shop.until_state(first, JobState.UNKNOWN)

    with transaction():
        again = print_again(job_called(first), clerk).uid
    spooler.wake()

    shop.until_state(again, JobState.CONFIRMED)
