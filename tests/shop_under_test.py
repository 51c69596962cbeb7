"""A shop for tests: a data folder of its own, migrated, with people and registers, and an app without pages."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from config.settings import Settings, load_settings
from core.clock import Hand
from core.current_settings import install_settings
from core.database import db, install_database, transaction
from core.file_store import install_file_store
from core.journal.seal import Terminal, install_terminal, make_key
from core.migrate import upgrade
from core.staff import Role, Staff, hire
from inventory.location import set_up_locations
from pos.app import MIGRATIONS
from pos.data_folder import DataFolder
from pos.papers import register_papers
from pos.register import Register, add_register
from pos.settings.in_force import put_changes_in_force

MORNING = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)  # Friday, 08:00 in Viet Nam
PIN = "135790"


@dataclass
class Shop:
    """A shop under test: its app, its folder, its people, its registers, and the hand of its clock."""

    app: Flask
    folder: DataFolder
    clock: Hand | None = None
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def owner(self) -> Staff:
        return person(Role.OWNER)

    @property
    def manager(self) -> Staff:
        return person(Role.MANAGER)

    @property
    def clerk(self) -> Staff:
        return person(Role.CLERK)

    @property
    def register(self) -> Register:
        return register_of("1")


def person(role: Role) -> Staff:
    """The first person of a role."""
    return db.session.scalars(select(Staff).where(Staff.role == role).order_by(Staff.id)).first()


def register_of(code: str) -> Register:
    """The register of a code."""
    return db.session.scalars(select(Register).where(Register.code == code)).one()


def shop_settings(**sections: Any) -> Settings:
    """The settings of the shop under test; `shop={...}` and so on stand above the defaults."""
    given = {
        "shop": {"name": "Điểm OCOP Chi Lăng", "address": "12 Chi Lăng, Lạng Sơn", "tax_code": "4900123456"},
        "bank": {"bin": "970436", "account": "KHONGCHUYENTIEN", "holder": "SHOP DUNG THU"},
        "terminal": {"id": "T-TEST"},
    }
    for name, values in sections.items():
        given[name] = {**given.get(name, {}), **values} if isinstance(values, dict) else values
    return load_settings(None, given)


def bare_app(folder: DataFolder, settings: Settings) -> Flask:
    """A shop's app without pages."""
    app = Flask("pos.app")
    app.testing = True
    install_settings(app, settings)
    install_database(app, folder.database_url)
    install_terminal(app, Terminal.at(settings.terminal.id, key_path=folder.terminal_key, head_path=folder.head_log))
    install_file_store(app, folder.files)
    register_papers()
    return app


def build_template(path: Path) -> DataFolder:
    """A data folder with a migrated database, an owner, a manager, a clerk and two registers."""
    folder = DataFolder(path)
    path.mkdir(parents=True, exist_ok=True)
    make_key(folder.terminal_key)
    upgrade(folder.database_url, MIGRATIONS)
    with opened(folder, shop_settings()), transaction():
        owner = hire(name="Chủ", role=Role.OWNER, pin=PIN, by=None)
        for name, role in (("Lan", Role.MANAGER), ("Bình", Role.CLERK), ("Mai", Role.CLERK)):
            hire(name=name, role=role, pin=PIN, by=owner)
        set_up_locations(by=owner)
        for code in ("1", "2"):
            add_register(code=code, name=f"Quầy {code}", by=owner)
    return folder


def copy_of(template: DataFolder, path: Path) -> DataFolder:
    """A data folder of its own for one test."""
    shutil.copytree(template.path, path)
    return DataFolder(path)


@contextmanager
def opened(folder: DataFolder, settings: Settings) -> Iterator[Flask]:
    """The shop of a folder, inside an app context, closed at the end."""
    app = bare_app(folder, settings)
    with app.app_context():
        try:
            put_changes_in_force()
            db.session.rollback()  # no reading is left open
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()
