"""What every A4 paper of the shop has alike: letterhead, title, facts, the head of later pages, the foot.

It is the point's own letterhead: name, address, numbers. No emblem of the state and no official mark is imitated.
"""

from core.i18n import gettext, written_instant
from printers.a4.document import A4Document, A4Facts
from printers.a4.flow import BODY, FOOT_MM, SHARES, SMALL, STRONG, Flow
from printers.a4.letters import Letters, printable
from printers.a4.page import Area, Line, points
from printers.blocks import Align
from printers.documents import ShopHead

NAME, TITLE, BANNER = Letters(12, bold=True), Letters(16, bold=True), Letters(11, bold=True)
_GAP = 8


def put_head(flow: Flow, document: A4Document) -> None:
    """Letterhead, marks of copies, title and facts: the top of the first page."""
    _put_letterhead(flow, document)
    for words in banners(document):
        _put_banner(flow, words)
    flow.feed(points(4))
    flow.text(document.title, TITLE, Align.CENTRE)
    if document.subtitle:
        flow.text(document.subtitle, BODY, Align.CENTRE)
    flow.feed(points(3))
    if document.facts:
        put_facts(flow, A4Facts(document.facts))


def banners(document: A4Document) -> list[str]:
    """What nobody may overlook: a second paper, a shop for trying."""
    mark = document.mark
    words = [gettext("PRINTED AGAIN")] if mark.again else []
    words += [gettext("COPY %(number)s", number=mark.copy)] if mark.copy else []
    said = [" · ".join(words)] if words else []
    return said + ([gettext("DEMO SHOP – INVENTED PRICES")] if document.demo else [])


def _put_letterhead(flow: Flow, document: A4Document) -> None:
    number = printable(document.number)
    taken = BODY.width(number) + _GAP if number else 0
    start = flow.top
    lines = [(NAME, document.shop.name), *((SMALL, words) for words in shop_lines(document.shop))]
    for letters, text in lines:
        for words in letters.wrap(text, flow.width - taken):
            flow.page.words(flow.left, flow.top + letters.base_line, letters, words)
            flow.feed(letters.line_height)
    right = SHARES[Align.RIGHT]
    flow.page.words(flow.left, start + NAME.base_line, BODY, number, room=flow.width, share=right)
    flow.feed(3)
    flow.line(heavy=1)
    flow.feed(4)


def shop_lines(shop: ShopHead) -> list[str]:
    """Address and numbers of the point under its name."""
    numbers = [
        gettext("Tax code: %(code)s", code=shop.tax_code) if shop.tax_code else "",
        gettext("Business location: %(code)s", code=shop.location_code) if shop.location_code else "",
        gettext("Tel.: %(phone)s", phone=shop.phone) if shop.phone else "",
    ]
    together = "  ·  ".join(words for words in numbers if words)
    return [words for words in (shop.slogan, shop.address, together) if words]


def _put_banner(flow: Flow, words: str) -> None:
    """Black on white in a heavy frame: a printer without much ink shows it as well."""
    height = BANNER.line_height + 6
    for edge in (flow.top, flow.top + height):
        flow.page.marks.append(Line(flow.left, edge, flow.left + flow.width, edge, 1.5))
    flow.page.words(flow.left, flow.top + 3 + BANNER.base_line, BANNER, words, room=flow.width, share=0.5)
    flow.feed(height + 4)


def put_facts(flow: Flow, facts: A4Facts) -> None:
    """Words and values, side by side in columns, filled row by row."""
    room = flow.width / facts.columns
    named = min(max((STRONG.width(printable(name)) for name, _ in facts.rows), default=0), room / 2) + _GAP
    for start in range(0, len(facts.rows), facts.columns):
        row = facts.rows[start : start + facts.columns]
        cells = [(STRONG.wrap(name, named - _GAP), BODY.wrap(value, room - named - _GAP)) for name, value in row]
        height = max(max(len(name), len(value)) for name, value in cells) * BODY.line_height
        flow.need(height)
        for at, (name, value) in enumerate(cells):
            left = flow.left + at * room
            _column(flow, left, STRONG, name)
            _column(flow, left + named, BODY, value)
        flow.feed(height + 1.5)
    flow.feed(points(2))


def _column(flow: Flow, left: float, letters: Letters, lines: list[str]) -> None:
    for at, words in enumerate(lines):
        flow.page.words(left, flow.top + at * letters.line_height + letters.base_line, letters, words)


def put_later_head(flow: Flow, document: A4Document) -> None:
    """The head of the second and later pages: which paper this is, and whose."""
    right = printable(" · ".join([document.number, *banners(document)] if document.number else banners(document)))
    room = flow.width - (SMALL.width(right) + _GAP if right else 0)
    words = SMALL.wrap(f"{document.title} – {document.shop.name}", room)[0]
    flow.page.words(flow.left, flow.top + SMALL.base_line, SMALL, words)
    flow.page.words(flow.left, flow.top + SMALL.base_line, SMALL, right, room=flow.width, share=1)
    flow.feed(SMALL.line_height + 2)
    flow.line()
    flow.feed(6)


def put_feet(flow: Flow, document: A4Document) -> None:
    """At the foot of each page: when and by whom it was printed, and which page of how many it is."""
    printed = gettext("Printed %(at)s", at=written_instant(document.printed_at))
    who = printable(" · ".join([printed, document.printed_by] if document.printed_by else [printed]))
    for number, page in enumerate(flow.pages, 1):
        top = page.height - points(FOOT_MM) + points(4)
        page.marks.append(Area(flow.left, top, flow.width, 0.5, 0.0))
        base = top + 4 + SMALL.base_line
        count = gettext("Page %(page)s of %(pages)s", page=number, pages=len(flow.pages))
        page.words(flow.left, base, SMALL, SMALL.wrap(who, flow.width * 0.75)[0])
        page.words(flow.left, base, SMALL, count, room=flow.width, share=1)
