"""ESC/POS bytes cut into commands: the reading side, for the virtual printer and for checks of our own output.

Written from Epson's command tables, independently of the writer. What is not known here is
kept as `Other` with its bytes, so that nothing a job contains goes unseen.
"""

from collections.abc import Iterator
from dataclasses import dataclass

ESC, FS, GS, DLE, LF = 0x1B, 0x1C, 0x1D, 0x10, 0x0A

# Bytes of parameters after ESC x, GS x and FS x, where their number is fixed.
ESC_FIXED = {
    **dict.fromkeys(b"@2SLivm<\x0c", 0),
    **dict.fromkeys(b"!%-3=?EGJKMRTUVadertu{ ", 1),
    **dict.fromkeys(b"\\$c", 2),
    **dict.fromkeys(b"p", 3),
    **dict.fromkeys(b"W", 8),
}
GS_FIXED = {
    **dict.fromkeys(b":", 0),
    **dict.fromkeys(b"!/BEHITabfhrw", 1),
    **dict.fromkeys(b"$LPW\\", 2),
    **dict.fromkeys(b"^", 3),
}
FS_FIXED = {**dict.fromkeys(b"&.", 0), **dict.fromkeys(b"!-CW", 1), **dict.fromkeys(b"Sp2", 2)}
REAL_TIME_LENGTH = {0x04: 3, 0x05: 3, 0x14: 5}


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its name as the manuals write it ("GS v"), its parameters, its data."""

    name: str
    parameters: bytes = b""
    data: bytes = b""


class CommandReader:
    """Takes bytes as they come and gives whole commands; an unfinished one waits for the rest."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def feed(self, data: bytes) -> Iterator[Command]:
        """All commands that are complete with these bytes."""
        self._waiting += data
        while self._waiting:
            length, command = _next(bytes(self._waiting))
            if not length or length > len(self._waiting):
                return
            del self._waiting[:length]
            yield command

    @property
    def unfinished(self) -> int:
        """How many bytes wait for the rest of their command."""
        return len(self._waiting)

    def forget(self) -> None:
        """Drop an unfinished command, as a printer does when its line breaks or it is reset."""
        self._waiting.clear()


def read_commands(data: bytes) -> list[Command]:
    """All commands of a whole job; bytes of an unfinished one at the end are given as "unfinished"."""
    reader = CommandReader()
    commands = list(reader.feed(data))
    if reader.unfinished:
        commands.append(Command("unfinished", data=data[-reader.unfinished :]))
    return commands


# Each function below answers (length, command) for a command that starts at byte 0. A length beyond
# what is there, or 0, means: wait for more.
_More = (0, Command("wait"))
_Found = tuple[int, Command]


def _next(data: bytes) -> _Found:
    match data[0]:
        case 0x1B:
            return _esc(data)
        case 0x1D:
            return _gs(data)
        case 0x1C:
            return _fixed(data, "FS", FS_FIXED)
        case 0x10:
            return _dle(data)
        case byte if byte < 0x20:
            # Zeros that flush half a picture come by the thousand: they are one command.
            return max(1, len(data) - len(data.lstrip(b"\x00"))), Command("control", data[:1])
    return _text(data)


def _dle(data: bytes) -> _Found:
    if len(data) < 2:
        return _More
    length = REAL_TIME_LENGTH.get(data[1], 1)
    return length, Command("DLE" if length > 1 else "control", data[1:length] if length > 1 else data[:1])


def _text(data: bytes) -> _Found:
    length = next((at for at, byte in enumerate(data) if byte < 0x20), len(data))
    return length, Command("text", data=data[:length])


def _fixed(data: bytes, family: str, lengths: dict[int, int]) -> _Found:
    if len(data) < 2:
        return _More
    if data[1] not in lengths:
        return 2, Command(f"{family} unknown", data[1:2])
    length = 2 + lengths[data[1]]
    return length, Command(f"{family} {chr(data[1])}", data[2:length])


def _esc(data: bytes) -> _Found:
    second = data[1:2]
    if second == b"*":
        if len(data) < 5:
            return _More
        columns = int.from_bytes(data[3:5], "little")
        length = 5 + columns * (3 if data[2] >= 32 else 1)
        return length, Command("ESC *", data[2:5], data[5:length])
    if second == b"D":
        end = data.find(0, 2)
        return (end + 1, Command("ESC D", data[2:end])) if end > 0 else _More
    return _fixed(data, "ESC", ESC_FIXED)


def _gs(data: bytes) -> _Found:
    match data[1:2]:
        case b"v":
            return _raster(data)
        case b"(" | b"8":
            return _with_length(data)
        case b"V":
            return _cut(data)
        case b"k":
            return _barcode(data)
        case b"*":
            length = 4 + data[2] * data[3] * 8 if len(data) >= 4 else 0
            return length, Command("GS *", data[2:4], data[4:length])
    return _fixed(data, "GS", GS_FIXED)


def _raster(data: bytes) -> _Found:
    if len(data) < 8:
        return _More
    length = 8 + int.from_bytes(data[4:6], "little") * int.from_bytes(data[6:8], "little")
    return length, Command("GS v", data[3:8], data[8:length])


def _with_length(data: bytes) -> _Found:
    start = 7 if data[1:2] == b"8" else 5
    if len(data) < start:
        return _More
    length = start + int.from_bytes(data[3:start], "little")
    return length, Command(f"GS ( {chr(data[2])}", b"", data[start:length])


def _cut(data: bytes) -> _Found:
    if len(data) < 3:
        return _More
    length = 4 if data[2] >= 65 else 3
    return length, Command("GS V", data[2:length])


def _barcode(data: bytes) -> _Found:
    if len(data) < 4:
        return _More
    if data[2] >= 65:
        length = 4 + data[3]
        return length, Command("GS k", data[2:4], data[4:length])
    end = data.find(0, 3)
    return (end + 1, Command("GS k", data[2:3], data[3:end])) if end > 0 else _More
