"""What the foot bar tells of the disk: nothing, until it is short of room."""

from core.free_space import Room, current_free_space
from core.i18n import gettext
from core.web.foot import FootItem


def room_item() -> FootItem | None:
    """A warning below 500 MB; below 100 MB somebody must act, for only selling goes on."""
    space = current_free_space()
    if space is None or space.room is Room.ENOUGH:
        return None
    if space.room is Room.SHORT:
        return FootItem(gettext("Only %(left)s MB left on the disk", left=space.megabytes), "warn")
    return FootItem(gettext("Disk almost full, %(left)s MB: only selling goes on", left=space.megabytes), "act")
