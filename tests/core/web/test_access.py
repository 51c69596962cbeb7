from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.database import db, transaction
from core.staff import Staff
from core.web.access import NoAccessRule, access_of
from tests.core.web import tiny_app
from tests.core.web.conftest import key, sign_in


def test_every_view_of_the_shell_says_who_may_use_it(app: Flask) -> None:
    undecided = [endpoint for endpoint in app.view_functions if access_of(app, endpoint) is None]

    assert undecided == ["tiny.forgotten"]


def test_without_a_sign_in_pages_lead_to_the_sign_in_and_back(client: FlaskClient) -> None:
    answer = client.get("/till?x=1")

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/sign-in?back=/till?x%3D1"


def test_a_part_asked_for_without_a_sign_in_moves_the_whole_page(client: FlaskClient) -> None:
    answer = client.get("/foot", headers={"HX-Request": "true", "HX-Request-Type": "partial"})

    assert answer.status_code == 200
    assert answer.headers["HX-Redirect"] == "/sign-in"
    assert "Location" not in answer.headers


@pytest.mark.parametrize(
    ("role", "till", "ledger", "writes_ledger"),
    [("clerk", 200, 403, 403), ("manager", 200, 200, 200), ("owner", 200, 200, 200), ("auditor", 403, 200, 403)],
)
def test_roles(client: FlaskClient, role: str, till: int, ledger: int, writes_ledger: int) -> None:
    sign_in(client, role)

    assert client.get("/till").status_code == till
    assert client.get("/ledger").status_code == ledger
    assert client.post("/ledger").status_code == writes_ledger  # auditors only read, although they are named


def test_a_view_without_a_rule_is_a_mistake_in_tests_and_closed_in_the_shop(app: Flask, client: FlaskClient) -> None:
    sign_in(client, "owner")
    with pytest.raises(NoAccessRule):
        client.get("/forgotten")

    app.testing = False
    assert client.get("/forgotten").status_code == 403


def test_a_page_that_is_not_there_is_so_for_everybody(client: FlaskClient) -> None:
    assert client.get("/nothing").status_code == 404


def test_signing_out_ends_copies_of_the_cookie_too(app: Flask, clerk: FlaskClient) -> None:
    copy = app.test_client()
    cookie = clerk.get_cookie("tiny_session")
    assert cookie is not None
    copy.set_cookie("tiny_session", cookie.value)
    assert copy.get("/till").status_code == 200

    clerk.post("/sign-out")

    assert clerk.get("/till").status_code == 303
    assert copy.get("/till").status_code == 303


def test_each_sign_in_has_a_token_of_its_own(client: FlaskClient) -> None:
    sign_in(client)
    with client.session_transaction() as session:
        first = session["token"]
    sign_in(client, "manager")
    with client.session_transaction() as session:
        second = session["token"]

    assert first != second


def test_who_is_retired_is_signed_out(app: Flask, clerk: FlaskClient) -> None:
    with app.app_context(), transaction() as session:
        from core import clock

        session.get_one(Staff, 1).retired_at = clock.now()

    assert clerk.get("/till").status_code == 303
    assert clerk.post("/sign-in", data={"staff": 1, "pin": tiny_app.PINS["clerk"]}).status_code == 422


def test_a_made_up_token_opens_nothing(client: FlaskClient) -> None:
    with client.session_transaction() as session:
        session["token"] = "x" * 32
        session["staff_id"] = 1

    assert client.get("/till").status_code == 303


@pytest.mark.parametrize(
    "form", [{"staff": "1", "pin": "000000"}, {"staff": "99", "pin": "111111"}, {"staff": "x"}, {}]
)
def test_a_wrong_pin_opens_nothing(client: FlaskClient, form: dict[str, str]) -> None:
    assert client.post("/sign-in", data=form).status_code == 422
    assert client.get("/till").status_code == 303


def test_the_sign_in_leads_back_to_where_one_came_from_and_never_elsewhere(client: FlaskClient) -> None:
    form = {"staff": "2", "pin": tiny_app.PINS["manager"]}

    assert client.post("/sign-in", data={**form, "back": "/ledger"}).headers["Location"] == "/ledger"
    for elsewhere in ("//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "/\tx", ""):
        assert client.post("/sign-in", data={**form, "back": elsewhere}).headers["Location"] == "/"


def test_the_menu_shows_what_is_open(client: FlaskClient) -> None:
    sign_in(client, "clerk")
    page = client.get("/till").get_data(as_text=True)

    assert 'href="/till"' in page
    assert 'href="/ledger"' not in page


def test_nothing_of_the_one_before_stays_but_the_language(client: FlaskClient) -> None:
    client.post("/language", data={"language": "en"})
    sign_in(client)
    with client.session_transaction() as session:
        session["something"] = "of the clerk"
    sign_in(client, "manager")

    with client.session_transaction() as session:
        assert session["language"] == "en"
        assert "something" not in session


def test_old_answers_are_forgotten_when_someone_signs_in(app: Flask, clerk: FlaskClient) -> None:
    from datetime import timedelta

    from core import clock
    from core.web.once import AnsweredForm

    clerk.post("/notes", data={"text": "mật ong", "key": key()})
    with clock.stopped_at(clock.now() + timedelta(days=31)):
        sign_in(clerk)

    with app.app_context():
        assert db.session.query(AnsweredForm).count() == 0
