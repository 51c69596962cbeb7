"""What the till tells in the foot bar: the shift, and where the journal stands."""

from flask import url_for

from core.clock import today
from core.i18n import gettext, written_day, written_moment
from core.journal.chain import head
from core.web.foot import FootItem
from pos.register import registers_in_service
from pos.shifts.shift import open_shift_of
from pos.web.counter import register_here


def shift_item() -> FootItem | None:
    """The shift of this register; one left open since an earlier day asks to be closed."""
    if not registers_in_service():
        return None
    shift, url = open_shift_of(register_here()), url_for("shifts.show")
    if shift is None:
        return FootItem(gettext("No open shift"), "warn", url)
    if shift.day < today():
        day = written_day(shift.day)
        return FootItem(gettext("Shift %(number)s is open since %(day)s", number=shift.number, day=day), "act", url)
    since = written_moment(shift.opened_at)
    return FootItem(gettext("Shift %(number)s, since %(time)s", number=shift.number, time=since), "ok", url)


def record_item() -> FootItem | None:
    """The newest record of the journal; red when it could not be signed."""
    newest = head()
    if newest is None:
        return None
    if newest.sig is None:
        return FootItem(gettext("Record %(seq)s is NOT SIGNED: the key cannot be read", seq=newest.seq), "act")
    return FootItem(gettext("Record %(seq)s", seq=newest.seq), "ok")
