"""How goods come back, and so where they go: on the shelf again, or to losses."""

import enum

from core.i18n import N_
from inventory.location import LOSS, SHELF


class Condition(enum.StrEnum):
    """How goods came back; only what is as good as new goes on the shelf again."""

    GOOD = "good"
    DAMAGED = "damaged"
    OPENED = "opened"
    PAST_DAY = "past_day"
    RECALLED = "recalled"
    SERVICE = "service"

    @property
    def target(self) -> str | None:
        """The location that such goods go to; nothing of a service goes anywhere."""
        if self is Condition.SERVICE:
            return None
        return SHELF if self is Condition.GOOD else LOSS


OF_GOODS = (Condition.GOOD, Condition.DAMAGED, Condition.OPENED, Condition.PAST_DAY, Condition.RECALLED)
"""The conditions among which a clerk chooses."""


CONDITION_NAMES = {
    Condition.GOOD: N_("As good as new: back on the shelf"),
    Condition.DAMAGED: N_("Damaged: write off"),
    Condition.OPENED: N_("Opened: write off"),
    Condition.PAST_DAY: N_("Past its day: write off"),
    Condition.RECALLED: N_("Recalled: write off"),
    Condition.SERVICE: N_("Service: only the money goes back"),
}
