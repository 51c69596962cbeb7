"""The pages of the printers, with printers made of software behind them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

import pytest

from core.current_settings import current_settings, put_in_force
from core.database import db
from core.staff import Role
from pos.replay import verify_shop
from pos.settings.printer_table import printer_of
from printers.at_work import Printing, begin_printing
from printers.job_list import latest_jobs
from printers.spool import JobState
from printers.spooler import Patience, Spooler
from printers.virtual_mechanism import Fault
from tests.factories import Shop, open_shift, receive, register_of, sell, shop_settings
from tests.pos.web.conftest import Screen, words

VIRTUAL = {"name": "Máy 1", "role": "receipt", "kind": "virtual", "address": "127.0.0.1:0", "dots": "384", "cut": "yes"}
HURRY = Patience(answer_ms=150, worked_through_ms=1500, retry_ms=20)


@pytest.fixture
def manager(shop: Shop) -> Screen:
    return Screen(shop, Role.MANAGER)


@pytest.fixture
def printing(shop: Shop) -> Iterator[Printing]:
    """The print worker of a running shop, that follows its settings."""
    at_work = begin_printing(shop.app, Spooler(shop.app, [], patience=HURRY))
    shop.app.extensions["settings_changed"].append(at_work.take_up)
    at_work.spooler.start()
    yield at_work
    at_work.spooler.stop()
    at_work.switch_off()


def until(holds: Callable[[], bool]) -> None:
    for _ in range(1000):
        db.session.rollback()
        if holds():
            return
        time.sleep(0.01)
    pytest.fail(f"not reached; jobs are {[(job.state, job.printer, job.why) for job in latest_jobs()]}")


def seen(screen: Screen, page: str) -> str:
    return re.findall(r'name="seen" value="(\d+)"', screen.get(page).get_data(as_text=True))[0]


def test_a_printer_that_is_entered_prints_a_test_slip_at_once(manager: Screen, printing: Printing) -> None:
    manager.press("/settings/printers", **VIRTUAL)
    manager.press("/settings/printers/1/test-slips")

    until(lambda: [job.state for job in latest_jobs()] == [JobState.CONFIRMED])

    (paper,) = printing.virtual["1"].mechanism.papers
    assert paper.picture.width == 384
    assert "Đã in xong tờ gần nhất" in words(manager.get("/settings/printers/1"))
    assert verify_shop().clean


def test_an_untried_printer_is_called_unknown(manager: Screen, printing: Printing) -> None:
    manager.press("/settings/printers", **VIRTUAL)

    assert "Không rõ: chưa in gì" in words(manager.get("/settings/printers"))


def test_a_receipt_comes_out_at_the_printer_of_its_register(shop: Shop, manager: Screen, printing: Printing) -> None:
    manager.press("/settings/printers", **VIRTUAL)
    manager.press("/settings/printers", **{**VIRTUAL, "name": "Máy 2"})
    page = "/settings/registers/2"
    manager.press(page, seen=seen(manager, page), name="Quầy 2", printer="2")
    receive(shop, "mật ong")
    for code in ("1", "2"):
        open_shift(shop, register_of(code))
        sell(shop, "mật ong", register=register_of(code))

    until(lambda: [job.state for job in latest_jobs()] == [JobState.CONFIRMED] * 2)

    assert [len(printing.virtual[code].mechanism.papers) for code in ("1", "2")] == [1, 1]


def test_papers_of_a_retired_printer_are_shown_and_sent_to_another(
    shop: Shop, manager: Screen, printing: Printing
) -> None:
    manager.press("/settings/printers", **VIRTUAL)
    manager.press("/settings/printers", **{**VIRTUAL, "name": "Máy 2"})
    printing.virtual["1"].fail(Fault.PAPER_END)
    manager.press("/settings/printers/1/test-slips")
    until(lambda: printing.spooler.trouble.get("1") == "paper_end")

    manager.press("/settings/printers/1/retirement", seen=seen(manager, "/settings/printers/1"))
    assert "Máy in của tờ này đã ngừng dùng." in words(manager.get("/print-jobs"))
    manager.press(f"/print-jobs/{latest_jobs()[0].uid}/printer", printer="2")

    until(lambda: [job.state for job in latest_jobs()] == [JobState.CONFIRMED])
    assert len(printing.virtual["2"].mechanism.papers) == 1
    assert "1" not in printing.virtual


WRONG = [
    ({"name": " "}, "Tên"),
    ({"kind": "network", "address": "8.8.8.8:9100"}, "8.8.8.8"),
    ({"kind": "network", "address": "192.168.1.5:22"}, "192.168.1.5:22"),
    ({"kind": "file", "address": "/etc/passwd"}, "/etc/passwd"),
    ({"kind": "usb", "address": "x"}, "x"),
    ({"dots": "7"}, "7"),
    ({"dots": "385"}, "Khổ giấy"),
    ({"role": "fax"}, "fax"),
    ({"name": "x" * 2000}, "2000"),
]


@pytest.mark.parametrize(("fields", "said"), WRONG)
def test_a_printer_that_cannot_be_is_refused(manager: Screen, fields: dict[str, str], said: str) -> None:
    answer = manager.press("/settings/printers", **{**VIRTUAL, **fields})

    assert answer.status_code == 422
    assert said in words(answer)
    assert current_settings().printers == ()


def test_two_printers_in_use_have_two_names(manager: Screen, printing: Printing) -> None:
    manager.press("/settings/printers", **VIRTUAL)

    assert manager.press("/settings/printers", **{**VIRTUAL, "name": "MÁY 1"}).status_code == 422


def test_a_printer_is_changed_retired_and_brought_back_with_its_history(manager: Screen, printing: Printing) -> None:
    manager.press("/settings/printers", **VIRTUAL)
    page = "/settings/printers/1"
    manager.press(page, seen=seen(manager, page), **{**VIRTUAL, "name": "Máy quầy", "dots": "576"})
    assert printing.spooler.devices["1"].dots == 576
    manager.press(f"{page}/retirement", seen=seen(manager, page))
    assert printing.spooler.devices == {}
    assert manager.press(f"{page}/test-slips").status_code == 422

    manager.press(f"{page}/return", seen=seen(manager, page))

    assert printer_of("1").is_in_use
    said = words(manager.get(page))
    assert "Máy 1 → Máy quầy" in said
    assert "58 mm (384 điểm) → 80 mm (576 điểm)" in said
    assert verify_shop().clean


def test_the_second_of_two_managers_is_told(manager: Screen, printing: Printing) -> None:
    manager.press("/settings/printers", **VIRTUAL)
    drawn = seen(manager, "/settings/printers/1")
    manager.press("/settings/printers/1", seen=drawn, **{**VIRTUAL, "name": "Máy A"})

    answer = manager.press("/settings/printers/1", seen=drawn, **{**VIRTUAL, "name": "Máy B"})

    assert answer.status_code == 422
    assert "Máy A" in words(answer)


def test_a_real_shop_has_no_printer_made_of_software(shop: Shop, manager: Screen) -> None:
    put_in_force(shop_settings(demo=False))

    assert manager.press("/settings/printers", **VIRTUAL).status_code == 422
