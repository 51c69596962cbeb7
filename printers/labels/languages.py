"""The languages of label printers: one picture, said in each. No text is ever sent as text.

TSPL: TSC's manual of 2017 (BITMAP, a bit of 0 is ink). ZPL II: Zebra's programming guide (^GF, a bit of 1 is ink).
EPL2: Zebra's manual of 2008 (GW, a bit of 0 is ink). ESC/POS: as receipts. None was tried on hardware.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from PIL import Image

from printers.escpos_writer import INVERTED, encode

Name = Literal["escpos", "tspl", "zpl", "epl"]
# ESC ! in the data would be an order at once (status, reset) to printers that speak TSPL.
CUT_ROWS = 8
_AT_ONCE = re.compile(rb"\x1b(?=!)")


@dataclass(frozen=True, slots=True)
class Roll:
    """What the printer must know of its paper: a row of labels and the gap under it, in tenths of a millimetre."""

    width: int
    height: int
    gap: int
    dpi: int
    dots: int
    cut: bool = True


Copies = tuple[Image.Image, int]
"""A picture and how many times it is printed."""


def in_tspl(labels: Sequence[Copies], roll: Roll) -> bytes:
    """For printers of TSC, Xprinter, Gprinter and their like."""
    head = f"SIZE {_mm(roll.width)} mm,{_mm(roll.height)} mm\r\nGAP {_mm(roll.gap)} mm,0 mm\r\nDIRECTION 0\r\n"
    parts = [b"\r\n", head.encode(), b"REFERENCE 0,0\r\n"]
    for picture, copies in labels:
        # A dot more where the bytes would be an order: 0x1b becomes 0x1a, and 0 is ink.
        data = _AT_ONCE.sub(b"\x1a", picture.tobytes())
        parts.append(b"CLS\r\nBITMAP 0,0,%d,%d,0," % (picture.width // 8, picture.height))
        parts += [data, b"\r\nPRINT 1,%d\r\n" % copies]
    return b"".join(parts)


def in_zpl(labels: Sequence[Copies], roll: Roll) -> bytes:
    """For printers of Zebra and those that understand their language."""
    parts = []
    for picture, copies in labels:
        wide, size = picture.width // 8, picture.width // 8 * picture.height
        data = picture.tobytes().translate(INVERTED).hex().upper().encode()
        parts.append(b"^XA^MNY^PW%d^LL%d^LH0,0^FO0,0^GFA,%d,%d,%d," % (picture.width, picture.height, size, size, wide))
        parts += [data, b"^FS^PQ%d^XZ\n" % copies]
    return b"".join(parts)


def in_epl(labels: Sequence[Copies], roll: Roll) -> bytes:
    """For older printers of Zebra and Eltron."""
    parts = []
    for picture, copies in labels:
        gap = roll.gap * roll.dpi // 254
        parts.append(b"\nN\nq%d\nQ%d,%d\n" % (picture.width, picture.height, gap))
        parts.append(b"GW0,0,%d,%d," % (picture.width // 8, picture.height))
        parts += [picture.tobytes(), b"\nP%d\n" % copies]
    return b"".join(parts)


def in_escpos(labels: Sequence[Copies], roll: Roll) -> bytes:
    """For receipt printers: labels one under another on the paper, with a line to cut along, torn off together."""
    strips = [picture for picture, copies in labels for _ in range(copies)]
    paper = Image.new("1", (roll.dots, sum(strip.height + CUT_ROWS for strip in strips)), 1)
    top = 0
    for strip in strips:
        paper.paste(strip, (0, top))
        top += strip.height + CUT_ROWS
        for left in range(0, roll.dots, 16):
            paper.paste(0, (left, top - CUT_ROWS // 2, left + 8, top - CUT_ROWS // 2 + 2))
    return encode(paper, cut=roll.cut)


LANGUAGES: Mapping[str, Callable[[Sequence[Copies], Roll], bytes]] = {
    "escpos": in_escpos,
    "tspl": in_tspl,
    "zpl": in_zpl,
    "epl": in_epl,
}


def _mm(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10)
