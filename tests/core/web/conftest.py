"""The tiny app: in the test's own process, and served to a browser."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page
from sqlalchemy import select
from werkzeug.serving import make_server

from core.database import db
from core.staff import Staff
from tests.core.web import tiny_app


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    tiny = tiny_app.create_tiny_app(tmp_path)
    tiny.config["WTF_CSRF_ENABLED"] = False
    yield tiny
    with tiny.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


BY_HAND_MS = 80  # between two keys of a person; what comes faster is taken for a scanner's


def sign_in(client: FlaskClient, role: str = "clerk") -> None:
    numbers = {"clerk": 1, "manager": 2, "auditor": 3, "owner": 4}
    answer = client.post("/sign-in", data={"staff": numbers[role], "pin": tiny_app.PINS[role]})
    assert answer.status_code == 303


@pytest.fixture
def clerk(client: FlaskClient) -> FlaskClient:
    sign_in(client)
    return client


@pytest.fixture
def noted(app: Flask) -> Callable[[], list[str]]:
    def read() -> list[str]:
        with app.app_context():
            return tiny_app.noted()

    return read


def key() -> str:
    return str(uuid.uuid4())


@dataclass
class Till:
    """The tiny app in a browser, with a clerk signed in."""

    page: Page
    app: Flask
    address: str

    def noted(self) -> list[str]:
        with self.app.app_context():
            return tiny_app.noted()

    def settled(self) -> None:
        """Wait until every scan is on the list."""
        self.page.wait_for_function("() => !('scans' in document.documentElement.dataset)", timeout=60_000)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Flask, str]]:
    app = tiny_app.create_tiny_app(tmp_path, testing=False)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield app, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def till(page: Page, served: tuple[Flask, str]) -> Till:
    app, address = served
    page.goto(f"{address}/sign-in")
    page.keyboard.press("F2")
    page.wait_for_timeout(BY_HAND_MS)
    page.keyboard.type(tiny_app.PINS["clerk"])
    page.wait_for_url(f"{address}/till")
    return Till(page, app, address)


def staff_named(app: Flask, role: str) -> Staff:
    with app.app_context():
        return db.session.scalars(select(Staff).where(Staff.role == role)).one()
