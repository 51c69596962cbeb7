"""Who may do what: the table tests/access_matrix.toml against every route of the shop.

A new route needs a line there, thought about by a person. What is missing, with whom the code lets in now, is printed
by `.venv/bin/python -m tests.access_matrix`.
"""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from config.settings import load_settings
from core.staff import Role
from core.web.access import EVERYBODY, THE_SHOP, access_of
from pos.app import create_shop_app
from pos.data_folder import DataFolder

TABLE = Path(__file__).with_name("access_matrix.toml")
WHO = (*(role.value for role in Role), "nobody", "stranger")
"""Each role signed in; nobody signed in at a device of the shop; a device that the shop does not know."""


def allowed() -> dict[str, str]:
    """Who is let in, by `METHOD /route`, as the table says; a route that stands twice is a mistake."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    found: dict[str, str] = {}
    for who, group in table.items():
        for route in group["routes"]:
            assert route not in found, f"{route} stands twice in {TABLE.name}"
            found[route] = who
    return found


def routes(app: Flask) -> Iterator[tuple[str, str, str]]:
    """`METHOD /route`, its endpoint and its method, of everything but style and script files."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or rule.endpoint.endswith(".static"):
            continue
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield f"{method} {rule.rule}", rule.endpoint, method


def let_in_now(app: Flask, endpoint: str, method: str) -> str:
    """Whom the code lets in, as a line of the table; to be looked at, not to be believed."""
    access = access_of(app, endpoint)
    if access in (EVERYBODY, THE_SHOP):
        return " ".join(WHO if access == EVERYBODY else WHO[:-1])
    own = getattr(app.view_functions[endpoint], "own", False)
    reads = method == "GET" or own
    return " ".join(role.value for role in Role if role in (access or ()) and (reads or role is not Role.AUDITOR))


def missing_lines(app: Flask) -> list[str]:
    """The lines that the table lacks."""
    known = allowed()
    return [
        f'under ["{let_in_now(app, endpoint, method)}"]:    "{route}",'
        for route, endpoint, method in sorted(routes(app))
        if route not in known
    ]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        shop = create_shop_app(load_settings(None), DataFolder(Path(folder)))
        print("\n".join(missing_lines(shop)) or "No line is missing.")  # noqa: T201  (a command)
