"""What a running app prints with: told by whoever starts the worker, asked by the pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from printers.spooler import Spooler
from printers.virtual_printer import VirtualPrinter

EXTENSION = "printing"


class App(Protocol):
    """An app that keeps what was installed in it."""

    extensions: dict[str, Any]


@dataclass(frozen=True)
class Printing:
    """An app's print worker, and its printers made of software by their names."""

    spooler: Spooler
    virtual: Mapping[str, VirtualPrinter]


def begin_printing(app: App, spooler: Spooler, virtual: Mapping[str, VirtualPrinter] | None = None) -> None:
    """Tell an app which worker prints for it, so that its pages can say how printing stands."""
    app.extensions[EXTENSION] = Printing(spooler, virtual or {})


def printing_of(app: App) -> Printing | None:
    """What the app prints with; None in an app that only shows pages, such as a test's."""
    found = app.extensions.get(EXTENSION)
    return found if isinstance(found, Printing) else None
