"""Tables on A4: headings on each page, rows that are wrapped and, when one is higher than a page, go on on the next."""

from dataclasses import dataclass
from itertools import accumulate

from printers.a4.document import A4Table, Cells, Row
from printers.a4.flow import BODY, SHARES, STRONG, Flow
from printers.a4.letters import Letters, printable
from printers.a4.page import Line, points
from printers.blocks import Align

PAD, PAD_ACROSS = 2.2, 3.5
HEADING = Letters(8.5, bold=True)
GREY = 0.91
_MOST_GIVEN = 0.6
_ROUNDING = 0.01


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where each column begins and ends, and how its cells stand."""

    edges: tuple[float, ...]
    aligns: tuple[Align, ...]

    def lines(self, cells: Cells, letters: Letters) -> list[list[str]]:
        """The lines of each cell."""
        rooms = [right - left - 2 * PAD_ACROSS for left, right in zip(self.edges, self.edges[1:], strict=False)]
        return [letters.wrap(cell, room) for cell, room in zip(cells, rooms, strict=True)]


def put_table(flow: Flow, table: A4Table) -> None:
    """Set a table from here on."""
    columns = _columns(flow, table)
    if table.title:
        flow.need(STRONG.line_height + _heading_height(columns, table) + BODY.line_height + 2 * PAD)
        flow.text(table.title, STRONG)
        flow.feed(2)
    _put_headings(flow, columns, table)
    for at, row in enumerate(table.rows):
        if isinstance(row, str):
            _put_group(flow, columns, table, row, _next_height(columns, table, at))
        else:
            _put_row(flow, columns, table, columns.lines(row, BODY), BODY)
    if not table.rows and table.empty:
        flow.feed(PAD)
        flow.text(table.empty)
        flow.feed(PAD)
    for cells in table.totals:
        flow.line(heavy=0.8)
        _put_row(flow, columns, table, columns.lines(cells, STRONG), STRONG)
    flow.feed(points(2))


def _columns(flow: Flow, table: A4Table) -> _Columns:
    parts = table.widths or (1,) * len(table.headings)
    aligns = table.aligns or (Align.LEFT,) * len(parts)
    wanted = [flow.width * part / sum(parts) for part in parts]
    edges = accumulate(_room_for_words(table, wanted, aligns), initial=flow.left)
    return _Columns(tuple(edges), aligns)


def _room_for_words(table: A4Table, wanted: list[float], aligns: tuple[Align, ...]) -> list[float]:
    """Widths in which no number is broken: half of a number would be read as another. Other columns give way.

    Nor are words of headings, where there is room for that, too.
    """
    numbers = [_least_width(table, at, whole=align is Align.RIGHT) for at, align in enumerate(aligns)]
    headings = [max(HEADING.width(word) for word in printable(one).split(" ")) for one in table.headings]
    both = [max(number, word + 2 * PAD_ACROSS + _ROUNDING) for number, word in zip(numbers, headings, strict=True)]
    return _shared_out(wanted, both, aligns) or _shared_out(wanted, numbers, aligns) or wanted


def _shared_out(wanted: list[float], least: list[float], aligns: tuple[Align, ...]) -> list[float] | None:
    """Each column as wide as it needs, and columns of words so much narrower; None when they get too narrow."""
    widths = [max(pair) for pair in zip(wanted, least, strict=True)]
    spare = [
        0 if align is Align.RIGHT else width - kept for width, kept, align in zip(widths, least, aligns, strict=True)
    ]
    beyond = sum(widths) - sum(wanted)
    if beyond > sum(spare) * _MOST_GIVEN:
        return None
    return [width - room * beyond / (sum(spare) or 1) for width, room in zip(widths, spare, strict=True)]


def _least_width(table: A4Table, at: int, *, whole: bool) -> float:
    """What a column needs: `whole` lines where numbers stand on the right, else its numbers, days and lots."""
    cells = [(BODY, row[at]) for row in table.rows if isinstance(row, tuple)] + [
        (STRONG, row[at]) for row in table.totals
    ]
    parts = [
        letters.width(printable(part))
        for letters, cell in cells
        for part in (cell.splitlines() if whole else cell.split())
        if whole or any(character.isdigit() for character in part)
    ]
    return max([*parts, 0.0]) + 2 * PAD_ACROSS + _ROUNDING


def _heading_height(columns: _Columns, table: A4Table) -> float:
    lines = columns.lines(table.headings, HEADING)
    return max(len(cell) for cell in lines) * HEADING.line_height + 2 * PAD


def _next_height(columns: _Columns, table: A4Table, at: int) -> float:
    """How high the row under a group's head is: the two are kept together."""
    following: Row = table.rows[at + 1] if at + 1 < len(table.rows) else ""
    return 0 if isinstance(following, str) else _height(table, columns.lines(following, BODY), BODY)


def _height(table: A4Table, lines: list[list[str]], letters: Letters) -> float:
    return max(max(len(cell) for cell in lines) * letters.line_height + 2 * PAD, points(table.row_mm))


def _put_headings(flow: Flow, columns: _Columns, table: A4Table) -> None:
    height = _heading_height(columns, table)
    flow.need(height + BODY.line_height + 2 * PAD)
    flow.area(height, grey=GREY)
    flow.line(heavy=0.8)
    _set_cells(flow, columns, columns.lines(table.headings, HEADING), HEADING)
    _end_row(flow, columns, table, height, heavy=0.8)


def _put_group(flow: Flow, columns: _Columns, table: A4Table, words: str, following: float) -> None:
    lines = STRONG.wrap(words, flow.width - 2 * PAD_ACROSS)
    height = len(lines) * STRONG.line_height + 2 * PAD
    _make_room(flow, columns, table, height + following)
    for at, line in enumerate(lines):
        base = flow.top + PAD + at * STRONG.line_height + STRONG.base_line
        flow.page.words(flow.left + PAD_ACROSS, base, STRONG, line)
    _end_row(flow, _Columns((columns.edges[0], columns.edges[-1]), columns.aligns), table, height)


def _put_row(flow: Flow, columns: _Columns, table: A4Table, lines: list[list[str]], letters: Letters) -> None:
    height = _height(table, lines, letters)
    _make_room(flow, columns, table, height)
    while height > flow.left_over:
        fit = max(1, int((flow.left_over - 2 * PAD) // letters.line_height))
        _set_cells(flow, columns, [cell[:fit] for cell in lines], letters)
        _end_row(flow, columns, table, fit * letters.line_height + 2 * PAD)
        lines = [cell[fit:] for cell in lines]
        flow.new_page()
        _put_headings(flow, columns, table)
        height = _height(table, lines, letters)
    _set_cells(flow, columns, lines, letters)
    _end_row(flow, columns, table, height)


def _make_room(flow: Flow, columns: _Columns, table: A4Table, height: float) -> None:
    """Go on on the next page, under the headings, when a row does not fit here but would there."""
    fresh = flow.bottom - flow.page_start - _heading_height(columns, table) - points(10)
    if flow.left_over < height <= fresh or flow.left_over < BODY.line_height + 2 * PAD:
        flow.new_page()
        _put_headings(flow, columns, table)


def _set_cells(flow: Flow, columns: _Columns, lines: list[list[str]], letters: Letters) -> None:
    for at, cell in enumerate(lines):
        left, right = columns.edges[at] + PAD_ACROSS, columns.edges[at + 1] - PAD_ACROSS
        share = SHARES[columns.aligns[at]]
        base = flow.top + PAD + letters.base_line
        for words in cell:
            flow.page.words(left, base, letters, words, room=right - left, share=share)
            base += letters.line_height


def _end_row(flow: Flow, columns: _Columns, table: A4Table, height: float, heavy: float = 0.3) -> None:
    if table.boxed:
        for edge in columns.edges:
            flow.page.marks.append(Line(edge, flow.top, edge, flow.top + height, 0.3))
    flow.feed(height)
    flow.line(heavy=heavy)
