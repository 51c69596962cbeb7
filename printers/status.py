"""What a printer says of itself, by DLE EOT and GS r. No answer, or a wrong one, is unknown and never "ready".

Bits as in Epson's manuals of the TM printers: in each DLE EOT answer bits 1 and 4 are set, 0 and 7 are not.
"""

from dataclasses import dataclass
from enum import StrEnum

from printers.escpos_writer import ASK_PAPER_IN_TURN
from printers.transports import Connection

ANSWER_MS = 1000


class Trouble(StrEnum):
    """Why a printer does not print, in words of the journal."""

    OFFLINE = "offline"
    COVER_OPEN = "cover_open"
    PAPER_END = "paper_end"
    ERROR = "error"
    SILENT = "silent"
    UNREACHABLE = "unreachable"
    BROKEN = "broken_off"


@dataclass(frozen=True, slots=True)
class Status:
    """One look at a printer: `known` only when every question got a proper answer."""

    known: bool
    trouble: Trouble | None = None
    paper_low: bool = False

    @property
    def ready(self) -> bool:
        """Known to be able to print now."""
        return self.known and self.trouble is None


UNKNOWN = Status(known=False, trouble=Trouble.SILENT)


def ask_status(line: Connection, milliseconds: int = ANSWER_MS) -> Status:
    """Ask how the printer is: online, why not, paper. Works while it prints; Broken when the way breaks."""
    answers = []
    for question in (1, 2, 4):
        line.send(bytes((0x10, 0x04, question)))
        answer = line.read(milliseconds)[-1:]
        if not answer or answer[0] & 0x93 != 0x12:
            return UNKNOWN
        answers.append(answer[0])
    online, cause, paper = answers
    return Status(True, _trouble(online, cause, paper), paper_low=bool(paper & 0x0C))


def _trouble(online: int, cause: int, paper: int) -> Trouble | None:
    if paper & 0x60 or cause & 0x20:
        return Trouble.PAPER_END
    if cause & 0x04:
        return Trouble.COVER_OPEN
    if cause & 0x40:
        return Trouble.ERROR
    return Trouble.OFFLINE if online & 0x08 else None


def wait_until_worked_through(line: Connection, milliseconds: int) -> bool:
    """Whether the printer says within so many milliseconds that it worked through all that was sent, paper still in.

    The question (GS r 1) waits its turn in the printer's buffer, so its answer is proof for what came
    before it: bits 4 and 7 clear, bits 2 and 3 (paper end) clear.
    """
    line.send(ASK_PAPER_IN_TURN)
    answer = line.read(milliseconds)
    return len(answer) == 1 and answer[0] & 0x90 == 0 and not answer[0] & 0x0C
