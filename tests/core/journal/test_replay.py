"""What the journal tells is what the tables hold; where they differ, the record is named."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import MetaData, select, text
from sqlalchemy.orm import Mapped, mapped_column

from core import clock
from core.columns import iso_instant
from core.database import AppendOnly, Base, db, transaction
from core.journal.chain import write_record
from core.journal.record import Kind
from core.journal.replay import Difference, Handler, Mirror, Replay, Replayed, Told, compare, merge
from core.money import Money
from core.people_mirror import REPLAY
from core.quantity import Quantity
from core.staff import Role, Staff, change_pin, hire, retire_staff
from tests.core.journal.story import tell, write


class Trial(Base):
    __abstract__ = True
    metadata = MetaData(naming_convention=Base.metadata.naming_convention)


class Visit(AppendOnly, Trial):
    __tablename__ = "visits"

    record_seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date]
    at: Mapped[datetime]
    spent: Mapped[Money]
    weight: Mapped[Quantity]
    who: Mapped[str | None]


class Tag(Trial):
    __tablename__ = "tags"

    sku: Mapped[str] = mapped_column(primary_key=True)
    price: Mapped[Money]
    retired: Mapped[bool]
    record_seq: Mapped[int]


def trial_replay() -> Replay:
    replay = Replay()
    visits = select(Visit.record_seq, Visit.n, Visit.day, Visit.at, Visit.spent, Visit.weight, Visit.who)
    replay.mirror(Mirror("visits", visits, key=("record_seq", "n")))
    tags = select(Tag.sku, Tag.price, Tag.retired, Tag.record_seq)
    replay.mirror(Mirror("tags", tags, key=("sku",), appended=False))

    @replay.kind(Kind.VISITOR)
    def visit(record: Replayed) -> Iterator[Told]:
        for n, spent in enumerate(record.body["spent"]):
            row = {"n": n, "day": record.body["day"], "at": record.ts, "spent": spent, "weight": 850, "who": record.usr}
            yield "visits", row

    @replay.kind(Kind.PRICE)
    def price(record: Replayed) -> Iterator[Told]:
        yield "tags", {"sku": record.body["sku"], "price": record.body["price"], "retired": False}

    @replay.kind(Kind.PRODUCT)
    def retired(record: Replayed) -> Iterator[Told]:
        yield "tags", {"sku": record.body["sku"], "retired": True}

    return merge(REPLAY, replay)


def visit(*spent: int) -> int:
    with transaction() as session:
        day = clock.today()
        record = write_record(Kind.VISITOR, {"day": day.isoformat(), "spent": list(spent)}, by=None)
        for n, amount in enumerate(spent):
            made = {"record_seq": record.seq, "n": n, "day": day, "at": record.ts, "who": None}
            session.add(Visit(**made, spent=Money(amount), weight=Quantity(850)))
    return record.seq


def price(sku: str, amount: int) -> int:
    with transaction() as session:
        record = write_record(Kind.PRICE, {"sku": sku, "price": amount}, by=None)
        tag = session.get(Tag, sku) or Tag(sku=sku)
        session.add(tag)
        tag.price, tag.retired, tag.record_seq = Money(amount), False, record.seq
    return record.seq


def retire(sku: str) -> int:
    with transaction() as session:
        record = write_record(Kind.PRODUCT, {"sku": sku}, by=None)
        tag = session.get_one(Tag, sku)
        tag.retired, tag.record_seq = True, record.seq
    return record.seq


@pytest.fixture
def trade(any_app: Flask) -> Flask:
    Trial.metadata.create_all(db.engine)
    visit(500, 700)
    price("893", 125_000)
    price("894", 90_000)
    visit()
    price("893", 130_000)
    visit(100)
    retire("894")
    return any_app


def past_the_shop(*statements: str) -> None:
    """Change the database as somebody would who knows no verbs."""
    db.session.rollback()
    with db.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def unguard(table: str) -> list[str]:
    on = "" if db.engine.dialect.name == "sqlite" else f" ON {table}"
    return [f"DROP TRIGGER {table}_no_{act}{on}" for act in ("update", "delete")]


def found() -> list[tuple[Any, ...]]:
    return [tuple(difference) for difference in compare(trial_replay(), db.session())]


def test_tables_that_hold_what_the_journal_tells_differ_nowhere(trade: Flask) -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        ("UPDATE visits SET spent = 701 WHERE n = 1", (1, "visits", (1, 1), "spent", 700, 701)),
        ("UPDATE visits SET who = '07' WHERE n = 1", (1, "visits", (1, 1), "who", None, "07")),
        ("UPDATE tags SET price = 1 WHERE sku = '893'", (5, "tags", ("893",), "price", 130_000, 1)),
        ("UPDATE tags SET record_seq = 2 WHERE sku = '893'", (5, "tags", ("893",), "record_seq", 5, 2)),
    ],
)
def test_a_value_changed_past_the_shop_is_named_with_its_record(
    trade: Flask, change: str, difference: tuple[Any, ...]
) -> None:
    past_the_shop(*unguard("visits"), change)

    assert found() == [difference]


def test_a_row_that_vanished_is_named(trade: Flask) -> None:
    past_the_shop(*unguard("visits"), "DELETE FROM visits WHERE record_seq = 6", "DELETE FROM tags WHERE sku = '893'")

    assert [(seq, table, key, holds) for seq, table, key, _, _, holds in found()] == [
        (5, "tags", ("893",), "no such row"),
        (6, "visits", (6, 0), "no such row"),
    ]


def test_a_row_that_no_record_tells_of_is_named(trade: Flask) -> None:
    row = "INSERT INTO visits SELECT {}, 9, day, at, spent, weight, who FROM visits WHERE record_seq = 6 AND n = 0"
    tag = "INSERT INTO tags SELECT 'x', price, retired, record_seq FROM tags WHERE sku = '893'"
    past_the_shop(row.format(3), row.format(6), row.format(77), tag)

    assert [(seq, table, key, says) for seq, table, key, _, says, _ in found()] == [
        (3, "visits", (3, 9), "no such row"),
        (5, "tags", ("x",), "no such row"),
        (6, "visits", (6, 9), "no such row"),
        (77, "visits", (77, 9), "no such row"),
    ]


def test_the_first_bad_record_comes_first_and_the_list_has_an_end(trade: Flask) -> None:
    for _ in range(30):
        visit(1, 2, 3)
    past_the_shop(*unguard("visits"), "UPDATE visits SET spent = spent + 1")

    differences = compare(trial_replay(), db.session(), limit=10)

    assert len(differences) == 10
    assert differences[0].seq == 1
    assert [difference.seq for difference in differences] == sorted(difference.seq for difference in differences)


def test_a_kind_that_nothing_replays_is_named_once(trade: Flask) -> None:
    write(Kind.DRAWER, why="đổi tiền")
    write(Kind.DRAWER, why="đổi tiền")

    assert found() == [(8, "journal_records", ("DRAWER",), None, "a record", "no replay")]


def test_a_body_that_cannot_be_replayed_is_named(trade: Flask) -> None:
    write(Kind.VISITOR, day="2026-11-22")

    assert [difference[:4] for difference in found()] == [(8, "journal_records", ("VISITOR",), "body")]


def test_a_difference_reads_as_a_sentence() -> None:
    difference = Difference(5, "tags", ("893",), "price", 130_000, 1)

    assert str(difference) == "record 5: tags ('893',), price: the journal says 130000, the table holds 1"


def test_a_reader_that_remembers_begins_anew_with_each_comparison(trade: Flask) -> None:
    replay = Replay()
    told: list[int] = []

    @replay.reader(Kind.VISITOR)
    def counting() -> Handler:
        seen: list[int] = []

        def read(record: Replayed) -> Iterator[Told]:
            seen.append(record.seq)
            told.append(len(seen))
            yield from ()

        return read

    compare(replay, db.session())
    compare(replay, db.session())

    assert told == [1, 2, 3, 1, 2, 3]


def test_the_same_table_is_not_mirrored_twice() -> None:
    with pytest.raises(AssertionError, match="Two mirrors"):
        merge(trial_replay(), trial_replay())


def test_people_and_slips_are_replayed(core_app: Flask) -> None:
    Trial.metadata.create_all(db.engine)
    with transaction():
        owner = hire(name="Lan", role=Role.OWNER, pin="135790", by=None)
        hoa = hire(name="Hoa", role=Role.CLERK, pin="246801", by=owner)
        change_pin(hoa, "748291", by=owner)
        retire_staff(hoa, by=owner)
    tell(60)
    replay = merge(REPLAY)
    assert {d.table for d in compare(replay, db.session())} == {"journal_records"}  # kinds of other packages

    past_the_shop(
        "UPDATE staff SET role = 'owner' WHERE code = '02'", "UPDATE staff SET name = 'Ai đó' WHERE code = '01'"
    )
    past_the_shop(*unguard("slips"), "UPDATE slips SET a = a + 1 WHERE own = 'P01' AND i = 2")

    found = [d for d in compare(replay, db.session()) if d.table != "journal_records"]
    assert [(d.table, d.column) for d in found] == [("staff", "name"), ("staff", "role"), ("slips", "a")]


def test_memory_does_not_grow_with_the_journal(core_app: Flask) -> None:
    """The peak over four times as many rows stays about the same: records and rows pass by in batches."""
    Trial.metadata.create_all(db.engine)

    def peak(more: int) -> int:
        with transaction() as session:
            for _ in range(more):
                body = {"day": "2026-11-22", "spent": [500], "note": "x" * 500}
                record = write_record(Kind.VISITOR, body, by=None)
                made = {"record_seq": record.seq, "n": 0, "day": date(2026, 11, 22), "at": record.ts, "who": None}
                session.connection().execute(
                    Visit.__table__.insert(), {**made, "spent": Money(500), "weight": Quantity(850)}
                )
        replay = trial_replay()
        tracemalloc.start()
        assert compare(replay, db.session()) == []
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    assert peak(1000) * 1.5 > peak(3000)


def test_what_is_compared_is_written_as_a_record_writes_it(trade: Flask) -> None:
    record = db.session.scalar(text("SELECT record FROM journal_records WHERE seq = 1"))
    at = db.session.scalar(select(Visit.at).where(Visit.record_seq == 1).limit(1))

    assert at is not None
    assert iso_instant(at) == json.loads(str(record))["ts"]


def test_a_person_is_one_row(core_app: Flask) -> None:
    with transaction():
        hire(name="Lan", role=Role.OWNER, pin="135790", by=None)

    assert len(db.session.scalars(select(Staff)).all()) == 1
