"""Photos from outside: opened within limits, made smaller, and written anew without what a camera adds.

A phone writes into a photo where and when it was taken and with which device. None of that is kept: the picture is
turned the right way round and encoded again, so nothing of the bytes that came lies in the shop.
"""

import io
import struct

from PIL import Image, ImageOps, UnidentifiedImageError

from core.errors import RuleBroken
from core.i18n import N_

LONGEST_SIDE = 2_000
MOST_PIXELS = 26_000_000
"""A phone's photo of 24 megapixels passes; a bomb of a few bytes that unfolds to gigabytes does not."""
_FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITY = 85
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, EOFError, struct.error, IndexError, KeyError, OverflowError)


class PictureBroken(RuleBroken):
    message = N_("The picture “%(name)s” cannot be opened: it is damaged, or not a photo. Take it again.")


class PictureTooLarge(RuleBroken):
    message = N_("The picture “%(name)s” has more than %(most)s million points. Choose a smaller size in the camera.")


def is_picture(data: bytes) -> bool:
    """Whether the bytes begin as a JPEG, PNG or WebP does; the name does not matter."""
    return data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (
        data.startswith(b"RIFF") and data[8:12] == b"WEBP"
    )


def as_photo(data: bytes, name: str) -> bytes:
    """The picture as a JPEG of at most 2,000 points a side, with nothing else in it."""
    target = io.BytesIO()
    _on_white(_opened(data, name)).save(target, "JPEG", quality=_QUALITY, optimize=True)
    return target.getvalue()


def as_drawing(data: bytes, name: str) -> bytes:
    """A drawing, such as a signature, as a PNG: no line of it is blurred."""
    target = io.BytesIO()
    _on_white(_opened(data, name)).convert("L").save(target, "PNG", optimize=True)
    return target.getvalue()


def _opened(data: bytes, name: str) -> Image.Image:
    """The picture, decoded no larger than needed and the right way round."""
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as file:
            width, height = file.size
            if width * height > MOST_PIXELS:
                raise PictureTooLarge(name=name, most=MOST_PIXELS // 1_000_000)
            file.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            image = file.convert("RGBA") if file.mode in {"P", "1", "LA", "PA"} else file
            image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=2.0)
            return ImageOps.exif_transpose(image)
    except Image.DecompressionBombError as trouble:
        raise PictureTooLarge(name=name, most=MOST_PIXELS // 1_000_000) from trouble
    except (UnidentifiedImageError, *_BROKEN) as trouble:
        raise PictureBroken(name=name) from trouble


def _on_white(image: Image.Image) -> Image.Image:
    """Without transparency, and without whatever came along with the points."""
    if image.mode == "RGBA":
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=image.getchannel("A"))
        return white
    plain = Image.new("RGB", image.size)
    plain.paste(image.convert("RGB"))
    return plain
