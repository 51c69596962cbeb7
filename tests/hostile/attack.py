"""What can be sent to the shop, found out from its own pages and routes, and what no answer may do with it.

New routes are found by themselves: every POST route of the app is a target, with the fields of its form where a page
has one, and with those that its source reads.
"""

from __future__ import annotations

import inspect
import json
import re
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import quote_plus, unquote, urlsplit

import pysqlite3
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from core.text import clean, fold, nfc
from tests.factories import Shop
from tests.hostile.form_reader import MARKS, Form, PageReader
from tests.hostile.naughty import COMES_TO, MARK
from tests.pos.web.conftest import Screen

READS = re.compile(r"""(?:read_\w+\(\s*\w+(?:\.\w+)?\s*,|\.(?:get|getlist)\(|form\[|files\[)\s*["'](\w+)["']""")
REFUSED = {400, 403, 404, 405, 409, 413, 415, 422, 429}
FORM = {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"}
MOST_PAGES = 250
PLAIN = {
    "day": "2026-11-20",
    "date": "2026-11-20",
    "amount": "35.000",
    "price": "35.000",
    "cost": "35.000",
    "quantity": "1",
    "phone": "0912345678",
    "pin": "135790",
    "name": "Hạt dẻ",
    "reason": "Nhập nhầm",
    "address": "12 Chi Lăng",
    "sku": "00001",
    "code": "00001",
    "number": "12/QĐ-UBND",
    "text": "mật",
}


@dataclass
class Target:
    """An address that forms are sent to, with plain values for its fields and the page where it was found."""

    endpoint: str
    address: str
    fields: dict[str, str]
    method: str = "post"
    found_on: str = ""
    answers: set[int] = field(default_factory=set)


def find_targets(screen: Screen, app: Flask) -> list[Target]:
    """Every POST route and every search form of the app, each once."""
    found = list(pages(screen, app))
    known = _known_numbers(app, {address for address, reader in found for address in (address, *reader.links)})
    targets = {target.endpoint: target for target in _on_pages(found, app)}
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()) and rule.endpoint not in targets:
            names = _read_in_source(inspect.getmodule(_view(app, rule.endpoint)))
            fields = {name: plain_value(name) for name in names}
            targets[rule.endpoint] = Target(rule.endpoint, _some_address(rule, known), fields)
    for target in targets.values():
        for name in _read_in_source(_view(app, target.endpoint)):
            target.fields.setdefault(name, plain_value(name))
    return sorted(targets.values(), key=lambda target: target.endpoint)


def plain_value(name: str) -> str:
    """What a person would type into a field of this name, so that the other fields are not what is refused."""
    for part, value in PLAIN.items():
        if part in name:
            return value
    return "1"


def pages(screen: Screen, app: Flask) -> Iterator[tuple[str, PageReader]]:
    """Every page that links lead to, from those that need nothing in their address."""
    waiting = [rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments]
    seen: set[str] = set()
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        kind = re.sub(r"\d+", "1", address.partition("?")[0])
        if kind in seen or "/static/" in address:
            continue
        seen.add(kind)
        answer = screen.send("GET", address)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            reader = PageReader(answer.get_data(as_text=True))
            waiting += sorted(reader.links)
            yield address, reader


def _on_pages(found: list[tuple[str, PageReader]], app: Flask) -> Iterator[Target]:
    for address, reader in found:
        for form in reader.forms:
            target = _target_of(form, address, app)
            if target is not None:
                yield target


def _target_of(form: Form, page: str, app: Flask) -> Target | None:
    path = urlsplit(form.address or page).path
    try:
        endpoint, _ = app.url_map.bind("localhost").match(path, method=form.method.upper())
    except HTTPException:
        return None
    fields = {
        name: value or (plain_value(name) if name in form.required else "")
        for name, value in form.fields.items()
        if name not in MARKS
    }
    fields |= dict.fromkeys(form.files, "")
    return Target(endpoint, path, fields, form.method, page)


def _known_numbers(app: Flask, addresses: set[str]) -> dict[str, str]:
    """What stands in the places of the addresses that were seen: of "/inventory/products/00001" the number 00001.

    By the name of the place, and by that name within its blueprint; the last one seen is seldom the owner's own.
    """
    known: dict[str, str] = {}
    for address in sorted(addresses):
        try:
            endpoint, values = app.url_map.bind("localhost").match(urlsplit(address).path)
        except HTTPException:
            continue
        blueprint = endpoint.partition(".")[0]
        for name, value in values.items():
            known[name] = known[f"{blueprint}.{name}"] = str(value)
    return known


def _some_address(rule: Rule, known: dict[str, str]) -> str:
    blueprint = rule.endpoint.partition(".")[0]

    def number(place: re.Match[str]) -> str:
        return known.get(f"{blueprint}.{place[1]}") or known.get(place[1], "1")

    return re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", number, rule.rule)


def _view(app: Flask, endpoint: str) -> Any:
    return inspect.unwrap(app.view_functions[endpoint])


def _read_in_source(of: Any) -> set[str]:
    """Names of fields that some code reads."""
    return set(READS.findall(inspect.getsource(of))) - MARKS


def send(screen: Screen, target: Target, name: str, text: str) -> TestResponse:
    """The form with this text in one field, sent as bytes: also what no browser would send."""
    fields = {**target.fields, name: text, **({"key": str(uuid.uuid4())} if target.method == "post" else {})}
    body = "&".join(f"{quote_plus(key)}={quote_plus(value, errors='surrogatepass')}" for key, value in fields.items())
    if target.method == "get":
        return screen.send("GET", f"{target.address}?{body}")
    return screen.send("POST", target.address, data=body.encode("ascii"), headers=FORM)


def complaints(answer: TestResponse, text: str) -> Iterator[str]:
    """What is wrong with an answer to this text."""
    status = answer.status_code
    if status >= 500 or (status >= 400 and status not in REFUSED):
        yield f"answered {status}"
    for name, value in answer.headers.items():
        if MARK in unquote(value).lower():
            yield f"the text stands in the header {name}: {value[:80]}"
    if answer.mimetype == "text/html":
        page = answer.get_data(as_text=True)
        yield from complaints_of_page(page)
        if status == 422 and not re.search(r"\w{3,}", unescape(re.sub(r"<[^>]+>", "", page))):
            yield "refused without a sentence"


def complaints_of_page(page: str) -> Iterator[str]:
    """Whether something that was sent came to life in a page."""
    reader = PageReader(page)
    if any(MARK in name for name in reader.tags | reader.attributes):
        yield "the text became markup"
    if f"{MARK}{COMES_TO}" in page or f"{MARK}${COMES_TO}" in page:
        yield "the text was worked out as a template"


def texts_kept(shop: Shop) -> set[str]:
    """Every text in the shop's tables that holds our mark, those inside the journal's records too."""
    found: set[str] = set()
    with closing(pysqlite3.connect(f"file:{shop.folder.database}?mode=ro", uri=True)) as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in database.execute(f'SELECT * FROM "{table}"'):
                found |= {value for value in row if isinstance(value, str) and MARK in value.lower()}
    return {text for value in found for text in _spoken(value)}


def _spoken(value: str) -> Iterator[str]:
    """A text; of JSON each text in it."""
    try:
        told = json.loads(value)
    except ValueError:
        yield value
        return
    waiting = [told]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, str) and MARK in one.lower():
            yield one


def is_unchanged(kept: str, text: str) -> bool:
    """Whether a text was kept whole: as it was sent, or cleaned at the door, or folded for the search."""
    whole = {text, nfc(text), clean(text, limit=len(text) + 1)}
    return any(one in kept or fold(one) in fold(kept) for one in whole)
