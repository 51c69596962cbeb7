"""Product groups, eligibility bases, legal forms, tax rates, banks: complete, dated and readable."""

from __future__ import annotations

import csv
import re
import unicodedata
from datetime import date, timedelta

import pytest

from config.reference import banks, bases, forms, groups, tax_rates
from config.reference.table import FOLDER, UnknownReference, in_force
from core.vietqr import read_vietqr
from tests.shared_cases import shared, vector

TODAY = date(2026, 11, 22)
METHODS = ("deduction", "household", "below_threshold")


def test_there_are_six_groups_and_26_leaves():
    leaves = groups.leaf_groups(TODAY)

    assert len(leaves) == 26
    assert [group.code for group in groups.all_groups() if "." not in group.code] == ["I", "II", "III", "IV", "V", "VI"]
    assert {leaf.top for leaf in leaves} == {"I", "II", "III", "IV", "V", "VI"}
    assert all(leaf.ministries for leaf in leaves)


def test_every_group_stands_under_one_that_exists():
    codes = [group.code for group in groups.all_groups()]

    assert len(codes) == len(set(codes))
    assert {code.rpartition(".")[0] for code in codes} <= {*codes, ""}


def test_liquor_asks_for_a_licence_and_nothing_else_does():
    asking = {group.code: group.licence for group in groups.all_groups() if group.licence}

    assert asking == {"II.1.a": "liquor_retail", "II.1.b": "liquor_retail"}
    assert bases.licence_kind("liquor_retail").source == "NĐ 105/2017/NĐ-CP, Điều 4"


def test_services_are_no_goods():
    assert {group.top for group in groups.all_groups() if not group.goods} == {"VI"}


def test_the_coding_of_2019_is_kept_beside_that_of_2023():
    new = {old.code: old.new_codes for old in groups.old_groups()}

    assert len(new) == 6
    assert all(groups.product_group(code).is_leaf for codes in new.values() for code in codes)
    assert {*new["T4"], *new["T5"]} == {"IV.1", "IV.2"}  # cloth and souvenirs became handicrafts
    assert groups.product_group("V.1").old_code == ""  # ornamental plants are new
    assert groups.old_group("T3").name("en") == "Medicinal plants"
    assert groups.leaf_groups(date(2023, 2, 23)) == ()
    assert len(in_force(groups.old_groups(), date(2023, 2, 23))) == 6
    assert in_force(groups.old_groups(), date(2023, 2, 24)) == ()


def test_every_group_of_the_collected_products_is_known():
    path = shared("data/ocop_products.csv", cases=148)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code, _, name = row["group"].partition(" ")
            assert groups.product_group(code).vi == name


def test_every_legal_form_of_the_collected_products_is_known():
    path = shared("data/ocop_products.csv", cases=148)
    with path.open(encoding="utf-8", newline="") as file:
        written = {row["producer_form"] for row in csv.DictReader(file)} - {""}

    assert {form for form in written if forms.form_written_as(form) is None} == set()


def test_a_form_is_known_by_what_people_write():
    assert forms.form_written_as(" htx ").code == "cooperative"
    assert forms.form_written_as("Công ty TNHH").code == "company_limited"
    assert forms.form_written_as("hội") is None
    assert forms.subject_form("farm").name("vi") == "Trang trại"
    assert forms.subject_form("farm").name("en") == "Farm"


def test_no_word_means_two_forms():
    words = [word.casefold() for form in forms.subject_forms() for word in {form.vi, *form.also}]

    assert [word for word in words if words.count(word) > 1 and word != "hợp tác xã"] == []


def test_every_basis_says_which_paper_proves_it_and_who_gives_it():
    for basis in bases.bases_on(TODAY):
        for language in ("vi", "en"):
            assert basis.name(language)
            assert basis.evidence(language)
            assert basis.issued_by(language)
        assert "QĐ" in basis.source


def test_the_bases_are_those_of_the_decisions():
    codes = [basis.code for basis in bases.bases_on(TODAY)]

    assert codes == ["ocop", "ocop_plan", "key_product", "rural_industry", "rural_farm", "local_speciality"]
    assert [basis.code for basis in bases.all_bases() if basis.proved_by_certificate] == ["ocop"]
    assert "rural_farm" not in [basis.code for basis in bases.bases_on(date(2023, 4, 17))]  # came with QĐ 950
    assert bases.basis("local_speciality").dated is False


@pytest.mark.parametrize("row", vector("vat_inclusive")["rates_by_date"], ids=lambda row: row.get("until", "open"))
def test_the_reduced_rate_is_that_of_the_day(row):
    for day in (row.get("from"), row.get("until")):
        if day:
            rate = tax_rates.rate_on("standard_reduced", date.fromisoformat(day), "deduction")
            assert (rate.code, rate.percent) == (str(row["rate"]), row["rate"])


@pytest.mark.parametrize(
    ("tax_class", "day", "code", "percent"),
    [
        ("standard_reduced", date(2026, 12, 31), "8", 8),
        ("standard_reduced", date(2027, 1, 1), "10", 10),
        ("standard_reduced", date(2023, 3, 1), "10", 10),  # no reduction in the first half of 2023
        ("excise", TODAY, "10", 10),
        ("standard", TODAY, "10", 10),
        ("farm", TODAY, "5", 5),
        ("exempt", TODAY, "KCT", 0),
        ("zero", TODAY, "0", 0),
    ],
)
def test_a_class_has_its_rate(tax_class, day, code, percent):
    rate = tax_rates.rate_on(tax_class, day, "deduction")

    assert (rate.code, rate.percent, rate.shown) == (code, percent, True)


@pytest.mark.parametrize(("method", "code"), [("household", "TT"), ("below_threshold", "NKT")])
def test_who_pays_on_turnover_or_not_at_all_shows_no_tax(method, code):
    rate = tax_rates.rate_on("standard_reduced", TODAY, method)

    assert (rate.code, rate.percent, rate.shown) == (code, 0, False)


def test_each_class_has_exactly_one_rate_on_every_day():
    turns = {row.first_day for row in tax_rates.all_rates() if row.first_day} | {TODAY, date(2000, 1, 1)}
    for day in sorted(turns | {turn - timedelta(days=1) for turn in turns}):
        for kind in tax_rates.tax_classes():
            for method in METHODS:
                fitting = [
                    rate
                    for rate in in_force(tax_rates.all_rates(), day)
                    if (rate.tax_class, rate.method) == (kind.code, method)
                ]
                assert fitting == [tax_rates.rate_on(kind.code, day, method)]


def test_the_banks_of_published_codes_are_known():
    cases = [case for case in vector("vietqr")["valid"] if "bin" in case["fields"]]

    for case in cases:
        assert banks.bank(read_vietqr(case["payload"]).bank_bin).short_name
    assert banks.bank("970436").short_name == "Vietcombank"
    assert banks.bank("970405").sends


def test_a_bank_has_one_bin_of_six_digits():
    bins = [bank.bin for bank in banks.banks()]

    assert len(bins) == len(set(bins)) == 58
    assert all(re.fullmatch(r"[0-9]{6}", bin_) for bin_ in bins)


@pytest.mark.parametrize(
    "look_up",
    [
        lambda: groups.product_group("I.9"),
        lambda: groups.old_group("I"),
        lambda: bases.basis("nice"),
        lambda: bases.licence_kind("nice"),
        lambda: forms.subject_form("nice"),
        lambda: tax_rates.tax_class("nice"),
        lambda: tax_rates.rate_on("farm", TODAY, "nice"),
        lambda: banks.bank("000000"),
    ],
)
def test_an_unknown_code_is_named(look_up):
    with pytest.raises(UnknownReference, match=r"has no “"):
        look_up()


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.csv")), ids=lambda path: path.stem)
def test_a_table_is_clean_text_of_one_width(path):
    text = path.read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines()))

    assert text == unicodedata.normalize("NFC", text)
    assert {len(row) for row in rows} == {len(rows[0])}
    assert [cell for row in rows for cell in row if cell != " ".join(cell.split())] == []
    assert path.stat().st_size < 1_000_000
    assert f"`{path.name}`" in (FOLDER / "README.md").read_text(encoding="utf-8")
