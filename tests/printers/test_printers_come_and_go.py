"""Printers are added, changed and retired while papers wait: each paper comes out once, where somebody wants it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from config.settings import load_settings
from core.database import transaction
from printers.at_work import Printing
from printers.device import Device, device_for
from printers.job_list import job_called
from printers.job_steps import settle_interrupted
from printers.spool import AlreadyOnItsWay, JobState, enqueue, send_to_printer
from printers.spooler import Spooler
from printers.virtual_mechanism import Fault
from printers.virtual_printer import VirtualPrinter, start_virtual_printer
from tests.printers.conftest import HURRY, PaperShop, printer_settings


@pytest.fixture
def second() -> Iterator[VirtualPrinter]:
    """A second printer on the counter."""
    with start_virtual_printer(dots=384) as printer:
        yield printer


def at(printer: VirtualPrinter, code: str, role: str = "receipt") -> Device:
    return replace(device_for(printer_settings("virtual", printer.address, role=role)), code=code)


def leave(number: int, printer: str | None = None) -> str:
    with transaction():
        return enqueue("receipt", number, printer=printer).uid


def test_a_printer_that_is_added_prints_what_waited_for_it(shop: PaperShop, second: VirtualPrinter) -> None:
    spooler = shop.work(at(shop.printer, "1"))
    job = leave(1, printer="2")
    shop.until(lambda: spooler.trouble.get("") == "no_printer")

    spooler.take_up([at(shop.printer, "1"), at(second, "2")])

    shop.until_state(job, JobState.CONFIRMED)
    assert (len(shop.printer.mechanism.papers), len(second.mechanism.papers)) == (0, 1)
    shop.until(lambda: "" not in spooler.trouble)


def test_a_printer_that_moved_gets_what_waited_for_it_once(shop: PaperShop, second: VirtualPrinter) -> None:
    shop.printer.fail(Fault.PAPER_END)
    spooler = shop.work(at(shop.printer, "1"))
    job = leave(1, printer="1")
    shop.until(lambda: spooler.trouble.get("1") == "paper_end")

    spooler.take_up([at(second, "1")])
    shop.until_state(job, JobState.CONFIRMED)
    shop.printer.recover()

    assert (len(shop.printer.mechanism.papers), len(second.mechanism.papers)) == (0, 1)


def test_papers_of_a_retired_printer_wait_until_they_are_sent_to_another(
    shop: PaperShop, second: VirtualPrinter
) -> None:
    shop.printer.fail(Fault.COVER_OPEN)
    spooler = shop.work(at(shop.printer, "1"), at(second, "2"))
    job = leave(1, printer="1")
    shop.until(lambda: spooler.trouble.get("1") == "cover_open")

    spooler.take_up([at(second, "2")])
    shop.until(lambda: spooler.trouble.get("") == "no_printer")
    assert shop.job(job).state is JobState.QUEUED
    with transaction():
        send_to_printer(job_called(job), "2")

    assert shop.until_state(job, JobState.CONFIRMED).printer == "2"
    assert len(second.mechanism.papers) == 1
    assert shop.print_records()[-1]["printer"] == "2"


def test_a_printer_that_is_brought_back_prints_what_waited_for_it(shop: PaperShop) -> None:
    spooler = shop.work(at(shop.printer, "1"))
    spooler.take_up([])
    job = leave(1, printer="1")
    shop.until(lambda: spooler.trouble.get("") == "no_printer")

    spooler.take_up([at(shop.printer, "1")])

    shop.until_state(job, JobState.CONFIRMED)
    assert len(shop.printer.mechanism.papers) == 1


def test_a_paper_for_no_printer_in_particular_goes_to_the_next_of_its_role(
    shop: PaperShop, second: VirtualPrinter
) -> None:
    spooler = shop.work(at(shop.printer, "1"), at(second, "2"))
    shop.until_state(leave(1), JobState.CONFIRMED)

    spooler.take_up([at(second, "2")])
    shop.until_state(leave(2), JobState.CONFIRMED)

    assert (len(shop.printer.mechanism.papers), len(second.mechanism.papers)) == (1, 1)


def test_a_doubt_at_one_printer_does_not_hold_up_another(shop: PaperShop, second: VirtualPrinter) -> None:
    shop.printer.fail(Fault.DISCONNECT, after_bytes=500)
    shop.work(at(shop.printer, "1"), at(second, "2"))
    shop.until_state(leave(1, printer="1"), JobState.UNKNOWN)

    shop.until_state(leave(2, printer="2"), JobState.CONFIRMED)


def test_a_paper_on_its_way_cannot_be_sent_elsewhere(shop: PaperShop) -> None:
    shop.work(at(shop.printer, "1"))
    job = leave(1)
    shop.until_state(job, JobState.CONFIRMED)

    with pytest.raises(AlreadyOnItsWay), transaction():
        send_to_printer(job_called(job), "2")


def test_printers_that_come_and_go_lose_no_paper_and_print_none_twice(shop: PaperShop, second: VirtualPrinter) -> None:
    chance = random.Random(3)
    both = [at(shop.printer, "1"), at(second, "2")]
    spooler = shop.work(*both)
    jobs = []
    for number in range(1, 25):
        jobs.append(leave(number, printer=chance.choice([None, "1", "2"])))
        spooler.take_up(chance.choice([both, both[:1], both[1:], [], both[::-1]]))

    spooler.take_up(both)
    shop.until(lambda: set(shop.states()) == {JobState.CONFIRMED}, seconds=20)

    papers = len(shop.printer.mechanism.papers) + len(second.mechanism.papers)
    assert papers == len(jobs)


# a shop whose settings change


def test_virtual_printers_are_switched_on_and_off_as_the_settings_say(shop: PaperShop) -> None:
    printing = Printing(Spooler(shop.app, [], patience=HURRY))
    shop.spoolers.append(printing.spooler)
    printing.spooler.start()
    plan = {"role": "receipt", "kind": "virtual", "address": "127.0.0.1:0", "dots": 384, "drawer": True, "cut": True}

    printing.take_up(load_settings(None, {"printers": [{"name": "one", "code": "1", **plan}]}))
    first = printing.virtual["1"]
    shop.until_state(leave(1), JobState.CONFIRMED)
    printing.take_up(
        load_settings(None, {"printers": [{"name": "1st", "code": "1", **plan}, {"name": "two", "code": "2", **plan}]})
    )
    shop.until_state(leave(2, printer="2"), JobState.CONFIRMED)

    assert printing.virtual["1"] is first  # a new name is no new machine
    assert (len(first.mechanism.papers), len(printing.virtual["2"].mechanism.papers)) == (1, 1)
    printing.switch_off()
    assert printing.virtual == {}


def test_a_printer_whose_address_is_allowed_no_more_does_not_stop_the_shop(shop: PaperShop) -> None:
    printing = Printing(Spooler(shop.app, [], patience=HURRY))
    shop.spoolers.append(printing.spooler)
    printing.spooler.start()
    far = {
        "role": "receipt",
        "kind": "network",
        "address": "203.0.113.7:9100",
        "dots": 384,
        "drawer": True,
        "cut": True,
    }

    printing.take_up(load_settings(None, {"printers": [{"name": "far", "code": "1", **far}]}))
    job = leave(1)

    shop.until(lambda: printing.spooler.trouble.get("1") == "unreachable")
    assert shop.job(job).state is JobState.QUEUED
    assert settle_interrupted() == 0
