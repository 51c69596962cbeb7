"""A shop that sells: goods leave the shelf as a sale moves them, so that no till is needed to tell of demand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.database import transaction
from core.journal.chain import write_record
from core.journal.record import Kind
from core.quantity import Quantity
from inventory.catalogue.product import Product
from inventory.location import CUSTOMER, SHELF
from inventory.reordering.delivery_request import DeliveryRequest, Wanted, send_request
from inventory.reordering.suggestion import Suggestion, suggestions_for
from inventory.stock_level import on_hand_by_lot
from inventory.stock_move import Move, post_moves

MORNING = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)  # 08:00 in Viet Nam, a Sunday


@dataclass
class Trade:
    """Days of trade, one after the other."""

    shop: Any

    def on(self, days_ago: int) -> None:
        """Go to the morning of a day so many days before the last one."""
        self.shop.clock.set(MORNING - timedelta(days=days_ago))

    def sell(self, product: Product, pieces: int | str) -> None:
        """Take pieces off the shelf, the first to expire first."""
        wanted = Quantity.of(pieces, product.unit)
        with transaction():
            moves = []
            for one in on_hand_by_lot([product.id]).get(product.id, []):
                taken = min(one.quantity, wanted)
                if taken.thousandths > 0:
                    moves.append(Move(one.lot, SHELF, CUSTOMER, taken, len(moves) + 1))
                    wanted -= taken
            assert not wanted, "the shelf holds less"
            record = write_record(Kind.VISITOR, {"day": "2026-11-22", "n": 1}, by=self.shop.by)
            post_moves(moves, record.seq)

    def days(self, product: Product, sold: list[int]) -> None:
        """Sell so many on each of the last days, the oldest first, up to yesterday."""
        for n, pieces in enumerate(sold):
            self.on(len(sold) - n)
            if pieces:
                self.sell(product, pieces)
        self.on(0)

    def suggest(self, product: Product) -> Suggestion:
        """What is suggested for a product today."""
        return next(one for one in suggestions_for(product.producer) if one.product.id == product.id)

    def ask(self, product: Product, pieces: int, *, days: int = 3) -> DeliveryRequest:
        """Ask the producer for so many."""
        wanted_on = (MORNING + timedelta(days=days)).date()
        with transaction():
            wanted = [Wanted(product, Quantity.of(pieces))]
            return send_request(product.producer, wanted, wanted_on=wanted_on, by=self.shop.by)


@pytest.fixture
def trade(shop: Any) -> Trade:
    shop.clock.set(MORNING)
    return Trade(shop)


@pytest.fixture
def stocked(shop: Any, trade: Trade) -> Callable[..., Product]:
    """A product with a lot that came so many days ago, by default after Mid-Autumn: no feast lifts these days."""

    def stock(name: str = "Mật ong", pieces: int = 200, *, days_ago: int = 55, **more: Any) -> Product:
        trade.on(days_ago)
        product = shop.product(name)
        shop.receive(product, pieces, **more)
        trade.on(0)
        return product

    return stock
