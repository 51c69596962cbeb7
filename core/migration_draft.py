"""What differs between the models and a database, and a first draft of the migration that closes the gap."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata, produce_migrations, render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.migration import MigrationContext
from alembic.operations.ops import CreateTableOp
from sqlalchemy import Connection, MetaData, Table

from core import clock
from core.append_only import append_only_triggers
from core.columns import Choice, MoneyType, QuantityType, UtcInstant
from core.database import Base
from core.migrate import Tables, engine_for_migration, scripts_of, upgrade

_DRAFT = '''"""{message}."""

import sqlalchemy as sa
from alembic import op
{imports}
revision = "{revision}"
down_revision = {before!r}


def upgrade() -> None:
{code}
'''
_GUARD = """    for statement in append_only_ddl("{table}", op.get_context().dialect.name):
        op.execute(statement)
"""
_TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = CAST(:table AS regclass) AND NOT tgisinternal",
}


class NothingToMigrate(Exception):
    """The history already makes what the models say."""


def compare_models(url: str, *, tables: Tables | None = None, metadata: MetaData = Base.metadata) -> list[str]:
    """What the models say and a migrated database lacks, or the other way round; empty when they agree.

    Looks at tables, columns, types, keys and indexes, and at what alembic does not see: CHECK constraints by
    name, STRICT, and the triggers that guard append-only tables. Import all models of the app before.
    """
    with engine_for_migration(url).connect() as connection:
        context = _context(connection, tables, metadata)
        found = [str(difference) for difference in compare_metadata(context, metadata)]
        present = set(sa.inspect(connection).get_table_names())
        for table in metadata.sorted_tables:
            if table.name in present and (tables is None or tables(table.name)):
                found.extend(_unseen_by_alembic(connection, table))
    return found


def _context(connection: Connection, tables: Tables | None, metadata: MetaData) -> MigrationContext:
    def is_ours(item: Any, name: str | None, kind: str, reflected: bool, other: Any) -> bool:
        return kind != "table" or tables is None or tables(name or "")

    options = {
        "target_metadata": metadata,
        "compare_type": True,
        "render_as_batch": True,
        "include_object": is_ours,
    }
    return MigrationContext.configure(connection, opts=options)


def _unseen_by_alembic(connection: Connection, table: Table) -> Iterator[str]:
    name, dialect = table.name, connection.dialect
    format_name = dialect.identifier_preparer.format_constraint
    checks = {format_name(item) for item in table.constraints if isinstance(item, sa.CheckConstraint) and item.name}
    have = {check["name"] for check in sa.inspect(connection).get_check_constraints(name)}
    yield from (f"{name}: CHECK {check} stands on one side only" for check in sorted(map(str, checks ^ have)))
    if dialect.name == "sqlite" and not connection.exec_driver_sql(f'PRAGMA table_list("{name}")').one().strict:
        yield f"{name}: the table is not STRICT"
    wanted = append_only_triggers(name, dialect.name) if table.info.get("append_only") else set()
    triggers = set(connection.scalars(sa.text(_TRIGGERS[dialect.name]), {"table": name}))
    yield from (f"{name}: trigger {trigger} stands on one side only" for trigger in sorted(wanted ^ triggers))


def make_migration(
    migrations_dir: Path, message: str, *, tables: Tables | None = None, metadata: MetaData = Base.metadata
) -> Path:
    """Draft the next migration of a history from the models; NothingToMigrate when they agree already."""
    before = scripts_of(migrations_dir).get_current_head()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/draft.sqlite"
        upgrade(url, migrations_dir)
        with engine_for_migration(url).connect() as connection:
            context = _context(connection, tables, metadata)
            code, imports = _render(context, metadata)
    name = f"{clock.today():%Y_%m_%d}_{re.sub(r'[^a-z0-9]+', '_', message.lower()).strip('_')}"
    path = migrations_dir / f"{name}.py"
    text = _DRAFT.format(message=message, imports=imports, revision=name, before=before, code=code)
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    return path


def _render(context: MigrationContext, metadata: MetaData) -> tuple[str, str]:
    steps = produce_migrations(context, metadata).upgrade_ops
    if steps is None or steps.is_empty():
        raise NothingToMigrate("The history already makes what the models say")
    made = [step for step in steps.ops if isinstance(step, CreateTableOp)]
    for step in made:
        step.info = {}  # only the models' own business
    lines = render_python_code(
        steps, render_as_batch=True, render_item=_render_type, migration_context=context
    ).splitlines(keepends=True)
    code = "".join(line for line in lines if not line.lstrip().startswith("# ###")) + "\n"
    guarded = [step.table_name for step in made if metadata.tables[step.table_name].info.get("append_only")]
    code += "".join(_GUARD.format(table=name) for name in guarded)
    imports = ["from core.columns import UtcInstant"] if "UtcInstant()" in code else []
    imports += ["from core.database import append_only_ddl"] if guarded else []
    return code.strip("\n"), "".join(f"\n{line}" for line in imports) + "\n"


def _render_type(kind: str, item: Any, context: AutogenContext) -> str | Literal[False]:
    """Migrations name plain types: what a model's type does later is no matter of a migration."""
    if kind != "type":
        return False
    if isinstance(item, MoneyType | QuantityType):
        return "sa.BigInteger()"
    if isinstance(item, UtcInstant):
        return "UtcInstant()"
    return "sa.Text()" if isinstance(item, Choice) else False
