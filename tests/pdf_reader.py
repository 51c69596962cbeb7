"""What stands in a PDF, read by PDFium: its text, its size on paper, its pages as pictures."""

from __future__ import annotations

import pypdfium2
from PIL import Image

MM = 72 / 25.4


def text_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def sizes_of(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each page in whole millimetres."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [(round(page.get_width() / MM), round(page.get_height() / MM)) for page in document]


def pictures_of(pdf: bytes, *, dpi: int = 300) -> list[Image.Image]:
    """Each page as it comes out of a printer of so many dots an inch."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in document]


def title_of(pdf: bytes) -> str:
    """What the file says it is called."""
    with pypdfium2.PdfDocument(pdf) as document:
        return str(document.get_metadata_value("Title"))


def acts_in(pdf: bytes) -> tuple[int, int]:
    """How many scripts and how many annotations (links among them) the file holds: what could act by itself."""
    with pypdfium2.PdfDocument(pdf) as document:
        scripts = pypdfium2.raw.FPDFDoc_GetJavaScriptActionCount(document)
        return scripts, sum(pypdfium2.raw.FPDFPage_GetAnnotCount(page) for page in document)
