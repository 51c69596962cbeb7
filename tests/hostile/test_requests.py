"""Requests that no page of ours sends: without a token, for another host, with other methods, bodies, cookies."""

from __future__ import annotations

import re
import uuid
from io import BytesIO
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from core.staff import Role
from core.web.safety import BIGGEST_REQUEST, HEADERS
from tests.factories import PIN, Shop, person
from tests.hostile.attack import pages
from tests.pos.web.conftest import Screen

SEEN_BY_EVERYBODY = ("/sign-in", "/no-such-page", "/static/shell/base.css", "/static/shell/no-such-file.css", "/")
TRAVERSALS = (
    "../../../pos/app.py",
    "..%2f..%2fapp.py",
    "%2e%2e/%2e%2e/app.py",
    "....//app.py",
    "/etc/passwd",
    "a%00.css",
)


SIGNED = "bank_notices.take"
"""No form of a page: a program calls it, with a signature over the whole of it (tests/pos/web/test_bank_notices.py)."""


def changing(shop: Shop) -> list[Rule]:
    """Every route that changes something."""
    return [
        rule
        for rule in shop.app.url_map.iter_rules()
        if set(rule.methods or ()) & {"POST", "PUT", "PATCH", "DELETE"} and rule.endpoint != SIGNED
    ]


def address_of(rule: Rule) -> str:
    return re.sub(r"<[^>]+>", "1", rule.rule)


def test_every_route_that_changes_something_refuses_a_form_without_its_token(shop: Shop) -> None:
    screen = Screen(shop, Role.OWNER)
    answers = {}
    for rule in changing(shop):
        screen.sign_in(Role.OWNER)
        answer = screen.send("POST", address_of(rule), data={"key": str(uuid.uuid4())})
        answers[rule.rule] = (answer.status_code, "tải lại trang" in answer.get_data(as_text=True).lower())

    assert len(answers) > 30
    assert set(answers.values()) == {(400, True)}, answers


@pytest.mark.parametrize("token", ["", "x", "IjAwMDAi.aaaa.bbbb"])
def test_a_made_up_token_is_refused(shop: Shop, token: str) -> None:
    screen = Screen(shop, Role.OWNER)

    assert screen.press("/till/visitors", csrf_token=token).status_code == 400


def test_a_token_of_another_session_is_refused(shop: Shop) -> None:
    stranger, screen = shop.app.test_client(), Screen(shop, Role.OWNER)
    page = stranger.get("/sign-in").get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)

    assert token
    assert screen.press("/till/visitors", csrf_token=token[1]).status_code == 400


def test_every_answer_carries_the_guarding_headers(shop: Shop, owner: Screen) -> None:
    answers = [owner.send("GET", address) for address in SEEN_BY_EVERYBODY]
    answers.append(owner.press("/till/visitors"))
    answers.append(owner.press("/till/scans", code="no code"))
    answers.append(owner.send("GET", "/till/scans"))
    answers.append(owner.send("POST", "/sign-in", data=b"x" * (BIGGEST_REQUEST * 9)))
    answers.append(shop.app.test_client().get("/till"))
    answers.append(owner.send("GET", "/", headers={"Host": "evil.example"}))
    answers.append(owner.send("OPTIONS", "/till"))

    assert {answer.status_code for answer in answers} >= {200, 303, 400, 404, 405, 422}
    for answer in answers:
        missing = {name for name, value in HEADERS.items() if answer.headers.get(name) != value}
        assert not missing, (answer.request.path, answer.status_code, missing)
        assert "no-store" in answer.headers["Cache-Control"] or "/static/" in answer.request.path


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    policy = dict(part.split(" ", 1) for part in HEADERS["Content-Security-Policy"].split("; "))

    assert policy["default-src"] == "'none'"
    assert {policy[name] for name in ("script-src", "style-src", "connect-src", "form-action")} == {"'self'"}
    assert not re.search(r"unsafe|\*|http:|https:", HEADERS["Content-Security-Policy"])


def test_no_page_holds_what_the_policy_would_stop(owner: Screen, shop: Shop) -> None:
    seen = 0
    for address, reader in pages(owner, shop.app):
        seen += 1
        assert "style" not in reader.tags | reader.attributes, address
        assert not [name for name in reader.attributes if name.startswith("on")], address
    assert seen > 10


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost@evil.example", "127.0.0.1.nip.io", ""]
)
def test_another_hosts_name_is_refused(owner: Screen, host: str) -> None:
    assert owner.send("GET", "/sign-in", headers={"Host": host}).status_code == 400


def test_no_header_of_a_proxy_is_believed(shop: Shop) -> None:
    told = {
        "X-Forwarded-For": "10.0.0.9",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "X-Original-URL": "/till",
        "Forwarded": "host=evil.example",
    }
    answer = shop.app.test_client().get("/till", headers=told)

    assert answer.status_code == 303
    assert "evil" not in str(answer.headers)
    assert "__Host-" not in str(answer.headers)


@pytest.mark.parametrize("path", TRAVERSALS)
def test_no_path_leads_out_of_a_folder(owner: Screen, shop: Shop, path: str) -> None:
    folders = {rule.rule.partition("<")[0] for rule in shop.app.url_map.iter_rules() if "<path:" in rule.rule}
    folders |= {"/static/shell/", "/static/pos/", "/help/pictures/", "/help/"}

    for folder in sorted(folders):
        answer = owner.send("GET", folder + path)
        assert answer.status_code in {303, 308, 400, 404}, folder
        assert b"create_shop_app" not in answer.data
        assert b"root:" not in answer.data


def test_only_post_changes_anything(owner: Screen, shop: Shop) -> None:
    for rule in changing(shop):
        for method in ("PUT", "DELETE"):
            assert owner.send(method, address_of(rule)).status_code in {404, 405}, (rule.rule, method)


def test_a_method_named_in_a_field_or_header_counts_for_nothing(owner: Screen) -> None:
    override = {"X-HTTP-Method-Override": "POST", "X-Method-Override": "POST"}

    assert owner.send("GET", "/till/visitors?_method=POST", headers=override).status_code == 405


@pytest.mark.parametrize("length", ["-1", "abc", "99999999999999999999"])
def test_a_length_that_lies_is_refused(owner: Screen, length: str) -> None:
    answer = owner.send("POST", "/till/scans", environ_overrides={"CONTENT_LENGTH": length}, data=b"code=1")

    assert 400 <= answer.status_code < 500


def test_a_body_too_large_is_refused_with_a_sentence(owner: Screen) -> None:
    answer = owner.send("POST", "/till/scans", data={"code": "1" * BIGGEST_REQUEST})

    assert answer.status_code == 413
    assert "nhỏ hơn" in answer.get_data(as_text=True)


def test_thousands_of_fields_and_nested_parts_are_refused(owner: Screen) -> None:
    fields = {f"field{number}": "1" for number in range(1100)}

    assert owner.send("POST", "/till/scans", data=fields, content_type="multipart/form-data").status_code == 413
    many = "&".join(["code=1"] * 200_000)
    assert owner.send(
        "POST", "/till/scans", data=many, headers={"Content-Type": "application/x-www-form-urlencoded"}
    ).status_code in {400, 413}


@pytest.mark.parametrize(
    "kind", ["application/json", "text/xml", "multipart/form-data", "multipart/form-data; boundary=", "\x7f/x"]
)
def test_a_body_of_another_kind_changes_nothing(owner: Screen, kind: str) -> None:
    body = b'{"code": "1"}--x\r\nContent-Disposition: form-data; name="code"\r\n\r\n1'

    assert owner.send("POST", "/till/scans", data=body, content_type=kind).status_code in {400, 413, 415, 422}


@pytest.mark.parametrize(
    "name",
    [
        "../../pos/app.py",
        "..\\..\\shop.sqlite",
        "a\x00.xlsx",
        "x" * 5000 + ".xlsx",
        "<xhostile>.csv",
        "con",
        "a\r\nX-Evil: 1.csv",
    ],
)
def test_a_files_name_is_only_a_word(owner: Screen, shop: Shop, name: str) -> None:
    before = sorted(path.name for path in shop.folder.path.rglob("*"))
    uploads = [rule for rule in changing(shop) if re.search(r"upload|import|paper|attachment", rule.rule)]

    for rule in uploads:
        parts = {"key": str(uuid.uuid4()), "file": (BytesIO(b"a,b\n1,2\n"), name)}
        answer = owner.send("POST", address_of(rule), data=parts, content_type="multipart/form-data")
        assert answer.status_code < 500, rule.rule
        assert "X-Evil" not in answer.headers
        assert b"<xhostile>" not in answer.data
    assert sorted(path.name for path in shop.folder.path.rglob("*")) == before


def sign_in(client: FlaskClient, **more: object) -> str:
    """Sign in by name and PIN; gives the token of the forms that follow."""
    page = client.get("/sign-in", **more).get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    data = {"staff": person(Role.CLERK).id, "pin": PIN, "csrf_token": token[1]}
    headers = {"Referer": "https://localhost/sign-in"} if more else {}
    assert client.post("/sign-in", data=data, headers=headers, **more).status_code == 303
    page = client.get("/shift", **more).get_data(as_text=True)
    return re.search(r'name="csrf_token" value="([^"]+)"', page)[1]


def test_who_signs_in_gets_a_new_session(shop: Shop) -> None:
    client = shop.app.test_client()
    client.get("/sign-in")
    before = client.get_cookie("pos_session").value

    sign_in(client)

    thief = shop.app.test_client()
    thief.set_cookie("pos_session", before)
    assert thief.get("/till").headers["Location"].startswith("/sign-in")
    assert client.get_cookie("pos_session").value != before


@pytest.mark.parametrize("cookie", ["", "x", "e30.aaaa.bbbb", quote("\x00\r\n"), "." * 3000, "eyJ0b2tlbiI6MX0.Z.x"])
def test_a_made_up_cookie_is_nobody(shop: Shop, cookie: str) -> None:
    client = shop.app.test_client()
    client.set_cookie("pos_session", cookie)

    assert client.get("/till").status_code == 303


def test_over_https_every_cookie_is_bound_to_the_host_and_over_http_to_the_site(shop: Shop) -> None:
    plain, secure = shop.app.test_client(), shop.app.test_client()
    for client, more in ((plain, {}), (secure, {"base_url": "https://localhost"})):
        token = sign_in(client, **more)
        data = {"register": "2", "key": str(uuid.uuid4()), "csrf_token": token}
        client.post("/shift/register", data=data, headers={"Referer": "https://localhost/shift"}, **more)

    for client, bound in ((plain, False), (secure, True)):
        cookies = list(client._cookies.values())
        assert {cookie.key.removeprefix("__Host-") for cookie in cookies} >= {"pos_session", "register"}
        for cookie in cookies:
            assert (cookie.http_only, cookie.same_site, cookie.path) == (True, "Strict", "/"), cookie.key
            assert cookie.secure is bound, cookie.key
            assert cookie.key.startswith("__Host-") is bound, cookie.key
            assert cookie.domain == "localhost"
            assert cookie.origin_only
