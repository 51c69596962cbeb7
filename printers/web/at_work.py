"""What the running app prints with, for its pages."""

from dataclasses import dataclass

from flask import current_app

from printers.spooler import Spooler
from printers.virtual_printer import VirtualPrinter


@dataclass(frozen=True)
class Printing:
    """An app's print worker, and its printers made of software by their names."""

    spooler: Spooler
    virtual: dict[str, VirtualPrinter]


def at_work() -> Printing | None:
    """What this app prints with; None in an app that only shows pages, such as a test's."""
    return current_app.extensions.get("printing")
