"""What the models say and the history makes is the same on both databases; the draft closes the gap."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import CheckConstraint, ForeignKey, Index, MetaData, text
from sqlalchemy.orm import Mapped, mapped_column

from core import clock
from core.database import AppendOnly, Base, engine_options, prepare
from core.migrate import upgrade
from core.migration_draft import NothingToMigrate, compare_models, make_migration
from core.money import Money
from core.quantity import Quantity, Unit


class Own(Base):
    __abstract__ = True
    metadata = MetaData(naming_convention=Base.metadata.naming_convention)


class Shelf(Own):
    __tablename__ = "draft_shelves"
    __table_args__ = (CheckConstraint("price > 0", "price_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    price: Mapped[Money]
    unit: Mapped[Unit]
    packed_on: Mapped[date | None] = mapped_column(index=True)
    sealed: Mapped[bool]


class Entry(AppendOnly, Own):
    __tablename__ = "draft_ledger"
    __table_args__ = (Index("ix_draft_ledger_open", "shelf_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    shelf_id: Mapped[int] = mapped_column(ForeignKey("draft_shelves.id"))
    quantity: Mapped[Quantity]
    at: Mapped[datetime]


def models() -> MetaData:
    """A shelf and a ledger with every type of column, for each test to change as it likes."""
    fresh = MetaData(naming_convention=Base.metadata.naming_convention)
    for table in Own.metadata.sorted_tables:
        table.to_metadata(fresh)
    return fresh


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def any_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/shop.sqlite" if request.param == "sqlite" else request.getfixturevalue("postgres_url")


@pytest.fixture
def drafted(any_url: str, tmp_path: Path) -> tuple[str, MetaData]:
    (tmp_path / "history").mkdir()
    ours = models()
    make_migration(tmp_path / "history", "First till", metadata=ours)
    upgrade(any_url, tmp_path / "history")
    return any_url, ours


def run(url: str, *statements: str) -> None:
    engine = prepare(sa.create_engine(url, **engine_options(url)))
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def test_a_drafted_history_makes_what_the_models_say(drafted: tuple[str, MetaData]) -> None:
    url, ours = drafted

    assert compare_models(url, metadata=ours) == []


def test_the_draft_is_named_for_the_day_and_for_what_the_shop_gains(tmp_path: Path) -> None:
    folder = tmp_path / "history"
    folder.mkdir()
    with clock.stopped_at(datetime(2026, 12, 2, 20, 0, tzinfo=clock.VIETNAM)):
        path = make_migration(folder, "Lots have a best-before date", metadata=models())

    draft = path.read_text(encoding="utf-8")
    assert path.name == "2026_12_02_lots_have_a_best_before_date.py"
    assert draft.startswith('"""Lots have a best-before date."""\n')
    assert 'revision = "2026_12_02_lots_have_a_best_before_date"\ndown_revision = None\n' in draft
    assert "core.money" not in draft  # plain types: a model may change later, a migration may not
    assert 'append_only_ddl("draft_ledger"' in draft
    compile(draft, path.name, "exec")


def test_the_next_draft_holds_only_what_is_new(any_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "history"
    folder.mkdir()
    ours = models()
    first = make_migration(folder, "First till", metadata=ours)
    upgrade(any_url, folder)
    sa.Table("draft_shelves", ours, sa.Column("sort_key", sa.Text()), extend_existing=True)

    second = make_migration(folder, "Shelves have an order", metadata=ours)
    upgrade(any_url, folder)

    draft = second.read_text(encoding="utf-8")
    assert f"down_revision = {first.stem!r}" in draft
    assert draft.count("sort_key") == 1
    assert "create_table" not in draft
    assert compare_models(any_url, metadata=ours) == []


def test_nothing_new_is_no_migration(tmp_path: Path) -> None:
    folder = tmp_path / "history"
    folder.mkdir()
    ours = models()
    make_migration(folder, "First till", metadata=ours)

    with pytest.raises(NothingToMigrate):
        make_migration(folder, "Nothing", metadata=ours)

    assert len(list(folder.glob("*.py"))) == 1


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("DROP INDEX ix_draft_ledger_open", "ix_draft_ledger_open"),
        ("ALTER TABLE draft_shelves ADD COLUMN more TEXT", "more"),
        ("ALTER TABLE draft_shelves DROP COLUMN sealed", "sealed"),
        ("CREATE TABLE stray (id INTEGER PRIMARY KEY)", "stray"),
    ],
)
def test_what_stands_on_one_side_only_is_named(drafted: tuple[str, MetaData], change: str, named: str) -> None:
    url, ours = drafted

    run(url, change)

    assert named in " ".join(compare_models(url, metadata=ours))


def test_a_missing_check_is_named(drafted: tuple[str, MetaData]) -> None:
    url, ours = drafted
    shelves = ours.tables["draft_shelves"]
    shelves.append_constraint(CheckConstraint("name <> ''", "name_given"))

    assert compare_models(url, metadata=ours) == [
        "draft_shelves: CHECK ck_draft_shelves_name_given stands on one side only"
    ]


def test_a_missing_guard_is_named(drafted: tuple[str, MetaData]) -> None:
    url, ours = drafted
    on = "" if url.startswith("sqlite") else " ON draft_ledger"

    run(url, f"DROP TRIGGER draft_ledger_no_delete{on}")

    assert compare_models(url, metadata=ours) == [
        "draft_ledger: trigger draft_ledger_no_delete stands on one side only"
    ]


def test_a_rebuild_that_lost_the_guard_is_named(tmp_path: Path) -> None:
    """On SQLite a batch rebuild drops the triggers: the migration must make them again."""
    folder, url = tmp_path / "history", f"sqlite:///{tmp_path}/shop.sqlite"
    folder.mkdir()
    ours = models()
    first = make_migration(folder, "First till", metadata=ours)
    rebuild = """
    with op.batch_alter_table("draft_ledger", recreate="always") as batch:
        batch.alter_column("at", existing_type=sa.Text(), nullable=True)
    with op.batch_alter_table("draft_ledger", recreate="always") as batch:
        batch.alter_column("at", existing_type=sa.Text(), nullable=False)
"""
    head = f"import sqlalchemy as sa\nfrom alembic import op\nrevision = 'b'\ndown_revision = {first.stem!r}\n"
    (folder / "b.py").write_text(f"{head}\ndef upgrade():\n{rebuild}", encoding="utf-8")

    upgrade(url, folder)

    assert [difference.split()[2] for difference in compare_models(url, metadata=ours)] == [
        "draft_ledger_no_delete",
        "draft_ledger_no_update",
    ]


def test_a_table_that_is_not_strict_is_named(tmp_path: Path) -> None:
    folder, url = tmp_path / "history", f"sqlite:///{tmp_path}/shop.sqlite"
    folder.mkdir()
    ours = models()
    path = make_migration(folder, "First till", metadata=ours)
    path.write_text(path.read_text(encoding="utf-8").replace("sqlite_strict=True", ""), encoding="utf-8")

    upgrade(url, folder)

    assert "draft_shelves: the table is not STRICT" in compare_models(url, metadata=ours)


def only(*names: str) -> Callable[[str], bool]:
    return lambda name: name in names


def test_only_the_apps_own_tables_are_compared(drafted: tuple[str, MetaData]) -> None:
    url, ours = drafted
    run(url, "CREATE TABLE province_stray (id INTEGER PRIMARY KEY)", "ALTER TABLE draft_shelves ADD COLUMN more TEXT")

    assert compare_models(url, metadata=ours, tables=only("draft_ledger")) == []
    assert compare_models(url, metadata=ours, tables=only("draft_shelves")) != []


def test_every_value_fits_the_drafted_columns(drafted: tuple[str, MetaData]) -> None:
    url, ours = drafted
    engine = prepare(sa.create_engine(url, **engine_options(url)))
    shelves: Any = ours.tables["draft_shelves"]
    row = {"id": 1, "name": "kệ", "price": Money(5), "unit": Unit.LITRE, "packed_on": None, "sealed": True}

    with engine.begin() as connection:
        connection.execute(shelves.insert(), row)
        found = connection.execute(shelves.select()).one()._asdict()
    engine.dispose()

    assert found == row
