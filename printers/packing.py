"""A paper as the bytes of one printer: blocks or labels, drawn at its width, said in its language."""

from printers.blocks import Block
from printers.device import Device
from printers.escpos_writer import encode
from printers.labels.languages import LANGUAGES, Roll
from printers.labels.print_run import LabelPaper, encode_labels
from printers.raster import draw

ESCPOS = "escpos"


def pack(paper: list[Block] | LabelPaper, device: Device, *, open_drawer: bool = False) -> bytes:
    """The whole job; a printer of another language than ESC/POS prints a paper of blocks as one long label."""
    if isinstance(paper, LabelPaper):
        return encode_labels(paper, language=device.language, dpi=device.dpi, dots=device.dots, cut=device.cut)
    picture = draw(paper, device.dots)
    if device.language == ESCPOS:
        return encode(picture, cut=device.cut, open_drawer=open_drawer)
    height = -(-picture.height * 254 // device.dpi)
    roll = Roll(device.dots * 254 // device.dpi, height, 0, device.dpi, device.dots)
    return LANGUAGES[device.language]([(picture, 1)], roll)
