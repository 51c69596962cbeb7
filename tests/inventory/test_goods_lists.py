"""Lists of goods as they come in from shops: seventeen shapes of the same products, read or refused row by row."""

from __future__ import annotations

from datetime import date

import pytest

from core.spreadsheet.reading import read_spreadsheet
from inventory.importing.goods_columns import NoHeadings, find_headings
from inventory.importing.goods_import_outcome import Standing, counts
from inventory.web.goods_rows import read_list
from tests.inventory.test_goods_import import look, sentences
from tests.shared_cases import shared, shared_json

# Rows of each collected file that can become goods, and the rows left out, where a price is 0 and a stock is in parts.
LISTS = {
    "bom_semicolon.csv": 39,
    "money_text.csv": 39,
    "tcvn3.csv": 39,
    "old_excel97.xls": 39,
    "kiotviet_layout.xlsx": 39,
    "wrong_order_extra.csv": 44,  # no stock in it
    "cut_off.csv": 38,
}


@pytest.mark.parametrize(("name", "entered"), LISTS.items())
def test_lists_in_every_shape_become_the_same_goods(shop, name, entered):
    expected = shared_json("cases/vitext/spreadsheets_expected.json", cases=48)["products"]
    sheet = read_spreadsheet(shared(f"cases/vitext/{name}").read_bytes(), name=name)

    outcomes = look(shop, sheet)

    good = [one for one in outcomes if one.standing is Standing.NEW]
    refused = {one.row for one in outcomes if one.standing is Standing.REFUSED}
    assert len(good) == entered
    assert {one.name.strip().lower() for one in good} <= {one["name"].strip().lower() for one in expected}
    assert len(good) + len(refused) == len(sheet.rows) - 1


def test_a_messy_list_says_of_each_odd_line_what_is_wrong(shop):
    sheet = read_spreadsheet(shared("cases/vitext/messy.csv", cases=10).read_bytes(), name="messy.csv")

    outcomes = {one.row: one for one in look(shop, sheet)}

    odd = {
        5: "not an amount",  # =1+1
        6: "begins like a formula",
        7: "begins like a formula",
        8: "not an amount",  # -5
        9: "not an amount",  # NaN
        10: "not an amount",  # 1e309
        14: "Row 13 has the same code",
        51: "looks like a total",
    }
    for row, says in odd.items():
        assert outcomes[row].standing is Standing.REFUSED
        assert says in sentences(outcomes[row])
    assert 15 not in outcomes  # the empty line
    assert outcomes[4].name == 'Tên có "ngoặc kép", dấu phẩy; chấm phẩy và xuống dòng'
    assert {row for row, one in outcomes.items() if one.standing is Standing.NEW} >= {2, 3, 11, 13, 16, 49}


def test_titles_and_merged_headings_are_found(shop):
    content = shared("cases/vitext/title_rows_merged.xlsx", cases=48).read_bytes()

    outcomes = look(shop, read_spreadsheet(content, name="x.xlsx"))

    assert outcomes[0].row == 6
    assert counts(outcomes)["new"] == 44
    assert "looks like a total" in sentences(outcomes[-1])


def test_a_list_without_headings_is_asked_for_them(shop):
    sheet = read_spreadsheet(shared("cases/vitext/no_header.csv").read_bytes(), name="x.csv")

    with pytest.raises(NoHeadings):
        look(shop, sheet)


def test_days_of_collected_lists_are_read_or_refused(shop):
    wanted = shared_json("cases/vitext/spreadsheets_expected.json", cases=10)["files"]["dates_and_numbers.xlsx"]
    sheet = read_spreadsheet(shared("cases/vitext/dates_and_numbers.xlsx").read_bytes(), name="x.xlsx")
    headings = find_headings(sheet)

    read = read_list(sheet, headings, headings.columns)

    days = {row.number: row.stock.best_before for row in read.rows}
    for number, expected in enumerate(wanted["expiry_expected"], start=2):
        if expected.startswith("2027"):
            assert days[number] == date(2027, 3, 15)
        else:
            assert days.get(number, "refused") == (None if expected == "none given" else "refused")
    assert {len(row.barcode) for row in read.rows if row.barcode} == {13}
