"""What the log strikes out and what it keeps."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterator

import pytest

from core.discreet_log import STRUCK_OUT, discreet, keep_secrets_out_of_the_log, log_the_uncaught

BUYER = "Trần Thị Lan, 12 Chi Lăng"
UUID = "0190a5d2-1111-7abc-8def-0123456789ab"


@pytest.fixture(autouse=True)
def discreetly() -> Iterator[None]:
    before = logging.getLogRecordFactory()
    keep_secrets_out_of_the_log()
    yield
    logging.setLogRecordFactory(before)


@pytest.mark.parametrize(
    "secret",
    [
        "135790",
        "0912345678",
        "0912 345 678",
        "+84912345678",
        "84.912.345.678",
        "pin=abc",
        "PIN: 1357",
        "csrf_token=IjM0ZDky",
        "Cookie: pos_session=eyJ0b2t",
        "device_token='x y'",
        '"passphrase": "mật khẩu dài"',
        "IjM0ZDkyYzQ4Yzg0NTQ0YmE1MzQi.ZzZ_aAxx.k3jKqqqqqqq",
        "9f86d081884c7d659a2feaa0c55ad015",
    ],
)
def test_what_looks_like_a_secret_is_struck_out(secret: str) -> None:
    said = discreet(f"before {secret} after")

    assert STRUCK_OUT in said
    assert re.split("=|: ", secret)[-1] not in said
    assert (said.startswith("before "), said.endswith(" after")) == (True, True)


@pytest.mark.parametrize(
    "plain",
    [
        f"print job {UUID}: receipt 12",
        "that was mistake QWRTZP, at POST /receipts/12/copies",
        "port 192.168.1.10:8643 is taken",
        "barcode 8930000000590",
        "File pos/web/payment.py, line 88, in complete",
        "backup 2026-11-22 10:15:00 took 1200 ms",
        "site-packages/sqlalchemy/engine/base.py",
    ],
)
def test_what_helps_to_find_a_fault_stays(plain: str) -> None:
    assert discreet(plain) == plain


def test_an_exception_keeps_its_places_and_kinds_and_loses_its_values(caplog: pytest.LogCaptureFixture) -> None:
    try:
        try:
            raise KeyError(BUYER)
        except KeyError as cause:
            raise ValueError(BUYER) from cause
    except ValueError:
        logging.getLogger("shop").exception("it failed")

    assert BUYER not in caplog.text
    for kept in ("builtins.KeyError", "builtins.ValueError", "test_discreet_log.py", "it failed"):
        assert kept in caplog.text


def test_a_record_with_wrong_places_is_not_lost(caplog: pytest.LogCaptureFixture) -> None:
    sentence, value = "%d of %s", "135790"

    logging.getLogger("shop").warning(sentence, value)

    assert "%d of %s" in caplog.text
    assert "135790" not in caplog.text


def test_a_thread_that_stops_by_a_mistake_is_logged_without_its_value(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.excepthook", None)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    log_the_uncaught()

    def fail() -> None:
        raise RuntimeError(BUYER)

    thread = threading.Thread(target=fail, name="worker")
    thread.start()
    thread.join()

    assert "thread worker stopped by a mistake" in caplog.text
    assert BUYER not in caplog.text
