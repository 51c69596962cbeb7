"""The paper of the virtual printer: commands drawn on a roll, torn off at each cut."""

from dataclasses import dataclass, field

from PIL import Image

from printers.escpos_commands import LF, Command
from printers.typeface import Face, drawn

BLACK, WHITE = 0, 1
INVERTED = bytes(byte ^ 0xFF for byte in range(256))
DEFAULT_SPACING = 30
TEXT = Face("mono", bold=False, size=20)
CODE_PAGES = {0: "cp437", 2: "cp850", 16: "cp1252", 17: "cp866", 18: "cp852", 19: "cp858", 52: "cp1258"}


@dataclass(slots=True)
class Roll:
    """Paper that comes out of the printer: pictures and lines of text under one another."""

    dots: int
    strips: list[tuple[int, int, Image.Image]] = field(default_factory=list)
    rows: int = 0
    lines: list[str] = field(default_factory=list)
    spacing: int = DEFAULT_SPACING
    align: int = 0
    code_page: str = "cp437"
    line: str = ""
    band: list[Image.Image] = field(default_factory=list)
    stored: Image.Image | None = None

    def take(self, command: Command) -> None:
        """Do what a command does to the paper; commands that do nothing to it are passed over."""
        act = _ACTS.get(command.name)
        if act is not None:
            act(self, command)

    def tear_off(self) -> tuple[Image.Image, list[str]]:
        """The piece printed so far, as a picture and as its lines of text; the roll begins anew."""
        self._end_line()
        picture = Image.new("1", (self.dots, max(1, self.rows)), WHITE)
        for left, top, strip in self.strips:
            picture.paste(strip, (left, top))
        lines = self.lines
        self.strips, self.rows, self.lines = [], 0, []
        return picture, lines

    def look(self) -> Image.Image:
        """The piece that hangs out of the printer, not yet torn off."""
        picture = Image.new("1", (self.dots, max(1, self.rows)), WHITE)
        for left, top, strip in self.strips:
            picture.paste(strip, (left, top))
        return picture

    def _put(self, strip: Image.Image) -> None:
        free = self.dots - strip.width
        left = max(0, (0, free // 2, free)[self.align])
        self.strips.append((left, self.rows, strip))
        self.rows += strip.height

    def _end_line(self) -> None:
        """What stands in the line buffer goes on the paper; the line is as high as its highest part."""
        top = self.rows
        if self.band:
            width = sum(part.width for part in self.band)
            whole = Image.new("1", (width, self.band[0].height), WHITE)
            left = 0
            for part in self.band:
                whole.paste(part, (left, 0))
                left += part.width
            self._put(whole)
            self.band = []
        elif self.line.strip():
            letters = drawn(TEXT, self.line)
            strip = Image.new("1", (min(self.dots, letters.width), letters.height), WHITE)
            strip.paste(BLACK, (0, 0), letters.crop((0, 0, strip.width, letters.height)))
            self._put(strip)
        if self.line:
            self.lines.append(self.line)
            self.line = ""
        self.rows = max(self.rows, top)


def picture_of(data: bytes, width_bytes: int, rows: int) -> Image.Image:
    """Raster bytes (1 is ink, most significant bit left) as a 1-bit picture on white."""
    return Image.frombytes("1", (width_bytes * 8, rows), data.translate(INVERTED))


def _initialise(roll: Roll, command: Command) -> None:
    roll.line, roll.band, roll.align, roll.spacing, roll.code_page = "", [], 0, DEFAULT_SPACING, "cp437"


def _raster(roll: Roll, command: Command) -> None:
    mode, width_bytes = command.parameters[0] & 3, int.from_bytes(command.parameters[1:3], "little")
    rows = int.from_bytes(command.parameters[3:5], "little")
    picture = picture_of(command.data, width_bytes, rows)
    roll._put(picture.resize((picture.width * (1 + mode % 2), rows * (1 + mode // 2))))


def _columns(roll: Roll, command: Command) -> None:
    mode, columns = command.parameters[0], int.from_bytes(command.parameters[1:3], "little")
    tall = 24 if mode >= 32 else 8
    # Bytes run down each column; read as rows they are the picture lying on its side.
    side = picture_of(command.data, tall // 8, columns)
    upright = side.transpose(Image.Transpose.TRANSPOSE)
    across = 1 if mode % 2 else 2
    roll.band.append(upright.resize((columns * across, 24)))


def _graphics(roll: Roll, command: Command) -> None:
    function, data = command.data[1:2], command.data
    if function in (b"p", b"\x70"):
        wide, rows = int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
        picture = picture_of(data[10:], (wide + 7) // 8, rows).crop((0, 0, wide, rows))
        roll.stored = picture.resize((wide * data[3], rows * data[4]))
    elif function in (b"2", b"\x02") and roll.stored is not None:
        roll._put(roll.stored)
        roll.stored = None


def _text(roll: Roll, command: Command) -> None:
    roll.line += command.data.decode(roll.code_page, errors="replace")


def _control(roll: Roll, command: Command) -> None:
    if command.parameters[0] == LF:
        _feed_lines(roll, Command("ESC d", b"\x01"))


def _feed_lines(roll: Roll, command: Command) -> None:
    before = roll.rows
    roll._end_line()
    first = max(0, roll.spacing - (roll.rows - before))
    roll.rows += first + roll.spacing * (command.parameters[0] - 1) if command.parameters[0] else 0


def _feed_dots(roll: Roll, command: Command) -> None:
    roll._end_line()
    roll.rows += command.parameters[0]


def _set_spacing(roll: Roll, command: Command) -> None:
    roll.spacing = command.parameters[0] if command.name == "ESC 3" else DEFAULT_SPACING


def _set_align(roll: Roll, command: Command) -> None:
    roll.align = command.parameters[0] % 48 % 3


def _set_code_page(roll: Roll, command: Command) -> None:
    roll.code_page = CODE_PAGES.get(command.parameters[0], "cp437")


_ACTS = {
    "ESC @": _initialise,
    "GS v": _raster,
    "ESC *": _columns,
    "GS ( L": _graphics,
    "text": _text,
    "control": _control,
    "ESC d": _feed_lines,
    "ESC J": _feed_dots,
    "ESC 3": _set_spacing,
    "ESC 2": _set_spacing,
    "ESC a": _set_align,
    "ESC t": _set_code_page,
}
