"""Every class of goods by every way of paying the tax, on the first and the last day of each stretch."""

from __future__ import annotations

from datetime import date

import pytest

from config.reference.table import UnknownReference
from config.reference.tax_rates import all_rates, changes_after, rate_on, tax_classes
from config.reference.turnover_thresholds import threshold_of

NEW_YEARS_EVE, NEW_YEAR = date(2026, 12, 31), date(2027, 1, 1)

# (class, method): the code before and after midnight of the year's end.
EXPECTED = {
    ("standard_reduced", "deduction"): ("8", "10"),  # NQ 204/2025/QH15 ends
    ("standard", "deduction"): ("10", "10"),
    ("excise", "deduction"): ("10", "10"),  # liquor was never reduced
    ("farm", "deduction"): ("5", "5"),
    ("own_farm", "deduction"): ("KCT", "KCT"),
    ("exempt", "deduction"): ("KCT", "KCT"),
    ("zero", "deduction"): ("0", "0"),
    **{(kind.code, "household"): ("TT", "TT") for kind in tax_classes()},
    **{(kind.code, "below_threshold"): ("NKT", "NKT") for kind in tax_classes()},
}
PERCENT = {"8": 8, "10": 10, "5": 5, "0": 0, "KCT": 0, "TT": 0, "NKT": 0}


def test_the_table_below_knows_every_class_and_method():
    assert set(EXPECTED) == {(rate.tax_class, rate.method) for rate in all_rates()}


@pytest.mark.parametrize(("tax_class", "method"), EXPECTED)
def test_a_class_has_its_rate_before_and_after_the_turn_of_the_year(tax_class, method):
    last, first = (rate_on(tax_class, day, method) for day in (NEW_YEARS_EVE, NEW_YEAR))

    assert (last.code, first.code) == EXPECTED[tax_class, method]
    assert [rate.percent for rate in (last, first)] == [PERCENT[last.code], PERCENT[first.code]]
    assert last.shown == first.shown == (method == "deduction")


@pytest.mark.parametrize(
    ("day", "percent"),
    [
        (date(2022, 1, 31), 10),
        (date(2022, 2, 1), 8),  # NQ 43/2022/QH15
        (date(2022, 12, 31), 8),
        (date(2023, 1, 1), 10),
        (date(2023, 6, 30), 10),
        (date(2023, 7, 1), 8),  # NQ 101/2023/QH15 and its followers
        (date(2025, 6, 30), 8),
        (date(2025, 7, 1), 8),  # NQ 204/2025/QH15
        (date(2026, 12, 31), 8),
        (date(2027, 1, 1), 10),
        (date(2099, 12, 31), 10),
    ],
)
def test_the_reduced_class_on_the_first_and_the_last_day_of_each_stretch(day, percent):
    assert rate_on("standard_reduced", day, "deduction").percent == percent


def test_every_rate_names_its_law():
    assert all(rate.source for rate in all_rates())


def test_what_changes_next_is_known_beforehand():
    (change,) = changes_after(date(2026, 11, 20), "deduction")

    assert (change.tax_class.code, change.before.code, change.after.code) == ("standard_reduced", "8", "10")
    assert change.after.first_day == NEW_YEAR
    assert changes_after(NEW_YEAR, "deduction") == ()
    assert changes_after(date(2026, 11, 20), "household") == ()


@pytest.mark.parametrize(("year", "dong"), [(2025, 100_000_000), (2026, 1_000_000_000), (2030, 1_000_000_000)])
def test_the_threshold_is_that_of_the_year(year, dong):
    threshold = threshold_of(year)

    assert threshold.amount == dong
    assert threshold.source


def test_a_method_that_nobody_pays_by_has_no_rate():
    with pytest.raises(UnknownReference):
        rate_on("farm", NEW_YEAR, "lump_sum")
