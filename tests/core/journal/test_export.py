"""An exported journal: one JSON object a line, exactly the bytes that were signed, in order."""

from __future__ import annotations

import json

from flask import Flask
from sqlalchemy import select

from core.database import db, transaction
from core.journal.chain import JournalRecord, write_record
from core.journal.export import Sealed, export_lines, read_export
from core.journal.record import Kind
from core.journal.seal import current_terminal
from tests.core.journal.story import tell, write


def test_each_line_holds_the_record_and_its_signature_in_order(any_app: Flask) -> None:
    tell(20)
    stored = db.session.execute(select(JournalRecord.record, JournalRecord.sig).order_by(JournalRecord.seq)).all()

    lines = [json.loads(line) for line in export_lines(db.session())]

    assert [list(line) for line in lines] == [["b", "s"]] * 20
    assert [(line["b"], line["s"]) for line in lines] == [tuple(row) for row in stored]


def test_a_record_without_signature_says_so(core_app: Flask) -> None:
    write(n=1)
    current_terminal().key = current_terminal().key_path = None
    write(n=2)

    lines = list(export_lines(db.session()))

    assert lines[2].endswith('"s": null}')
    assert [record.signature is None for record in read_export(lines)] == [False, False, True]


def test_no_character_of_a_note_ends_a_line_for_anybody(core_app: Flask) -> None:
    note = "một\u2028hai\u2029ba\x85bốn\nnăm\x1csáu \\ “bảy” ₫"
    write(note=note)

    lines = list(export_lines(db.session()))

    assert "\n".join(lines).splitlines() == lines
    assert json.loads(json.loads(lines[1])["b"])["body"] == {"note": note}
    assert [record.text for record in read_export(lines)][1] == json.loads(lines[1])["b"]


def test_many_records_come_out_whole(core_app: Flask) -> None:
    with transaction():
        for n in range(1201):  # more than are read at once
            write_record(Kind.VISITOR, {"n": n}, by=None)

    numbers = [json.loads(record.text)["seq"] for record in read_export(export_lines(db.session()))]

    assert numbers == list(range(1202))


def test_a_line_that_is_no_record_is_kept_to_be_named() -> None:
    lines = ["", "{}", "[1]", '{"b": 1, "s": null}', '{"b": "x", "s": 1}', '{"b": "x", "s": null}']

    assert list(read_export(lines)) == [Sealed(line, None) for line in lines[:5]] + [Sealed("x", None)]
