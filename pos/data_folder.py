"""The data folder of a shop: everything it must not lose, in one place."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.backup import sync
from core.errors import RuleBroken
from core.file_store import FOLDER as FILES
from core.i18n import N_

SECRET_BYTES = 32


class FolderInUse(RuleBroken):
    """One program at a time may run, make, upgrade or restore a shop: two would print every paper twice."""

    message = N_(
        "Another program works in %(folder)s just now, probably the running shop. Stop it first "
        "(Ctrl+C, or: sudo systemctl stop ocop-shop), then try again."
    )


class ShopThere(RuleBroken):
    """A folder holds one shop."""

    message = N_("There is a shop in %(folder)s already. Nothing was changed.")


class NoShopHere(Exception):
    """The folder holds no shop yet, or only a part of one; the sentence says what to type."""


@dataclass(frozen=True)
class DataFolder:
    """Where a shop keeps its database, its key, the head of its journal and its settings."""

    path: Path

    @property
    def database(self) -> Path:
        """The shop's database file."""
        return self.path / "shop.sqlite"

    @property
    def database_url(self) -> str:
        """The database as SQLAlchemy names it."""
        return f"sqlite:///{self.database.resolve()}"

    @property
    def terminal_key(self) -> Path:
        """The private key that seals the journal. Never leaves this machine."""
        return self.path / "terminal.key"

    @property
    def head_log(self) -> Path:
        """The file that remembers the journal's head, so that a cut tail is noticed."""
        return self.path / "head.log"

    @property
    def secret_key(self) -> Path:
        """The secret that signs the browsers' cookies."""
        return self.path / "secret.key"

    @property
    def settings(self) -> Path:
        """What differs from the defaults in this shop."""
        return self.path / "shop.toml"

    @property
    def files(self) -> Path:
        """Photos and papers that belong to what was recorded, each under its fingerprint."""
        return self.path / FILES

    @property
    def backups(self) -> Path:
        """The newest backups, and copies made before a migration."""
        return self.path / "backups"

    @property
    def backup_key(self) -> Path:
        """What encrypts the backups, where a passphrase was set."""
        return self.path / "backup.key"

    @property
    def set_aside(self) -> Path:
        """Copies of damaged files as they were found."""
        return self.path / "set-aside"

    @property
    def holds_a_shop(self) -> bool:
        """Is there a database to open?"""
        return self.database.exists()

    def need_shop(self) -> None:
        """Refuse to work on a folder without a shop, and say how to make one."""
        if not self.holds_a_shop:
            raise NoShopHere(
                f"There is no shop in {self.path}. Give the folder of your shop with --data, "
                f"or make a shop: shop --data {self.path} init; or a demo shop: shop --data {self.path} demo"
            )

    def need_no_shop(self) -> None:
        """Refuse to make a second shop where there is one."""
        if self.holds_a_shop:
            raise ShopThere(folder=self.path)

    @contextmanager
    def claimed(self) -> Iterator[None]:
        """Be the one program that works in this folder; FolderInUse when another one does.

        The claim ends with the program, however that ends. Commands that only look need none.
        """
        handle = os.open(self.path, os.O_RDONLY)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as trouble:
                raise FolderInUse(folder=self.path) from trouble
            yield
        finally:
            os.close(handle)

    def read_secret(self) -> str:
        """The cookie secret, made once and readable by the shop's user only."""
        if not self.secret_key.exists():
            write_private(self.secret_key, secrets.token_hex(SECRET_BYTES))
        return self.secret_key.read_text(encoding="ascii").strip()


def write_private(path: Path, text: str) -> None:
    """Write a new file that only this user can read, whole or not at all."""
    waiting = path.with_suffix(".new")
    waiting.unlink(missing_ok=True)
    handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    waiting.rename(path)
    sync(path.parent)
