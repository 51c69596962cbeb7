"""Can the terminal seal its records, and with the key that its journal was begun with?"""

import os
from collections.abc import Iterator

from sqlalchemy import bindparam, inspect, text

from core.i18n import gettext
from core.journal.record import Kind, parse
from core.journal.seal import KeyUnreadable, load_key
from pos.doctor.doctor import Finding, Patient, bad, ok, unknown

# A RESTORE brings a key along where the old one was gone.
_WITH_A_KEY = [kind.value for kind in (Kind.GENESIS, Kind.KEY_ROTATE, Kind.RESTORE)]
_TOLD = text("SELECT record FROM journal_records WHERE typ IN :kinds ORDER BY seq DESC").bindparams(
    bindparam("kinds", expanding=True)
)


def key_seals(patient: Patient) -> Iterator[Finding]:
    """Without its key the shop goes on selling, but what it writes down is not sealed."""
    file = patient.folder.terminal_key
    if file.exists() and not os.access(file, os.R_OK):
        yield unknown(
            gettext("The key %(file)s is closed to you.", file=file),
            gettext("Ask the doctor as that user, or with sudo."),
        )
        return
    try:
        public = load_key(file).public
    except KeyUnreadable as trouble:
        yield bad(
            gettext("The key cannot be read, so records are not sealed: %(trouble)s", trouble=trouble),
            gettext("Put the key back from where it was kept safe, and make no new one. Selling goes on, unsealed."),
        )
        return
    known = _known_key(patient)
    if known not in (None, public):
        yield bad(
            gettext("The key is not the one of this shop's journal: it belongs to another shop."),
            gettext("Put the shop's own key back as %(file)s.", file=file),
        )
    else:
        yield ok(gettext("The key can be read, and it is the journal's."))


def _known_key(patient: Patient) -> str | None:
    """The public key that the journal names last; None where nobody can tell."""
    if not patient.folder.holds_a_shop:
        return None
    with patient.database() as session:
        if not inspect(session.connection()).has_table("journal_records"):
            return None
        bodies = (parse(record)["body"] for record in session.scalars(_TOLD, {"kinds": _WITH_A_KEY}))
        return next((str(body["pub"]) for body in bodies if "pub" in body), None)
