"""How right the book is: of the lots counted in each month, how many were as the book had them, and what was wrong."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import select

from core.database import db
from core.money import ZERO, Money, divide_half_away
from core.quantity import NONE, Quantity
from inventory.catalogue.price import prices_for
from inventory.counting.stock_count_table import StockCount, StockCountLine
from inventory.lot import Lot

_WHOLE = Fraction(10_000)


@dataclass(frozen=True, slots=True)
class Month:
    """The stocktakes posted in one month; values at the selling prices of the day each was posted."""

    year: int
    month: int
    counts: int
    lots: int
    right: int
    missing: Money
    found: Money

    @property
    def name(self) -> str:
        """As it stands in a table."""
        return f"{self.month:02d}/{self.year}"

    @property
    def share(self) -> int:
        """Lots as the book had them, in hundredths of a percent."""
        return divide_half_away(self.right * int(_WHOLE), self.lots) if self.lots else int(_WHOLE)


Row = tuple[int, date, int, Quantity, Quantity]


def accuracy_by_month(first: date, last: date) -> list[Month]:
    """Every month with a stocktake between two days, the newest first."""
    rows = db.session.execute(
        select(StockCount.number, StockCount.day, Lot.product_id, StockCountLine.book, StockCountLine.counted)
        .join(StockCountLine, StockCountLine.record_seq == StockCount.record_seq)
        .join(Lot, Lot.id == StockCountLine.lot_id)
        .where(StockCount.day.between(first, last))
    )
    by_month: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for number, day, product_id, book, counted in rows:
        by_month[day.year, day.month].append((number, day, product_id, book, counted))
    return [_month(year, month, by_month[year, month]) for year, month in sorted(by_month, reverse=True)]


def _month(year: int, month: int, rows: Iterable[Row]) -> Month:
    numbers, lots, right = set(), 0, 0
    wrong: dict[date, list[tuple[int, Quantity]]] = defaultdict(list)
    for number, day, product_id, book, counted in rows:
        numbers.add(number)
        lots += 1
        right += book == counted
        if book != counted:
            wrong[day].append((product_id, counted - book))
    values = [value for day, found in wrong.items() for value in _values(day, found)]
    missing = sum((-value for value in values if value < ZERO), ZERO)
    return Month(
        year, month, len(numbers), lots, right, missing, sum((value for value in values if value > ZERO), ZERO)
    )


def _values(day: date, differences: list[tuple[int, Quantity]]) -> list[Money]:
    """What each product's difference of a day is worth; lots of one product answer each other."""
    prices = prices_for({product_id for product_id, _ in differences}, day)
    sums: dict[int, Quantity] = defaultdict(lambda: NONE)
    for product_id, difference in differences:
        sums[product_id] += difference
    return [prices.get(product_id, ZERO).times(difference) for product_id, difference in sums.items()]
