"""What every command needs: the folder it is about, its settings, its app, and trouble in plain words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from sqlalchemy.exc import DatabaseError

from config.settings import Settings, SettingsError, load_settings
from core.database import OldSqlite, db
from core.errors import RuleBroken
from core.i18n import gettext
from core.journal.seal import KeyUnreadable
from core.migrate import UnknownVersion, pending
from pos.app import MIGRATIONS, create_shop_app
from pos.closed_shop.serving import keep_closed
from pos.data_folder import DataFolder, NoShopHere
from pos.server import NotOverHttp, PortTaken
from pos.settings.in_force import put_changes_in_force
from pos.start_up_check import DamagedShop, need_whole

_TOLD = (DamagedShop, KeyUnreadable, NoShopHere, NotOverHttp, OldSqlite, PortTaken, SettingsError, UnknownVersion)


@contextmanager
def plain_words() -> Iterator[None]:
    """Turn what can go wrong at the start into one sentence and exit code 1."""
    try:
        yield
    except RuleBroken as trouble:
        raise click.ClickException(trouble.sentence(gettext)) from trouble
    except _TOLD as trouble:
        raise click.ClickException(str(trouble)) from trouble
    except DatabaseError as trouble:
        raise click.ClickException(f"{gettext('The database cannot be read through.')} ({trouble.orig})") from trouble


def settings_of(folder: DataFolder, port: int | None = None) -> Settings:
    """The settings of a shop; a port given to the command stands above the file."""
    overrides: dict[str, Any] = {"server": {"port": port}} if port is not None else {}
    return load_settings(folder.path, overrides)


@contextmanager
def or_stay_closed(folder: DataFolder, port: int | None) -> Iterator[None]:
    """Where the block finds the shop damaged, show the page that says so until somebody stops the command."""
    try:
        yield
    except DamagedShop as damaged:
        keep_closed(damaged, settings_of(folder, port))


def need_current(folder: DataFolder) -> None:
    """Refuse to run on a database of another version."""
    folder.need_shop()
    if pending(folder.database_url, MIGRATIONS):
        raise NoShopHere(f"The database is of an older version. Type: shop --data {folder.path} upgrade")


@contextmanager
def opened(folder: DataFolder) -> Iterator[None]:
    """The shop of a folder for a command that asks it something; damaged files are not even opened."""
    need_whole(folder, every_page=False)
    need_current(folder)
    app = create_shop_app(settings_of(folder), folder)
    with app.app_context():
        try:
            put_changes_in_force()
            yield
        finally:
            db.session.remove()
            db.engine.dispose()
