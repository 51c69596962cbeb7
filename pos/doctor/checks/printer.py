"""Do the shop's printers answer? One that cannot be asked is unknown, and never said to be fine."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import inspect, text

from config.settings import PrinterSettings, PrintingSettings
from core.errors import RuleBroken
from core.i18n import N_, gettext
from pos.doctor.doctor import Finding, Patient, bad, ok, unknown, warn
from pos.settings.printer_table import FIELDS
from printers.address_rules import NOTHING_MORE
from printers.device import device_for
from printers.status import Status, ask_status
from printers.transports import Broken, NotReachable
from printers.trouble_words import said_trouble

_LOOK = N_("Is it switched on, is the cable in, is the address on its test page the one of the page “Printers”?")


def printers_answer(patient: Patient) -> Iterator[Finding]:
    """Each printer in use: asked directly while the shop stands still, else what the shop knows of its papers."""
    printers = _in_use(patient)
    if not printers:
        yield unknown(
            gettext("No printer is entered: receipts are shown on the screen only."),
            gettext("Enter one on the page “Printers” when you have one."),
        )
    also = patient.settings.printing if patient.settings else NOTHING_MORE
    for printer in printers:
        yield _papers_of(patient, printer) if patient.is_running else _ask(printer, also)


def _in_use(patient: Patient) -> list[PrinterSettings]:
    """As a manager entered them; else those of shop.toml."""
    if patient.folder.holds_a_shop:
        with patient.database() as session:
            if inspect(session.connection()).has_table("printers"):
                rows = session.execute(text("SELECT * FROM printers ORDER BY id")).mappings().all()
                if rows:
                    return [_settings(dict(row)) for row in rows if row["retired_at"] is None]
    return list(patient.settings.printers) if patient.settings else []


def _settings(row: dict[str, Any]) -> PrinterSettings:
    flags = {name: bool(row[name]) for name in ("drawer", "cut")}
    named = {name: row[name] for name in ("code", *FIELDS)}
    return PrinterSettings(**{**named, **flags})


def _papers_of(patient: Patient, printer: PrinterSettings) -> Finding:
    """The shop holds the printer: two who speak to it at once would garble a paper."""
    with patient.database() as session:
        newest = text("SELECT count(*), max(why) FROM print_jobs WHERE role = :role AND state IN ('queued', 'unknown')")
        waiting, why = session.execute(newest, {"role": printer.role}).one()
    if waiting:
        return warn(
            gettext("Printer “%(name)s”: %(count)s papers wait.", name=printer.name, count=waiting),
            said_trouble(why) or gettext("Look at the page “Printing”."),
        )
    return unknown(gettext("Printer “%(name)s” belongs to the running shop; no paper waits for it.", name=printer.name))


def _ask(printer: PrinterSettings, also: PrintingSettings) -> Finding:
    try:
        device = device_for(printer, also)
        if not device.answers:
            return unknown(
                gettext("Printer “%(name)s” cannot be asked how it is.", name=printer.name),
                gettext("Print a paper and look at it."),
            )
        with device.opened() as line:
            return _told(printer, ask_status(line))
    except RuleBroken as trouble:
        return bad(
            gettext("Printer “%(name)s”: %(trouble)s", name=printer.name, trouble=trouble.sentence(gettext)),
            gettext("Correct it on the page “Printers”."),
        )
    except (NotReachable, Broken) as trouble:
        return bad(
            gettext("Printer “%(name)s” cannot be reached: %(trouble)s", name=printer.name, trouble=trouble),
            gettext(_LOOK),
        )


def _told(printer: PrinterSettings, status: Status) -> Finding:
    if status.ready:
        return ok(gettext("Printer “%(name)s” is ready.", name=printer.name))
    if not status.known:
        return unknown(
            gettext("Printer “%(name)s” can be reached but does not say how it is.", name=printer.name),
            gettext("Print a paper and look at it."),
        )
    return bad(
        gettext("Printer “%(name)s” does not print.", name=printer.name), said_trouble(status.trouble) or gettext(_LOOK)
    )
