"""The terminal gets a new key, for which the old one vouches: yearly, and whenever somebody may have seen the old."""

from typing import TYPE_CHECKING

from core.database import after_commit
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import JournalRecord, known_key, write_record
from core.journal.record import Kind
from core.journal.restore import next_name
from core.journal.seal import current_terminal, make_key, next_key_of

if TYPE_CHECKING:
    from core.staff import Staff


class KeyNotThere(RuleBroken):
    """Only the old key can vouch for the new one."""

    message = N_("The key of the journal cannot be read, so it cannot vouch for a new one. Put its file back first.")


def change_key(*, by: "Staff") -> JournalRecord:
    """Make a new key and have the old one vouch for it, last in a transaction of a shop that does not run.

    The new key lies beside the old one until the journal knows it; then it takes its place, by itself if the power
    fails in between.
    """
    terminal = current_terminal()
    kid, public = known_key()
    key = terminal.find_key()
    if key is None or key.public != public or terminal.key_path is None:
        raise KeyNotThere()
    waiting = next_key_of(terminal.key_path)
    waiting.unlink(missing_ok=True)  # of a change that was never written down
    new = make_key(waiting)
    record = write_record(Kind.KEY_ROTATE, {"kid": next_name(kid), "pub": new.public}, by=by)

    def take_it() -> None:
        terminal.known = (next_name(kid), new.public)
        terminal.take_next_key(new.public)

    after_commit(take_it)
    return record
