"""The virtual printer without its socket: bytes in, answers, papers, cuts and drawer pulses out; told to fail."""

import random
import re
import threading
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from PIL import Image

from core.clock import now
from printers.escpos_commands import Command, CommandReader
from printers.virtual_paper import Roll

KEPT_PAPERS = 40
BUFFER_BYTES = 4_000_000


class Fault(StrEnum):
    """Ways to fail. The first three stop the printing; what was received waits in the buffer."""

    PAPER_END = "paper_end"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    SILENT = "silent"
    SLOW = "slow"
    DISCONNECT = "disconnect"
    GARBAGE = "garbage"


# Status, clear the buffer, pulse for the drawer.
REAL_TIME = re.compile(rb"\x10(?:\x04[\x01-\x04]|\x05\x02|\x14\x01)")
STOPS = (Fault.PAPER_END, Fault.COVER_OPEN, Fault.OFFLINE)


@dataclass(frozen=True, slots=True)
class Paper:
    """One piece of paper, torn off by a cut."""

    number: int
    at: datetime
    picture: Image.Image
    lines: tuple[str, ...]


class Mechanism:
    """An ESC/POS printer's inside. All methods may be called from any thread."""

    def __init__(self, dots: int = 576, seed: int = 1) -> None:
        self.dots = dots
        self.papers: list[Paper] = []
        self.cuts = 0
        self.pulses = 0
        self.commands: list[str] = []
        self.received = 0
        self.fault: Fault | None = None
        self._fault_at = 0
        self._chance = random.Random(seed)  # noqa: S311 - garbage to order, the same at each run
        self._reader = CommandReader()
        self._roll = Roll(dots)
        self._stopped = bytearray()
        self._recent = b""
        self._lock = threading.RLock()

    def fail(self, fault: Fault, *, after_bytes: int = 0) -> None:
        """From so many more bytes on, behave like this until `recover`."""
        with self._lock:
            self.fault = fault
            self._fault_at = self.received + after_bytes

    def recover(self) -> bytes:
        """Paper is in, the cover is shut, the line is back: the rest in the buffer is printed; gives its answers."""
        with self._lock:
            self.fault = None
            rest, self._stopped = bytes(self._stopped), bytearray()
            return self._work(rest)

    def failing(self, *faults: Fault) -> bool:
        """Whether one of these faults is in force now."""
        return self.fault in faults and self.received >= self._fault_at

    def bytes_until_fault(self) -> int | None:
        """How many more bytes come through before the fault begins; None when there is none to come."""
        return max(0, self._fault_at - self.received) if self.fault else None

    def feed(self, data: bytes) -> bytes:
        """Take bytes as they arrive and give what the printer answers to them."""
        with self._lock:
            answers = b""
            while data:
                until = self.bytes_until_fault()
                take = len(data) if not until else min(until, len(data))
                piece, data = data[:take], data[take:]
                answers += self._receive(piece)
            return self._spoken(answers)

    def disconnected(self) -> None:
        """The line broke: an unfinished command is dropped, what was printed stays."""
        with self._lock:
            self._reader.forget()
            self._recent = b""

    def look(self) -> Image.Image | None:
        """The paper that hangs out of the printer and was not torn off; None when there is none."""
        with self._lock:
            return self._roll.look() if self._roll.rows or self._roll.band else None

    def _receive(self, piece: bytes) -> bytes:
        stopped = self.failing(*STOPS)
        self.received += len(piece)
        answers = self._real_time(piece)
        if not stopped:
            return answers + self._work(piece)
        self._stopped += piece[: BUFFER_BYTES - len(self._stopped)]
        return answers

    def _spoken(self, answers: bytes) -> bytes:
        if not answers or self.failing(Fault.SILENT):
            return b""
        if self.failing(Fault.GARBAGE):
            return self._chance.randbytes(self._chance.randint(1, 4))
        return answers

    def _real_time(self, piece: bytes) -> bytes:
        """Real-time commands, obeyed wherever they occur, in the middle of a picture too, as printers do."""
        seen, self._recent = self._recent + piece, (self._recent + piece)[-2:]
        answers = b""
        for found in REAL_TIME.finditer(seen):
            command = found.group()
            if command[1] == 0x04:
                answers += self._status(command[2])
            elif command[1] == 0x05:
                self.commands.append("DLE ENQ")
                self._reader.forget()
                self._stopped.clear()
            else:
                self.commands.append("DLE DC4")
                self.pulses += 1
        return answers

    def _status(self, question: int) -> bytes:
        paper_end = self.failing(Fault.PAPER_END)
        cover = self.failing(Fault.COVER_OPEN)
        match question:
            case 1:
                answer = 0x08 if self.failing(*STOPS) else 0
            case 2:
                answer = (0x20 if paper_end else 0) | (0x04 if cover else 0)
            case 4:
                answer = 0x6C if paper_end else 0
            case _:
                answer = 0
        return bytes((0x12 | answer,))

    def _work(self, data: bytes) -> bytes:
        return b"".join(self._obey(command) for command in self._reader.feed(data))

    def _obey(self, command: Command) -> bytes:
        if command.name != "DLE":
            self.commands.append(command.name)
            del self.commands[:-10_000]
        match command.name:
            case "GS V":
                self._tear_off()
            case "ESC p":
                self.pulses += 1
            case "GS r":
                return b"\x00"
            case "GS ( H":
                return b"\x37\x22" + command.data[2:6] + b"\x00"
            case _:
                self._roll.take(command)
        return b""

    def _tear_off(self) -> None:
        self.cuts += 1
        picture, lines = self._roll.tear_off()
        self.papers.append(Paper(self.cuts, now(), picture, tuple(lines)))
        del self.papers[:-KEPT_PAPERS]
