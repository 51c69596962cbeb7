"""What templates of moved goods may say."""

from core.i18n import N_, gettext
from inventory.moving.move_draft import Purpose
from inventory.moving.move_names import CAUSE_NAMES, NUMBERED, PLACE_NAMES, SLIP_NAMES
from inventory.moving.move_slip import MoveSlip
from inventory.moving.other_point import point_name

TITLES = {
    Purpose.TO_SHELF: N_("Refill the shelf"),
    Purpose.TO_STOCKROOM: N_("Take goods to the stockroom"),
    Purpose.WRITE_OFF: N_("Write goods off"),
    Purpose.OWN_USE: N_("Own use and tasting"),
    Purpose.TRANSFER: N_("Send goods to another point"),
}


def moving_words() -> dict[str, object]:
    """What templates of moved goods may say."""
    return {
        "slip_name": lambda kind: gettext(SLIP_NAMES[kind]),
        "slip_called": slip_called,
        "cause_name": lambda cause: gettext(CAUSE_NAMES[cause]),
        "place_name": lambda code: gettext(PLACE_NAMES[code]),
        "point_name": point_name,
        "purpose_title": lambda purpose: gettext(TITLES[purpose]),
    }


def slip_called(slip: MoveSlip) -> str:
    """A slip by its kind and number."""
    return gettext(NUMBERED[slip.kind], number=slip.number)
