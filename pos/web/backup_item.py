"""What the foot bar tells of the backups: red when none is younger than a day, and once a month that a drill is due."""

from flask import current_app, url_for

from core.current_settings import current_settings
from core.i18n import gettext
from core.web.access import may
from core.web.foot import FootItem
from pos.backups.words import TROUBLES, written_age
from pos.backups.worker import backups_of
from pos.restoring.drill_certificate import is_drill_due
from pos.sale import last_sale


def backup_item() -> FootItem | None:
    """How old the newest good backup is, where it should be; nothing in a shop that has not sold yet."""
    state = backups_of(current_app).state
    url = url_for("backups.show") if may("backups.show") else None
    if state.age is None:
        return FootItem(gettext("No backup yet"), "act" if last_sale() else "warn", url) if state.tried_at else None
    label = gettext("Backup: %(age)s old", age=written_age(state.age))
    if state.is_too_old:
        return FootItem(label, "act", url)
    if state.last.trouble:
        return FootItem(f"{label}. {gettext(TROUBLES[state.last.trouble][0])}", "warn", url)
    if not current_settings().backup.place:
        return FootItem(gettext("%(label)s, only on this computer", label=label), "warn", url)
    return FootItem(label, "ok", url)


def drill_item() -> FootItem | None:
    """The monthly reminder, for whoever may do the drill, once there is a second place to restore from."""
    if not may("backups.begin_drill") or not current_settings().backup.place or not is_drill_due():
        return None
    return FootItem(gettext("Restore drill is due"), "warn", url_for("backups.drills"))
