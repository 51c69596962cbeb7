"""Papers on the screen: the same blocks that the printer gets, as text or as its picture."""

import io
from collections.abc import Sequence

from printers.blocks import Block
from printers.documents import DayReport
from printers.layouts.day_report import lay_out_day_report
from printers.raster import draw
from printers.text_writer import as_text

COLUMNS = 48
DOTS = 576


def paper_text(report: DayReport) -> str:
    """A shift report as lines of text."""
    return as_text(lay_out_day_report(report, COLUMNS), COLUMNS)


def paper_picture(blocks: Sequence[Block]) -> bytes:
    """What comes out of an 80 mm printer, as PNG."""
    file = io.BytesIO()
    draw(list(blocks), DOTS).save(file, "PNG")
    return file.getvalue()
