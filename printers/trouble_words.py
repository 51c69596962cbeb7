"""What keeps a printer from printing, in a sentence that says what to do: on the pages, and from the doctor."""

from core.i18n import N_, gettext
from printers.job_steps import INTERRUPTED
from printers.spooler import NO_PRINTER, NOT_DRAWN, TOO_LATE
from printers.status import Trouble

TROUBLES = {
    Trouble.PAPER_END: N_("The printer is out of paper. Put in a new roll."),
    Trouble.COVER_OPEN: N_("The printer's cover is open. Shut it."),
    Trouble.OFFLINE: N_("The printer is offline. Press its feed button or switch it off and on."),
    Trouble.ERROR: N_("The printer reports an error (cutter or heat). Switch it off and on."),
    Trouble.SILENT: N_("The printer does not answer. See whether it is switched on and whether a paper came out."),
    Trouble.UNREACHABLE: N_("The printer cannot be reached. See to its cable and its switch."),
    Trouble.BROKEN: N_("The line to the printer broke off. See to its cable."),
    NO_PRINTER: N_("No printer is set up. Papers can be looked at on the screen."),
    NOT_DRAWN: N_("The paper could not be drawn. Tell whoever looks after the software."),
    INTERRUPTED: N_("The computer stopped while this was being printed."),
    TOO_LATE: N_("It waited too long for the printer."),
}


def said_trouble(why: str | None) -> str:
    """Why a printer does not print, in a sentence that says what to do."""
    return gettext(TROUBLES[why]) if why in TROUBLES else ""
