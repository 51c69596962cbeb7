"""How often one address may knock: a flood of messages must not keep the till waiting."""

from collections import deque
from threading import Lock

from core import clock

PER_MINUTE = 60
_MINUTE_MS = 60_000
_MOST_ADDRESSES = 1_000


class Knocks:
    """The knocks of the last minute by address, in memory: after a restart everybody begins anew."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._of: dict[str, deque[int]] = {}

    def are_too_many(self, address: str) -> bool:
        """Count this knock, unless there were too many in the last minute already."""
        now = clock.monotonic_ms()
        with self._lock:
            if len(self._of) > _MOST_ADDRESSES:
                self._of.clear()
            knocks = self._of.setdefault(address, deque())
            while knocks and now - knocks[0] >= _MINUTE_MS:
                knocks.popleft()
            if len(knocks) >= PER_MINUTE:
                return True
            knocks.append(now)
            return False
