"""Products and producers as they were recorded at the end of a past day: names, forms, groups and places of then.

Their rows hold what is true now. Where one was recorded again since, the journal says what stood there before.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from config.reference.localities import commune, province
from config.reference.table import UnknownReference
from core.database import db
from core.journal.chain import JournalRecord
from core.journal.past_day import Records
from core.journal.record import Kind
from inventory.catalogue.producer import Producer, producer_body
from inventory.catalogue.product import Product, product_body

COMMUNES_OF_TODAY = date(2025, 7, 1)
"""From this day on there are communes and provinces only (NQ 202/2025/QH15); earlier papers name a district, too."""

_TABLE: Any = JournalRecord.__table__
Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ProducerThen:
    """A producer as recorded by then; `old_commune` and `old_district` are those of papers before 1/7/2025."""

    code: str
    name: str
    form: str
    province_id: str | None
    locality_id: str | None
    old_commune: str
    old_district: str

    def commune_on(self, day: date) -> str:
        """The commune's name as it was in force on a day; empty where it is not known."""
        if day < COMMUNES_OF_TODAY and (self.old_commune or self.old_district):
            return ", ".join(part for part in (self.old_commune, self.old_district) if part)
        return _named(commune, self.locality_id, day)

    def province_on(self, day: date) -> str:
        """The province's name on a day; empty where it is not known."""
        return _named(province, self.province_id, day)

    def place_on(self, day: date) -> str:
        """Commune and province as papers of that day write them."""
        return ", ".join(part for part in (self.commune_on(day), self.province_on(day)) if part)


@dataclass(frozen=True, slots=True)
class ProductThen:
    """A product as recorded by then, with its producer."""

    sku: str
    name: str
    pack: str
    unit_label: str
    group_code: str
    old_group_code: str | None
    producer: ProducerThen

    @property
    def full_name(self) -> str:
        """Name and pack, as on receipts."""
        return f"{self.name}, {self.pack}" if self.pack else self.name


def _named(find: Any, place_id: str | None, day: date) -> str:
    """As it is called on a day; a place of today on an earlier day by the name that it has now."""
    if not place_id:
        return ""
    try:
        return str(find(place_id, day).full_name)
    except UnknownReference:
        return str(find(place_id).full_name)


def producers_as_of(producers: Iterable[Producer], records: Records) -> dict[int, ProducerThen]:
    """Producers by their rows' numbers, as the last of these records said."""
    wanted = {producer.id: producer for producer in producers}
    bodies = _bodies(Kind.PRODUCER, "code", (one for one in wanted.values() if one.record_seq not in records), records)
    return {
        number: producer_told(bodies.get(producer.code) or producer_body(producer))
        for number, producer in wanted.items()
    }


def products_as_of(products: Iterable[Product], records: Records) -> dict[int, ProductThen]:
    """Products by their rows' numbers, as the last of these records said, with their producers of then."""
    wanted = {product.id: product for product in products}
    bodies = _bodies(Kind.PRODUCT, "sku", (one for one in wanted.values() if one.record_seq not in records), records)
    told: dict[int, Body] = {
        number: bodies.get(product.sku) or product_body(product) for number, product in wanted.items()
    }
    makers = producers_as_of((product.producer for product in wanted.values()), records)
    by_code = {maker.code: maker for maker in makers.values()}
    elsewhere = {body["producer"] for body in told.values()} - by_code.keys()  # moved to another producer since
    if elsewhere:
        others = db.session.scalars(select(Producer).where(Producer.code.in_(elsewhere)))
        by_code |= {maker.code: maker for maker in producers_as_of(others, records).values()}
    return {number: product_told(body, by_code[body["producer"]]) for number, body in told.items()}


def _bodies(
    kind: Kind, name: str, changed: Iterator[Producer] | Iterator[Product], records: Records
) -> dict[str, Body]:
    """What the last of these records said of rows that were recorded again afterwards."""
    wanted = {getattr(one, name) for one in changed}
    if not wanted:
        return {}
    query = select(_TABLE.c.record).where(_TABLE.c.typ == kind, records.hold(_TABLE.c.seq)).order_by(_TABLE.c.seq)
    bodies = (json.loads(text)["body"] for text in db.session.scalars(query))
    return {body[name]: body for body in bodies if body[name] in wanted}


def producer_told(body: Body) -> ProducerThen:
    """A producer as the body of a record says."""
    return ProducerThen(
        body["code"], body["name"], body["form"], body["province"], body["locality"], body["old_commune"],
        body["old_district"],
    )  # fmt: skip


def product_told(body: Body, producer: ProducerThen) -> ProductThen:
    """A product as the body of a record says."""
    return ProductThen(
        body["sku"], body["name"], body["pack"], body["label"], body["group"], body["old_group"], producer
    )
