"""All that was ever recorded of products and producers: each sale is counted under what was true when it happened.

For one day `as_recorded` asks less of the database; this is for sums over many days.
"""

import json
from bisect import bisect_right
from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from core.database import db
from core.journal.chain import JournalRecord
from core.journal.record import Kind
from inventory.catalogue.as_recorded import Body, ProductThen, producer_told, product_told

_TABLE: Any = JournalRecord.__table__
Told = dict[str, list[tuple[int, Body]]]


class RecordedHistory:
    """What each record said of each product and producer."""

    def __init__(self) -> None:
        self._products, self._producers = _told(Kind.PRODUCT, "sku"), _told(Kind.PRODUCER, "code")

    def product(self, sku: str, seq: int) -> ProductThen:
        """A product as the last record up to this number said, with its producer."""
        body = _at(self._products[sku], seq)
        return product_told(body, producer_told(_at(self._producers[body["producer"]], seq)))

    def changed_between(self, first: int, last: int) -> set[str]:
        """The products of which something else was said meanwhile, of themselves or of a producer of theirs."""
        moved = {code for code, told in self._producers.items() if _changed(told, first, last)}
        return {
            sku
            for sku, told in self._products.items()
            if _changed(told, first, last) or any(body["producer"] in moved for _, body in told)
        }


def _told(kind: Kind, name: str) -> Told:
    found: Told = {}
    query = select(_TABLE.c.seq, _TABLE.c.record).where(_TABLE.c.typ == kind).order_by(_TABLE.c.seq)
    for seq, text in db.session.execute(query):
        body = json.loads(text)["body"]
        found.setdefault(body[name], []).append((seq, body))
    return found


def _at(told: Collection[tuple[int, Body]], seq: int) -> Body:
    """The newest word by then; of what was first recorded later, the first."""
    rows = list(told)
    return rows[max(bisect_right(rows, seq, key=lambda row: row[0]) - 1, 0)][1]


def _changed(told: list[tuple[int, Body]], first: int, last: int) -> bool:
    return any(first <= seq <= last for seq, _ in told[1:])
