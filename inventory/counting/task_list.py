"""What is still to be counted in a stocktake: the goods of its list, and what the manager asked for again."""

from inventory.catalogue.product import Product
from inventory.counting.comparison import current_lines
from inventory.counting.stocktake_table import Stocktake


def still_to_count(stocktake: Stocktake) -> list[Product]:
    """Goods that somebody named and nobody has counted since, in the order of their names."""
    counted = current_lines(stocktake)
    waiting = [
        noted.product
        for noted in stocktake.goods
        if (noted.listed or noted.round > 0) and noted.product_id not in counted
    ]
    return sorted(waiting, key=lambda product: (product.name_folded, product.id))


def asked_again(stocktake: Stocktake) -> set[int]:
    """The products that are to be counted once more, by id."""
    counted = current_lines(stocktake)
    return {noted.product_id for noted in stocktake.goods if noted.round > 0 and noted.product_id not in counted}
