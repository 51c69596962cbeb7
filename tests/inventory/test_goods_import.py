"""A list of goods becomes goods: what each row enters, what it leaves out and why, and that twice is once."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from core.database import db, transaction
from core.journal.chain import JournalRecord
from core.money import Money
from core.quantity import Quantity, Unit
from core.spreadsheet.reading import read_spreadsheet
from core.spreadsheet.sheet import Cell, CellKind, Sheet, SheetRow
from inventory.catalogue.certificate import stars_on
from inventory.catalogue.price import price_on
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from inventory.catalogue.product_number import numbers_of
from inventory.catalogue.tax import tax_class_on
from inventory.importing.goods_columns import column_called, find_headings
from inventory.importing.goods_import import enter_goods, try_out
from inventory.importing.goods_import_outcome import Outcome, Standing, as_text, counts, from_text
from inventory.importing.goods_row import Choices
from inventory.lot import TermsKind
from inventory.receiving.receipt_table import GoodsReceipt
from inventory.stock_level import on_hand_by_product
from inventory.web.goods_rows import read_list
from inventory.web.goods_template import goods_template

TODAY = date(2026, 11, 22)
HEADINGS = (
    "Tên sản phẩm;Chủ thể;Quy cách;ĐVT;Giá bán;Mã vạch;Phân nhóm;Số sao;Số quyết định;Ngày quyết định;Cơ quan cấp;"
    "Số lượng;Hình thức nhập;Giá nhập;Hoa hồng;HSD;Số lô"
)
HONEY = (
    "Mật ong rừng;HTX Quảng Lạc;hũ 500 g;Hũ;180k;8930000000019;;4;12/QĐ-UBND;15/03/2026;UBND tỉnh Lạng Sơn;"
    "24;Ký gửi;;15;15/9/2027;L01"
)
CHOSEN = Choices(tax_class="standard_reduced", group="I.2.b", terms=TermsKind.COMMISSION, commission=1500)


def sheet_of(*lines: str) -> Sheet:
    """A list as it stands in a CSV."""
    rows = [SheetRow(n, tuple(Cell(text) for text in line.split(";"))) for n, line in enumerate(lines, start=1)]
    return Sheet(tuple(rows))


def look(shop, sheet: Sheet, choices: Choices = CHOSEN) -> list[Outcome]:
    """What entering a list would do."""
    headings = find_headings(sheet)
    read = read_list(sheet, headings, headings.columns)
    with transaction():
        tried = try_out(read.rows, choices, prefix="2")
    return sorted([*tried, *read.refused], key=lambda one: one.row)


def enter(shop, sheet: Sheet, choices: Choices = CHOSEN) -> list[Outcome]:
    """Enter what of a list is not refused."""
    headings = find_headings(sheet)
    read = read_list(sheet, headings, headings.columns)
    refused = {one.row for one in look(shop, sheet, choices) if one.standing is Standing.REFUSED}
    with transaction():
        return enter_goods([one for one in read.rows if one.number not in refused], choices, prefix="2", by=shop.by)


def product(name: str) -> Product:
    return db.session.scalars(select(Product).where(Product.name == name)).one()


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table))


def sentences(outcome: Outcome) -> str:
    return " ".join(said.sentence(str) for said in [*outcome.did, *outcome.notes])


def test_a_row_becomes_a_product_that_sells(shop):
    enter(shop, sheet_of(HEADINGS, HONEY))

    honey = product("Mật ong rừng")
    assert (honey.pack, honey.unit, honey.unit_label, honey.group_code) == ("hũ 500 g", Unit.PIECE, "hũ", "I.2.b")
    assert honey.producer.form == "cooperative"
    assert price_on(honey, TODAY) == Money(180_000)
    assert [one.shown for one in numbers_of(honey)] == ["8930000000019"]
    assert (stars_on(honey, TODAY), tax_class_on(honey, TODAY)) == (4, "farm")
    assert on_hand_by_product([honey.id]) == {honey.id: Quantity.of(24)}
    receipt = db.session.scalars(select(GoodsReceipt)).one()
    assert (receipt.lots[0].commission, receipt.lots[0].producer_lot) == (1500, "L01")
    assert receipt.lots[0].best_before == date(2027, 9, 15)


def test_trying_a_list_out_changes_nothing(shop):
    before = count(JournalRecord)

    assert counts(look(shop, sheet_of(HEADINGS, HONEY)))["new"] == 1

    assert (count(JournalRecord), count(Product), count(Producer), count(GoodsReceipt)) == (before, 0, 0, 0)


def test_a_list_entered_twice_changes_nothing_and_says_so(shop):
    other_lot = HONEY.replace("15/9/2027;L01", "1/1/2028;L02").replace(";24;", ";6;")
    enter(shop, sheet_of(HEADINGS, HONEY, other_lot))
    before = count(JournalRecord)

    again = enter(shop, sheet_of(HEADINGS, HONEY, other_lot))

    assert [one.standing for one in again] == [Standing.SAME, Standing.SAME]
    assert count(JournalRecord) == before
    assert "in the book already" in sentences(again[0])
    assert on_hand_by_product([product("Mật ong rừng").id]).popitem()[1] == Quantity.of(30)


def test_another_price_is_a_change_from_today(shop):
    enter(shop, sheet_of(HEADINGS, HONEY))

    changed = enter(shop, sheet_of(HEADINGS, HONEY.replace("180k", "195.000")))

    assert [one.standing for one in changed] == [Standing.CHANGED]
    assert price_on(product("Mật ong rừng"), TODAY) == Money(195_000)


def test_goods_without_a_paper_come_in_without_stock_and_the_preview_says_which_paper(shop):
    no_paper = HONEY.replace(";4;12/QĐ-UBND;15/03/2026;UBND tỉnh Lạng Sơn;", ";4;;;;")

    (outcome,) = enter(shop, sheet_of(HEADINGS, no_paper))

    assert outcome.standing is Standing.NEW
    assert "The stars are not taken over" in sentences(outcome)
    assert "has no OCOP certificate and no other basis" in sentences(outcome)
    assert "Its stock is not taken in until that paper is there" in sentences(outcome)
    assert count(GoodsReceipt) == 0
    enter(shop, sheet_of(HEADINGS, HONEY))  # the same list, once the paper is there
    assert on_hand_by_product([product("Mật ong rừng").id]).popitem()[1] == Quantity.of(24)


def test_a_producer_nobody_knows_yet_has_one_row_and_owns_no_consigned_goods(shop):
    lines = [HONEY.replace("HTX Quảng Lạc", maker) for maker in ("", "chưa rõ")]
    lines[1] = lines[1].replace("Mật ong rừng", "Chè dây").replace("8930000000019", "")

    outcomes = enter(shop, sheet_of(HEADINGS, *lines))

    assert count(Producer) == 1
    assert all("names none" in sentences(one) for one in outcomes)


@pytest.mark.parametrize(
    ("changed", "to", "says"),
    [
        ("180k", "-5", "not an amount"),
        ("180k", "NaN", "not an amount"),
        ("180k", "1e309", "not an amount"),
        ("180k", "50", "Does “50” mean"),
        ("180k", "0", "must be more than 0"),
        ("Mật ong rừng", "=1+1", "begins like a formula"),
        ("8930000000019", "8930000000018", "check digit"),
        ("8930000000019", "8.93E+12", "shortened this barcode"),
        (";24;", ";2,5;", "sold by the piece"),
        ("15/9/2027", "30/02/2027", "is not a day"),
        ("15/9/2027", "03/2027", "is not a day"),
        ("15/9/2027", "tháng 3/2027", "is not a day"),
        (";4;12", ";7;12", "whole number from 0 to 5"),
        ("Ký gửi", "mượn", "not one of the choices"),
    ],
)
def test_a_cell_that_cannot_be_read_refuses_its_row_and_names_its_column(shop, changed, to, says):
    assert changed in HONEY

    (outcome,) = look(shop, sheet_of(HEADINGS, HONEY.replace(changed, to)))

    assert outcome.standing is Standing.REFUSED
    assert says in sentences(outcome)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (Cell("2027-03-15", CellKind.DAY), date(2027, 3, 15)),
        (Cell("15/03/2027"), date(2027, 3, 15)),
        (Cell("2027-03-15"), date(2027, 3, 15)),
        (Cell("15.3.27"), date(2027, 3, 15)),
        (Cell("46461", CellKind.NUMBER), date(2027, 3, 15)),
        (Cell(""), None),
        (Cell("46461"), "refused"),  # typed as text it is no day that a spreadsheet counted
        (Cell("12/13/2027"), "refused"),
    ],
)
def test_days_are_read_in_the_shapes_spreadsheets_give_them(shop, cell, day):
    rows = (SheetRow(1, (Cell("Tên"), Cell("HSD"))), SheetRow(2, (Cell("Mứt"), cell)))
    read = read_list(Sheet(rows), find_headings(Sheet(rows)), ("name", "best_before"))

    assert [row.stock.best_before for row in read.rows] == ([] if day == "refused" else [day])


@pytest.mark.parametrize(
    ("cell", "digits"),
    [
        (Cell("12345670", CellKind.NUMBER), "12345670"),
        (Cell("36000291452", CellKind.NUMBER), "036000291452"),  # UPC-A without its zero
        (Cell("1234566", CellKind.NUMBER), None),  # wrong with a zero in front, too
        (Cell("36000291452"), None),  # text keeps its zeros: this one never had any
        (Cell("893 0000 000019"), "8930000000019"),
        (Cell("8.93E+12", CellKind.NUMBER), None),
    ],
)
def test_zeros_that_a_spreadsheet_dropped_are_put_back_only_where_the_check_digit_proves_them(shop, cell, digits):
    rows = (SheetRow(1, (Cell("Tên"), Cell("Mã vạch"))), SheetRow(2, (Cell("Mứt"), cell)))
    read = read_list(Sheet(rows), find_headings(Sheet(rows)), ("name", "number"))

    assert [row.barcode for row in read.rows] == ([digits] if digits else [])


def test_goods_by_weight_are_sold_in_parts(shop):
    fresh = "Na dai;HTX Quảng Lạc;;Kg;45k;;I.1.a;3;QĐ 9;1/8/2026;UBND tỉnh Lạng Sơn;12,5;mua đứt;30.000;;;"

    enter(shop, sheet_of(HEADINGS, fresh))

    apples = product("Na dai")
    assert (apples.unit, tax_class_on(apples, TODAY)) == (Unit.KILOGRAM, "farm")
    assert on_hand_by_product([apples.id]) == {apples.id: Quantity.of("12,5", Unit.KILOGRAM)}


def test_the_same_goods_twice_in_a_list_are_refused_by_row(shop):
    same_number = HONEY.replace("Mật ong rừng", "Chè dây")

    outcomes = look(shop, sheet_of(HEADINGS, HONEY, HONEY, same_number))

    assert [one.standing.value for one in outcomes] == ["new", "refused", "refused"]
    assert "Row 2 already names" in sentences(outcomes[1])
    assert "belongs to Mật ong rừng" in sentences(outcomes[2])


def test_one_refused_row_leaves_nothing_of_itself_behind(shop):
    other = HONEY.replace("Mật ong rừng", "Chè dây").replace("HTX Quảng Lạc", "HTX Khác")  # the barcode is taken

    enter(shop, sheet_of(HEADINGS, HONEY, other))

    assert [one.name for one in db.session.scalars(select(Producer))] == ["HTX Quảng Lạc"]


@pytest.mark.parametrize(
    ("name", "group"),
    [("Rượu ngô Bản Phố", "II.1.a"), ("Thịt trâu khô", "I.3.d"), ("Mật ong bạc hà", "I.2.b"), ("Lục bình", None)],
)
def test_a_name_hints_at_its_group_and_the_preview_says_so(shop, name, group):
    line = f"{name};HTX A;;gói;50k;;;;;;;;;;;;"

    (outcome,) = look(shop, sheet_of(HEADINGS, line), Choices(tax_class="standard_reduced"))

    if group is None:
        assert "No product group is named" in sentences(outcome)
    else:
        assert f"Group by its name or the choice above: {group}" in sentences(outcome)


def test_the_template_is_read_back_and_its_examples_are_never_entered(shop):
    for language in ("vi", "en"):
        sheet = read_spreadsheet(goods_template(language), name="t.xlsx")

        assert None not in find_headings(sheet).columns
        assert {one.standing for one in look(shop, sheet)} == {Standing.REFUSED}
        assert "example row" in sentences(look(shop, sheet)[0])


def test_headings_are_understood_whatever_their_marks_and_brackets():
    assert column_called(" GIÁ BÁN (VNĐ)") == "price"
    assert column_called("don gia") == "price"
    assert column_called("Ghi chú") is None


def test_outcomes_are_kept_and_read_back(shop):
    outcomes = look(shop, sheet_of(HEADINGS, HONEY, HONEY.replace("180k", "x")))

    assert from_text(as_text(outcomes)) == outcomes
