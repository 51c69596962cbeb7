"""Pages of the catalogue: products, who makes them, their papers and prices, and whole lists of them."""

from core.i18n import N_
from core.web.shell import GOODS, MenuItem
from inventory.web import (
    bases,
    certificates,
    communes,
    goods_import,
    goods_lists,
    licences,
    new_goods,
    papers,
    prices,
    producers,
    product_acts,
    product_correction,
    products,
    service_articles,
)

_PAGES = (
    products,
    product_correction,
    product_acts,
    certificates,
    bases,
    new_goods,
    service_articles,
    producers,
    communes,
    papers,
    prices,
    licences,
    goods_import,
    goods_lists,
)
BLUEPRINTS = tuple(page.bp for page in _PAGES)
MENU = (
    MenuItem("products.index", N_("Products"), "Alt+H", GOODS),
    MenuItem("producers.index", N_("Producers"), "", GOODS, in_bar=False),
    MenuItem("papers.index", N_("Papers that end or are missing"), "", GOODS, in_bar=False),
    MenuItem("prices.index", N_("Prices"), "", GOODS, in_bar=False),
    MenuItem("licences.index", N_("Licences of the shop"), "", GOODS, in_bar=False),
    MenuItem("goods_import.index", N_("Goods from a spreadsheet"), "", GOODS, in_bar=False),
)
