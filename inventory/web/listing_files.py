"""Lists as files to take away: CSV, a spreadsheet, or a PDF on A4 with the shop's letterhead."""

from collections.abc import Sequence

from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from core.clock import now
from core.current_settings import current_settings
from core.i18n import current_language
from core.listing import Listing
from core.web.access import person_here
from core.web.download import download
from printers.a4.document import A4Document, A4Part
from printers.a4.listing import listing_parts
from printers.a4.pdf import as_pdf
from printers.documents import ShopHead


def listing_file(listing: Listing, ending: str, *, days: str, title: str = "", subtitle: str = "") -> Response:
    """A list as a file of one kind; `days` stands in its name. An ending that nobody knows is not found."""
    name = f"{listing.name}-{days}.{ending}"
    if ending == "csv":
        return download(listing.as_csv(), name)
    if ending == "xlsx":
        return download(listing.as_xlsx(), name)
    if ending == "pdf":
        return download(as_pdf(paper(title or listing.title, [listing], subtitle=subtitle)), name)
    raise NotFound


def paper(title: str, listings: Sequence[Listing], *, subtitle: str = "", parts: Sequence[A4Part] = ()) -> A4Document:
    """Lists one after the other on A4 across, under one title; `parts` stand before them."""
    settings = current_settings()
    told = [part for listing in listings for part in listing_parts(listing)]
    return A4Document(
        shop=ShopHead.of(settings.shop),
        title=title,
        subtitle=subtitle,
        printed_at=now(),
        printed_by=person_here().name,
        parts=(*parts, *told),
        demo=settings.demo,
        landscape=True,
        language=current_language(),
    )
