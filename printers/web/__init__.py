"""Pages of paper: how printing stands and what the clerk is asked; in the demo, the virtual printer's paper."""

from flask import Flask

from core.i18n import N_
from core.web.shell import MenuItem
from printers.spooler import Spooler
from printers.virtual_printer import VirtualPrinter
from printers.web import paper, print_jobs
from printers.web.at_work import Printing


def install_printing(app: Flask) -> None:
    """Give an app the pages of paper, their place in the menu, and the printer's lamp in the foot bar."""
    for blueprint in (print_jobs.bp, paper.bp):
        app.register_blueprint(blueprint)
    app.extensions["menu"].append(MenuItem("print_jobs.show", N_("Printing"), "Alt+P"))
    app.extensions["foot_bar"].append(print_jobs.printer_item)


def begin_printing(app: Flask, spooler: Spooler, virtual: dict[str, VirtualPrinter] | None = None) -> None:
    """Tell the pages which worker prints, once it does; with a virtual printer its paper is in the menu."""
    app.extensions["printing"] = Printing(spooler, virtual or {})
    if virtual:
        app.extensions["menu"].append(MenuItem("paper.show", N_("Paper"), "Alt+G"))
