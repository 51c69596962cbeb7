"""The data folder of a shop: everything it must not lose, in one place."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

SECRET_BYTES = 32


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
    def backups(self) -> Path:
        """Copies made before a migration."""
        return self.path / "backups"

    @property
    def holds_a_shop(self) -> bool:
        """Is there a database to open?"""
        return self.database.exists()

    def need_shop(self) -> None:
        """Refuse to work on a folder without a shop, and say how to make one."""
        if not self.holds_a_shop:
            raise NoShopHere(
                f"There is no shop in {self.path}. Give the folder of your shop with --data, "
                f"or make a demo shop: shop --data {self.path} demo"
            )

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
