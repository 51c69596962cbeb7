"""Our own source as the house rules read it: one object a file, and the few questions all rules ask."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("config", "core", "printers", "inventory", "signage_assets", "pos", "province")


@dataclass(frozen=True)
class Source:
    """A file of the project: its path below the root, and its text."""

    path: PurePosixPath
    text: str

    @classmethod
    def planted(cls, path: str, text: str) -> Source:
        """A file that does not exist, to show that a rule can go red."""
        return cls(PurePosixPath(path), text)

    @cached_property
    def tree(self) -> ast.Module:
        """The file as Python reads it."""
        return ast.parse(self.text, str(self.path))

    @property
    def package(self) -> str:
        """Which row of the import table the file belongs to."""
        return package_of(".".join(self.path.with_suffix("").parts))

    @property
    def is_python(self) -> bool:
        return self.path.suffix == ".py"

    @property
    def is_ours(self) -> bool:
        """Whether the file is part of what a shop runs (and not a test or a measurement)."""
        return self.path.parts[0] in PACKAGES

    @property
    def is_migration(self) -> bool:
        return "migrations" in self.path.parts

    def says(self, node: ast.AST | int, complaint: str) -> str:
        """A complaint with its place, as editors understand it."""
        line = node if isinstance(node, int) else getattr(node, "lineno", 1)
        return f"{self.path}:{line}: {complaint}"

    def calls(self) -> Iterator[tuple[ast.Call, str]]:
        """Every call with the dotted name of what is called, imports resolved: `datetime.datetime.now`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield node, self.dotted(node.func)

    def dotted(self, node: ast.AST) -> str:
        """The dotted name an expression stands for: `dt.now` after `from datetime import datetime as dt`."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.insert(0, node.attr)
            node = node.value
        if isinstance(node, ast.Name):
            parts.insert(0, self.imported.get(node.id, node.id))
        else:
            parts.insert(0, "")
        return ".".join(parts)

    @cached_property
    def imported(self) -> dict[str, str]:
        """What each imported name stands for."""
        names: dict[str, str] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                names |= {alias.asname or alias.name.split(".")[0]: alias.name for alias in node.names if alias.asname}
            elif isinstance(node, ast.ImportFrom):
                names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        return names

    def imports(self) -> Iterator[tuple[ast.stmt, str]]:
        """Every imported module or name with its full dotted path."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((node, f"{self._base(node)}.{alias.name}") for alias in node.names)

    def _base(self, node: ast.ImportFrom) -> str:
        """The package that an import starts from, also when it is written with dots."""
        if not node.level:
            return node.module or ""
        above = self.path.parts[: -node.level]
        return ".".join([*above, *([node.module] if node.module else [])])

    def sentences(self) -> Iterator[ast.Constant]:
        """Every string of the code that is no docstring."""
        documentation = {id(node) for node in self._docstrings()}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
                yield node

    def _docstrings(self) -> Iterator[ast.AST]:
        for node in ast.walk(self.tree):
            body = getattr(node, "body", None)
            if isinstance(body, list):
                # A string that stands alone says something to the reader: docstrings of modules, functions, attributes.
                yield from (item.value for item in body if isinstance(item, ast.Expr))


def package_of(module: str) -> str:
    """The row of the import table that a dotted module belongs to."""
    parts = module.split(".")
    return "inventory.catalogue" if parts[:2] == ["inventory", "catalogue"] else parts[0]


def project_files() -> list[Path]:
    """Every file of the project: what git tracks, and what is new and not ignored."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode()
    paths = (ROOT / name for name in listed.split("\0") if name)
    return sorted(path for path in paths if path.is_file())


def read_project(*suffixes: str) -> list[Source]:
    """The project's files that end so."""
    found = (path for path in project_files() if path.suffix in suffixes)
    return [Source(PurePosixPath(path.relative_to(ROOT).as_posix()), path.read_text("utf-8")) for path in found]
