"""Who changed prices, papers, goods and stock, and when: told by the journal, over some days."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import select

from core.database import db
from core.i18n import gettext, written_instant
from core.journal.chain import JournalRecord
from core.journal.history import Change, history_of
from core.journal.past_day import Records, records_between
from core.journal.record import Kind
from core.listing import Heading, Line, Listing
from core.web.document_name import document_names
from core.web.history import FieldRow, HistoryRow, history_rows
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from inventory.web.history_words import PRODUCER_WORDS, product_words
from pos.inspection.sales_lists import days_said

CATALOGUE = (
    Kind.PRICE, Kind.TAX_CLASS, Kind.CERTIFICATE, Kind.ELIGIBILITY, Kind.LICENCE, Kind.RECALL, Kind.PRODUCT,
    Kind.NUMBER, Kind.PRODUCER,
)  # fmt: skip
STOCK = (
    Kind.GOODS_IN, Kind.CONSIGN_IN, Kind.GOODS_IN_REVERSED, Kind.CONSIGN_OUT, Kind.GOODS_OUT, Kind.STOCK_ADJ,
    Kind.STOCK_COUNT, Kind.WRITE_OFF, Kind.OWN_USE, Kind.MOVE_BACK, Kind.TRANSFER, Kind.HOLD,
)  # fmt: skip
_TABLE: Any = JournalRecord.__table__
_Told = tuple[int, Line]


def change_list(first: date, last: date) -> Listing:
    """Every change of prices, papers, goods and stock on these days, the newest first; sales are not among them."""
    records = records_between(first, last)
    told = sorted([*_catalogue(records), *_stock(records)], key=lambda one: one[0], reverse=True)
    return Listing(
        "changes",
        gettext("Who changed prices, papers and stock"),
        (
            Heading(gettext("When"), width=4),
            Heading(gettext("What"), width=5),
            Heading(gettext("About"), width=6),
            Heading(gettext("Before and after"), width=10),
            Heading(gettext("Who"), width=4),
        ),
        tuple(line for _, line in told),
        said=days_said(first, last),
        notes=(gettext("As the sealed journal tells it: nothing in it can be changed unseen."),),
        empty=gettext("Nothing of that was changed on these days."),
    )


def _catalogue(records: Records) -> Iterator[_Told]:
    changes = history_of(*CATALOGUE)
    about = _abouts(changes)
    words = {**product_words(), **PRODUCER_WORDS}
    wanted = [change for change in changes if change.seq in records]
    for change, row in zip(wanted, history_rows(wanted, words), strict=True):
        name, address = about.get(change.seq, ("", {}))
        cells = (written_instant(row.at), row.act, name, "; ".join(map(_field, _worth_telling(row))), row.who)
        yield change.seq, Line(cells, endpoint="products.show" if "sku" in address else "", address=address)


def _worth_telling(row: HistoryRow) -> Iterator[FieldRow]:
    return (one for one in row.fields if one.before or one.after)


def _field(one: FieldRow) -> str:
    return f"{one.name}: {one.before} → {one.after}" if one.before else f"{one.name}: {one.after}"


def _abouts(changes: list[Change]) -> dict[int, tuple[str, dict[str, str]]]:
    """For each record the product or producer that it speaks of; an ending names its paper, and that the product."""
    products = dict(db.session.execute(select(Product.sku, Product)).all())
    producers: dict[str, str] = dict(db.session.execute(select(Producer.code, Producer.name)).all())
    of_paper = {one.body["uid"]: one.body["sku"] for one in changes if one.body.get("sku") and "uid" in one.body}
    found: dict[int, tuple[str, dict[str, str]]] = {}
    for one in changes:
        if one.kind is Kind.PRODUCER:
            found[one.seq] = producers.get(one.body["code"], ""), {}
            continue
        sku = one.body.get("sku") or of_paper.get(one.body.get("uid"))
        if sku in products:
            found[one.seq] = products[sku].full_name, {"sku": sku}
    return found


def _stock(records: Records) -> Iterator[_Told]:
    wanted = select(_TABLE.c.seq).where(_TABLE.c.typ.in_(STOCK), records.hold(_TABLE.c.seq))
    names = document_names(list(db.session.scalars(wanted)))
    for seq, called in names.items():
        yield seq, Line((written_instant(called.at), called.words, "", "", called.who), url=called.url or "")
