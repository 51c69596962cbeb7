"""A picture as the bytes an ESC/POS printer understands: GS v 0 in slices, a cut, a pulse for the drawer.

No text is ever sent as text, so nothing that stands in a name or a note can become a command. What
is left is the picture itself: a printer obeys real-time commands wherever they occur, inside a
picture too (Epson TM-T88VI-DT2 manual, p. 64), so no picture may contain them.
"""

import re

from PIL import Image

from printers.escpos_library import Dummy

# At most 255 rows: some printers read only the low byte of the count. 200 is no multiple of 48 either.
SLICE_ROWS = 200
# DLE EOT (status), DLE ENQ (recover, clear the buffer), DLE DC4 (pulse, power off).
REAL_TIME = re.compile(rb"\x10(?=[\x04\x05\x14])")
INVERTED = bytes(byte ^ 0xFF for byte in range(256))
ASK_PAPER_IN_TURN = b"\x1dr\x01"
"""GS r 1: paper status, answered only when everything before it has been worked through."""

PULSE_NOW = b"\x10\x14\x01\x00\x01"
"""DLE DC4 1 0 1: opens the drawer at once, also while the paper is out."""


def encode(picture: Image.Image, *, cut: bool = True, open_drawer: bool = False) -> bytes:
    """The whole job: initialise, pulse if the drawer is to open, the picture in slices, feed and cut.

    The picture must be 1-bit with white ground, as wide as the printer's line of dots.
    """
    printer = Dummy()
    printer.hw("INIT")
    if open_drawer:
        printer.cashdraw(2)
    _send_slices(printer, picture)
    if cut:
        printer.cut()
    else:
        printer.print_and_feed(6)
    return bytes(printer.output)


def _send_slices(printer: Dummy, picture: Image.Image) -> None:
    """GS v 0 m xL xH yL yH data: what the library's `image()` sends, in a twentieth of its time.

    The library turns each slice into colours and back; a test holds the bytes of both against each other.
    """
    ink = without_real_time_commands(picture).tobytes().translate(INVERTED)
    wide = picture.width // 8
    for top in range(0, picture.height, SLICE_ROWS):
        rows = min(SLICE_ROWS, picture.height - top)
        size = wide.to_bytes(2, "little") + rows.to_bytes(2, "little")
        printer._raw(b"\x1dv0\x00" + size + ink[top * wide : (top + rows) * wide])


def encode_drawer_pulse() -> bytes:
    """Only the pulse: a drawer opened without a paper."""
    printer = Dummy()
    printer.hw("INIT")
    printer.cashdraw(2)
    return bytes(printer.output)


def flush_half_a_picture(dots: int) -> bytes:
    """What to send before a job when the one before may have broken off inside a slice.

    As many zeros as a slice can hold end it as white paper; a printer that waits for no picture passes over them.
    """
    return bytes(SLICE_ROWS * dots // 8 + 8)


def without_real_time_commands(picture: Image.Image) -> Image.Image:
    """The picture with one dot more wherever its bytes would read as a real-time command.

    The dot (0.125 mm) is put beside a lone one: 0x10 becomes 0x18. Rows are looked at as one stream,
    because a row's last byte stands before the next one's first. Unchanged when there is nothing to do.
    """
    # The printer's bits are 1 for ink, Pillow's are 0 for black.
    ink = picture.tobytes().translate(INVERTED)
    safe = REAL_TIME.sub(b"\x18", ink)
    if safe == ink:
        return picture
    return Image.frombytes("1", picture.size, safe.translate(INVERTED))
