"""Before anything is served: can the shop's records be trusted to go on from here? Nothing is written to find out.

Looked at are the database's pages, the newest thousand records, and that the database knows the last head which the
head file remembers. A shop that fails stays closed, and its files stay as they were found (docs/decisions.md).
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from core.database import DatabaseBusy
from core.i18n import N_, gettext
from core.journal.head import Head, valid_heads
from core.journal.tail import check_tail
from core.read_only import read_only
from core.write_ahead_log import hides_transactions
from pos.data_folder import DataFolder, NoShopHere

# A head is a line of at most 104 bytes: enough for the newest thousand records and a branch that a restore left.
_LAST_HEADS_BYTES = 512 * 1024


class Sort(StrEnum):
    """What is wrong, as far as a person needs to know."""

    GONE = "gone"
    UNREADABLE = "unreadable"
    SHORTER = "shorter"
    CHANGED = "changed"
    HIDDEN = "hidden"


SENTENCES = {
    Sort.GONE: N_("The database is no longer in its folder."),
    Sort.UNREADABLE: N_("The database cannot be read through."),
    Sort.SHORTER: N_("The end of the records is missing: what was sold last is no longer in the database."),
    Sort.CHANGED: N_("A record is not as it was written."),
    Sort.HIDDEN: N_("What was saved last can no longer be read."),
}


@dataclass(frozen=True)
class Damage:
    """What the check found first; `detail` is for whoever is asked on the telephone."""

    sort: Sort
    detail: str

    def sentence(self) -> str:
        """What is wrong, in the language spoken now."""
        return gettext(SENTENCES[self.sort])


class DamagedShop(Exception):
    """The shop's files cannot be trusted; whoever raises this has written nothing to them."""

    def __init__(self, damage: Damage, folder: DataFolder) -> None:
        super().__init__(f"{damage.sentence()} ({damage.detail})")
        self.damage = damage
        self.folder = folder


def need_whole(folder: DataFolder, *, every_page: bool = True) -> None:
    """Refuse to go on with files that are damaged: DamagedShop. NoShopHere where this user may not open them."""
    damage = look_over(folder, every_page=every_page)
    if damage is not None:
        raise DamagedShop(damage, folder)


def look_over(folder: DataFolder, *, every_page: bool = True) -> Damage | None:
    """What is wrong with the shop's files, or None; writes to none of them.

    `every_page` reads the whole database through as well, which takes seconds with a hundred thousand sales.
    """
    heads = list(valid_heads(folder.head_log, last_bytes=_LAST_HEADS_BYTES))
    file = folder.database
    if not file.exists():
        return Damage(Sort.GONE, f"gone: {file.name}, last head {heads[-1].seq}") if heads else None
    if not os.access(file, os.R_OK):
        raise NoShopHere(f"The user of this program may not open {file}. Start the shop as the user it belongs to.")
    if not file.stat().st_size:  # SQLite deletes the log of an empty file, even when it may only read
        return Damage(Sort.UNREADABLE, f"empty: {file.name}, last head {heads[-1].seq}") if heads else None
    try:
        with read_only(file) as session:
            return next(_faults(session, heads, folder, every_page=every_page), None)
    except (SQLAlchemyError, sqlite.Error, ValueError, TypeError, OSError) as trouble:
        if "database is locked" in str(trouble):
            raise DatabaseBusy() from trouble
        return Damage(Sort.UNREADABLE, _told(trouble))


def _faults(session: Session, heads: list[Head], folder: DataFolder, *, every_page: bool) -> Iterator[Damage]:
    """What is wrong, the worst first: a cut tail matters more than the page that it was cut at."""
    if not sa.inspect(session.connection()).has_table("journal_records"):
        if heads:
            yield Damage(Sort.SHORTER, "cut@0: the database holds no journal")
        return
    fault = check_tail(session, heads=heads).fault
    if fault is not None:
        yield Damage(Sort.SHORTER if fault.kind == "cut" else Sort.CHANGED, f"{fault}: {fault.what}")
    if hides_transactions(folder.database):
        yield Damage(Sort.HIDDEN, "hidden: the write-ahead log goes on behind a broken frame")
    if every_page:
        answer = session.execute(sa.text("PRAGMA quick_check(1)")).scalar_one()
        if answer != "ok":
            yield Damage(Sort.UNREADABLE, f"quick_check: {answer}")


def _told(trouble: Exception) -> str:
    return str(trouble.orig if isinstance(trouble, DBAPIError) else trouble)
