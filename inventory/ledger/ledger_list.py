"""The movement ledger as lists, one a product: opening, each move with its document and person, closing."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Protocol

from sqlalchemy import select

from core.database import db
from core.i18n import gettext, written_day, written_instant
from core.listing import Cell, Heading, Line, Listing, Written
from core.quantity import NONE, Quantity
from inventory.ledger.stock_ledger import Ledger, LedgerLine
from inventory.location import Location


class Called(Protocol):
    """A document as lists name it (core/web/document_name.py)."""

    @property
    def words(self) -> str: ...

    @property
    def url(self) -> str | None: ...

    @property
    def at(self) -> datetime: ...

    @property
    def who(self) -> str: ...


Place = Callable[[str], str]


def ledger_list(ledger: Ledger, first: date, last: date, names: Mapping[int, Called]) -> Listing:
    """One product's ledger; `names` says for each record what its document is called."""
    place = place_names()
    before = written_day(first - timedelta(days=1))
    opening: tuple[Cell, ...] = (
        "", gettext("In stock at the end of %(day)s", day=before), "", "", "", None, None, ledger.opening, ""
    )  # fmt: skip
    lines = [Line(opening), *_lines(ledger, names, place)]
    totals: tuple[Cell, ...] = (
        "", gettext("In stock at the end of %(day)s", day=written_day(last)), "", "", "",
        ledger.came, ledger.went, ledger.closing, "",
    )  # fmt: skip
    return Listing(
        f"ledger-{ledger.product.sku}",
        f"{ledger.product.full_name} ({ledger.product.unit_label})",
        (
            Heading(gettext("When"), width=4),
            Heading(gettext("Document"), width=6),
            Heading(gettext("Lot"), width=3),
            Heading(gettext("Whose goods"), width=4),
            Heading(gettext("From and to"), width=5),
            Heading(gettext("Into stock"), Written.QUANTITY, width=2),
            Heading(gettext("Out of stock"), Written.QUANTITY, width=2),
            Heading(gettext("Balance"), Written.QUANTITY, width=2),
            Heading(gettext("Who"), width=3),
        ),
        tuple(lines),
        totals=totals,
    )


def _lines(ledger: Ledger, names: Mapping[int, Called], place: Place) -> Iterator[Line]:
    own = gettext("the shop itself")
    for line in ledger.lines:
        called, lot = names[line.record_seq], line.lot
        way = f"{place(line.source)} → {place(line.target)}"
        owner = lot.owner.name if lot.owner is not None else own
        when = written_instant(called.at)
        cells = (when, called.words, lot.number, owner, way, *_in_and_out(line), line.balance, called.who)
        yield Line(cells, url=called.url or "")


def _in_and_out(line: LedgerLine) -> tuple[Quantity | None, Quantity | None]:
    return (line.came if line.came != NONE else None, line.went if line.went != NONE else None)


def place_names() -> Place:
    """What the shop calls its places; a place that it does not know by its code."""
    known: dict[str, str] = dict(db.session.execute(select(Location.code, Location.name)).all())
    return lambda code: known.get(code, code)
