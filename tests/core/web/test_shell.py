from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core import i18n
from core.database import db
from core.web import shell
from tests.core.web import tiny_app
from tests.core.web.conftest import key

PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[FlaskClient]:
    """The app as it runs in a shop: forged forms are refused, mistakes are answered."""
    app = tiny_app.create_tiny_app(tmp_path, testing=False)
    yield app.test_client()
    with app.app_context():
        db.engine.dispose()


def token_of(client: FlaskClient) -> str:
    page = client.get("/sign-in").get_data(as_text=True)
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]


def test_nothing_inline_and_nothing_from_elsewhere_may_run(clerk: FlaskClient) -> None:
    answer = clerk.get("/till")
    policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
    page = answer.get_data(as_text=True)
    assert not re.search(r"<script(?![^>]* src=)|<style|\son[a-z]+=|\sstyle=|https?://", page)


def test_errors_carry_the_same_headers(client: FlaskClient) -> None:
    assert "default-src 'none'" in client.get("/nothing").headers["Content-Security-Policy"]


def test_templates_and_scripts_hold_nothing_that_the_policy_forbids() -> None:
    root = Path(shell.__file__).parent
    for page in (root / "templates").rglob("*.html"):
        assert not re.search(r"\son[a-z]+=\"|\sstyle=|hx-on|js:|every \S+ ?\[", page.read_text("utf-8")), page
    for script in (root / "static").glob("*.js"):
        if script.name != "htmx.min.js":
            text = script.read_text("utf-8")
            assert not re.search(r"\beval\b|new Function|innerHTML|https?://", text), script
            assert len(text.splitlines()) <= 75, script


def test_cookies_are_for_this_site_and_its_server_only(clerk: FlaskClient) -> None:
    cookie = clerk.get_cookie("tiny_session")

    assert cookie is not None
    assert (cookie.http_only, cookie.same_site, cookie.secure, cookie.path) == (True, "Strict", False, "/")


def test_over_https_the_cookie_is_bound_to_the_host(tmp_path: Path) -> None:
    app = tiny_app.create_tiny_app(tmp_path)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()

    client.get("/sign-in", base_url="https://localhost")
    cookie = client.get_cookie("__Host-tiny_session")

    assert cookie is not None
    assert (cookie.secure, cookie.http_only, cookie.same_site, cookie.path) == (True, True, "Strict", "/")
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:5000", "10.0.0.1"])
def test_a_name_that_is_not_ours_is_refused(client: FlaskClient, host: str) -> None:
    assert client.get("/open", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:5000"])
def test_our_own_names_are_answered(client: FlaskClient, host: str) -> None:
    assert client.get("/open", headers={"Host": host}).status_code == 200


def test_a_form_without_its_token_is_refused_in_vietnamese(guarded: FlaskClient) -> None:
    answer = guarded.post("/sign-in", data={"staff": "1", "pin": "111111"})

    assert answer.status_code == 400
    assert "tải lại trang" in answer.get_data(as_text=True)


def test_the_token_may_come_in_the_form_or_in_htmxs_header(guarded: FlaskClient) -> None:
    token = token_of(guarded)
    assert guarded.post("/sign-in", data={"staff": "1", "pin": "111111", "csrf_token": token}).status_code == 303
    token = token_of(guarded)  # a new session has a new token

    note = {"text": "trà", "key": key()}
    assert guarded.post("/notes", data=note).status_code == 400
    assert guarded.post("/notes", data=note, headers={"X-CSRFToken": token}).status_code == 303


def test_too_large_a_request_is_refused(clerk: FlaskClient) -> None:
    answer = clerk.post("/notes", data={"text": "x" * 10_000_000, "key": key()})

    assert answer.status_code == 413
    assert "quá lớn" in answer.get_data(as_text=True)


def test_a_broken_rule_is_a_page_that_says_what_to_do(client: FlaskClient) -> None:
    answer = client.get("/jar")

    assert answer.status_code == 422
    assert "The jar of mật ong is broken. Take another one." in answer.get_data(as_text=True)
    assert "Chưa có gì thay đổi." in answer.get_data(as_text=True)


def test_for_htmx_a_broken_rule_is_a_message_beside_the_page(client: FlaskClient) -> None:
    answer = client.get("/jar", headers=PART)

    assert answer.status_code == 422
    assert answer.headers["HX-Retarget"] == "#messages"
    assert answer.headers["HX-Reswap"] == "afterbegin"
    assert "<html" not in answer.get_data(as_text=True)
    assert 'data-sound="refused"' in answer.get_data(as_text=True)


def test_our_own_mistake_has_a_number_that_stands_in_the_log(
    guarded: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = guarded.get("/mistake")

    found = re.search(r"<b>([A-Z]{6})</b>", answer.get_data(as_text=True))
    assert answer.status_code == 500
    assert found
    assert f"mistake {found[1]}" in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert "ZeroDivisionError" not in answer.get_data(as_text=True)


def test_a_mistake_in_a_part_is_a_message_with_its_number(guarded: FlaskClient) -> None:
    answer = guarded.get("/mistake", headers=PART)

    assert answer.status_code == 500
    assert re.search(r"Mã lỗi: [A-Z]{6}", answer.get_data(as_text=True))


@pytest.mark.parametrize(("path", "status"), [("/nothing", 404), ("/sign-out", 405)])
def test_refused_requests_are_answered_in_vietnamese(client: FlaskClient, path: str, status: int) -> None:
    answer = client.get(path)

    assert answer.status_code == status
    assert "Chưa có gì thay đổi." in answer.get_data(as_text=True)


def test_a_405_says_what_is_allowed(client: FlaskClient) -> None:
    assert "POST" in client.get("/sign-out").headers["Allow"]


def test_one_key_changes_the_language_of_every_page(clerk: FlaskClient) -> None:
    assert "Đăng xuất" in clerk.get("/till").get_data(as_text=True)
    assert 'data-key="Alt+L"' in clerk.get("/till").get_data(as_text=True)

    back = clerk.post("/language", data={"language": "en", "back": "/till"})

    assert back.headers["Location"] == "/till"
    assert '<html lang="en">' in clerk.get("/till").get_data(as_text=True)
    assert "Sign out" in clerk.get("/till").get_data(as_text=True)
    assert "Đăng xuất" in clerk.get("/till?lang=vi").get_data(as_text=True)


def test_the_language_of_one_request_is_not_that_of_the_next(clerk: FlaskClient) -> None:
    clerk.get("/till?lang=en")

    assert i18n.current_language() == "vi"
    with i18n.use("en"):
        clerk.get("/till")
        assert i18n.current_language() == "en"


def test_a_refused_form_is_answered_in_the_language_of_the_screen(guarded: FlaskClient) -> None:
    guarded.post("/language", data={"language": "en", "csrf_token": token_of(guarded)})

    assert "Reload the page" in guarded.post("/sign-in").get_data(as_text=True)


def test_a_language_nobody_speaks_is_vietnamese(clerk: FlaskClient) -> None:
    clerk.post("/language", data={"language": "<b>", "back": "//evil.example"})

    assert '<html lang="vi">' in clerk.get("/till").get_data(as_text=True)


def test_htmx_gets_the_part_and_everybody_else_the_page(clerk: FlaskClient) -> None:
    page, part = clerk.get("/till"), clerk.get("/till", headers=PART)

    assert "<html" in page.get_data(as_text=True)
    assert "<html" not in part.get_data(as_text=True)
    assert {"HX-Request", "HX-Request-Type", "HX-History-Restore-Request"} <= set(page.vary)
    assert set(page.vary) == set(part.vary)


@pytest.mark.parametrize(
    "headers",
    [
        {"HX-Request": "true", "HX-Request-Type": "full"},
        {"HX-History-Restore-Request": "true", "HX-Request-Type": "full"},
        {"HX-History-Restore-Request": "true", "HX-Request": "true", "HX-Request-Type": "partial"},
    ],
)
def test_going_back_in_the_history_gets_the_page(clerk: FlaskClient, headers: dict[str, str]) -> None:
    assert "<html" in clerk.get("/till", headers=headers).get_data(as_text=True)


def test_the_vendored_htmx_speaks_these_headers() -> None:
    text = (Path(shell.__file__).parent / "static" / "htmx.min.js").read_text("utf-8")

    assert 'this.version="4.0.1"' in text
    for name in ("HX-Request-Type", "HX-History-Restore-Request", '"HX-Request":"true"'):
        assert name in text


def test_what_stands_in_the_list_of_vendored_files_is_what_is_there() -> None:
    import hashlib

    static = Path(shell.__file__).parent / "static"
    listed = re.findall(r"^\| (\S+) \|.*\| ([0-9a-f]{64}) \|$", (static / "VENDOR.md").read_text("utf-8"), re.M)

    assert len(listed) == 7
    for name, digest in listed:
        assert hashlib.sha256((static / name).read_bytes()).hexdigest() == digest
    assert {f"fonts/{path.name}" for path in (static / "fonts").glob("*.woff2")} == {n for n, _ in listed if "/" in n}


def test_assets_may_be_kept_because_their_address_changes_with_them(client: FlaskClient) -> None:
    page = client.get("/sign-in").get_data(as_text=True)
    found = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)

    assert len(found) > 15
    for address in found:
        answer = client.get(address.replace("&amp;", "&"))
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        answer.close()
    plain = client.get("/static/shell/tokens.css")
    assert plain.headers["Cache-Control"] == "no-cache"
    plain.close()


def test_the_foot_bar_shows_what_the_packages_tell(clerk: FlaskClient) -> None:
    bar = clerk.get("/foot").get_data(as_text=True)

    assert re.findall(r"lamp-(\w+)", bar) == ["ok", "warn"]
    assert "Máy in" in bar
    assert "<html" not in bar


def test_a_mistake_of_the_foot_bar_is_not_told_every_five_seconds(app: Flask, clerk: FlaskClient) -> None:
    app.extensions["foot_bar"].append(lambda: 1 // 0)
    app.config.update(PROPAGATE_EXCEPTIONS=False)

    answer = clerk.get("/foot", headers=PART)

    assert answer.status_code == 500
    assert answer.get_data() == b""


def test_names_with_marks_of_any_form_are_kept_in_one(clerk: FlaskClient) -> None:
    clerk.post("/notes", data={"text": unicodedata.normalize("NFD", "Mật ong Cao Bằng"), "key": key()})

    assert "Mật ong Cao Bằng" in clerk.get("/till").get_data(as_text=True)


def test_template_text_from_outside_is_inert(clerk: FlaskClient) -> None:
    clerk.post("/notes", data={"text": "{{7*7}}<img src=x onerror=alert(1)>", "key": key()})
    page = clerk.get("/till").get_data(as_text=True)

    assert "{{7*7}}&lt;img" in page
    assert "<img src=x" not in page


def test_signing_in_needs_no_script(guarded: FlaskClient) -> None:
    token = token_of(guarded)
    answer = guarded.post("/sign-in", data={"staff": "2", "pin": "222222", "csrf_token": token}, follow_redirects=True)

    assert "Trần Văn Đức" in answer.get_data(as_text=True)
