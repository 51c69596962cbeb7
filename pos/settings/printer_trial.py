"""A slip that shows whether a printer is reached, how wide it is, and whether it can write Vietnamese."""

from collections.abc import Iterator

from core.clock import now
from core.current_settings import current_settings
from core.database import db
from core.i18n import gettext, use, written_instant
from core.money import Money
from core.staff import Staff
from core.text import nfc
from pos.receipt import shop_head
from pos.settings.printer import PrinterRetired
from pos.settings.printer_table import Printer
from printers.blocks import Align, Banner, Block, Gap, Pair, Rule, Size, Text
from printers.layouts.parts import demo_notice, figures
from printers.layouts.parts import shop_head as lay_out_head
from printers.spool import PrintJob, enqueue, paper_columns

TEST_SLIP = "test_slip"
AMOUNT = Money(1_234_567)
_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_VOWELS = ("a", "a\u0306", "a\u0302", "e", "e\u0302", "i", "o", "o\u0302", "o\u031b", "u", "u\u031b", "y")
LETTERS = " ".join("".join(nfc(vowel + tone) for tone in _TONES) for vowel in _VOWELS) + f" {chr(0x111)}{chr(0x110)}"
"""Every letter with every mark that Vietnamese puts on one."""


def print_test_slip(printer: Printer, *, by: Staff) -> PrintJob:
    """Leave a test slip for one printer; like every paper it waits until the printer takes it."""
    if not printer.is_in_use:
        raise PrinterRetired(name=printer.name)
    return enqueue(TEST_SLIP, int(printer.code), role=printer.role, printer=printer.code, by=by)


def draw_test_slip(number: int, copy: int, again: bool) -> list[Block]:
    """The blocks of a test slip for the spool; the number is the printer's code."""
    printer = db.session.query(Printer).filter_by(code=str(number)).one()
    settings = current_settings()
    with use(settings.receipt.language):
        return [*lay_out_head(shop_head(settings), paper_columns()), *_trial(printer), *demo_notice(settings.demo)]


def _trial(printer: Printer) -> Iterator[Block]:
    yield Gap(2)
    yield Rule("heavy")
    yield Text(gettext("TEST SLIP"), Size.LARGE, Align.CENTRE, bold=True)
    yield Text(gettext("Nothing was sold."), Size.SMALL, Align.CENTRE)
    yield Gap(1)
    yield Pair(printer.name, written_instant(now()), Size.SMALL, figures=False)
    yield Rule()
    yield Text(LETTERS)
    yield Gap(1)
    yield Pair(gettext("TOTAL"), figures(AMOUNT), Size.HUGE, bold=True)
    yield Gap(1)
    yield Banner(gettext("%(dots)s dots", dots=printer.dots))
    yield Text(gettext("The black bar reaches from edge to edge. If it does not, choose another width."), Size.SMALL)
