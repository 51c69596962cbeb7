"""Can the settings of the machine be read?"""

from collections.abc import Iterator

from core.i18n import gettext
from pos.doctor.doctor import Finding, Patient, bad, ok


def settings_can_be_read(patient: Patient) -> Iterator[Finding]:
    """A wrong word in shop.toml keeps the shop from starting."""
    if patient.settings is None:
        yield bad(
            gettext("The settings cannot be read: %(trouble)s", trouble=patient.settings_trouble),
            gettext("Open %(file)s in an editor and put right what is named.", file=patient.folder.settings),
        )
    else:
        yield ok(gettext("The settings of terminal %(id)s can be read.", id=patient.settings.terminal.id))
