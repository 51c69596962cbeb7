"""Moves of any kind, as the verbs of the shop leave them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.database import transaction
from core.journal.chain import write_record
from core.journal.record import Kind
from core.quantity import Quantity
from inventory.location import SHELF
from inventory.lot import Lot
from inventory.stock_move import Move, post_moves

Post = Callable[..., int]


@pytest.fixture
def post(shop) -> Post:
    """Moves so many thousandths of a lot, with a record of its own; gives the record's number."""

    def do(lot: Lot, thousandths: int, target: str, source: str = SHELF) -> int:
        with transaction():
            seq = write_record(Kind.STOCK_ADJ, {"lot": lot.number, "qty": thousandths}, by=shop.by).seq
            post_moves([Move(lot, source, target, Quantity(thousandths), 1)], seq)
            return seq

    return do
