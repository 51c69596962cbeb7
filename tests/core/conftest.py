"""A bare app with database and journal, as the core's own tests need it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from core.database import db, install_database, transaction
from core.journal.seal import Terminal, install_terminal, make_key
from core.money import Money
from tests.core.trial_tables import Jar, Trial


def make_core_app(folder: Path, url: str = "", tid: str = "T-TEST-1") -> Flask:
    """An app on a database file of its own (or on a database given by its address), with its terminal."""
    app = Flask("core-test")
    install_database(app, url or f"sqlite:///{folder}/shop.sqlite")
    key = folder / "terminal.key"
    if not key.exists():
        make_key(key)
    install_terminal(app, Terminal.at(tid, key_path=key, head_path=folder / "head.log"))
    return app


@pytest.fixture
def core_app(tmp_path: Path) -> Iterator[Flask]:
    """The app inside its context, with the core's tables."""
    app = make_core_app(tmp_path)
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def any_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The same app on either database."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    app = make_core_app(tmp_path, url)
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def jars(core_app: Flask) -> Flask:
    """The app with the trial tables and one jar of honey."""
    Trial.metadata.create_all(db.engine)
    with transaction() as session:
        session.add(Jar(id=1, name="mật ong", price=Money(120_000)))
    return core_app
