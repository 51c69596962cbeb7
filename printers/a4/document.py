"""An A4 paper as data, frozen: who fills it knows the trade, who draws it knows only paper.

Words are text as it is kept; nothing in it is markup. A line break in a text or a cell begins a new line.
"""

from dataclasses import dataclass, field
from datetime import datetime

from printers.blocks import Align
from printers.documents import CopyMark, ShopHead

Cells = tuple[str, ...]
Row = Cells | str
"""A row of a table; a text alone stands across all columns, as the head of the rows that follow."""


@dataclass(frozen=True, slots=True)
class A4Text:
    """A paragraph, wrapped to the width of the paper. A `poster` is read from some steps away."""

    text: str
    bold: bool = False
    small: bool = False
    align: Align = Align.LEFT
    poster: bool = False


@dataclass(frozen=True, slots=True)
class A4Heading:
    """The name of a section; it never stands alone at the foot of a page."""

    text: str


@dataclass(frozen=True, slots=True)
class A4Facts:
    """What a paper is about, as words and their values, in one column or more."""

    rows: tuple[tuple[str, str], ...]
    columns: int = 2


@dataclass(frozen=True, slots=True)
class A4Table:
    """Rows under headings, which stand again on each page.

    `widths` are parts of the whole, all alike when not given. `aligns` are LEFT unless given; numbers go RIGHT.
    `totals` are set bold under a line. `boxed` rules every cell and `row_mm` gives rows a least height: a sheet
    to be filled in by hand. `empty` is said where there are no rows.
    """

    headings: Cells
    rows: tuple[Row, ...]
    widths: tuple[int, ...] = ()
    aligns: tuple[Align, ...] = ()
    totals: tuple[Cells, ...] = ()
    title: str = ""
    empty: str = ""
    boxed: bool = False
    row_mm: int = 0

    def __post_init__(self) -> None:
        columns = len(self.headings)
        for given in (self.widths, self.aligns, *self.totals, *(row for row in self.rows if isinstance(row, tuple))):
            if given and len(given) != columns:
                raise ValueError(f"{len(given)} cells or widths for {columns} columns: {given!r}")


@dataclass(frozen=True, slots=True)
class A4Space:
    """White paper."""

    mm: int = 4


@dataclass(frozen=True, slots=True)
class A4Picture:
    """A picture (PNG or JPEG) at most so wide and so high, with words under it."""

    image: bytes
    width_mm: int = 80
    height_mm: int = 60
    caption: str = ""


@dataclass(frozen=True, slots=True)
class A4Code:
    """A QR code with words beside it."""

    text: str
    lines: tuple[str, ...] = ()
    side_mm: int = 26


@dataclass(frozen=True, slots=True)
class A4NewPage:
    """What follows begins on a new page."""


A4Part = A4Text | A4Heading | A4Facts | A4Table | A4Space | A4Picture | A4Code | A4NewPage


@dataclass(frozen=True, slots=True)
class A4Signature:
    """A place to sign: in which role, by whom; `picture` is a signature drawn on the screen (PNG).

    `note` says how ("Sign and write your name") or how it was confirmed otherwise ("Confirmed by code").
    """

    role: str
    name: str = ""
    note: str = ""
    picture: bytes | None = None


@dataclass(frozen=True, slots=True)
class A4Document:
    """A whole paper. `number` stands at the right of the letterhead, `notes` small under the parts."""

    shop: ShopHead
    title: str
    printed_at: datetime
    parts: tuple[A4Part, ...] = ()
    subtitle: str = ""
    number: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    signatures: tuple[A4Signature, ...] = ()
    printed_by: str = ""
    mark: CopyMark = field(default_factory=CopyMark)
    demo: bool = False
    landscape: bool = False
    language: str = "vi"
