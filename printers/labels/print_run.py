"""Labels on their way to a printer: how many of each, on which stock, as the bytes of the printer's language."""

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from config.reference.label_stocks import LabelStock
from printers.labels.label import Label
from printers.labels.languages import LANGUAGES, Copies, Roll
from printers.labels.picture import WHITE, draw_label


@dataclass(frozen=True, slots=True)
class LabelPaper:
    """A paper of the spool that consists of labels."""

    labels: tuple[tuple[Label, int], ...]
    stock: LabelStock


def encode_labels(paper: LabelPaper, *, language: str, dpi: int, dots: int, cut: bool) -> bytes:
    """The job for a printer; ValueError where its line of dots is narrower than a row of labels."""
    stock = paper.stock
    width = row_width(stock)
    if width * dpi // 254 > dots:
        raise ValueError(f"{stock.code} needs {width * dpi // 254} dots, the printer has {dots}")
    rows = list(_side_by_side(paper, dpi) if stock.columns > 1 else _one_by_one(paper, dpi))
    return LANGUAGES[language](rows, Roll(width, stock.height, stock.gap_down, dpi, dots, cut=cut))


def row_width(stock: LabelStock) -> int:
    """How wide a row of labels is, in tenths of a millimetre."""
    return stock.columns * stock.width + (stock.columns - 1) * stock.gap


def _one_by_one(paper: LabelPaper, dpi: int) -> Iterator[Copies]:
    for label, copies in paper.labels:
        yield draw_label(label, paper.stock.width, paper.stock.height, dpi=dpi), copies


def _side_by_side(paper: LabelPaper, dpi: int) -> Iterator[Copies]:
    """Several labels across: each row is a picture of its own, the last one filled up with white."""
    stock = paper.stock
    each = [
        picture
        for label, copies in paper.labels
        for picture in [draw_label(label, stock.width, stock.height, dpi=dpi)] * copies
    ]
    across = -(-row_width(stock) * dpi // 254 // 8) * 8 + 8
    for start in range(0, len(each), stock.columns):
        row = Image.new("1", (across, each[start].height), WHITE)
        for at, picture in enumerate(each[start : start + stock.columns]):
            row.paste(picture, (at * (stock.width + stock.gap) * dpi // 254, 0))
        yield row, 1
