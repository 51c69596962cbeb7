"""Every page says who may open it."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask

from core.web.access import access_of


def every_route_is_decided(app: Flask) -> Iterator[str]:
    """A view without a rule is closed to everybody, and a mistake of ours."""
    for rule in app.url_map.iter_rules():
        if access_of(app, rule.endpoint) is None:
            yield f"{rule.rule} ({rule.endpoint}) says nobody who may open it"


def nothing_changes_by_looking(app: Flask) -> Iterator[str]:
    """A page that changes something is asked by POST only: a browser may fetch the others ahead, or again."""
    for rule in app.url_map.iter_rules():
        methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if "GET" in methods and methods != {"GET"}:
            yield f"{rule.rule} ({rule.endpoint}) both shows and changes; give the act an address of its own"
