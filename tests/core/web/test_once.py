from __future__ import annotations

import io
import threading
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.core.web.conftest import key, sign_in

Noted = Callable[[], list[str]]


def test_pressing_twice_writes_once_and_leads_to_the_same_place(clerk: FlaskClient, noted: Noted) -> None:
    form = {"text": "mật ong", "key": key()}

    first = clerk.post("/notes", data=form)
    second = clerk.post("/notes", data=form)

    assert noted() == ["mật ong"]
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["Location"] == second.headers["Location"] == "/till"


def test_the_same_key_with_other_content_is_refused_and_the_first_stands(clerk: FlaskClient, noted: Noted) -> None:
    same = key()
    clerk.post("/notes", data={"text": "mật ong", "key": same})

    answer = clerk.post("/notes", data={"text": "trà", "key": same})

    assert answer.status_code == 409
    assert noted() == ["mật ong"]


def test_the_same_key_from_someone_else_or_for_another_page_is_refused(client: FlaskClient, noted: Noted) -> None:
    form = {"text": "mật ong", "key": key()}
    sign_in(client, "clerk")
    client.post("/notes", data=form)

    assert client.post("/refused-notes", data=form).status_code == 409
    sign_in(client, "manager")
    assert client.post("/notes", data=form).status_code == 409
    assert noted() == ["mật ong"]


def test_a_view_that_changes_a_part_shows_that_part_each_time(clerk: FlaskClient, noted: Noted) -> None:
    form = {"code": "8931200000017", "key": key()}
    as_part = {"HX-Request": "true", "HX-Request-Type": "partial"}

    first = clerk.post("/scans", data=form, headers=as_part)
    second = clerk.post("/scans", data=form, headers=as_part)

    assert noted() == ["8931200000017"]
    assert first.get_data() == second.get_data()
    assert "<li>8931200000017</li>" in first.get_data(as_text=True)
    assert "<html" not in first.get_data(as_text=True)


def test_without_a_script_the_whole_page_answers_the_scan(clerk: FlaskClient) -> None:
    answer = clerk.post("/scans", data={"code": "8931200000017", "key": key()})

    assert answer.status_code == 200
    assert "<html" in answer.get_data(as_text=True)


def test_a_broken_rule_keeps_nothing_and_the_corrected_form_may_use_its_key(clerk: FlaskClient, noted: Noted) -> None:
    same = key()

    assert clerk.post("/notes", data={"text": "", "key": same}).status_code == 422
    assert clerk.post("/notes", data={"text": "trà", "key": same}).status_code == 303
    assert noted() == ["trà"]


def test_an_answer_that_refuses_keeps_nothing(clerk: FlaskClient, noted: Noted) -> None:
    same = key()

    assert clerk.post("/refused-notes", data={"key": same}).status_code == 422
    assert clerk.post("/refused-notes", data={"key": same}).status_code == 422
    assert noted() == []


@pytest.mark.parametrize("broken", ["", "1", "not-a-key", "00000000-0000-0000-0000-00000000000g"])
def test_a_form_without_a_key_is_not_taken(clerk: FlaskClient, noted: Noted, broken: str) -> None:
    assert clerk.post("/notes", data={"text": "trà", "key": broken}).status_code == 400
    assert noted() == []


def test_the_key_may_come_in_the_header(clerk: FlaskClient, noted: Noted) -> None:
    headers = {"Idempotency-Key": key()}

    clerk.post("/notes", data={"text": "trà"}, headers=headers)
    clerk.post("/notes", data={"text": "trà"}, headers=headers)

    assert noted() == ["trà"]


def test_the_key_is_the_same_however_it_is_written(clerk: FlaskClient, noted: Noted) -> None:
    same = key()

    clerk.post("/notes", data={"text": "trà", "key": same})
    clerk.post("/notes", data={"text": "trà", "key": same.upper()})

    assert noted() == ["trà"]


def test_another_file_is_other_content(clerk: FlaskClient) -> None:
    same = key()

    def send(content: bytes) -> int:
        file = (io.BytesIO(content), "list.csv")
        return clerk.post("/notes", data={"text": "trà", "key": same, "file": file}).status_code

    assert [send(b"a"), send(b"a"), send(b"b")] == [303, 303, 409]


def test_ten_presses_at_the_same_moment_write_once(app: Flask, clerk: FlaskClient, noted: Noted) -> None:
    cookie = clerk.get_cookie("tiny_session")
    assert cookie is not None
    form, start, answers = {"text": "mật ong", "key": key()}, threading.Barrier(10), []

    def press() -> None:
        client = app.test_client()
        client.set_cookie("tiny_session", cookie.value)
        start.wait()
        answers.append(client.post("/notes", data=form).status_code)

    threads = [threading.Thread(target=press) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [303] * 10
    assert noted() == ["mật ong"]
