"""What the journal tells of the catalogue, compared with its tables by `shop verify`."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.journal.record import Kind
from core.journal.replay import Difference, Replayed, Told, merge
from core.private_mark import fits
from core.text import fold
from inventory.catalogue.mirrors import MIRRORS
from inventory.catalogue.producer import Producer, has_personal_tax_code
from inventory.catalogue.product import search_keys
from inventory.catalogue.taken_back import Dated

REPLAY = merge(MIRRORS)
# Older records told nothing of these; their rows hold nothing there.
_UNTOLD = {"phone": None, "address": None, "personal": None, "retired": None}

# Said of a service only.
_GOODS = {"service": False}


class _Article(NamedTuple):
    """What search keys are made of, and the record that spoke of the product last."""

    producer: str
    name: str
    pack: str
    seq: int


class _Articles:
    """Remembers names: a producer who is called otherwise changes the search keys of his products."""

    def __init__(self) -> None:
        self.producers: dict[str, str] = {}
        self.articles: dict[str, _Article] = {}

    def __call__(self, record: Replayed) -> Iterator[Told]:
        """The rows that a PRODUCER or a PRODUCT record makes or changes."""
        body = {name: value for name, value in record.body.items() if name != "reason"}
        if record.typ is Kind.PRODUCT:
            article = _Article(body["producer"], body["name"], body["pack"], record.seq)
            self.articles[body["sku"]] = article
            yield "products", {**_GOODS, **body, "name_folded": fold(article.name), **self._keys(article)}
            return
        code, name = body["code"], body["name"]
        yield "producers", {**_UNTOLD, **body, "name_folded": fold(name)}
        before = self.producers.get(code, name)
        self.producers[code] = name
        if before != name:
            for sku, article in self.articles.items():
                if article.producer == code:
                    yield "products", {"sku": sku, "record_seq": article.seq, **self._keys(article)}

    def _keys(self, article: _Article) -> dict[str, str]:
        exact, folded = search_keys(article.name, article.pack, self.producers[article.producer])
        return {"search_exact": exact, "search_folded": folded}


REPLAY.reader(Kind.PRODUCER, Kind.PRODUCT)(_Articles)


@REPLAY.kind(Kind.NUMBER)
def _number(record: Replayed) -> Iterator[Told]:
    yield "product_numbers", record.body


_DATED = {Kind.PRICE: ("prices", Dated.PRICE), Kind.TAX_CLASS: ("product_tax_classes", Dated.TAX_CLASS)}


@REPLAY.kind(Kind.PRICE, Kind.TAX_CLASS)
def _price_or_tax_class(record: Replayed) -> Iterator[Told]:
    table, what = _DATED[record.typ]
    if record.body.get("act") == "taken_back":
        yield "taken_back", {"what": what, **_without_act(record.body)}
    else:
        yield table, record.body


# A paper is given, corrected and struck out in its own row; what ends it, or a recall, is a row of another table.
_PAPERS = {Kind.CERTIFICATE: "certificates", Kind.ELIGIBILITY: "eligibilities", Kind.LICENCE: "licences"}
_ENDED = {
    (Kind.CERTIFICATE, "withdrawn"): "certificate_withdrawals",
    (Kind.ELIGIBILITY, "ended"): "eligibility_ends",
    (Kind.RECALL, "recalled"): "recalls",
    (Kind.RECALL, "lifted"): "recall_lifts",
}


@REPLAY.kind(Kind.CERTIFICATE, Kind.ELIGIBILITY, Kind.LICENCE, Kind.RECALL)
def _paper(record: Replayed) -> Iterator[Told]:
    body, act = _without_act(record.body), record.body.get("act", "given")
    if (record.typ, act) in _ENDED:
        yield _ENDED[record.typ, act], body
        return
    body.pop("reason", None)
    if act == "struck":
        yield _PAPERS[record.typ], {"uid": body["uid"], "struck": True}
    elif act in ("given", "corrected"):
        yield _PAPERS[record.typ], {**body, "struck": False}
    else:
        raise ValueError(f"unknown act {act}")


def _without_act(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name != "act"}


@REPLAY.check
def _private_fields_as_recorded(session: Session) -> Iterator[Difference]:
    """What was changed past the verbs no longer fits the mark whose fingerprint the record holds."""
    for producer in session.scalars(select(Producer).order_by(Producer.id)):
        personal = producer.tax_code if has_personal_tax_code(producer) else None
        marks = {
            "phone": (producer.phone_mark, producer.phone),
            "address": (producer.address_mark, producer.address),
            "tax_code": (producer.personal_mark, personal or ""),
        }
        for column, (mark, text) in marks.items():
            if mark is not None and not fits(mark, text):
                yield Difference(producer.record_seq, "producers", (producer.code,), column, "another text", "changed")
