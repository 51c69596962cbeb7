"""A fault has a name of its own; what is no fault is told without alarm. (Mutants: test_mutants.py.)"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from core.database import db, transaction
from core.journal.chain import write_record
from core.journal.export import Sealed, export_lines, read_export, sealed_rows
from core.journal.head import valid_heads
from core.journal.merkle import leaf_hash, root
from core.journal.record import Kind, canonical
from core.journal.seal import SigningKey, current_terminal, digest
from core.journal.slips import write_slips
from core.journal.verify import Report, walk
from core.money import Money
from tests.core.journal.story import records, tell, write


def sealed() -> list[Sealed]:
    db.session.rollback()
    return [Sealed(record.text, record.signature) for record in sealed_rows(db.session())]


def key() -> SigningKey:
    found = current_terminal().key
    assert found is not None
    return found


def fault(report: Report) -> str:
    return str(report.fault)


def remade(journal: list[Sealed], place: int, change: Callable[[dict[str, Any]], None]) -> list[Sealed]:
    """The journal with one record changed by whoever holds the key, all later ones chained and signed anew."""
    made: list[Sealed] = journal[:place]
    for number, old in enumerate(journal[place:], place):
        record = json.loads(old.text)
        if number == place:
            change(record)
        elif number > 0:
            record["prev"] = digest(made[-1].text.encode())
        data = canonical(record)
        made.append(Sealed(data.decode(), key().sign(data)))
    return made


def test_a_whole_journal_is_told_in_figures(core_app: Flask, tmp_path: Path) -> None:
    tell(30)

    report = walk(sealed(), public=key().public, tid="T-TEST-1", heads=valid_heads(tmp_path / "head.log"))

    told = records()
    assert report.fault is None
    assert (report.records, report.tid, report.epoch) == (30, "T-TEST-1", 0)
    assert report.totals.as_plain() == told[-1]["tot"]
    assert report.kinds["SALE"] == report.totals.sales
    assert report.keys == {"k1": key().public}
    assert report.newest_hash == digest(sealed()[-1].text.encode())
    assert report.root == root(leaf_hash(record.text.encode()) for record in sealed())
    assert (report.unsigned, report.outage_open) == ([], False)


def test_an_empty_journal_is_whole_unless_the_head_file_knows_better(core_app: Flask, tmp_path: Path) -> None:
    assert walk([]).fault is None

    tell(5)

    assert fault(walk([], heads=valid_heads(tmp_path / "head.log"))) == "cut@0"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda r: r.update(v=2), "envelope@3"),
        (lambda r: r.update(more=1), "envelope@3"),
        (lambda r: r.pop("hub"), "envelope@3"),
        (lambda r: r.update(seq="3"), "envelope@3"),
        (lambda r: r.update(ep=True), "envelope@3"),
        (lambda r: r.update(ts="2026-11-22T01:00:05Z"), "envelope@3"),
        (lambda r: r.update(ts="2026-11-22T08:00:05.000+07:00"), "envelope@3"),
        (lambda r: r.update(id="00000000-0000-4000-8000-000000000000"), "envelope@3"),
        (lambda r: r.update(kid="k2"), "key@3"),
        (lambda r: r.update(seq=4), "gap@3"),
        (lambda r: r.update(typ="GENESIS"), "genesis@3"),
        (lambda r: r.update(tid="T-TEST-2"), "terminal@3"),
        (lambda r: r.update(prev="0" * 64), "chain@3"),
        (lambda r: r.update(ep=1), "epoch@3"),
        (lambda r: r.update(typ="RESTORE"), "epoch@3"),
        (lambda r: r.update(typ="OUTAGE"), "outage@3"),
        (lambda r: r["tot"].update(n=99), "totals@3"),
        (lambda r: r["tot"].pop("n"), "totals@3"),
        (lambda r: r["body"].pop("total"), "totals@3"),
        (lambda r: r["body"].update(total="125000"), "totals@3"),
        (lambda r: r["body"].update(total=-1), "totals@3"),
        (lambda r: r.update(cat="0" * 64), "catalogue@3"),
        (lambda r: r["body"]["slips"].pop(), "slips@3"),
        (lambda r: r["body"]["slips"][0].update(i=2), "slips@3"),
        (lambda r: r["body"]["lines"][0].update(due=1), "slips@3"),
        (lambda r: r["body"]["lines"][0].update(due="1"), "slips@3"),
        (lambda r: r["body"].pop("lines"), "slips@3"),
    ],
)
def test_even_the_holder_of_the_key_cannot_write_what_does_not_add_up(
    core_app: Flask, change: Callable[[dict[str, Any]], None], named: str
) -> None:
    for n in range(1, 3):
        write(n=n)
    with transaction():
        lines = [{"n": 1, "own": "P01", "qty": 1000, "amt": 500, "due": 400}]
        write_record(Kind.SALE, {"lines": lines, "slips": write_slips(lines, 3), "total": 500}, by=None)
    write(n=4)
    assert walk(sealed()).fault is None

    found = fault(walk(remade(sealed(), 3, change)))

    assert found == named


def test_a_journal_remade_with_another_key_is_known_by_its_first_record(core_app: Flask) -> None:
    tell(5)
    real = key().public
    current_terminal().key = SigningKey.from_seed(b"other" + b"." * 27)
    forged = remade(sealed(), 0, lambda r: r["body"].update(pub=key().public))

    assert walk(forged).fault is None  # whole in itself
    assert fault(walk(forged, public=real)) == "key@0"


def test_a_journal_of_another_terminal_is_named(core_app: Flask) -> None:
    tell(3)

    assert fault(walk(sealed(), tid="T-OTHER")) == "terminal@0"


def test_a_journal_that_does_not_begin_with_its_beginning_is_named(core_app: Flask) -> None:
    tell(5)

    assert fault(walk(sealed()[2:])) == "gap@0"
    assert fault(walk(remade(sealed(), 0, lambda r: r.update(typ="VISITOR")))) == "genesis@0"
    assert fault(walk(remade(sealed(), 0, lambda r: r["body"].update(pub="c2hvcnQ=")))) == "key@0"


def test_a_key_handed_on_signs_what_follows_and_nothing_before(core_app: Flask) -> None:
    write(n=1)
    new = SigningKey.from_seed(b"n" * 32)
    write(Kind.KEY_ROTATE, kid="k2", pub=new.public)
    old, terminal = key(), current_terminal()
    terminal.key, terminal.known = new, None
    write(n=2)

    report = walk(sealed(), public=old.public)
    assert (report.fault, report.keys) == (None, {"k1": old.public, "k2": new.public})

    record = json.loads(sealed()[3].text)
    forged = canonical({**record, "kid": "k1"})
    assert fault(walk([*sealed()[:3], Sealed(forged.decode(), old.sign(forged))])) == "key@3"
    forged = canonical(record)
    assert fault(walk([*sealed()[:3], Sealed(forged.decode(), old.sign(forged))])) == "signature@3"


def test_records_without_signature_at_the_end_are_told_as_an_open_outage(core_app: Flask) -> None:
    write(n=1)
    terminal = current_terminal()
    terminal.key, terminal.key_path = None, None
    write(n=2)
    write(n=3)

    report = walk(sealed())

    assert (report.fault, report.unsigned, report.outage_open) == (None, [(2, 3)], True)


def test_an_outage_that_names_another_range_is_a_fault(core_app: Flask) -> None:
    write(n=1)
    terminal, right = current_terminal(), key()
    terminal.key = SigningKey.from_seed(b"?" * 32)
    write(n=2)
    terminal.key = right
    write(n=3)
    journal = sealed()
    assert walk(journal).unsigned == [(2, 2)]

    shifted = remade(journal, 3, lambda r: r["body"].update(first=1))
    dropped = remade(journal, 3, lambda r: r.update(typ="VISITOR"))

    assert fault(walk(shifted)) == "outage@3"
    assert fault(walk(dropped)) == "signature@2"


@pytest.mark.parametrize("kind", ["GENESIS", "OUTAGE", "KEY_ROTATE"])
def test_what_vouches_for_others_must_be_signed(core_app: Flask, kind: str) -> None:
    tell(4)
    journal = sealed() if kind == "GENESIS" else remade(sealed(), 3, lambda r: r.update(typ=kind))
    place = 0 if kind == "GENESIS" else 3
    journal[place] = Sealed(journal[place].text, None)

    assert fault(walk(journal)) == f"signature@{place}"


@pytest.mark.parametrize(
    "change",
    [
        "gross = gross + 1",
        "hash = upper(hash)",
        "typ = 'VOID'",
        "sales = 9",
        "cat = 'x'",
        "mono = 1",
        "boot = 'x'",
        "typ = 'X'",
        "ts = 'x'",
        "ep = 1",
    ],
)
def test_columns_that_no_longer_repeat_the_record_are_named(core_app: Flask, change: str) -> None:
    tell(8)
    with db.engine.begin() as past_the_shop:
        past_the_shop.execute(text("DROP TRIGGER journal_records_no_update"))
        past_the_shop.execute(text(f"UPDATE journal_records SET {change} WHERE seq = 5"))

    assert fault(walk(sealed_rows(db.session()))) == "columns@5"


def test_an_exported_journal_is_judged_as_the_one_in_the_database(core_app: Flask) -> None:
    tell(20)
    lines = list(export_lines(db.session()))

    whole = walk(read_export(lines), public=key().public)
    lines[7] = lines[7][:-20]

    assert (whole.fault, whole.records) == (None, 20)
    assert fault(walk(read_export(lines))) == "canonical@7"


def test_a_fault_says_in_words_what_is_wrong(core_app: Flask) -> None:
    tell(10)
    journal = sealed()
    del journal[6]

    found = walk(journal).fault

    assert found is not None
    assert str(found) == "gap@6"
    assert found.what == "record 6 is missing, 7 follows"


def test_totals_of_a_report_are_money(core_app: Flask) -> None:
    tell(30)

    assert isinstance(walk(sealed()).totals.gross, Money)
