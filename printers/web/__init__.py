"""Pages of paper: how printing stands and what the clerk is asked; in the demo, the virtual printer's paper."""

from flask import Flask

from core.current_settings import settings_of_the_start
from core.i18n import N_
from core.web.shell import SAFETY, MenuItem
from printers.web import paper, print_jobs


def install_printing(app: Flask) -> None:
    """Give an app the pages of paper, their place in the menu, and the printer's lamp in the foot bar."""
    for blueprint in (print_jobs.bp, paper.bp):
        app.register_blueprint(blueprint)
    app.extensions["menu"].append(MenuItem("print_jobs.show", N_("Printing"), "Alt+P", SAFETY))
    with app.app_context():
        settings = settings_of_the_start()
    if settings.demo or any(printer.kind == "virtual" for printer in settings.printers):
        app.extensions["menu"].append(MenuItem("paper.show", N_("Paper"), "Alt+G", SAFETY))
    app.extensions["foot_bar"].append(print_jobs.printer_item)
    app.jinja_env.globals["why_waiting"] = print_jobs.why_waiting
