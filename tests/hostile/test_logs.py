"""Secrets of a day's work, sent through pages that then fail in ugly ways: not one of them stands in any log."""

from __future__ import annotations

import logging
import re
import uuid

import pytest
from flask import request, session
from sqlalchemy import text

from core.database import db
from core.staff import Role
from tests.factories import PIN, Shop, person
from tests.pos.web.conftest import Screen

PHONE, BUYER, WRONG_PIN = "0987654321", "Hoàng Thị Bí Mật", "804162"


def fail_with_everything(**address: object) -> str:
    """A view that fails as badly as it can: with all that it was told in its words."""
    try:
        db.session.execute(text("INSERT INTO staff (name, phone) VALUES (:name, :phone)"), dict(request.form))
    finally:
        raise RuntimeError(f"{dict(request.form)} {request.cookies} {dict(session)} {request.headers}")


def logged(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> str:
    """All that any handler was given and all that was printed."""
    out, err = capfd.readouterr()
    whole = [logging.Formatter("%(message)s").format(record) for record in caplog.records]
    return "\n".join([caplog.text, *whole, out, err])


@pytest.mark.parametrize("address", ["/till/scans", "/sign-in", "/shift/drawer"])
def test_a_page_that_fails_tells_where_and_not_with_what(
    shop: Shop, owner: Screen, address: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    endpoint, _ = shop.app.url_map.bind("localhost").match(address, method="POST")
    shop.app.view_functions[endpoint] = _open_to_all(fail_with_everything)
    cookie = owner.client.get_cookie("pos_session").value
    form = {
        "key": str(uuid.uuid4()),
        "pin": WRONG_PIN,
        "phone": PHONE,
        "name": BUYER,
        "csrf_token": "IjEyMzQi.aaaa.bbbbbbbbb",
    }

    with caplog.at_level(logging.DEBUG):
        answer = owner.send(
            "POST", f"{address}?phone={PHONE}", data=form, headers={"X-Token": "tok-1234567890-abcdefghijklmnop"}
        )

    said = logged(caplog, capfd)
    assert answer.status_code == 500
    assert "RuntimeError" in said
    assert "test_logs.py" in said
    for secret in (WRONG_PIN, PHONE, BUYER, cookie, token_of(owner), form["csrf_token"], "abcdefghijklmnop"):
        assert secret not in said
        assert secret not in answer.get_data(as_text=True)


def token_of(screen: Screen) -> str:
    """What opens the till to this browser."""
    with screen.client.session_transaction() as kept:
        return kept["token"]


def _open_to_all(view):
    view.access = "everybody"
    return view


def test_a_day_at_work_leaves_no_secret_in_the_log(
    shop: Shop, owner: Screen, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    client = shop.app.test_client()
    clerk = person(Role.CLERK).id

    with caplog.at_level(logging.DEBUG):
        client.post("/sign-in", data={"staff": clerk, "pin": WRONG_PIN})
        client.post("/sign-in", data={"staff": clerk, "pin": PIN})
        client.post("/sign-in", data={"staff": PHONE, "pin": WRONG_PIN})
        owner.press("/shift/drawer", reason=f"{BUYER} {PHONE}")
        owner.press("/till/scans", code=PHONE)
        owner.get("/receipts", text=PHONE)
        owner.get(f"/receipts/{PHONE}")
    said = logged(caplog, capfd)

    for secret in (PIN, WRONG_PIN, PHONE, BUYER, token_of(owner), client.get_cookie("pos_session").value):
        assert secret not in said


def test_nothing_of_ours_logs_what_was_sent() -> None:
    from tests.house.source import read_project

    told = re.compile(
        r"\blog(?:ger|ging)?\.\w+\([^\n]*\b(?:request\.(?:form|data|cookies|headers|args|full_path|url)|pin|token)\b"
    )
    assert [source.path for source in read_project(".py") if source.is_ours and told.search(source.text)] == []
