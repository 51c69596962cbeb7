"""VAT: classes of goods and the rate of each by the seller's method and day.

A class belongs to the product; the rate follows from it, from how the point pays its tax, and from the day.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date, timedelta

from config.reference.table import UnknownReference, day_or_none, holds_on, read_table, with_code


@dataclass(frozen=True)
class TaxClass:
    """A class of goods in the eyes of VAT."""

    code: str
    vi: str
    en: str
    source: str

    def name(self, language: str) -> str:
        """Its name in a language of the screen."""
        return self.en if language == "en" else self.vi


@dataclass(frozen=True)
class TaxRate:
    """A rate in force between two days.

    `code` is what papers write: 8, 10, 5, 0, KCT (not subject); TT where the seller pays on turnover and NKT where
    he is below the threshold: these two show no tax on the receipt.
    """

    tax_class: str
    method: str
    code: str
    percent: int
    first_day: date | None
    last_day: date | None
    source: str

    @property
    def shown(self) -> bool:
        """Whether the receipt separates this tax from the price."""
        return self.method == "deduction"


@functools.cache
def tax_classes() -> tuple[TaxClass, ...]:
    """Every class, the most usual first."""
    return tuple(TaxClass(**row) for row in read_table("tax_classes"))


def tax_class(code: str) -> TaxClass:
    """The class of a code such as farm; an unknown one raises UnknownReference."""
    return with_code("tax_classes", tax_classes(), code)


@functools.cache
def all_rates() -> tuple[TaxRate, ...]:
    """Every rate that was, is or is decided to be."""
    return tuple(
        TaxRate(
            tax_class=row["tax_class"],
            method=row["method"],
            code=row["code"],
            percent=int(row["percent"]),
            first_day=day_or_none(row["first_day"]),
            last_day=day_or_none(row["last_day"]),
            source=row["source"],
        )
        for row in read_table("tax_rates")
    )


@dataclass(frozen=True)
class RateChange:
    """A class whose rate is another one from a day on, as far as the law is known."""

    tax_class: TaxClass
    before: TaxRate
    after: TaxRate


def changes_after(day: date, method: str) -> tuple[RateChange, ...]:
    """What is decided for later days, for a seller who pays by a method; the soonest first."""
    begun = [rate for rate in all_rates() if rate.method == method and rate.first_day and rate.first_day > day]
    return tuple(
        RateChange(tax_class(rate.tax_class), rate_on(rate.tax_class, rate.first_day - timedelta(days=1), method), rate)
        for rate in sorted(begun, key=lambda rate: rate.first_day or day)
        if rate.first_day is not None
    )


def rate_on(tax_class: str, day: date, method: str) -> TaxRate:
    """The rate of a class on a day, for a seller who pays by a method of `shop.tax_method`."""
    for rate in all_rates():
        if rate.tax_class == tax_class and rate.method == method and holds_on(rate, day):
            return rate
    raise UnknownReference("tax_rates", f"{tax_class}, {method}, {day}")
