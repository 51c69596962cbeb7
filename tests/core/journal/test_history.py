"""The history of a row: its records, the newest first, each with what it changed."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import event

from core.database import db, transaction
from core.journal.chain import write_record
from core.journal.history import history_of
from core.journal.record import Kind
from core.staff import Role, Staff, hire
from tests.core.journal.story import write


def tell(kind: Kind, by: Staff | None = None, **body: object) -> int:
    with transaction():
        return write_record(kind, body, by=by).seq


def test_each_change_holds_only_what_differs_and_the_first_everything(any_app: Flask) -> None:
    with transaction():
        lan = hire(name="Lan", role=Role.OWNER, pin="135790", by=None)
    tell(Kind.PRODUCER, lan, code="0001", name="HTX Na", form="cooperative")
    tell(Kind.PRODUCER, lan, code="0002", name="HTX Ong", form="cooperative")
    seq = tell(Kind.PRODUCER, None, code="0001", name="HTX Nà", form="cooperative")

    newest, first = history_of(Kind.PRODUCER, code="0001")

    assert (newest.seq, newest.by, newest.before, newest.after) == (seq, None, {"name": "HTX Na"}, {"name": "HTX Nà"})
    assert (first.by, first.before) == (lan.code, {})
    assert first.after == {"code": "0001", "name": "HTX Na", "form": "cooperative"}


def test_a_record_that_ends_something_stands_by_itself(any_app: Flask) -> None:
    tell(Kind.ELIGIBILITY, act="given", uid="u1", sku="00001", until=None)
    tell(Kind.ELIGIBILITY, act="ended", uid="u1", until="2026-11-30")
    tell(Kind.ELIGIBILITY, act="given", uid="u1", sku="00001", until="2026-12-31")

    later, ended, _ = history_of(Kind.ELIGIBILITY, uid="u1")

    assert (ended.act, ended.before, ended.after) == ("ended", {}, {"uid": "u1", "until": "2026-11-30"})
    assert (later.before, later.after) == ({"until": None}, {"until": "2026-12-31"})


def test_papers_of_one_product_are_compared_each_with_itself(any_app: Flask) -> None:
    tell(Kind.CERTIFICATE, act="given", uid="u1", stars=3)
    tell(Kind.CERTIFICATE, act="given", uid="u2", stars=4)
    tell(Kind.CERTIFICATE, act="corrected", uid="u1", stars=5, reason="gõ nhầm")

    changes = history_of(Kind.CERTIFICATE, uid=["u1", "u2"])

    assert [(change.body["uid"], change.before) for change in changes] == [("u1", {"stars": 3}), ("u2", {}), ("u1", {})]
    assert changes[0].after == {"stars": 5, "reason": "gõ nhầm"}


def test_prices_are_compared_with_the_price_before(any_app: Flask) -> None:
    for price in (10, 20):
        tell(Kind.PRICE, sku="00001", price=price, **{"from": "2026-11-20"})

    assert history_of(Kind.PRICE, sku="00001")[0].before == {"price": 10}


def test_text_that_only_looks_like_the_key_is_not_taken_for_it(any_app: Flask) -> None:
    tell(Kind.PRODUCT, sku="00001", name='"sku":"00002"', pack={"sku": "00002"})

    assert history_of(Kind.PRODUCT, sku="00002") == []
    assert history_of(Kind.PRODUCT, sku="0000%") == []
    assert history_of(Kind.PRODUCT, sku=()) == []


def test_the_index_over_kinds_leads_to_the_records(core_app: Flask) -> None:
    write(n=1)
    plans = []

    def explain(connection, cursor, statement, parameters, context, executemany) -> None:
        if "LIKE" in statement and not statement.startswith("EXPLAIN"):
            plans.extend(cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall())

    event.listen(db.engine, "before_cursor_execute", explain)
    history_of(Kind.PRODUCT, sku="00002")

    assert any("ix_journal_records_typ_seq" in str(row) for row in plans)
