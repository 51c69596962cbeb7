"""A part that was drawn once is the same again, and another one for other facts and in another language."""

from __future__ import annotations

import pytest
from flask import Flask
from jinja2 import DictLoader

from core.i18n import ENGLISH, VIETNAMESE, use
from core.web.fixed_part import fixed_part

PARTS = DictLoader({"keys.html": "{% if open %}{{ drawn() }}{% else %}shut{% endif %}"})


@pytest.fixture
def app() -> Flask:
    """An app whose part counts how often it is drawn."""
    app = Flask("parts")
    app.jinja_loader = PARTS
    times = iter(range(1, 100))
    app.jinja_env.globals["drawn"] = lambda: f"drawn {next(times)}"
    return app


def test_the_same_facts_are_drawn_once_in_each_language(app: Flask) -> None:
    with app.test_request_context():
        with use(VIETNAMESE):
            first, again = fixed_part("keys.html", open=True), fixed_part("keys.html", open=True)
            shut = fixed_part("keys.html", open=False)
        with use(ENGLISH):
            english = fixed_part("keys.html", open=True)

    assert (first, again, shut, english) == ("drawn 1", "drawn 1", "shut", "drawn 2")
