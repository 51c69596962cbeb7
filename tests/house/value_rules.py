"""Time comes from the clock, money and quantity are whole numbers, and only transaction() commits."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator

from tests.house.source import Source

ASKS_THE_TIME = {
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
    "sqlalchemy.func.now",
}
SQL_ASKS_THE_TIME = re.compile(r"\bcurrent_(timestamp|date|time)\b|['\"]now['\"]|\bnow\(\)", re.IGNORECASE)

# Where amounts and quantities are worked with. Pixels (printers/raster.py) and seconds (core/web) are not among them.
EXACT = (
    "core/money.py",
    "core/quantity.py",
    "core/columns.py",
    "core/vietqr.py",
    "core/journal/",
    "inventory/",
    "pos/",
    "printers/documents.py",
    "printers/layouts/",
)
# Estimates of demand are mathematics on fractions. They are never stored or paid, and their room knows no quantity.
ESTIMATES = "inventory/reordering/estimate/"
CATCH_EVERYTHING = {"printers/spooler.py"}
COLUMNS_THAT_ROUND = {"Float", "Double", "DOUBLE", "DOUBLE_PRECISION", "REAL", "Numeric", "NUMERIC", "DECIMAL"}


def one_clock(source: Source) -> Iterator[str]:
    """Nobody but core/clock.py asks what time it is: business day, tests and replay depend on it."""
    if not source.is_ours or str(source.path) == "core/clock.py":
        return
    for node, name in source.calls():
        if name in ASKS_THE_TIME:
            yield source.says(node, f"{name}() asks for the time; core.clock answers")
    for text in source.sentences():
        if SQL_ASKS_THE_TIME.search(text.value):
            yield source.says(text, "SQL asks for the time; core.clock answers")


def no_float(source: Source) -> Iterator[str]:
    """No fraction that a computer cannot hold exactly comes near money or quantity."""
    if not str(source.path).startswith(EXACT) or str(source.path).startswith(ESTIMATES):
        return
    refusals = set(refused_types(source))
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield source.says(node, f"{node.value} is a float")
        if isinstance(node, ast.Name) and node.id == "float" and node not in refusals:
            yield source.says(node, "float is not exact")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "round":
            yield source.says(node, "round() rounds halves to even; Money.share and Money.times round as we do")


def estimates_stand_alone(source: Source) -> Iterator[str]:
    """Where fractions are allowed, nothing of ours is known: an estimate comes near no amount and no table."""
    if not str(source.path).startswith(ESTIMATES):
        return
    room = ESTIMATES.rstrip("/").replace("/", ".")
    for node, module in source.imports():
        first = module.split(".")[0]
        if not module.startswith(room) and first not in sys.stdlib_module_names:
            yield source.says(node, f"an estimate must not import {module}")


def refused_types(source: Source) -> Iterator[ast.AST]:
    """`isinstance(value, float)` is allowed: it is how a float is refused."""
    for node, name in source.calls():
        if name == "isinstance":
            yield from ast.walk(node.args[1])


def exact_columns(source: Source) -> Iterator[str]:
    """No column holds a float or a Decimal: SQLite keeps both as floats."""
    if not source.is_ours:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name | ast.Attribute):
            module, _, name = source.dotted(node).rpartition(".")
            if name in COLUMNS_THAT_ROUND and module.split(".")[0] in {"sqlalchemy", "sa"}:
                yield source.says(node, f"a column of type {name} is not exact")


def one_commit(source: Source) -> Iterator[str]:
    """Only transaction() in core/database.py commits: what belongs together is kept together."""
    if not source.is_ours or str(source.path) == "core/database.py":
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit":
            yield source.says(node, "only transaction() commits")
    for text in source.sentences():
        if text.value.strip(" ;").upper() in {"COMMIT", "END TRANSACTION"}:
            yield source.says(text, "only transaction() commits")


def trouble_is_named(source: Source) -> Iterator[str]:
    """Only the print worker (and later the sender) catches everything; elsewhere that hides our own mistake."""
    if not source.is_ours or str(source.path) in CATCH_EVERYTHING:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ExceptHandler) and not any(isinstance(item, ast.Raise) for item in ast.walk(node)):
            caught = {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)} if node.type else {"all"}
            if caught & {"all", "Exception", "BaseException"}:
                yield source.says(node, "catches every exception")


def no_cascade(source: Source) -> Iterator[str]:
    """Nothing is deleted because something else was: a migration of SQLite would empty the table."""
    if not source.is_ours:
        return
    for text in source.sentences():
        if re.search(r"on\s+delete\s+cascade", text.value, re.IGNORECASE):
            yield source.says(text, "ON DELETE CASCADE")
    for node in ast.walk(source.tree):
        if isinstance(node, ast.keyword) and node.arg == "ondelete" and "cascade" in ast.unparse(node.value).lower():
            yield source.says(node.value, "ondelete='CASCADE'")
