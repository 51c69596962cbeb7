"""A page as marks at their places, counted in points from the upper left corner, and its way into a PDF.

The same document gives the same bytes: no time of making and no chance number goes into the file.
"""

import io
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

import segno
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from printers.a4.letters import REGULAR, STAR, Letters, register_fonts, run_width, runs
from printers.typeface import STAR_CORNERS

# The fonts' reader keeps its place in the file between calls: one paper is written at a time.
_ONE_AT_A_TIME = threading.Lock()
MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Words:
    """Printable words whose letters stand on `base`."""

    left: float
    base: float
    letters: Letters
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """A black line, `heavy` in points."""

    left: float
    top: float
    right: float
    bottom: float
    heavy: float = 0.5


@dataclass(frozen=True, slots=True)
class Area:
    """A grey area: 0 is black, 1 is white."""

    left: float
    top: float
    width: float
    height: float
    grey: float


@dataclass(frozen=True, slots=True)
class Image:
    """A picture in a box."""

    left: float
    top: float
    width: float
    height: float
    image: bytes


@dataclass(frozen=True, slots=True)
class Modules:
    """Black fields of a code in a box, as rows of true and false: squares, or bars where there is one row."""

    left: float
    top: float
    width: float
    height: float
    rows: tuple[tuple[bool, ...], ...]


Mark = Words | Line | Area | Image | Modules


@dataclass(slots=True)
class Page:
    """One page while it is filled."""

    width: float
    height: float
    marks: list[Mark] = field(default_factory=list)

    def words(
        self, left: float, base: float, letters: Letters, words: str, *, room: float = 0, share: float = 0
    ) -> None:
        """Words on a base line; in a `room`, `share` of what is free stays at their left: 0, a half, or all of it."""
        if words:
            shift = (room - letters.width(words)) * share if share else 0
            self.marks.append(Words(left + shift, base, letters, words))


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself."""

    title: str
    author: str
    language: str


def write_pdf(pages: Sequence[Page], about: About) -> bytes:
    """The pages as a file, with their letters embedded."""
    with _ONE_AT_A_TIME:
        register_fonts()
        file = io.BytesIO()
        size = (pages[0].width, pages[0].height)
        canvas = Canvas(
            file, pagesize=size, invariant=1, pageCompression=1, initialFontName=REGULAR, lang=about.language
        )
        canvas.setTitle(about.title)
        canvas.setAuthor(about.author)
        canvas.setCreator("")
        canvas.setProducer("")
        for page in pages:
            canvas.setPageSize((page.width, page.height))
            for mark in page.marks:
                _paint(canvas, page.height, mark)
            canvas.showPage()
        canvas.save()
        return file.getvalue()


def qr_rows(text: str) -> tuple[tuple[bool, ...], ...]:
    """The modules of a QR code of middling safety."""
    return tuple(tuple(bool(module) for module in row) for row in segno.make_qr(text, error="m").matrix)


def _paint(canvas: Canvas, height: float, mark: Mark) -> None:
    match mark:
        case Words():
            _words(canvas, height, mark)
        case Line():
            canvas.setLineWidth(mark.heavy)
            canvas.line(mark.left, height - mark.top, mark.right, height - mark.bottom)
        case Area():
            canvas.setFillGray(mark.grey)
            canvas.rect(mark.left, height - mark.top - mark.height, mark.width, mark.height, stroke=0, fill=1)
            canvas.setFillGray(0)
        case Image():
            picture = ImageReader(io.BytesIO(mark.image))
            foot = height - mark.top - mark.height
            canvas.drawImage(picture, mark.left, foot, mark.width, mark.height, mask="auto")
        case Modules():
            _modules(canvas, height, mark)


def _words(canvas: Canvas, height: float, mark: Words) -> None:
    left, base, size = mark.left, height - mark.base, mark.letters.size
    for name, letters in runs(mark.words, bold=mark.letters.bold):
        if name == STAR:
            _stars(canvas, left, base, size, len(letters))
        else:
            canvas.setFont(name, size)
            canvas.drawString(left, base, letters)
        left += run_width(name, letters, size)


def _stars(canvas: Canvas, left: float, base: float, size: float, count: int) -> None:
    tall = size * 0.8
    outline = canvas.beginPath()
    for at in range(count):
        corners = [(left + at * size + tall * x / 1000, base + tall * (951 - y) / 1000) for x, y in STAR_CORNERS]
        outline.moveTo(*corners[0])
        for corner in corners[1:]:
            outline.lineTo(*corner)
        outline.close()
    canvas.drawPath(outline, stroke=0, fill=1)


def _modules(canvas: Canvas, height: float, mark: Modules) -> None:
    """All fields as one path, those side by side as one: no hairlines between them."""
    wide, high = mark.width / len(mark.rows[0]), mark.height / len(mark.rows)
    outline = canvas.beginPath()
    for down, row in enumerate(mark.rows):
        foot = height - mark.top - (down + 1) * high
        for along, long in _stretches(row):
            outline.rect(mark.left + along * wide, foot, long * wide, high)
    canvas.drawPath(outline, stroke=0, fill=1)


def _stretches(row: Sequence[bool]) -> list[tuple[int, int]]:
    """Where black begins in a row, and how long it lasts."""
    found, start = [], 0
    for at, black in enumerate([*row, False]):
        if not black:
            if at > start:
                found.append((start, at - start))
            start = at + 1
    return found


def points(millimetres: float) -> float:
    """Millimetres as points."""
    return millimetres * MM
