"""A shop with goods, an open shift, a sale and a basket, and the one who may press every button."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextvars import Context
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from core.clock import stopped_at
from core.database import db
from core.staff import Role
from pos.app import create_shop_app
from tests.factories import MORNING, Shop, fill_basket, open_shift, receive, sell, shop_settings
from tests.pos.conftest import folder, template
from tests.pos.web.conftest import Screen

__all__ = ["folder", "template"]


class FreshClient(FlaskClient):
    """A browser whose requests come as the server gets them: with nothing of the test's own app context in force."""

    def open(self, *args: object, **more: object) -> TestResponse:
        return Context().run(super().open, *args, **{"buffered": True, **more})


@pytest.fixture
def shop(folder) -> Iterator[Shop]:
    """A shop in the middle of a day, its pages guarded as they are for customers."""
    with stopped_at(MORNING) as hand:
        app = create_shop_app(shop_settings(demo=True), folder)
        app.test_client_class = FreshClient
        with app.app_context():
            shop = Shop(app, folder, hand)
            receive(shop, "mật ong", 100)
            open_shift(shop)
            sell(shop, "mật ong", 2)
            fill_basket(shop, ("mật ong", 1))
            yield shop
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def owner(shop: Shop) -> Screen:
    """The browser of the one who may do everything; forms need no token here."""
    shop.app.config["WTF_CSRF_ENABLED"] = False
    owner = Screen(shop, Role.OWNER)
    owner.press("/inventory/receipts/draft/supplier", supplier="1")
    return owner


@dataclass
class Saved:
    """The shop's data as they were, to begin again from."""

    shop: Shop
    place: Path

    def bring_back(self) -> None:
        """Put everything back; nobody may be in the middle of something."""
        db.session.remove()
        db.engine.dispose()
        for file in self.shop.folder.path.glob("*.sqlite*"):
            file.unlink()
        shutil.copytree(self.place, self.shop.folder.path, dirs_exist_ok=True)


@pytest.fixture
def saved(shop: Shop, tmp_path: Path) -> Saved:
    db.session.remove()
    db.engine.dispose()
    return Saved(shop, Path(shutil.copytree(shop.folder.path, tmp_path / "saved")))
