"""What a restore drill found, before it is written down."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class DrillResult:
    """What a drill found; nothing wrong where `trouble` is empty."""

    backup: str | None = None
    made_at: datetime | None = None
    seq: int | None = None
    hash: str | None = None
    totals: dict[str, int] | None = None
    compared: int = 0
    took_ms: int = 0
    trouble: str = ""
