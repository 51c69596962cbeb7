"""Producer by producer over some days: received, sold, brought back, given back, lost, left, and the money due.

A line is one product, because pieces and kilograms never share a sum; consigned and bought goods of it stand apart.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from core.i18n import gettext, written_day
from core.journal.past_day import records_between, records_until
from core.listing import Heading, Line, Listing, Written, or_nothing
from core.money import ZERO, Money
from core.text import sort_key
from inventory.catalogue.as_recorded import ProductThen, products_as_of
from inventory.ledger.flow import Flow, flows
from inventory.ledger.stock_ledger import DaysInWrongOrder
from inventory.ledger.stock_on_day import lots_of, need_past
from pos.inspection.shelf_list import PRODUCT_PAGE
from pos.inspection.sold_of_lots import SoldOf, sold_of_lots


@dataclass(slots=True)
class _Sum:
    """What became of one producer's product, consigned or bought."""

    then: ProductThen
    consigned: bool
    before: Flow = field(default_factory=Flow)
    during: Flow = field(default_factory=Flow)
    sold: SoldOf = field(default_factory=SoldOf)


def producer_list(first: date, last: date) -> Listing:
    """The account of every producer whose goods lay in the shop or moved on these days, both included."""
    need_past(last)
    if last < first:
        raise DaysInWrongOrder(first=first, last=last)
    sums = sorted(_sums(first, last), key=_order)
    due = sum((one.sold.due + one.sold.claimed for one in sums), ZERO)
    return Listing(
        "producers",
        gettext("Producers over these days"),
        _headings(),
        tuple(_line(one, last) for one in sums),
        said=gettext(
            "From %(first)s to %(last)s. Due to producers from these days: %(due)s.",
            first=written_day(first), last=written_day(last), due=due,
        ),
        totals=_totals(sums),
        notes=(
            gettext("Due: what the producer's part of sales came to, goods brought back taken off, "
                    "and what the shop owes for lost goods."),
        ),
        empty=gettext("Nothing lay in the shop and nothing moved on these days."),
        answer=due,
    )  # fmt: skip


def _sums(first: date, last: date) -> Iterable[_Sum]:
    during, until = records_between(first, last), records_until(last)
    before, moved, sold = flows(records_until(first - timedelta(days=1))), flows(during), sold_of_lots(during)
    lots = lots_of(before.keys() | moved.keys() | sold.keys())
    then = products_as_of({lot.product for lot in lots}, until)
    found: dict[tuple[int, bool], _Sum] = {}
    for lot in lots:
        consigned = lot.owner_id is not None
        one = found.setdefault((lot.product_id, consigned), _Sum(then[lot.product_id], consigned))
        one.before += before.get(lot.id, Flow())
        one.during += moved.get(lot.id, Flow())
        one.sold += sold.get(lot.id, SoldOf())
    return (one for one in found.values() if one.before.in_care or one.during.by_way or one.sold != SoldOf())


def _order(one: _Sum) -> tuple[object, ...]:
    return sort_key(one.then.producer.name), sort_key(one.then.full_name), one.consigned


def _headings() -> tuple[Heading, ...]:
    quantity = Written.QUANTITY
    return (
        Heading(gettext("Producer"), width=5),
        Heading(gettext("Product"), width=6),
        Heading(gettext("Kind"), width=3),
        Heading(gettext("Unit"), width=2),
        Heading(gettext("Opening stock"), quantity, width=2),
        Heading(gettext("Received"), quantity, width=2),
        Heading(gettext("Sold"), quantity, width=2),
        Heading(gettext("Brought back"), quantity, width=2),
        Heading(gettext("To the producer"), quantity, width=2),
        Heading(gettext("Lost or used"), quantity, width=2),
        Heading(gettext("Missing in counts"), quantity, width=2),
        Heading(gettext("Closing stock"), quantity, width=2),
        Heading(gettext("Sold for"), Written.MONEY, width=3),
        Heading(gettext("Due"), Written.MONEY, width=3),
    )


def _line(one: _Sum, last: date) -> Line:
    flow, opening = one.during, one.before.in_care
    cells = (
        one.then.producer.name,
        one.then.full_name,
        gettext("consigned") if one.consigned else gettext("bought"),
        one.then.unit_label,
        opening,
        or_nothing(flow.received),
        or_nothing(flow.sold),
        or_nothing(flow.brought_back),
        or_nothing(flow.given_back),
        or_nothing(flow.lost + flow.used),
        or_nothing(flow.missing),
        opening + flow.in_care,
        one.sold.amount,
        one.sold.due + one.sold.claimed,
    )
    return Line(cells, endpoint=PRODUCT_PAGE, address={"sku": one.then.sku, "day": last.isoformat()})


def _totals(sums: list[_Sum]) -> tuple[str | Money, ...]:
    if not sums:
        return ()
    amount = sum((one.sold.amount for one in sums), ZERO)
    return (gettext("Together"), *[""] * 11, amount, sum((one.sold.due + one.sold.claimed for one in sums), ZERO))
