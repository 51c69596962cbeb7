"""What a value of the trade becomes in a spreadsheet that somebody takes away."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from core.money import Money
from core.quantity import Quantity, Unit
from core.spreadsheet.reading import read_spreadsheet
from core.web.list_file import list_file, same_page_as, wants_file

VALUES = [
    (Money(35_000), "35000"),
    (Quantity.of("0,85", Unit.KILOGRAM), "0,85"),
    (date(2026, 11, 22), "22/11/2026"),
    (datetime(2026, 11, 21, 18, 30, tzinfo=UTC), "22/11/2026 01:30"),
    (True, "x"),
    (None, ""),
    (7, "7"),
    ("=1+1", "'=1+1"),
    ("0012", "0012"),
]


@pytest.fixture
def a_list() -> Flask:
    app = Flask(__name__)
    app.add_url_rule("/list/<kind>", "list", lambda kind: "")
    return app


@pytest.mark.parametrize(("value", "written"), VALUES)
def test_a_cell_is_written_as_people_read_it(a_list, value, written):
    with a_list.test_request_context("/list/a?as=csv"):
        answer = list_file("mật-ong", "Products", [("Product", lambda row: row)], [value])

    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert rows == [["Sản phẩm"], [written]]


def test_the_spreadsheet_reads_back_what_was_written(a_list):
    with a_list.test_request_context("/list/a?as=xlsx"):
        answer = list_file("mật-ong", "Products", [("Product", lambda row: row)], ["=1+1", "0012", Money(35_000)])

    sheet = read_spreadsheet(answer.get_data(), name="x.xlsx")
    assert [row.cells[0].text for row in sheet.rows] == ["Sản phẩm", "=1+1", "0012", "35000"]
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="mat-ong.xlsx"; filename*=UTF-8')


@pytest.mark.parametrize(("asked", "wanted"), [("?as=csv", True), ("?as=pdf", False), ("", False)])
def test_only_known_kinds_of_file_are_given(a_list, asked, wanted):
    with a_list.test_request_context(f"/list/a{asked}"):
        assert wants_file() is wanted


def test_the_link_keeps_what_is_chosen_on_the_page(a_list):
    with a_list.test_request_context("/list/a?text=tr%C3%A0&as=csv"):
        assert same_page_as("xlsx") == "/list/a?text=tr%C3%A0&as=xlsx"
