"""Which lots counted goods belong to."""

from dataclasses import dataclass
from datetime import date

import pytest

from core.quantity import NONE, Quantity
from inventory.counting.share_out import share_out


@dataclass(frozen=True)
class Lot:
    """What sharing out asks of a lot."""

    id: int
    sell_by: date | None
    received_on: date = date(2026, 10, 1)


EARLY, LATE, NEVER = Lot(1, date(2027, 1, 1)), Lot(2, date(2027, 6, 1)), Lot(3, None)
LATEST_TO_COME = Lot(4, date(2026, 12, 1), date(2026, 11, 1))


def of(**numbers):
    return {int(name[1:]): Quantity(number) for name, number in numbers.items()}


@pytest.mark.parametrize(
    ("lots", "book", "labelled", "loose", "counted"),
    [
        ([EARLY, LATE], of(l1=5, l2=5), {}, 10, of(l1=5, l2=5)),
        ([EARLY, LATE], of(l1=5, l2=5), {}, 8, of(l1=3, l2=5)),  # the first to expire is short
        ([EARLY, LATE], of(l1=5, l2=5), {}, 3, of(l1=0, l2=3)),
        ([EARLY, LATE, NEVER], of(l1=5, l2=5, l3=5), {}, 6, of(l1=0, l2=1, l3=5)),  # what never expires goes last
        ([EARLY, LATE], of(l1=5, l2=5), {}, 12, of(l1=5, l2=7)),  # both came on one day: the later lot
        ([EARLY, LATEST_TO_COME], of(l1=5, l4=5), {}, 12, of(l1=5, l4=7)),
        ([EARLY, LATE], of(l1=5, l2=5), of(l2=2), 6, of(l1=3, l2=5)),  # a label is sure, the rest fills up
        ([EARLY, LATE], of(l1=5, l2=5), of(l1=9), 0, of(l1=9, l2=0)),
        ([EARLY, LATE], of(l1=5, l2=5), of(l1=9), 5, of(l1=9, l2=5)),
        ([EARLY, LATE], of(l1=-2, l2=5), {}, 3, of(l1=0, l2=3)),  # sold below the book
        ([EARLY, LATE], of(l1=-2, l2=-1), {}, 0, of(l1=0, l2=0)),
        ([EARLY], {}, {}, 4, of(l1=4)),
    ],
)
def test_counted_goods_are_shared_out(lots, book, labelled, loose, counted):
    found = share_out(lots, book, labelled, Quantity(loose))

    assert found == counted
    assert sum(found.values(), NONE) == Quantity(loose) + sum(labelled.values(), NONE)
