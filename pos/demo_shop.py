"""The demo shop: made by itself at the first start, used again at every other."""

import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.settings import load_settings
from core.database import db, transaction
from core.journal.seal import make_key
from core.migrate import upgrade
from core.staff import Role, Staff, hire
from pos.app import MIGRATIONS, create_shop_app
from pos.data_folder import DataFolder
from pos.demo.fill import at, fill_demo_shop, opening
from pos.founding.whole_folder import made_whole
from pos.register import add_register

_DEMO = Path(__file__).with_name("demo")
_SETTINGS = _DEMO / "shop.toml"
_PEOPLE = _DEMO / "people.toml"


@dataclass(frozen=True)
class LogIn:
    """A person of the demo shop and the PIN that anybody may know."""

    name: str
    role: str
    pin: str


def demo_log_ins() -> list[LogIn]:
    """Who can sign in at the demo shop."""
    return [LogIn(**person) for person in _people()["people"]]


def make_demo_shop(folder: DataFolder) -> None:
    """Make the demo shop in a folder, whole or not at all; a folder that holds something else is refused."""
    with made_whole(folder) as making:
        shutil.copyfile(_SETTINGS, making.settings)
        make_key(making.terminal_key)
        upgrade(making.database_url, MIGRATIONS)
        _fill(making)


def _fill(folder: DataFolder) -> None:
    app = create_shop_app(load_settings(folder.path), folder)
    with app.app_context():
        with at(opening()), transaction():
            owner = _hire_all()
        fill_demo_shop(owner)
        db.session.remove()
        db.engine.dispose()


def _hire_all() -> Staff:
    """The people and registers of the demo; the owner comes first and hires the others."""
    owner = None
    for person in demo_log_ins():
        hired = hire(name=person.name, role=Role(person.role), pin=person.pin, by=owner)
        owner = owner or hired
    assert owner is not None
    for register in _people()["registers"]:
        add_register(code=register["code"], name=register["name"], by=owner)
    return owner


def _people() -> dict[str, Any]:
    return tomllib.loads(_PEOPLE.read_text(encoding="utf-8"))
