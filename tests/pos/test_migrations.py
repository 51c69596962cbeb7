"""The history of the shop's database: what it makes is what the code expects, and it loses nothing."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy.exc import IntegrityError

import core
import inventory
import pos
import printers
from core.append_only import append_only_ddl
from core.clock import stopped_at
from core.migrate import engine_for_migration, pending, scripts_of, upgrade
from core.migration_draft import compare_models
from pos.app import MIGRATIONS
from pos.data_folder import DataFolder
from pos.replay import verify_shop
from tests.factories import (
    MORNING,
    Shop,
    card,
    cash,
    close_shift,
    fill_basket,
    open_shift,
    opened,
    pay,
    receive,
    sell,
    shop_settings,
)

# Every table must be known before models and database are compared.
for package in (core, inventory, printers, pos):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if ".migrations" not in module.name:
            importlib.import_module(module.name)

STEPS = [script.revision for script in scripts_of(MIGRATIONS).walk_revisions()][::-1]


def test_the_history_makes_what_the_models_say_on_sqlite(tmp_path):
    url = f"sqlite:///{tmp_path}/shop.sqlite"

    upgrade(url, MIGRATIONS)

    assert compare_models(url) == []


@pytest.mark.postgres
def test_the_history_makes_what_the_models_say_on_postgresql(postgres_url):
    upgrade(postgres_url, MIGRATIONS)

    assert compare_models(postgres_url) == []


def test_each_package_has_its_migration_and_the_history_is_one_line():
    assert len(STEPS) >= 5
    assert len(set(STEPS)) == len(STEPS)
    assert len(scripts_of(MIGRATIONS).get_heads()) == 1


def test_an_up_to_date_database_has_nothing_to_do(folder):
    assert pending(folder.database_url, MIGRATIONS) == []
    assert upgrade(folder.database_url, MIGRATIONS).steps == []


def content_of(folder: DataFolder) -> dict[str, object]:
    """Every row of every table, and how the tables are made."""
    file = sqlite.connect(folder.database)
    try:
        made = dict(file.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall())
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
        return {"made": made} | {name: file.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
    finally:
        file.close()


def trade(folder: DataFolder) -> None:
    """A day of trade, shift closed."""
    with stopped_at(MORNING) as hand, opened(folder, shop_settings()) as app:
        shop = Shop(app, folder, hand)
        receive(shop, "mật ong", 20)
        open_shift(shop)
        sell(shop, "mật ong", 2, cash(500_000))
        pay(shop, fill_basket(shop, ("mật ong", 1)), card(100_000))
        close_shift(shop, 700_000)


def test_an_upgrade_of_a_database_that_holds_a_day_of_trade_changes_nothing(folder):
    trade(folder)
    before = content_of(folder)

    upgrade(folder.database_url, MIGRATIONS)

    assert content_of(folder) == before


@pytest.fixture
def history_with_one_more(tmp_path) -> Path:
    """The shop's history and one migration that rebuilds a table which others point to."""
    history = tmp_path / "history"
    history.mkdir()
    for script in MIGRATIONS.glob("2*.py"):
        (history / script.name).write_text(script.read_text(encoding="utf-8"), encoding="utf-8")
    (history / "2026_12_01_products_have_a_shelf.py").write_text(
        f'''"""Products have a shelf."""

import sqlalchemy as sa
from alembic import op

revision = "2026_12_01_products_have_a_shelf"
down_revision = {STEPS[-1]!r}


def upgrade() -> None:
    with op.batch_alter_table("products") as products:
        products.add_column(sa.Column("shelf", sa.Text(), nullable=False, server_default=""))
''',
        encoding="utf-8",
    )
    return history


def test_rebuilding_a_table_loses_no_row_of_those_that_point_to_it(folder, history_with_one_more):
    trade(folder)
    before = content_of(folder)

    done = upgrade(folder.database_url, history_with_one_more, backup_dir=folder.backups)

    after = content_of(folder)
    assert before["sale_lines"]
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"made", "products", "alembic_version"}
    assert len(after["products"]) == len(before["products"])
    assert done.backup is not None
    assert done.backup.parent == folder.backups


def test_a_shop_still_verifies_after_a_table_was_rebuilt(folder, history_with_one_more):
    trade(folder)

    upgrade(folder.database_url, history_with_one_more)

    with stopped_at(MORNING), opened(folder, shop_settings()):
        assert verify_shop().clean


GUARDED = (
    "journal_records",
    "lots",
    "prices",
    "sale_lines",
    "sales",
    "shift_closings",
    "shifts",
    "stock_moves",
    "tenders",
)


def test_append_only_tables_are_guarded_by_the_database_itself(folder):
    trade(folder)
    engine = engine_for_migration(folder.database_url)

    for table in GUARDED:
        for act in (f"UPDATE {table} SET rowid = rowid", f"DELETE FROM {table}"):
            with engine.connect() as connection, pytest.raises(IntegrityError, match=f"{table} is append-only"):
                connection.exec_driver_sql(act)


def test_what_was_sold_before_there_were_discounts_was_sold_at_the_list_price(tmp_path):
    step = scripts_of(MIGRATIONS).get_revision("2026_11_27_discounts_promotions_and_prices_set_by_right")
    with engine_for_migration(f"sqlite:///{tmp_path}/sold.sqlite").begin() as connection:
        connection.exec_driver_sql("CREATE TABLE sale_lines (price INTEGER NOT NULL) STRICT")
        for statement in ("INSERT INTO sale_lines VALUES (35000)", *append_only_ddl("sale_lines", "sqlite")):
            connection.exec_driver_sql(statement)

        with Operations.context(MigrationContext.configure(connection)):
            step.module._give_sold_lines_their_list_price("sqlite")

        assert connection.exec_driver_sql("SELECT price, list_price FROM sale_lines").all() == [(35_000, 35_000)]
        with pytest.raises(IntegrityError, match="sale_lines is append-only"):
            connection.exec_driver_sql("UPDATE sale_lines SET list_price = 0")
