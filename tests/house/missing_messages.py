"""Prints, package by package, the sentences that need Vietnamese and the translations that nobody says any more.

What is missing is printed as lines of a catalogue, ready to be pasted and filled in; nothing is written to a file.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from tests.house.source import ROOT, read_project
from tests.house.text_rules import CATALOGUES, messages, translations


def missing(package: str = "") -> dict[str, str]:
    """Sentences without a translation, with the place that says them."""
    known = {line.message for line in translations(ROOT) if line.words and not line.fuzzy}
    return {text: place for text, place in _said().items() if text not in known and place.startswith(package)}


def left_over(package: str = "") -> Iterator[str]:
    """Translations of sentences that are gone."""
    said = _said()
    for line in translations(ROOT):
        if line.message not in said and line.place.startswith(f"{CATALOGUES}/{package}"):
            yield f"{line.place}: {line.message}"


def _said() -> dict[str, str]:
    ours = (source for source in read_project(".py", ".html") if source.is_ours)
    return {text: place for source in ours for text, place in messages(source).items()}


def main(package: str = "") -> int:
    """Print both lists; 0 when they are empty."""
    needed, gone = missing(package), list(left_over(package))
    for text, place in sorted(needed.items(), key=lambda item: item[1]):
        quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        print(f'#: {place}\nmsgid "{quoted}"\nmsgstr ""\n')  # noqa: T201  (a command)
    for line in gone:
        print(f"# nobody says this any more: {line}")  # noqa: T201  (a command)
    print(f"{len(needed)} without Vietnamese, {len(gone)} left over.", file=sys.stderr)  # noqa: T201  (a command)
    return 1 if needed or gone else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
