"""The shop's pages without a browser: the whole app over the factories' shop, with a clerk at the till."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextvars import Context
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from core.clock import stopped_at
from core.database import db, transaction
from core.sign_in import begin_sign_in
from core.staff import Role, Staff
from core.web.idle import note_act
from pos.app import create_shop_app
from pos.data_folder import DataFolder
from tests.factories import MORNING, Shop, person, shop_settings

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def shop(folder: DataFolder) -> Iterator[Shop]:
    """A shop with its pages at eight in the morning; in force inside its app context."""
    with stopped_at(MORNING) as hand:
        app = create_shop_app(shop_settings(demo=True), folder)
        app.testing = True
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            yield Shop(app, folder, hand)
            db.session.remove()
            db.engine.dispose()


class Screen:
    """One browser of somebody signed in: what a press of a button sends, and what comes back."""

    def __init__(self, shop: Shop, role: Role = Role.CLERK) -> None:
        self.client: FlaskClient = shop.app.test_client()
        self.never_leaves = True  # days pass in these tests; only those of the lock want to be locked out
        self.sign_in(role)

    def sign_in(self, role: Role) -> None:
        """Put the first person of a role at this browser, without the pause that a PIN costs."""
        self.sign_in_as(person(role))

    def sign_in_as(self, staff: Staff) -> None:
        """Put this very person at this browser."""
        with transaction():
            self.token = begin_sign_in(staff)
        with self.client.session_transaction() as session:
            session["token"] = self.token

    def send(self, method: str, address: str, **more: object) -> TestResponse:
        """A request as the server gets it: with nothing of the test's own app context in force."""
        if self.never_leaves:
            note_act(self.token)
        answer = Context().run(self.client.open, address, method=method, **more)
        db.session.rollback()  # the test's next look sees what the request wrote
        return answer

    def get(self, address: str, **args: object) -> TestResponse:
        """A page, whole."""
        return self.send("GET", address, query_string=args)

    def part(self, address: str, **args: object) -> TestResponse:
        """The part of a page that changes, as htmx asks for it."""
        return self.send("GET", address, query_string=args, headers=HTMX)

    def press(self, address: str, /, *, key: str = "", **fields: object) -> TestResponse:
        """A form sent by htmx; without a key it is a new act."""
        return self.send("POST", address, data={"key": key or str(uuid.uuid4()), **fields}, headers=HTMX)

    def scan(self, code: str, *, key: str = "") -> TestResponse:
        """A scan."""
        return self.press("/till/scans", key=key, code=code)


@pytest.fixture
def screen(shop: Shop) -> Screen:
    """A clerk's browser."""
    return Screen(shop)


def words(answer: TestResponse) -> str:
    """What a page says, without its marks."""
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", answer.get_data(as_text=True), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())  # no-break spaces become blanks too


class Statements:
    """Counts what the database is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __enter__(self) -> Statements:
        event.listen(db.engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *trouble: object) -> None:
        event.remove(db.engine, "before_cursor_execute", self._note)

    def _note(self, connection: object, cursor: object, statement: str, *rest: object) -> None:
        self.asked.append(statement)
