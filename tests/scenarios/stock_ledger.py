"""What must be true of the stock of a shop at every moment, read by SQL from its tables and its sealed records.

The numbers are those of the invariants that the stock promises: I1 nothing comes from nowhere, I2 nothing below zero
unsaid, I3 what came is what went and what is left, for each owner.
"""

from __future__ import annotations

from tests.scenarios.till_ledger import rows

OWN = ""
"""The point itself as an owner."""

Place = tuple[str, str, str]
"""Location, product, owner."""

_SIDES = (
    "SELECT target AS place, lot_id, quantity FROM stock_moves"
    " UNION ALL SELECT source, lot_id, -quantity FROM stock_moves"
)


def book() -> dict[Place, int]:
    """What the moves leave at each place of each product and owner, in thousandths."""
    found = rows(
        f"SELECT m.place, p.name, coalesce(o.code, '{OWN}'), sum(m.quantity) FROM ({_SIDES}) m"
        " JOIN lots l ON l.id = m.lot_id JOIN products p ON p.id = l.product_id"
        " LEFT JOIN producers o ON o.id = l.owner_id GROUP BY 1, 2, 3"
    )
    return {(place, name, owner): quantity for place, name, owner, quantity in found}


def check_nothing_from_nowhere() -> None:
    """I1: over all places together, of each lot there is as much as there was before it came: nothing."""
    for lot, total in rows(f"SELECT lot_id, sum(quantity) FROM ({_SIDES}) GROUP BY lot_id"):
        assert total == 0, f"lot {lot}"


def check_below_zero_is_said() -> None:
    """I2: a place in the shop is below zero only where a sale said that the book was passed over."""
    said = {lot for (lot,) in rows("SELECT lot_id FROM sale_lines WHERE why LIKE 'below_book%'")}
    for place, lot, total in rows(
        f"SELECT place, lot_id, sum(quantity) FROM ({_SIDES}) WHERE place IN ('shelf', 'stockroom') GROUP BY 1, 2"
    ):
        assert total >= 0 or (place == "shelf" and lot in said), f"{total} of lot {lot} at {place}"


_TOLD = (
    # what each sealed record says that a lot gained (+) or lost (-) inside the shop
    ("'GOODS_IN', 'CONSIGN_IN'", "1"),
    ("'GOODS_IN_REVERSED', 'GOODS_OUT', 'CONSIGN_OUT', 'SALE', 'WRITE_OFF', 'OWN_USE'", "-1"),
    ("'REFUND'", "CASE WHEN json_extract(line.value, '$.to') = 'shelf' THEN 1 ELSE 0 END"),
)


def check_what_came_is_what_went() -> None:
    """I3: delivered less given back, sold, written off and used, with what was brought back and found: on hand, by lot.

    Read from the records' bodies: the moves are not asked. Moves back are told by the record that they answer.
    """
    told: dict[str, int] = {}
    for kinds, sign in _TOLD:
        for lot, quantity in rows(
            f"SELECT json_extract(line.value, '$.lot'), sum({sign} * json_extract(line.value, '$.qty'))"
            " FROM journal_records r, json_each(r.record, '$.body.lines') line"
            f" WHERE r.typ IN ({kinds}) AND json_extract(line.value, '$.lot') IS NOT NULL GROUP BY 1"
        ):
            told[lot] = told.get(lot, 0) + quantity
    for lot, quantity in (*_moved_back(), *_differences()):
        told[lot] = told.get(lot, 0) + quantity
    there = dict(
        rows(
            f"SELECT l.number, sum(m.quantity) FROM ({_SIDES}) m JOIN lots l ON l.id = m.lot_id"
            " WHERE m.place IN ('shelf', 'stockroom') GROUP BY 1"
        )
    )
    assert {lot: left for lot, left in told.items() if left} == {lot: left for lot, left in there.items() if left}


def _moved_back() -> list[tuple[str, int]]:
    """What moves back brought into the shop again: only what a write-off or an own use had taken out."""
    return [
        (lot, quantity)
        for lot, quantity in rows(
            "SELECT json_extract(line.value, '$.lot'), sum(json_extract(line.value, '$.qty'))"
            " FROM journal_records r, json_each(r.record, '$.body.lines') line"
            " JOIN journal_records o ON o.seq = json_extract(r.record, '$.body.of')"
            " WHERE r.typ = 'MOVE_BACK' AND o.typ IN ('WRITE_OFF', 'OWN_USE') GROUP BY 1"
        )
    ]


def _differences() -> list[tuple[str, int]]:
    """What counts found too much (+) or missing (-)."""
    return [
        (lot, quantity)
        for lot, quantity in rows(
            "SELECT json_extract(line.value, '$.lot'),"
            " sum(json_extract(line.value, '$.qty') - json_extract(line.value, '$.book'))"
            " FROM journal_records r, json_each(r.record, '$.body.lines') line"
            " WHERE r.typ = 'STOCK_COUNT' GROUP BY 1"
        )
    ]
