"""Moves and their cancels may come in any order, all at one instant: what is left is the same (L4)."""

from __future__ import annotations

from random import Random

from sqlalchemy import text

from core.database import db, transaction
from core.quantity import Quantity
from inventory.location import CUSTOMER, LOSS, PRODUCER, SHELF, STOCKROOM
from inventory.lot import Lot
from inventory.stock_level import on_hand
from inventory.stock_move import Move, post_moves

PLACES = (PRODUCER, SHELF, STOCKROOM, CUSTOMER, LOSS)
MOVES, ORDERS = 1_000, 20


def some_moves(lots: list[Lot], rng: Random) -> list[Move]:
    """Every second move is the cancel of the one before it."""
    found: list[Move] = []
    while len(found) < MOVES:
        source, target = rng.sample(PLACES, 2)
        move = Move(rng.choice(lots), source, target, Quantity(rng.randint(1, 9_999)), len(found) + 1)
        found.append(move)
        if rng.random() < 0.5:
            found.append(Move(move.lot, target, source, move.quantity, len(found) + 1))
    return found[:MOVES]


def balances(lots: list[Lot]) -> dict[tuple[str, str], int]:
    """What is left of each lot at each place."""
    return {(lot.number, place): on_hand(lot, place).thousandths for lot in lots for place in PLACES}


def test_the_order_of_moves_does_not_matter(shop):
    lots = [shop.receive(shop.product(f"Mật ong {n}"), 5) for n in range(6)]
    rng = Random(20261128)
    moves = some_moves(lots, rng)
    found = []

    for _ in range(ORDERS):
        with transaction(), db.session.begin_nested() as order:
            rng.shuffle(moves)
            for seq, start in enumerate(range(0, MOVES, 50), start=1_000_000):
                post_moves(moves[start : start + 50], seq)
            found.append(balances(lots))
            order.rollback()

    assert len(found) == ORDERS
    assert all(one == found[0] for one in found)
    assert any(left for left in found[0].values())
    assert db.session.execute(text("SELECT count(*) FROM stock_moves")).scalar() == len(lots)
