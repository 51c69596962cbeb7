"""How slips, causes and places are called on pages and papers, marked for translation."""

from core.i18n import N_
from inventory.location import CUSTOMER, DIFFERENCE, LOSS, ON_THE_WAY, OTHER_POINT, PRODUCER, SHELF, STOCKROOM, USED
from inventory.moving.move_slip import Cause, SlipKind

SLIP_NAMES = {
    SlipKind.SHELF_MOVE: N_("Shelf and stockroom"),
    SlipKind.WRITE_OFF: N_("Write-off"),
    SlipKind.OWN_USE: N_("Own use, tasting"),
    SlipKind.MOVE_BACK: N_("Moved back"),
}
NUMBERED = {
    SlipKind.SHELF_MOVE: N_("Slip %(number)s, shelf and stockroom"),
    SlipKind.WRITE_OFF: N_("Write-off %(number)s"),
    SlipKind.OWN_USE: N_("Own use %(number)s"),
    SlipKind.MOVE_BACK: N_("Moving back %(number)s"),
}
CAUSE_NAMES = {
    Cause.BREAKAGE: N_("Broken or damaged"),
    Cause.EXPIRY: N_("Past its day"),
    Cause.THEFT: N_("Stolen"),
    Cause.RECALL: N_("Recalled and destroyed"),
    Cause.SPOILED: N_("Gone bad before its day"),
    Cause.OTHER: N_("Something else"),
    Cause.TASTING: N_("Given to taste"),
    Cause.OWN_USE: N_("Used by the shop"),
}
PLACE_NAMES = {
    SHELF: N_("Sales shelf"),
    STOCKROOM: N_("Stockroom"),
    PRODUCER: N_("Producers"),
    CUSTOMER: N_("Customers"),
    LOSS: N_("Losses"),
    USED: N_("Own use and tasting"),
    DIFFERENCE: N_("Count differences"),
    ON_THE_WAY: N_("On the way to another point"),
    OTHER_POINT: N_("Other points"),
}
