"""Papers on the screen: the picture that the printer gets."""

import io
from collections.abc import Sequence

from flask import Response, make_response

from printers.blocks import Block
from printers.raster import draw

DOTS = 576


def picture_of(blocks: Sequence[Block]) -> Response:
    """What comes out of an 80 mm printer, as PNG."""
    file = io.BytesIO()
    draw(list(blocks), DOTS).save(file, "PNG")
    answer = make_response(file.getvalue())
    answer.mimetype = "image/png"
    return answer
