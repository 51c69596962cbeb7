"""Practice in the words of the trade: goods rung for practice, and a practice receipt made of them."""

from __future__ import annotations

import uuid

from core.database import transaction
from core.practice import practice
from pos.basket import Basket
from pos.practising.practice import PracticeReceipt, complete_practice
from pos.tender import Paid
from tests.factories import Shop, cash, fill_basket


def rung(shop: Shop, *wanted: tuple[str, int | str]) -> Basket:
    """A basket of practice with goods in it."""
    with practice():
        return fill_basket(shop, *wanted)


def ring_up(shop: Shop, basket: Basket, *paid: Paid, key: str | None = None) -> PracticeReceipt:
    """The practice receipt of a basket; paid in cash to the dong unless tenders are given."""
    with practice(), transaction():
        tenders = paid or (cash(basket.total.dong),)
        return complete_practice(basket, paid=tenders, key=key or str(uuid.uuid4()), by=shop.clerk)
