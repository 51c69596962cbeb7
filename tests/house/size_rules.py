"""How large things may grow, and what they may not be called."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house.source import Source

LINES_PER_FILE = 300
LINES_PER_FUNCTION = 50
LINES_PER_SCRIPT = 60
JUNK_ROOMS = {"models", "services", "utils", "helpers", "common", "manager"}


def file_length(source: Source) -> Iterator[str]:
    """A file over 300 lines holds two documents of the trade: split it by noun."""
    lines = len(source.text.splitlines())
    if not source.is_migration and lines > LINES_PER_FILE:
        yield source.says(lines, f"{lines} lines; {LINES_PER_FILE} are the most")


def function_length(source: Source) -> Iterator[str]:
    """A function over 50 lines decides and computes at once: move the computing below."""
    if source.is_migration:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LINES_PER_FUNCTION:
                yield source.says(node, f"{node.name} has {lines} lines; {LINES_PER_FUNCTION} are the most")


def script_length(source: Source) -> Iterator[str]:
    """A script is one behaviour. What was copied in from elsewhere lies in vendor/ or is called .min.js."""
    lines = len(source.text.splitlines())
    copied = "vendor" in source.path.parts or source.path.name.endswith(".min.js")
    if not copied and lines > LINES_PER_SCRIPT:
        yield source.says(lines, f"{lines} lines; a script has at most {LINES_PER_SCRIPT}")


def speaking_names(source: Source) -> Iterator[str]:
    """A file is called by a noun of the trade, never by a name that fits everything."""
    singular_and_plural = JUNK_ROOMS | {name.rstrip("s") for name in JUNK_ROOMS} | {"managers"}
    if source.path.stem.strip("_") in singular_and_plural:
        yield source.says(1, f"a file called {source.path.stem} says nothing about the trade")
