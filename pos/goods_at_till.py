"""Goods that lie at the till: customers took them off the shelf and have not paid. Whoever counts must know of them."""

from collections.abc import Collection

from sqlalchemy import func, select

from core.database import db
from core.quantity import Quantity
from pos.basket_table import Basket, BasketLine, BasketState


def goods_at_till(product_ids: Collection[int]) -> dict[int, Quantity]:
    """How much of these products lies in open and parked baskets; those without any are left out."""
    rows = db.session.execute(
        select(BasketLine.product_id, func.sum(BasketLine.quantity).label("quantity"))
        .join(Basket, Basket.id == BasketLine.basket_id)
        .where(
            Basket.state.in_([BasketState.OPEN, BasketState.PARKED]),
            Basket.practice.is_(False),
            BasketLine.product_id.in_(product_ids),
        )
        .group_by(BasketLine.product_id)
    )
    return {row.product_id: row.quantity for row in rows}
