"""Is the database whole, and of the form that this program needs?"""

from collections.abc import Iterator

from pysqlite3 import dbapi2 as sqlite

from core.database import OLDEST_SQLITE, sqlite_version
from core.i18n import gettext, ngettext
from core.migrate import UnknownVersion, missing_steps
from pos.app import MIGRATIONS
from pos.doctor import Finding, Patient, bad, ok

MOST_FAULTS = 3


def database_answers(patient: Patient) -> Iterator[Finding]:
    """The library is a safe one, the file is whole, and nothing is left to migrate."""
    yield _library()
    if not patient.folder.holds_a_shop:
        yield bad(
            gettext("There is no database %(file)s.", file=patient.folder.database),
            gettext("Give the folder of the shop with --data, make a new shop with “shop init”, or restore a copy."),
        )
        return
    try:
        with patient.database() as database:
            faults = [row[0] for row in database.execute(f"PRAGMA quick_check({MOST_FAULTS})")]
            at = _revision(database)
    except sqlite.Error as trouble:
        faults, at = [str(trouble)], None
    if faults != ["ok"]:
        yield bad(
            gettext("The database is damaged: %(faults)s", faults="; ".join(faults)),
            gettext("Stop the shop, copy the whole folder as it is elsewhere, then restore the newest good copy."),
        )
        return
    yield ok(gettext("The database is whole."))
    yield _form(at)


def _library() -> Finding:
    have = ".".join(map(str, sqlite_version()))
    if sqlite_version() < OLDEST_SQLITE:
        return bad(
            gettext("SQLite %(version)s can damage the shop's data.", version=have),
            gettext("Install the locked requirements again: the package pysqlite3 brings a good SQLite along."),
        )
    return ok(gettext("SQLite %(version)s is a safe one.", version=have))


def _revision(database: sqlite.Connection) -> str | None:
    known = database.execute("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'").fetchone()[0]
    row = database.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    return str(row[0]) if row else None


def _form(at: str | None) -> Finding:
    try:
        steps = missing_steps(at, MIGRATIONS)
    except UnknownVersion:
        return bad(
            gettext("The database was opened by a newer version of the program, which this one does not know."),
            gettext("Start the newer version of the program again."),
        )
    if steps:
        return bad(
            ngettext(
                "The database is older than the program: %(num)d step is missing.",
                "The database is older than the program: %(num)d steps are missing.",
                len(steps),
            ),
            gettext("Type: shop upgrade. A copy of the database is made first."),
        )
    return ok(gettext("The database has the form that this program needs."))
