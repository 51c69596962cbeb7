"""When was the last good backup, and is there a second place?"""

from collections.abc import Iterator

from core.i18n import gettext
from pos.backups.state import read_state
from pos.backups.words import TROUBLES, written_age
from pos.doctor.doctor import Finding, Patient, bad, ok, warn


def backups_are_young(patient: Patient) -> Iterator[Finding]:
    """The newest good backup, and what keeps the next one from being made."""
    state = read_state(patient.folder.backups / "state.json")
    if state.last.trouble:
        what, todo = TROUBLES[state.last.trouble]
        yield warn(gettext(what), gettext(todo))
    if state.age is None:
        yield bad(
            gettext("There is no good backup of this shop."),
            gettext("Start the shop and wait a minute, or type: shop backup"),
        )
    elif state.is_too_old:
        yield bad(
            gettext("The newest good backup is %(age)s old.", age=written_age(state.age)),
            gettext("Look at the page “Backups”, or type: shop backup"),
        )
    else:
        yield ok(gettext("The newest good backup is %(age)s old.", age=written_age(state.age)))
    if not state.place:
        yield warn(
            gettext("Backups lie on this computer only: what breaks it takes them along."),
            gettext("Choose a second place on the page “Backups”: a stick or a disk in another machine."),
        )
