"""Settings, registers and printers in the words of the screen: values, choices, and their history."""

from collections.abc import Sequence
from typing import Any

from config.reference.banks import bank
from config.reference.localities import address_line
from core.i18n import N_, gettext, written
from core.journal.history import Change, history_of
from core.journal.record import Kind
from core.money import Money
from core.web.history import NOTHING, Label, Words, said_as_day, said_as_instant, said_plainly
from pos.settings.names import CHOICES, NAMES
from pos.settings.printer_table import printer_of

PRINTER_ROLES = {
    "receipt": N_("Receipts and shift reports"),
    "label": N_("Labels"),
    "office": N_("Office paper"),
}
PRINTER_KINDS = {
    "network": N_("Over the network"),
    "usb": N_("USB cable"),
    "serial": N_("Serial cable"),
    "file": N_("Device file"),
    "cups": N_("Printer of this computer (CUPS)"),
    "virtual": N_("Made of software, for trying"),
}
PAPER_WIDTHS = {
    576: N_("80 mm (576 dots)"),
    384: N_("58 mm (384 dots)"),
    512: N_("80 mm (512 dots)"),
    448: N_("Label printer, 56 mm (448 dots)"),
    640: N_("Label printer, 80 mm (640 dots)"),
    832: N_("Label printer, 104 mm (832 dots)"),
    1248: N_("Label printer, 105 mm at 300 dots an inch (1248 dots)"),
}
PRINTER_LANGUAGES = {
    "escpos": N_("ESC/POS (receipt printers)"),
    "tspl": N_("TSPL (TSC, Xprinter, Gprinter)"),
    "zpl": N_("ZPL (Zebra)"),
    "epl": N_("EPL (older Zebra, Eltron)"),
}
DOTS_AN_INCH = ("203", "300", "600")


def said_value(name: str, value: Any) -> str:
    """A setting's value as people read it."""
    if name in CHOICES:
        return gettext(CHOICES[name].get(value, value))
    if name == "clerk_takes_out":
        return written(Money(value))
    if name == "bin" and value:
        return bank(value).short_name
    if name == "locality" and value:
        return address_line(value)
    return said_layouts(value) if name == "weight_layouts" else said_plainly(value)


def said_choices(name: str) -> list[tuple[Any, str]]:
    """What a list offers, in the language of the screen."""
    return [(value, gettext(said)) for value, said in CHOICES[name].items()]


def said_layouts(layouts: Sequence[dict[str, Any]]) -> str:
    """How the scale's labels are built: 26 + 5 + 5, 1 gram."""
    said = [
        f"{one['prefix']} + {one['item_digits']} + {one['value_digits']}, {gettext(CHOICES['unit'][one['unit']])}"
        for one in layouts
    ]
    return "; ".join(said) or NOTHING


def said_printer(code: str | None) -> str:
    """The name of a printer, for whoever knows it by that."""
    printer = printer_of(code) if code else None
    return printer.name if printer is not None else gettext("the first one for receipts")


def said_width(dots: int) -> str:
    """The width of a paper as it is bought."""
    return gettext(PAPER_WIDTHS[dots]) if dots in PAPER_WIDTHS else str(dots)


def _setting(name: str) -> Label:
    return Label(NAMES[name], lambda value: said_value(name, value))


WORDS = {
    Kind.CONFIG: Words({"from": Label(N_("From day"), said_as_day), **{name: _setting(name) for name in NAMES}}),
    Kind.REGISTER: Words(
        {
            "name": N_("Name"),
            "printer": Label(N_("Its papers come out at"), said_printer),
            "retired": Label(N_("Out of service since"), said_as_instant),
        }
    ),
    Kind.PRINTER: Words(
        {
            "name": N_("Name"),
            "role": Label(N_("Prints"), lambda role: gettext(PRINTER_ROLES[role])),
            "kind": Label(N_("Connected"), lambda kind: gettext(PRINTER_KINDS[kind])),
            "address": N_("Address"),
            "dots": Label(N_("Width of the paper"), said_width),
            "drawer": N_("A cash drawer hangs on it"),
            "cut": N_("It cuts the paper"),
            "language": Label(N_("Language of the printer"), lambda spoken: gettext(PRINTER_LANGUAGES[spoken])),
            "dpi": N_("Dots an inch"),
            "retired": Label(N_("Out of use since"), said_as_instant),
        }
    ),
}


def history_of_topics(*topics: str) -> list[Change]:
    """Who changed these settings, the newest first."""
    return history_of(Kind.CONFIG, topic=topics)
