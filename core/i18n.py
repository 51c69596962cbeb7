"""Languages of the screen and of the paper."""

from __future__ import annotations


def N_(message: str) -> str:
    """Mark a sentence for translation; it is translated where it is shown."""
    return message
