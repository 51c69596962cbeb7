"""What a walk over a journal found."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from core.journal.totals import Totals


class Fault(NamedTuple):
    """What is wrong first: `gap@9` is read as "record 9 is missing"."""

    kind: str
    seq: int
    what: str

    def __str__(self) -> str:
        return f"{self.kind}@{self.seq}"


class Found(Exception):
    """Ends a walk: this is wrong."""

    def __init__(self, kind: str, seq: int, what: str) -> None:
        super().__init__(kind)
        self.fault = Fault(kind, seq, what)


@dataclass
class Report:
    """What a walk saw up to its end or to the first fault.

    `unsigned` are the ranges without signature; the last is open when `outage_open`, which is no fault: the
    key was away and is not back yet. `root` is that of the tree over all records (see `merkle.checkpoint`).
    `declared` are the RESTORE and GAP_DECLARED records; `unvouched` the records that put a key in force which the key
    before did not sign: whoever relies on the journal compares it with what the shop's people say.
    """

    fault: Fault | None = None
    tid: str | None = None
    epoch: int = 0
    records: int = 0
    newest_hash: str = ""
    root: bytes = b""
    totals: Totals = field(default_factory=Totals)
    kinds: Counter[str] = field(default_factory=Counter)
    keys: dict[str, str] = field(default_factory=dict)
    unsigned: list[tuple[int, int]] = field(default_factory=list)
    outage_open: bool = False
    declared: list[dict[str, Any]] = field(default_factory=list)
    unvouched: list[tuple[int, str]] = field(default_factory=list)
