"""Is the database whole, and of the form that this program needs?"""

from collections.abc import Iterator

from core.backup import revision_of
from core.database import OLDEST_SQLITE, sqlite_version
from core.i18n import gettext, ngettext
from core.migrate import UnknownVersion, missing_steps
from pos.app import MIGRATIONS
from pos.data_folder import NoShopHere
from pos.doctor.doctor import Finding, Patient, bad, ok, unknown
from pos.start_up_check import look_over


def database_answers(patient: Patient) -> Iterator[Finding]:
    """The library is a safe one, the file and its newest records are whole, and nothing is left to migrate."""
    yield _library()
    try:
        damage = look_over(patient.folder)
    except NoShopHere as closed:
        yield unknown(str(closed), gettext("Ask the doctor as that user, or with sudo."))
        return
    if damage is not None:
        yield bad(
            f"{damage.sentence()} ({damage.detail})",
            gettext("Stop the shop, copy the whole folder as it is elsewhere, then restore the newest good copy."),
        )
    elif not patient.folder.holds_a_shop:
        yield bad(
            gettext("There is no database %(file)s.", file=patient.folder.database),
            gettext("Give the folder of the shop with --data, make a new shop with “shop init”, or restore a copy."),
        )
    else:
        yield ok(gettext("The database and its newest records are whole."))
        yield _form(revision_of(patient.folder.database))


def _library() -> Finding:
    have = ".".join(map(str, sqlite_version()))
    if sqlite_version() < OLDEST_SQLITE:
        return bad(
            gettext("SQLite %(version)s can damage the shop's data.", version=have),
            gettext("Install the locked requirements again: the package pysqlite3 brings a good SQLite along."),
        )
    return ok(gettext("SQLite %(version)s is a safe one.", version=have))


def _form(at: str) -> Finding:
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
