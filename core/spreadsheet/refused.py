"""Why the child process did not take a file: a word and its values, which the shop turns into a sentence."""

from __future__ import annotations


class Refused(Exception):
    """The file is not taken; `reason` is a key of core.spreadsheet.reading.REFUSALS."""

    def __init__(self, reason: str, **values: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values
