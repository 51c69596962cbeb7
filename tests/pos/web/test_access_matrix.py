"""Every route, every method, every role: the table says who gets in, and nobody else does (X1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextvars import Context

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from core.database import db, transaction
from core.sign_in import begin_sign_in
from core.staff import Role, hire
from core.web.access import for_role
from pos.app import create_shop_app
from pos.data_folder import DataFolder
from tests.access_matrix import WHO, allowed, missing_lines, routes
from tests.factories import PIN, person, shop_settings

IN = "let in"
STRANGER = "192.168.1.66"


@pytest.fixture
def app(folder: DataFolder) -> Iterator[Flask]:
    """The shop with every view replaced by a door that opens: only who may reach it is asked here."""
    app = create_shop_app(shop_settings(), folder)
    app.testing = True
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        with transaction():
            hire(name="Ánh", role=Role.AUDITOR, pin=PIN, by=person(Role.OWNER))
        yield app
        db.session.remove()
        db.engine.dispose()


def open_doors(app: Flask) -> None:
    """Put a door in place of each view, under the view's own rule."""
    for _, endpoint, _ in routes(app):
        rule = {name: value for name, value in vars(app.view_functions[endpoint]).items() if name in ("access", "own")}

        def door(**address: object) -> str:
            return IN

        vars(door).update(rule)
        app.view_functions[endpoint] = door


def client_of(app: Flask, who: str) -> FlaskClient:
    client = app.test_client()
    if who in list(Role):
        with transaction():
            token = begin_sign_in(person(Role(who)))
        with client.session_transaction() as session:
            session["token"] = token
    return client


def address_of(route: str) -> str:
    """A route with something in its places."""
    return re.sub(r"<(?:(\w+):)?\w+>", lambda place: "1" if place[1] == "int" else "01", route)


def asked(client: FlaskClient, route: str, who: str) -> TestResponse:
    method, path = route.split(" ", 1)
    environ = {"REMOTE_ADDR": STRANGER} if who == "stranger" else {}
    answer = Context().run(client.open, address_of(path), method=method, environ_overrides=environ)
    db.session.rollback()
    return answer


def is_refused(answer: TestResponse) -> bool:
    """403, 404, or the way to the page on which one says who one is."""
    doors = ("/sign-in", "/device")
    return answer.status_code in {403, 404} or (
        answer.status_code == 303 and answer.headers["Location"].partition("?")[0] in doors
    )


def test_each_route_lets_in_whom_the_table_names_and_nobody_else(app: Flask) -> None:
    open_doors(app)
    wrong, tried = [], 0
    clients = {who: client_of(app, who) for who in WHO}
    for route, lets_in in allowed().items():
        for who, client in clients.items():
            answer, tried = asked(client, route, who), tried + 1
            gets_in = answer.status_code == 200 and answer.text == IN
            if gets_in != (who in lets_in.split()) or not (gets_in or is_refused(answer)):
                wrong.append(f"{route} as {who}: {answer.status_code} {answer.headers.get('Location', '')}")

    assert wrong == []
    assert tried > 500


def test_no_route_is_missing_in_the_table_and_none_is_left_over(app: Flask) -> None:
    there = {route for route, *_ in routes(app)}

    missing = missing_lines(app)
    assert not missing, "Write into tests/access_matrix.toml, after thought:\n" + "\n".join(missing)
    assert set(allowed()) - there == set()


def test_a_new_route_without_a_line_fails(app: Flask) -> None:
    app.add_url_rule("/new-thing", "new_thing", for_role(Role.CLERK)(lambda: ""), methods=["POST"])

    assert missing_lines(app) == ['under ["clerk manager owner"]:    "POST /new-thing",']


def test_a_door_left_open_is_seen(app: Flask) -> None:
    open_doors(app)
    app.view_functions["devices.index"].access = frozenset(Role)  # type: ignore[attr-defined]

    assert asked(client_of(app, "clerk"), "GET /devices", "clerk").text == IN  # what the matrix would name
