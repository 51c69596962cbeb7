"""Pages of goods: what there is, which papers it has, what was delivered."""

from flask import Blueprint, Flask

from core.i18n import N_
from core.web.shell import GOODS, MenuItem
from inventory.web import goods_import, new_goods, product_acts, products, receipts

MENU = (
    MenuItem("deliveries.index", N_("Goods receipts"), "Alt+N", GOODS),
    MenuItem("products.index", N_("Products"), "Alt+H", GOODS),
    MenuItem("goods_import.index", N_("Goods from a spreadsheet"), "", GOODS, in_bar=False),
)


def blueprints() -> tuple[Blueprint, ...]:
    """Every blueprint of goods."""
    return products.bp, product_acts.bp, new_goods.bp, receipts.bp, goods_import.bp


def install_goods(app: Flask) -> None:
    """Give an app the pages of goods and their place in the menu."""
    for blueprint in blueprints():
        app.register_blueprint(blueprint)
    app.extensions["menu"] += MENU
