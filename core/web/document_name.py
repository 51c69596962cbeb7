"""How a journal record is called on the screen, and where its document is looked at: "Receipt 17", with its link.

Lists of what happened (the trace of a lot, a ledger, an inspector's view) know records by number only, and must not
import the packages whose documents these are. So each room of pages names its own, and the `install_…(app)` of its
package hands them to `name_documents`:

    DOCUMENTS = {Kind.SALE: DocumentKind(N_("Receipt %(number)s"), "receipts.show")}

and a list asks for all its records at once: `document_names(seqs)[seq].words`, `.url`, `.at`, `.who`. A kind that holds
several acts gives a function instead of the words: `lambda body: _ACTS[body["act"]]`. Where a document has another
number or address than its record's `no`, `number` and `address` read them from the body. What nobody named is called
by the number of its record and leads nowhere.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask, current_app, url_for
from sqlalchemy import select

from core.columns import read_instant
from core.database import db
from core.i18n import N_, gettext
from core.journal.chain import JournalRecord
from core.journal.record import Kind
from core.web.access import may
from core.web.history import staff_names

Body = dict[str, Any]

Documents = Mapping[Kind, "DocumentKind"]

_DOCUMENTS = "documents"
_UNNAMED = N_("Record %(number)s of the journal")
_TABLE: Any = JournalRecord.__table__
_AT_ONCE = 10_000  # a statement takes no more values than that


def by_number(body: Body) -> Body:
    """The address of a document that is found by its number."""
    return {"number": body["no"]}


def own_number(body: Body) -> str:
    """The number that the document carries itself."""
    return str(body.get("no", ""))


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """What the records of one kind are called, marked with N_ and with %(number)s where there is one, and their page.

    Without an `endpoint` there is no page; `address` gives the values of its URL, from the body of the record, or None
    for a record that has no page of its own.
    """

    words: str | Callable[[Body], str]
    endpoint: str | None = None
    address: Callable[[Body], Body | None] = by_number
    number: Callable[[Body], str] = own_number

    def said(self, body: Body) -> str:
        """The document by name and number, in the language of the screen."""
        words = self.words if isinstance(self.words, str) else self.words(body)
        return gettext(words) % {"number": self.number(body)}

    def link(self, body: Body) -> str | None:
        """Its page, where there is one that the person at the screen may open."""
        if self.endpoint is None or not may(self.endpoint):
            return None
        values = self.address(body)
        return None if values is None else url_for(self.endpoint, **values)


@dataclass(frozen=True, slots=True)
class DocumentName:
    """One record as lists show it: its kind and number, what it is called, where it is, when it was written, by whom.

    `usr` is the person's code or None for what the shop does by itself, `who` the name.
    """

    kind: Kind
    number: str
    words: str
    url: str | None
    at: datetime
    usr: str | None
    who: str


def name_documents(app: Flask, documents: Documents) -> None:
    """Say how the records of some kinds are called; each kind once."""
    known = _documents(app)
    for kind, called in documents.items():
        assert kind not in known, f"{kind} has a name already"
        known[kind] = called


def _documents(app: Flask) -> dict[Kind, DocumentKind]:
    known: dict[Kind, DocumentKind] = app.extensions.setdefault(_DOCUMENTS, {})
    return known


def document_names(seqs: Collection[int]) -> dict[int, DocumentName]:
    """The names of some records, whatever their kinds; one question for them and one for the people."""
    known = _documents(current_app)
    found = _records(seqs)
    people = staff_names(record["usr"] for record in found.values())
    return {seq: _name(record, known.get(Kind(record["typ"])), people) for seq, record in found.items()}


def _records(seqs: Collection[int]) -> dict[int, Body]:
    wanted, found = sorted(set(seqs)), dict[int, Body]()
    for first in range(0, len(wanted), _AT_ONCE):
        query = select(_TABLE.c.seq, _TABLE.c.record).where(_TABLE.c.seq.in_(wanted[first : first + _AT_ONCE]))
        found.update((seq, json.loads(text)) for seq, text in db.session.connection().execute(query))
    return found


def _name(record: Body, called: DocumentKind | None, people: dict[str | None, str]) -> DocumentName:
    kind, body, usr = Kind(record["typ"]), record["body"], record["usr"]
    at, who = read_instant(record["ts"]), people[usr]
    if called is None:
        number = str(record["seq"])
        return DocumentName(kind, number, gettext(_UNNAMED) % {"number": number}, None, at, usr, who)
    return DocumentName(kind, called.number(body), called.said(body), called.link(body), at, usr, who)
