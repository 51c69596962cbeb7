"""Pages of goods that people move: slips that are entered, slips as they stand, and goods sent to other points."""

from flask import Blueprint, Flask

from core.i18n import N_
from core.web.shell import STOCK, MenuItem
from inventory.web.moving import slips, transfers
from inventory.web.moving.entry import entry_pages

MENU = (
    MenuItem("refill.draft", N_("Refill the shelf"), "", STOCK, in_bar=False),
    MenuItem("moves.index", N_("Moved, written off, used"), "", STOCK, in_bar=False),
    MenuItem("point_transfers.index", N_("Goods between points"), "", STOCK, in_bar=False),
)


def blueprints() -> tuple[Blueprint, ...]:
    """Every blueprint of goods that are moved."""
    return (slips.bp, transfers.bp, *entry_pages())


def install_moving(app: Flask) -> None:
    """Give an app the pages of moved goods and their place in the menu."""
    for blueprint in blueprints():
        app.register_blueprint(blueprint)
    app.extensions["menu"] += MENU
