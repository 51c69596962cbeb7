"""What a page must not say, because the browser would take it otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.house.source import Source

# A field is also a property of its form and hides the one that scripts read: htmx asks an element for its `form`.
HIDES = ("form", "action", "method", "elements", "submit", "reset")
_NAMED = re.compile(rf"""(?:\bname=|\bui\.\w+\([^,()]*(?:\([^()]*\))?[^,()]*,\s*)"({"|".join(HIDES)})\"""")


def fields_hide_nothing(source: Source) -> Iterator[str]:
    """No field is called like what scripts read of its form: the form would never be sent."""
    for number, line in enumerate(source.text.splitlines(), start=1):
        for found in _NAMED.finditer(line):
            yield source.says(number, f"a field called {found[1]} hides {found[1]} of its form")
