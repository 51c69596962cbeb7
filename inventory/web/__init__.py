"""Pages of goods: what there is, which papers it has, what was delivered."""

from flask import Blueprint, Flask

from core.i18n import N_
from core.web.document_name import name_documents
from core.web.shell import GOODS, STOCK, MenuItem
from inventory.web import (
    bases,
    certificates,
    communes,
    consignment,
    counting,
    goods_import,
    goods_lists,
    labels,
    ledger,
    licences,
    new_goods,
    papers,
    prices,
    producers,
    product_acts,
    product_correction,
    products,
    receiving,
    service_articles,
    tracing,
)
from inventory.web.document_kinds import DOCUMENTS
from inventory.web.moving import install_moving
from inventory.web.reordering import past_sales, requests, suggestions, supply

ROOMS = (receiving, tracing, ledger, labels, counting, consignment)
"""Packages of pages, each with its blueprints and its entries of the menu."""

MENU = (
    *receiving.MENU,
    *tracing.MENU,
    *ledger.MENU,
    MenuItem("reorder.index", N_("Ordering goods"), "", STOCK, in_bar=False),
    *labels.MENU,
    *counting.MENU,
    *consignment.MENU,
    MenuItem("products.index", N_("Products"), "Alt+H", GOODS),
    MenuItem("producers.index", N_("Producers"), "", GOODS, in_bar=False),
    MenuItem("papers.index", N_("Papers that end or are missing"), "", GOODS, in_bar=False),
    MenuItem("prices.index", N_("Prices"), "", GOODS, in_bar=False),
    MenuItem("licences.index", N_("Licences of the shop"), "", GOODS, in_bar=False),
    MenuItem("goods_import.index", N_("Goods from a spreadsheet"), "", GOODS, in_bar=False),
)


REORDERING = (suggestions, requests, supply, past_sales)


def blueprints() -> tuple[Blueprint, ...]:
    """Every blueprint of goods."""
    pages = (products, product_correction, product_acts, certificates, bases, new_goods, service_articles)
    more = (producers, communes, papers, prices, licences, goods_import, goods_lists)
    return tuple(page.bp for page in (*pages, *more, *REORDERING))


def install_goods(app: Flask) -> None:
    """Give an app the pages of goods and their place in the menu."""
    install_moving(app)
    for blueprint in (*blueprints(), *(bp for room in ROOMS for bp in room.BLUEPRINTS)):
        app.register_blueprint(blueprint)
    app.extensions["menu"] += MENU
    app.extensions["home_lines"].append(tracing.ending_item)
    receiving.install_confirming(app)
    name_documents(app, DOCUMENTS | tracing.DOCUMENTS | labels.DOCUMENTS | counting.DOCUMENTS)
