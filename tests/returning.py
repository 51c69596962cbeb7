"""Words for goods brought back: `refund(shop, sale, "mật ong", 1)`; as in tests/factories.py each is a transaction."""

from __future__ import annotations

import uuid

from core.database import db, transaction
from core.quantity import Quantity
from pos import basket as baskets
from pos.basket import Basket
from pos.register import Register
from pos.returns.basket_return import lay_return
from pos.returns.money_left import usual_way_back
from pos.returns.refund import complete_refund
from pos.returns.refund_table import Refund
from pos.returns.return_condition import Condition
from pos.returns.return_quote import quote_returns
from pos.sale import Sale
from pos.tender import Paid, TenderKind
from tests.factories import Shop, goods


def refund(
    shop: Shop,
    sale: Sale,
    name: str,
    quantity: int | str = 1,
    *back: Paid,
    condition: Condition = Condition.GOOD,
    reason: str = "Khách đổi ý",
) -> Refund:
    """Take goods of a receipt back; the money goes the way it came unless `back` says otherwise."""
    basket = bring_back(shop, sale, name, quantity, condition=condition, reason=reason)
    with transaction():
        offer = quote_returns(basket)
        ways = back or [way_back(each) for each in usual_way_back(offer.total, sale)]
        return complete_refund(basket, back=ways, key=str(uuid.uuid4()), by=shop.clerk)


def bring_back(
    shop: Shop,
    sale: Sale,
    name: str,
    quantity: int | str = 1,
    *,
    condition: Condition = Condition.GOOD,
    reason: str = "Khách đổi ý",
    register: Register | None = None,
) -> Basket:
    """Lay goods of a receipt beside the basket on the screen."""
    product = goods(shop, name)
    with transaction():
        basket = baskets.open_basket(register or shop.register)
        n = next(line.n for line in db.session.get_one(Sale, sale.number).lines if line.product_id == product.id)
        amount = Quantity.of(quantity, product.unit)
        lay_return(basket, db.session.get_one(Sale, sale.number), n, amount, condition=condition, reason=reason)
        return basket


def way_back(paid: Paid) -> Paid:
    """How money goes back, with the number that a card machine or a bank app shows for it."""
    return paid if paid.kind is TenderKind.CASH else Paid(paid.kind, paid.amount, "FT0815")
