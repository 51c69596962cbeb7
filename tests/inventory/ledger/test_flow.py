"""What moves come to: each way of the goods under its own name, and together what is left."""

from __future__ import annotations

import pytest

from core.journal.past_day import ALL
from core.quantity import NONE, Quantity
from inventory.ledger.flow import Flow, balances, flows, together
from inventory.location import (
    CUSTOMER,
    DIFFERENCE,
    LOSS,
    ON_THE_WAY,
    PRODUCER,
    SHELF,
    STOCKROOM,
    USED,
)


@pytest.mark.parametrize(
    ("source", "target", "named", "in_care"),
    [
        (PRODUCER, SHELF, "received", 7),
        (PRODUCER, STOCKROOM, "received", 7),
        (SHELF, PRODUCER, "given_back", -7),
        (SHELF, CUSTOMER, "sold", -7),
        (CUSTOMER, SHELF, "brought_back", 7),
        (CUSTOMER, LOSS, "brought_back", 0),  # broken: it came back and was lost, and never stood in the shop again
        (STOCKROOM, LOSS, "lost", -7),
        (SHELF, USED, "used", -7),
        (SHELF, DIFFERENCE, "missing", -7),
        (SHELF, STOCKROOM, None, 0),
        (SHELF, ON_THE_WAY, None, 0),  # still the shop's to answer for
    ],
)
def test_each_way_of_the_goods_has_its_name(source, target, named, in_care):
    flow = Flow()
    flow.add(source, target, Quantity(7))

    names = ("received", "given_back", "sold", "brought_back", "lost", "used", "missing")
    told = {name for name in names if getattr(flow, name) != NONE}
    assert told == ({named} if named else set()) | ({"lost"} if target == LOSS else set())
    assert flow.in_care == Quantity(in_care)


def test_a_move_back_leaves_nothing_of_a_loss():
    flow = Flow()
    flow.add(SHELF, LOSS, Quantity(5))
    flow.add(LOSS, SHELF, Quantity(5))
    flow.add(DIFFERENCE, SHELF, Quantity(2))

    assert flow.lost == NONE
    assert flow.missing == Quantity(-2)
    assert flow.in_care == Quantity(2)


def test_sums_are_by_lot_and_may_be_narrowed(shop, post):
    honey, tea = shop.product("Mật ong"), shop.product("Trà")
    first, second, leaf = shop.receive(honey), shop.receive(honey, 4), shop.receive(tea, 2)
    post(first, 3_000, CUSTOMER)
    post(second, 4_000, STOCKROOM)
    post(leaf, 2_000, LOSS)

    assert {lot: flow.in_care.thousandths for lot, flow in flows(ALL).items()} == {
        first.id: 7_000,
        second.id: 4_000,
        leaf.id: 0,
    }
    assert flows(ALL, products=[tea.id]).keys() == {leaf.id}
    assert flows(ALL, lots=[first.id])[first.id].sold == Quantity(3_000)
    assert balances(ALL) == {first.id: {SHELF: Quantity(7_000)}, second.id: {STOCKROOM: Quantity(4_000)}}
    assert together(flows(ALL).values()).received == Quantity(16_000)


def test_a_lot_sold_below_the_book_is_not_left_out(shop, post):
    lot = shop.receive(shop.product("Mật ong"), 1)
    post(lot, 3_000, CUSTOMER)

    assert balances(ALL) == {lot.id: {SHELF: Quantity(-2_000)}}
