"""History in the words of the screen, and the second of two people who had the same row open."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from flask import Flask, render_template_string

from core import clock
from core.database import transaction
from core.i18n import use
from core.journal.chain import write_record
from core.journal.history import history_of
from core.journal.record import Kind
from core.journal.seal import SigningKey, Terminal, install_terminal
from core.staff import Role, Staff
from core.web.forms import NotAWholeNumber, NothingTyped
from core.web.history import ChangedMeanwhile, Label, Words, refuse_stale, said_as_day, said_as_money
from tests.core.web.conftest import staff_named

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
WORDS = {
    Kind.PRODUCER: Words({"name": "Name", "phone": Label("Telephone", hidden=True)}),
    Kind.PRICE: Words({"price": Label("Price", said_as_money), "from": Label("From day", said_as_day)}),
}


@pytest.fixture
def app(app: Flask) -> Flask:
    """The tiny app with a journal."""
    install_terminal(app, Terminal("T-TEST", SigningKey.from_seed(bytes(32)), None))
    return app


def tell(kind: Kind, by: Staff | None, **body: object) -> int:
    with clock.stopped_at(NOON), transaction():
        return write_record(kind, body, by=by).seq


def shown(app, changes, language="vi") -> str:
    page = '{% from "history.html" import history %}{{ history(changes, words) }}'
    with app.test_request_context(), use(language):
        html = render_template_string(page, changes=changes, words=WORDS)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_who_did_what_when_with_before_and_after(app):
    with app.app_context():
        manager = staff_named(app, Role.MANAGER)
        tell(Kind.PRODUCER, manager, code="0001", uid="u", name="HTX Na", phone=None)
        tell(Kind.PRODUCER, manager, code="0001", uid="u", name="HTX Nà", phone="1f")
        tell(Kind.PRODUCER, None, code="0001", uid="u", name="HTX Nà", phone="2e")

        said = shown(app, history_of(Kind.PRODUCER, code="0001"))

        assert "Sửa máy của cửa hàng, 22/11/2026 12:00 Điện thoại đã đổi" in said
        assert f"Sửa {manager.name}, 22/11/2026 12:00 Tên HTX Na → HTX Nà Điện thoại đã nhập" in said
        assert said.endswith(f"Nhập mới {manager.name}, 22/11/2026 12:00 Tên HTX Na")
        assert "1f" not in said


def test_amounts_and_days_are_written_as_the_screen_writes_them(app):
    with app.app_context():
        tell(Kind.PRICE, None, sku="1", price=35_000, **{"from": "2026-12-01"})

        said = shown(app, history_of(Kind.PRICE, sku="1"), "en")

        assert "35.000 ₫" in said
        assert "01/12/2026" in said


def test_a_row_without_records_says_so(app):
    with app.app_context():
        assert "Chưa ghi gì." in shown(app, [])


def test_the_second_of_two_people_is_told_what_the_first_changed(app):
    with app.app_context():
        manager = staff_named(app, Role.MANAGER)
        seen = tell(Kind.PRODUCER, manager, code="0001", name="HTX Na")
        now = tell(Kind.PRODUCER, manager, code="0001", name="HTX Nà")

        refuse_stale(now, {"seen": str(now)}, lambda: [], WORDS)
        with pytest.raises(ChangedMeanwhile) as refused:
            refuse_stale(now, {"seen": str(seen)}, lambda: history_of(Kind.PRODUCER, code="0001"), WORDS)

        assert refused.value.values["who"] == manager.name
        assert refused.value.values["what"] == "Sửa: Tên HTX Na → HTX Nà"


@pytest.mark.parametrize(("form", "trouble"), [({}, NothingTyped), ({"seen": "x"}, NotAWholeNumber)])
def test_a_form_that_does_not_say_what_was_seen_is_refused(app, form, trouble):
    with app.app_context(), pytest.raises(trouble):
        refuse_stale(5, form, lambda: [], WORDS)
