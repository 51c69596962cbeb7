"""A migration happens whole or not at all, on both databases, with a copy made before."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from core import migrate
from core.database import engine_options, prepare
from core.migrate import BrokenByMigration, UnknownVersion, current, pending, upgrade

HEAD = "import sqlalchemy as sa\nfrom alembic import op\n\nrevision = {!r}\ndown_revision = {!r}\n\n\ndef upgrade():\n"

FIRST = """
    op.create_table(
        "product",
        sa.Column("id", sa.BigInteger(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=True),
        sqlite_strict=True,
    )
    op.create_table(
        "stock_move",
        sa.Column("id", sa.BigInteger(), primary_key=True),
        sa.Column("product_id", sa.BigInteger(), sa.ForeignKey("product.id", ondelete="CASCADE"), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sqlite_strict=True,
    )
"""
# The trap: SQLite rebuilds the table by copy, drop and rename, and a drop with foreign keys on deletes the children.
NAME_REQUIRED = """
    with op.batch_alter_table("product") as batch:
        batch.alter_column("name", existing_type=sa.Text(), nullable=False)
"""
FAILS_AT_THE_END = """
    op.create_table("half_done", sa.Column("id", sa.BigInteger(), primary_key=True))
    op.execute("UPDATE product SET name = 'đổi rồi'")
    op.execute("SELECT no_such_column FROM product")
"""
ORPHANS = """
    op.execute("DELETE FROM product WHERE id = 1")
"""


def history(folder: Path, *steps: str) -> Path:
    """A folder of migrations a, b, c …, each with the given body."""
    folder.mkdir(exist_ok=True)
    before = None
    for revision, body in zip("abcdef", steps, strict=False):
        path = folder / f"2026_01_0{ord(revision) - 96}_{revision}.py"
        path.write_text(HEAD.format(revision, before) + body, encoding="utf-8")
        before = revision
    return folder


@pytest.fixture
def shop_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/shop.sqlite"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def any_url(request: pytest.FixtureRequest, shop_url: str) -> str:
    return shop_url if request.param == "sqlite" else request.getfixturevalue("postgres_url")


@contextlib.contextmanager
def connected(url: str) -> Iterator[sa.Connection]:
    engine = prepare(sa.create_engine(url, poolclass=NullPool, **engine_options(url)))
    with engine.begin() as connection:
        yield connection


def ask(url: str, query: str) -> list[Any]:
    with connected(url) as connection:
        return list(connection.execute(text(query)).scalars())


def fill(url: str) -> None:
    with connected(url) as connection:
        connection.execute(text("INSERT INTO product (id, name) VALUES (1, 'mật ong'), (2, 'chè')"))
        connection.execute(text("INSERT INTO stock_move (id, product_id, quantity) VALUES (1, 1, 500), (2, 2, 700)"))


def test_an_empty_database_gets_the_whole_history(any_url: str, tmp_path: Path) -> None:
    steps = history(tmp_path / "history", FIRST, NAME_REQUIRED)
    assert pending(any_url, steps) == ["a", "b"]

    done = upgrade(any_url, steps)

    assert (done.before, done.after, done.steps, done.backup) == (None, "b", ["a", "b"], None)
    assert (current(any_url), pending(any_url, steps)) == ("b", [])
    fill(any_url)
    assert ask(any_url, "SELECT name FROM product ORDER BY id") == ["mật ong", "chè"]


def test_what_is_up_to_date_is_left_alone(any_url: str, tmp_path: Path) -> None:
    steps = history(tmp_path / "history", FIRST)
    upgrade(any_url, steps)

    again = upgrade(any_url, steps)

    assert (again.before, again.after, again.steps, again.backup) == ("a", "a", [], None)


def test_asking_a_file_that_is_not_there_does_not_make_it(shop_url: str, tmp_path: Path) -> None:
    steps = history(tmp_path / "history", FIRST)

    assert (current(shop_url), pending(shop_url, steps)) == (None, ["a"])
    assert not (tmp_path / "shop.sqlite").exists()


def test_rebuilding_a_table_does_not_empty_the_ones_that_point_to_it(any_url: str, tmp_path: Path) -> None:
    upgrade(any_url, history(tmp_path / "history", FIRST))
    fill(any_url)

    upgrade(any_url, history(tmp_path / "history", FIRST, NAME_REQUIRED))

    assert ask(any_url, "SELECT quantity FROM stock_move ORDER BY id") == [500, 700]
    with pytest.raises(DBAPIError, match=r"(?i)not.null"), connected(any_url) as connection:
        connection.execute(text("INSERT INTO product (id, name) VALUES (3, NULL)"))


def test_the_trap_is_real_where_foreign_keys_stay_on(
    shop_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: with the keys on, the same migration empties the stock."""
    upgrade(shop_url, history(tmp_path / "history", FIRST))
    fill(shop_url)
    safe = migrate.prepare
    monkeypatch.setattr(migrate, "prepare", lambda engine, foreign_keys: safe(engine, foreign_keys=True))

    upgrade(shop_url, history(tmp_path / "history", FIRST, NAME_REQUIRED))

    assert ask(shop_url, "SELECT quantity FROM stock_move") == []


def test_a_migration_that_fails_leaves_nothing_behind(any_url: str, tmp_path: Path) -> None:
    upgrade(any_url, history(tmp_path / "history", FIRST))
    fill(any_url)
    steps = history(tmp_path / "history", FIRST, NAME_REQUIRED, FAILS_AT_THE_END)

    with pytest.raises(DBAPIError, match="no_such_column"):
        upgrade(any_url, steps)

    assert current(any_url) == "a"  # the good step before it is taken back too
    assert ask(any_url, "SELECT name FROM product ORDER BY id") == ["mật ong", "chè"]
    with pytest.raises(DBAPIError, match="half_done"):
        ask(any_url, "SELECT id FROM half_done")
    with connected(any_url) as connection:
        connection.execute(text("INSERT INTO product (id, name) VALUES (3, NULL)"))


def test_rows_that_would_point_to_nothing_take_the_migration_back(shop_url: str, tmp_path: Path) -> None:
    upgrade(shop_url, history(tmp_path / "history", FIRST))
    fill(shop_url)
    steps = history(tmp_path / "history", FIRST, ORPHANS)

    with pytest.raises(BrokenByMigration, match="stock_move"):
        upgrade(shop_url, steps)

    assert (current(shop_url), ask(shop_url, "SELECT count(*) FROM product")) == ("a", [2])


def test_tables_of_others_are_no_matter_of_this_app(shop_url: str, tmp_path: Path) -> None:
    upgrade(shop_url, history(tmp_path / "history", FIRST))
    fill(shop_url)
    steps = history(tmp_path / "history", FIRST, ORPHANS)

    upgrade(shop_url, steps, tables=lambda name: name != "stock_move")

    assert current(shop_url) == "b"


def test_a_copy_of_the_file_is_made_before_and_can_be_opened(shop_url: str, tmp_path: Path) -> None:
    upgrade(shop_url, history(tmp_path / "history", FIRST))
    fill(shop_url)
    with connected(shop_url) as still_open:  # what stands only in the WAL so far is copied too
        still_open.execute(text("SELECT 1"))

        done = upgrade(shop_url, history(tmp_path / "history", FIRST, NAME_REQUIRED), backup_dir=tmp_path / "copies")

    assert done.backup is not None
    assert done.backup.parent == tmp_path / "copies"
    assert done.backup.stat().st_mode & 0o077 == 0
    with contextlib.closing(sqlite.connect(done.backup)) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == ("a",)
        assert copy.execute("SELECT name FROM product ORDER BY id").fetchall() == [("mật ong",), ("chè",)]


def test_the_copy_lies_beside_the_shop_when_no_other_place_is_named(shop_url: str, tmp_path: Path) -> None:
    upgrade(shop_url, history(tmp_path / "history", FIRST))

    done = upgrade(shop_url, history(tmp_path / "history", FIRST, NAME_REQUIRED))

    assert done.backup is not None
    assert done.backup.parent == tmp_path / "backups"
    assert done.backup.name.startswith("shop-2")
    assert done.backup.name.endswith("-before-upgrade-from-a.sqlite")


def test_a_database_of_a_newer_program_is_not_touched(any_url: str, tmp_path: Path) -> None:
    upgrade(any_url, history(tmp_path / "newer", FIRST, NAME_REQUIRED))
    older = history(tmp_path / "older", FIRST)

    with pytest.raises(UnknownVersion, match="stands at b"):
        upgrade(any_url, older)
    with pytest.raises(UnknownVersion, match="newer version"):
        pending(any_url, older)

    assert current(any_url) == "b"


def test_afterwards_foreign_keys_are_enforced_as_before(any_url: str, tmp_path: Path) -> None:
    upgrade(any_url, history(tmp_path / "history", FIRST, NAME_REQUIRED))

    with pytest.raises(DBAPIError, match=r"(?i)foreign key"), connected(any_url) as connection:
        connection.execute(text("INSERT INTO stock_move (id, product_id, quantity) VALUES (1, 99, 5)"))
