"""What the code refuses, the database refuses too, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from importlib import import_module
from pkgutil import walk_packages

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError

import inventory
from core.append_only import AppendOnly
from core.database import Base, engine_options, prepare
from tests.inventory.consignment import consignment_rows

DAY, LATER = date(2026, 1, 1), date(2027, 1, 1)
NOW = datetime(2026, 11, 22, tzinfo=UTC)
INSTANT = "2026-11-22T00:00:00.000Z"

GOOD: dict[str, dict[str, object]] = {
    "producers": {"id": 1, "code": "0001", "uid": "p", "name": "HTX", "name_folded": "htx", "form": "cooperative",
                  "old_commune": "", "old_district": "", "phone": "", "address": "", "record_seq": 1},
    "products": {"id": 1, "sku": "00001", "uid": "a", "producer_id": 1, "name": "Mật ong", "name_folded": "mat ong",
                 "pack": "", "unit": "piece", "unit_label": "hũ", "group_code": "I.2.b", "search_exact": "",
                 "search_folded": "", "service": False, "record_seq": 1},
    "product_numbers": {"id": 1, "number": "08930000000019", "kind": "gtin", "product_id": 1, "pack": 1000,
                        "withdrawn": False, "record_seq": 1},
    "prices": {"id": 1, "product_id": 1, "amount": 1, "first_day": DAY, "record_seq": 1},
    "certificates": {"id": 1, "uid": "c", "product_id": 1, "stars": 3, "number": "", "decision": "x",
                     "decision_date": DAY, "issuer": "x", "first_day": DAY, "last_day": LATER, "struck": False,
                     "record_seq": 1},
    "eligibilities": {"id": 1, "uid": "e", "product_id": 1, "basis_code": "x", "evidence": "x", "first_day": DAY,
                      "last_day": LATER, "struck": False, "record_seq": 1},
    "licences": {"id": 1, "uid": "l", "kind": "x", "number": "x", "issuer": "x", "first_day": DAY, "last_day": LATER,
                 "struck": False, "record_seq": 1},
    "recalls": {"id": 1, "uid": "r", "product_id": 1, "since": NOW, "reason": "x", "issuer": "", "record_seq": 1},
    "locations": {"code": "shelf", "name": "x", "kind": "shelf", "record_seq": 1},
    "goods_receipts": {"number": 1, "supplier_id": 1, "day": DAY, "note": "", "staff_code": "01", "record_seq": 1},
    "lots": {"id": 1, "number": "1", "product_id": 1, "supplier_id": 1, "owner_id": None, "terms": "bought",
             "cost": 1, "commission": None, "delivery_price": None, "received_on": DAY, "best_before": LATER,
             "sell_by": LATER, "producer_lot": "", "papers": "", "record_seq": 1, "line": 1},
    "stock_moves": {"id": 1, "lot_id": 1, "source": "producer", "target": "shelf", "quantity": 1, "record_seq": 1,
                    "line": 1},
    "owed_lines": {"id": 1, "owner_id": 1, "lot_id": 1, "quantity": 1, "amount": 1, "due": 1, "record_seq": 1,
                   "line": 1},
    "claims": {"id": 1, "owner_id": 1, "lot_id": 1, "day": DAY, "quantity": 1, "cause": "count", "bearer": "shop",
               "amount": 1, "due": 1, "record_seq": 1, "line": 1},
    "stock_counts": {"number": 1, "day": DAY, "place": "shelf", "scope": "all", "scope_code": "", "rolling": False,
                     "note": "", "opened_at": NOW, "left_out": 0, "staff_code": "01", "record_seq": 1},
    "stock_count_lines": {"id": 1, "lot_id": 1, "book": -1, "counted": 0, "at_seq": 0, "counted_at": NOW,
                          "reason": "", "record_seq": 1, "line": 1},
    "stock_count_entries": {"id": 1, "zone": "", "office": False, "staff_code": "01", "product_id": 1, "whose": "",
                            "lot_id": None, "quantity": 0, "at_till": 0, "first_seq": 0, "last_seq": 0,
                            "counted_at": NOW, "record_seq": 1, "line": 1},
    "claim_reversals": {"id": 1, "claim_id": 1, "day": DAY, "quantity": 1, "amount": 1, "due": 1, "record_seq": 1,
                        "line": 1},
}  # fmt: skip

BAD: list[tuple[str, dict[str, object]]] = [
    ("producers", {"name": ""}),
    ("producers", {"code": "0001", "id": 2, "uid": "q"}),
    ("products", {"name": ""}),
    ("products", {"unit": "dozen"}),
    ("products", {"sell_within_days": 0}),
    ("products", {"service": True}),  # in a group of goods
    ("products", {"group_code": ""}),  # goods in none
    ("products", {"producer_id": 9}),
    ("products", {"id": 2, "sku": "2", "uid": "b"}),  # the same producer, name and pack
    ("product_numbers", {"number": "893"}),
    ("product_numbers", {"number": "0893000000001A", "kind": "in_store"}),
    ("product_numbers", {"number": "", "kind": "in_store"}),
    ("product_numbers", {"pack": 0}),
    ("product_numbers", {"kind": "letters"}),
    ("product_numbers", {"id": 2}),  # a number twice
    ("prices", {"amount": 0}),
    ("certificates", {"stars": 0}),
    ("certificates", {"stars": 6}),
    ("certificates", {"last_day": date(2025, 12, 31)}),
    ("eligibilities", {"evidence": ""}),
    ("eligibilities", {"last_day": date(2025, 12, 31)}),
    ("licences", {"last_day": date(2025, 12, 31)}),
    ("recalls", {"reason": ""}),
    ("locations", {"code": "x", "kind": "moon"}),
    ("goods_receipts", {"number": 0}),
    ("lots", {"owner_id": 1}),  # bought, and yet another's
    ("lots", {"terms": "commission", "cost": None, "commission": 1500}),  # consigned, and nobody's
    ("lots", {"cost": None}),
    ("lots", {"cost": -1}),
    ("lots", {"terms": "commission", "owner_id": 1, "cost": None}),
    ("lots", {"terms": "commission", "owner_id": 1, "cost": None, "commission": 10_001}),
    ("lots", {"terms": "delivery_price", "owner_id": 1, "cost": None}),
    ("lots", {"terms": "delivery_price", "owner_id": 1, "cost": None, "delivery_price": -1}),
    ("lots", {"terms": "lent", "owner_id": 1, "cost": None}),
    ("lots", {"sell_by": None}),
    ("stock_moves", {"quantity": 0}),
    ("stock_moves", {"quantity": -1}),
    ("stock_moves", {"source": "shelf"}),
    ("stock_moves", {"target": "moon"}),
    ("stock_moves", {"id": 2}),  # the same line of the same record twice
    ("owed_lines", {"due": -1}),
    ("owed_lines", {"quantity": 0}),
    ("owed_lines", {"amount": -1}),
    ("claims", {"quantity": 0}),
    ("claims", {"amount": -1}),
    ("claims", {"due": -1}),
    ("claims", {"bearer": "nobody"}),
    ("claims", {"bearer": "producer"}),  # bears it himself, and is yet owed
    ("claims", {"id": 2}),  # two claims for one line of a record
    ("claim_reversals", {"quantity": 0}),
    ("claim_reversals", {"amount": -1}),
    ("claim_reversals", {"due": -1}),
    ("claim_reversals", {"id": 2}),
    ("stock_counts", {"number": 0}),
    ("stock_counts", {"left_out": -1}),
    ("stock_count_lines", {"counted": -1}),
    ("stock_count_lines", {"at_seq": 2}),  # counted after it was posted
    ("stock_count_lines", {"id": 2}),
    ("stock_count_entries", {"quantity": -1}),
    ("stock_count_entries", {"at_till": -1}),
    ("stock_count_entries", {"id": 2}),
]

GOOD |= consignment_rows.GOOD
BAD += consignment_rows.BAD

Insert = Callable[[str, dict[str, object]], None]


def insert_into(engine: sa.Engine) -> Insert:
    def insert(table: str, row: dict[str, object]) -> None:
        values = {
            name: INSTANT if isinstance(value, datetime) and engine.dialect.name == "sqlite" else value
            for name, value in row.items()
        }
        names = ", ".join(values)
        places = ", ".join(f":{name}" for name in values)
        with engine.begin() as connection:
            connection.execute(sa.text(f"INSERT INTO {table} ({names}) VALUES ({places})"), values)

    return insert


def fill(engine: sa.Engine) -> Insert:
    Base.metadata.create_all(engine)
    insert = insert_into(engine)
    insert("locations", {**GOOD["locations"], "code": "producer", "kind": "producer"})
    for table, row in GOOD.items():
        insert(table, {name: value.isoformat() if type(value) is date else value for name, value in row.items()})
    return insert


@pytest.fixture(scope="module")
def sqlite() -> Iterator[tuple[sa.Engine, Insert]]:
    engine = prepare(sa.create_engine("sqlite://", poolclass=sa.pool.StaticPool, **engine_options("sqlite://")))
    yield engine, fill(engine)
    engine.dispose()


def bad_row(table: str, change: dict[str, object]) -> dict[str, object]:
    fresh: dict[str, object] = {"id": 2, "record_seq": 2, "number": "2", "sku": "2", "code": "2", "uid": "2", "line": 2}
    row = {name: fresh.get(name, value) for name, value in GOOD[table].items()}
    if table == "product_numbers":
        row["number"] = "18930000000016"
    if "id" in change:  # a row that repeats the good one
        row = {**GOOD[table], "record_seq": GOOD[table].get("record_seq", 1)}
    row |= {"number": 2} if table in ("goods_receipts", "agreements", "stock_counts") else {}
    row |= {"name": "Trà"} if table == "products" and "id" not in change else {}
    return {name: v.isoformat() if type(v) is date else v for name, v in {**row, **change}.items()}


@pytest.mark.parametrize(("table", "change"), BAD, ids=str)
def test_the_database_refuses_bad_rows(sqlite, table, change):
    _, insert = sqlite

    with pytest.raises(IntegrityError):
        insert(table, bad_row(table, change))


def test_a_row_that_is_only_another_one_is_taken(sqlite):
    """Else the test above would go green for any reason."""
    _, insert = sqlite
    once_only = {
        "locations",
        "agreement_ends",
        "lot_agreements",
        "markdown_consent_ends",
    }  # a second one of the same is what they refuse
    for table in GOOD:
        if table not in once_only:
            insert(table, {**bad_row(table, {}), **({"source": "producer"} if table == "stock_moves" else {})})


def tables_of_goods() -> dict[str, type]:
    found: dict[str, type] = {}
    for module in walk_packages(inventory.__path__, "inventory."):
        import_module(module.name)
    for mapper in Base.registry.mappers:
        if mapper.class_.__module__.startswith("inventory."):
            found[mapper.local_table.name] = mapper.class_
    return found


def append_only_tables() -> list[str]:
    return sorted(name for name, row in tables_of_goods().items() if issubclass(row, AppendOnly))


# What a paper says may be corrected, with the journal keeping what stood there before; how a producer delivers is
# described anew; a list that counts no more is marked.
CORRECTED = {
    "producers", "products", "product_numbers", "certificates", "eligibilities", "licences", "locations",
    "counter_codes", "producer_supply", "product_supply", "past_demand", "past_demand_lists",
}  # fmt: skip
# What is no document yet.
WORKING = {
    "delivery_drafts", "delivery_draft_lines", "delivery_draft_files",
    "goods_return_drafts", "goods_return_draft_lines",
    "move_drafts", "move_draft_lines", "request_draft_lines", "past_demand_drafts", "goods_imports", "label_wishes",
    "stocktakes", "stocktake_goods", "count_sheets", "counted_lines", "waiting_point_files",
}  # fmt: skip


def test_everything_else_that_happened_is_append_only():
    assert set(tables_of_goods()) - set(append_only_tables()) == CORRECTED | WORKING


@pytest.mark.parametrize("act", ["UPDATE {} SET record_seq = 99", "DELETE FROM {}"])
def test_append_only_rows_stay_as_they_are_in_sql_too(sqlite, act):
    engine, _ = sqlite
    for table in set(append_only_tables()) & set(GOOD):
        with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(sa.text(act.format(table)))


@pytest.mark.postgres
def test_postgresql_refuses_the_same(postgres_url):
    engine = sa.create_engine(postgres_url)
    try:
        insert = fill(engine)
        for table, change in BAD:
            with pytest.raises(IntegrityError):
                insert(table, bad_row(table, change))
        for table in set(append_only_tables()) & set(GOOD):
            with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
                connection.execute(sa.text(f"DELETE FROM {table}"))
    finally:
        engine.dispose()
