"""No file of the project says where one machine or one registry is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.house.source import Source

# Written so that this file does not break its own rule.
REGISTRIES = re.compile(
    r"pypi\.(?:org|python)|pythonhosted\.o|registry\.npm|npmjs\.(?:org|com)|yarnpkg\.c|unpkg\.c|jsdelivr\.n"
    r"|conda\.anaconda|crates\.i[o]|proxy\.golang|repo\.maven|rubygems\.o[r]g"
    r"|(?:--|_)(?:extra-)?index[-_]url|--find-link[s]|(?:--|_)trusted-hos[t]",
    re.IGNORECASE,
)
ONE_MACHINE = re.compile(r"(?<![\w./:~-])/(?:work|home|root|opt|Users|mnt)/\w|[\"'= ]/tm[p]/\w|\b[A-Z]:\\\\?Users")
BESIDE_THE_PROJECT = re.compile(r"\.\./share[d]\b|parents\[\d\]\s*/\s*[\"']shared")


def no_registry(source: Source) -> Iterator[str]:
    """Where packages come from is the machine's business; the lock names versions and hashes only."""
    yield from _lines_with(REGISTRIES, source, "names a package registry")


def no_machine_path(source: Source) -> Iterator[str]:
    """The project runs wherever it is cloned."""
    yield from _lines_with(ONE_MACHINE, source, "names a folder of one machine")


def one_door_to_shared_cases(source: Source) -> Iterator[str]:
    """Only tests/shared_cases.py knows the folder of independent cases."""
    if str(source.path) != "tests/shared_cases.py":
        yield from _lines_with(BESIDE_THE_PROJECT, source, "knows the folder of independent cases")


def _lines_with(pattern: re.Pattern[str], source: Source, complaint: str) -> Iterator[str]:
    for number, line in enumerate(source.text.splitlines(), start=1):
        if pattern.search(line):
            yield source.says(number, f"{complaint}: {line.strip()[:80]}")
