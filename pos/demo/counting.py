"""The demo's stocktake: a shelf counted some days ago, with a piece of a producer's goods missing."""

from collections.abc import Sequence

from sqlalchemy import select

from core.database import db
from core.quantity import NONE, ONE
from core.staff import Role, Staff
from inventory.counting.count_sheet import count_goods, finish_sheet, open_sheet
from inventory.counting.stock_count import post_stocktake
from inventory.counting.stocktake import give_reason, open_stocktake
from inventory.counting.stocktake_table import ScopeKind
from inventory.location import SHELF
from inventory.stock_level import on_hand_by_lot, on_hand_by_product
from pos.demo.catalogue import Entered

_COUNTED = 12


def count_a_shelf(entered: Sequence[Entered], *, by: Staff) -> None:
    """A dozen consigned products of one owner each, counted by the clerk; of the first one piece is missing."""
    clerk = db.session.scalar(select(Staff).where(Staff.role == Role.CLERK).limit(1)) or by
    products = [one.product for one in entered if one.goods.place % 3 == 1 and not one.product.unit.divisible]
    here = on_hand_by_product([product.id for product in products], SHELF)
    lots = on_hand_by_lot([product.id for product in products])
    owners = {product_id: {one.lot.owner_id for one in found} for product_id, found in lots.items()}
    products = [one for one in products if here.get(one.id, NONE) > ONE and len(owners[one.id]) == 1]
    products = sorted(products, key=lambda product: None in owners[product.id])[:_COUNTED]
    stocktake = open_stocktake(
        place=SHELF, scope=ScopeKind.LIST, products=products, note="(demo) kiểm kê cuối tuần", by=by
    )
    sheet = open_sheet(stocktake, zone="Kệ 1", by=clerk)
    for n, product in enumerate(products):
        count_goods(sheet, product, here[product.id] - (ONE if n == 0 else NONE))
    give_reason(stocktake, products[0], "(demo) tìm không thấy")
    finish_sheet(sheet)
    post_stocktake(stocktake, by=by)
