"""Printers as the settings describe them, and printers that cannot answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.settings import PrintingSettings
from printers.address_rules import UnreadableAddress
from printers.device import Device, device_for
from printers.spool import JobState
from tests.printers.conftest import PaperShop, printer_settings
from tests.printers.fake_lines import put_lp_in_path


def test_a_shop_that_prints_into_a_file_asks_nobody_and_claims_nothing(shop: PaperShop, tmp_path: Path) -> None:
    listed = PrintingSettings(also_allowed=(str(tmp_path / "lp0"),))
    device = device_for(printer_settings("file", str(tmp_path / "lp0")), listed)
    shop.work(device)

    job = shop.until_state(shop.sell(), JobState.UNKNOWN)

    assert (job.why, job.needs_a_person) == ("one_way", False)
    assert (tmp_path / "lp0").stat().st_size > 1000


def test_a_job_that_cups_refuses_waits_and_is_sent_once_cups_takes_it(
    shop: PaperShop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_lp_in_path(tmp_path, monkeypatch, code=1)
    spooler = shop.work(device_for(printer_settings("cups", "Quay1")))
    uid = shop.sell()
    shop.until(lambda: spooler.trouble.get("receipt") == "unreachable")
    shop.until(lambda: (job := shop.job(uid)).state is JobState.QUEUED and job.tries == 0)  # between two attempts

    put_lp_in_path(tmp_path, monkeypatch)

    job = shop.until_state(uid, JobState.UNKNOWN)
    assert (job.why, job.tries) == ("one_way", 1)


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("network", "192.168.1.50:9100"),
        ("network", "may-in.local"),
        ("virtual", "127.0.0.1:9100"),
        ("usb", "04b8:0e15"),
        ("usb", "0x04b8:0x0e15"),
        ("serial", "/dev/ttyUSB0"),
        ("serial", "/dev/ttyUSB0@9600"),
        ("file", "/dev/usb/lp0"),
        ("cups", "Quay1"),
    ],
)
def test_addresses_are_read(kind: str, address: str) -> None:
    device = device_for(printer_settings(kind, address, dots=576))

    assert isinstance(device, Device)
    assert device.columns == 48
    assert device.answers == (kind not in ("file", "cups"))


@pytest.mark.parametrize(
    ("kind", "address"),
    [("network", "a b"), ("network", "x:1:2"), ("network", ""), ("usb", "printer"), ("usb", "04b8"), ("serial", "a@b")],
)
def test_an_address_that_says_nothing_to_its_kind_is_refused(kind: str, address: str) -> None:
    with pytest.raises(UnreadableAddress, match=kind):
        device_for(printer_settings(kind, address))
