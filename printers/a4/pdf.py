"""An A4 document made into a PDF: letterhead, parts, notes, places to sign, a foot on each page."""

import io
from functools import partial

from PIL import Image as Pillow

from core.i18n import gettext, use
from printers.a4.document import (
    A4Code,
    A4Document,
    A4Facts,
    A4Heading,
    A4NewPage,
    A4Part,
    A4Picture,
    A4Signature,
    A4Space,
    A4Table,
    A4Text,
)
from printers.a4.flow import BODY, SMALL, STRONG, Flow
from printers.a4.head import put_facts, put_feet, put_head, put_later_head
from printers.a4.letters import Letters, printable
from printers.a4.page import About, Image, Modules, Page, points, qr_rows, write_pdf
from printers.a4.table import put_table

HEADING = Letters(11, bold=True)
POSTER_SIZE = 26
SIGNATURE_MM = 22
HEADING_KEEPS_MM = 28  # a heading, what is said under it, the head of a table and its first line stay together


def as_pdf(document: A4Document) -> bytes:
    """The document as a PDF; the same document always gives the same bytes."""
    about = About(printable(document.title), printable(document.shop.name), document.language)
    return write_pdf(lay_out(document), about)


def lay_out(document: A4Document) -> list[Page]:
    """The pages of a document, in its language."""
    with use(document.language):
        flow = Flow(document.landscape, partial(put_later_head, document=document))
        put_head(flow, document)
        for part in document.parts:
            _put(flow, part)
        _put_notes(flow, document.notes)
        if document.signatures:
            _put_signatures(flow, document.signatures)
        put_feet(flow, document)
    return flow.pages


def _put(flow: Flow, part: A4Part) -> None:
    match part:
        case A4Text() | A4Heading():
            _put_text(flow, part)
        case A4Facts():
            put_facts(flow, part)
        case A4Table():
            put_table(flow, part)
        case A4Space():
            flow.feed(points(part.mm))
        case A4Picture():
            _put_picture(flow, part)
        case A4Code():
            _put_code(flow, part)
        case A4NewPage():
            flow.new_page()


def _put_text(flow: Flow, part: A4Text | A4Heading) -> None:
    if isinstance(part, A4Text):
        size = POSTER_SIZE if part.poster else (SMALL if part.small else BODY).size
        flow.text(part.text, Letters(size, part.bold), part.align)
        flow.feed(3)
        return
    flow.need(HEADING.line_height + points(HEADING_KEEPS_MM))
    flow.feed(points(2))
    flow.text(part.text, HEADING)
    flow.feed(2)


def _put_picture(flow: Flow, part: A4Picture) -> None:
    width, height = _fitted(part.image, points(part.width_mm), points(part.height_mm))
    flow.need(height + SMALL.line_height)
    flow.page.marks.append(Image(flow.left, flow.top, width, height, part.image))
    flow.feed(height + 2)
    if part.caption:
        flow.text(part.caption, SMALL)
    flow.feed(4)


def _fitted(image: bytes, width: float, height: float) -> tuple[float, float]:
    """As large as the box allows, in the picture's own proportions."""
    with Pillow.open(io.BytesIO(image)) as picture:
        scale = min(width / picture.width, height / picture.height)
        return picture.width * scale, picture.height * scale


def _put_code(flow: Flow, part: A4Code) -> None:
    side = points(part.side_mm)
    left = flow.left + side + points(4)
    lines = [words for text in part.lines for words in SMALL.wrap(text, flow.left + flow.width - left)]
    height = max(side, len(lines) * SMALL.line_height)
    flow.need(height)
    flow.page.marks.append(Modules(flow.left, flow.top, side, side, qr_rows(part.text)))
    base = flow.top + (height - len(lines) * SMALL.line_height) / 2 + SMALL.base_line
    for at, words in enumerate(lines):
        flow.page.words(left, base + at * SMALL.line_height, SMALL, words)
    flow.feed(height + points(2))


def _put_notes(flow: Flow, notes: tuple[str, ...]) -> None:
    for note in notes:
        flow.text(note, SMALL)
        flow.feed(1)


def _put_signatures(flow: Flow, signatures: tuple[A4Signature, ...]) -> None:
    """Side by side, all on one page: role, how to sign, white paper or the drawn signature, name."""
    room = flow.width / len(signatures)
    inner = room - points(4)
    heads = [STRONG.wrap(one.role, inner) for one in signatures]
    notes = [SMALL.wrap(one.note or gettext("(sign and write your full name)"), inner) for one in signatures]
    names = [STRONG.wrap(one.name, inner) for one in signatures]
    head, note, name = (max(len(cell) for cell in cells) for cells in (heads, notes, names))
    space = points(SIGNATURE_MM)
    height = (head + name) * STRONG.line_height + note * SMALL.line_height + space
    flow.feed(points(5))
    flow.need(height)
    for at, one in enumerate(signatures):
        left = flow.left + at * room + points(2)
        top = _centred(flow, left, inner, flow.top, STRONG, heads[at])
        _centred(flow, left, inner, top, SMALL, notes[at])
        top = flow.top + head * STRONG.line_height + note * SMALL.line_height
        if one.picture is not None:
            wide, high = _fitted(one.picture, inner, space - 4)
            flow.page.marks.append(Image(left + (inner - wide) / 2, top + 2, wide, high, one.picture))
        _centred(flow, left, inner, top + space, STRONG, names[at])
    flow.feed(height)


def _centred(flow: Flow, left: float, room: float, top: float, letters: Letters, lines: list[str]) -> float:
    """Lines in the middle of a column; gives where they end."""
    for words in lines:
        flow.page.words(left, top + letters.base_line, letters, words, room=room, share=0.5)
        top += letters.line_height
    return top
