"""A list on A4: the same headings, lines and totals as on the screen."""

from core.listing import Heading, Line, Listing, said
from printers.a4.document import A4Heading, A4Part, A4Table, A4Text
from printers.blocks import Align


def listing_parts(listing: Listing) -> tuple[A4Part, ...]:
    """A list with its title, its answer, its table and what is to be said about it."""
    answer = (A4Text(listing.said),) if listing.said else ()
    notes = tuple(A4Text(note, small=True) for note in listing.notes)
    return (A4Heading(listing.title), *answer, listing_table(listing), *notes)


def listing_table(listing: Listing, *, boxed: bool = False, row_mm: int = 0) -> A4Table:
    """The table of a list; `boxed` and with higher rows where people write into it by hand."""
    return A4Table(
        headings=tuple(heading.name for heading in listing.headings),
        rows=tuple(_cells(line) for line in listing.lines),
        widths=tuple(heading.width for heading in listing.headings),
        aligns=tuple(_align(heading) for heading in listing.headings),
        totals=(tuple(said(cell) for cell in listing.totals),) if listing.totals else (),
        empty=listing.empty,
        boxed=boxed,
        row_mm=row_mm,
    )


def _cells(line: Line) -> tuple[str, ...]:
    return tuple(said(cell) for cell in line.cells)


def _align(heading: Heading) -> Align:
    return Align.RIGHT if heading.written.is_figure else Align.LEFT
