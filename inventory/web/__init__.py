"""Pages of goods and stock, a package for each room: what came, what is ordered, what is where, whose it is.

Each room names its BLUEPRINTS and its entries of the MENU, and where it has them the DOCUMENTS whose records it shows
and the HOME_LINES that the menu page tells.
"""

from flask import Flask

from core.web.document_name import name_documents
from inventory.web import (
    catalogue,
    consignment,
    counting,
    labels,
    ledger,
    moving,
    receiving,
    reordering,
    tracing,
)

# In the order in which a manager looks for them on the menu page.
ROOMS = (receiving, reordering, tracing, moving, counting, labels, ledger, consignment, catalogue)


def install_goods(app: Flask) -> None:
    """Give an app the pages of goods, their place in the menu and the names of their documents."""
    for room in ROOMS:
        for blueprint in room.BLUEPRINTS:
            app.register_blueprint(blueprint)
        app.extensions["menu"] += room.MENU
        app.extensions["home_lines"] += getattr(room, "HOME_LINES", ())
        name_documents(app, getattr(room, "DOCUMENTS", {}))
