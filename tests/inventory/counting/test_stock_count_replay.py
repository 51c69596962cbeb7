"""The journal tells what a posted stocktake holds, with its moves and claims; a planted change is found."""

import pytest
from sqlalchemy import text

from core.database import db, transaction
from core.quantity import Quantity
from inventory.counting.comparison import compare_with_book
from inventory.counting.count_sheet import count_goods, finish_sheet, open_sheet
from inventory.counting.stock_count import count_as_none, post_stocktake
from inventory.counting.stocktake import give_reason, open_stocktake
from inventory.counting.stocktake_table import ScopeKind
from inventory.location import SHELF
from inventory.lot import Terms
from tests.inventory.planted_change import differences


@pytest.fixture
def posted(shop):
    """Two stocktakes: three jars of a producer are missing, then one of them turns up; tea is said to be gone."""
    honey, tea = shop.product("Mật ong"), shop.product("Trà", of="Hộ Hà")
    shop.receive(honey, 10, terms=Terms.on_commission(1500))
    shop.receive(tea, 2)
    for counted in (7, 8):
        with transaction():
            stocktake = open_stocktake(place=SHELF, scope=ScopeKind.ALL, note="cuối tháng", by=shop.by)
            sheet = open_sheet(stocktake, zone="Kệ 1", by=shop.by)
            count_goods(sheet, honey, Quantity.of(counted), at_till=Quantity.of(0))
            give_reason(stocktake, honey, "vỡ mà chưa báo")
            finish_sheet(sheet)
            for goods in compare_with_book(stocktake).uncounted:
                count_as_none(stocktake, goods, by=shop.by)
            post_stocktake(stocktake, by=shop.by)
    return shop


def test_posted_stocktakes_replay_to_what_the_tables_hold(posted):
    assert differences() == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE stock_counts SET left_out = 9 WHERE number = 1",
        "UPDATE stock_counts SET note = 'X' WHERE number = 2",
        "UPDATE stock_count_lines SET book = book + 1000 WHERE id = 1",
        "UPDATE stock_count_lines SET counted = 9000 WHERE id = 1",
        "UPDATE stock_count_lines SET reason = 'X'",
        "UPDATE stock_count_entries SET quantity = 9000 WHERE id = 1",
        "UPDATE stock_count_entries SET staff_code = '09'",
        "UPDATE stock_moves SET quantity = 1000 WHERE target = 'difference'",
        "UPDATE claims SET due = 1",
        "UPDATE claims SET bearer = 'producer', due = 0",
        "UPDATE claim_reversals SET due = 1",
        "DELETE FROM claims",
        "DELETE FROM claim_reversals",
        "DELETE FROM stock_count_lines WHERE id = 1",
        "DELETE FROM stock_count_entries WHERE id = 1",
        "DELETE FROM stock_counts WHERE number = 1",
    ],
)
def test_a_planted_change_is_found(posted, change):
    table = change.split(" ")[2 if change.startswith("DELETE") else 1]
    connection = db.engine.raw_connection()
    connection.execute("PRAGMA foreign_keys = OFF")
    for act in ("update", "delete"):
        connection.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}")
    connection.execute(change)
    connection.commit()
    connection.close()

    found = differences()

    assert found
    assert {one.table for one in found} <= {table, "claim_reversals" if table == "claims" else table}
    assert db.session.execute(text("SELECT 1")).scalar() == 1
