"""Expiry (hạn sử dụng): which lots end soon, what they are worth, and what to do about each, with the reason.

Lots of one product are sold in the order in which they end, so a lot only sells once those before it are gone. What
sold in the last four weeks says whether it will be gone by its last day.
"""

import enum
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from core.database import db
from core.i18n import N_
from core.journal.past_day import records_between
from core.money import ZERO, Money
from core.quantity import NONE, Quantity
from inventory.catalogue.eligibility import Papers, papers_for
from inventory.catalogue.product import Product
from inventory.ledger.flow import flows
from inventory.ledger.stock_on_day import HeldLot, stock_on
from inventory.ledger.valuation import Valued, value_at
from inventory.lot import Lot

HORIZONS = (7, 14, 30)
LOOKED_BACK_DAYS = 28
TOO_LATE_DAYS = 3
"""With fewer days left a lower price sells little more, and a producer can still use what comes back."""


ENOUGH_DAYS = 7
"""Goods that came less than a week ago and sold nothing yet say little."""


class Proposal(enum.StrEnum):
    """What to do about a lot that ends soon."""

    SELLS = "sells"
    WATCH = "watch"
    MARK_DOWN = "mark_down"
    GIVE_BACK = "give_back"
    WRITE_OFF = "write_off"


@dataclass(frozen=True, slots=True)
class Advice:
    """A proposal and its reason: a sentence marked with N_ and what fills it."""

    proposal: Proposal
    reason: str
    values: dict[str, object]


@dataclass(frozen=True, slots=True)
class Selling:
    """How a lot stands: days left (0 on its last day), what of it is there, what is sold before it, how it sells.

    `sold` is what went in the last `days_here` days: four weeks, or fewer where the goods are new here.
    """

    days_left: int
    quantity: Quantity
    ahead: Quantity
    sold: Quantity
    consigned: bool
    blocked: bool = False
    days_here: int = LOOKED_BACK_DAYS

    @property
    def left_over(self) -> Quantity:
        """What will be there after its last day, going on as before."""
        will_sell = Quantity(self.sold.thousandths * (self.days_left + 1) // self.days_here)
        for_it = max(will_sell - self.ahead, NONE)
        return max(self.quantity - for_it, NONE)

    @property
    def weekly(self) -> Quantity:
        """What sells in a week."""
        return Quantity(self.sold.thousandths * 7 // self.days_here)


def advise(lot: Selling) -> Advice:
    """What to do about a lot, by the first rule that fits."""
    if lot.days_left < 0 or lot.blocked:
        reason = N_("past its day") if lot.days_left < 0 else N_("may not be sold")
        return Advice(Proposal.GIVE_BACK if lot.consigned else Proposal.WRITE_OFF, reason, {})
    if lot.sold == NONE and lot.quantity > NONE:
        return _of_unsold(lot)
    values: dict[str, object] = {"rest": lot.left_over, "weekly": lot.weekly}
    if lot.left_over == NONE:
        return Advice(Proposal.SELLS, N_("%(weekly)s sell in a week, so it is gone in time"), values)
    if lot.consigned and lot.days_left < TOO_LATE_DAYS:
        return Advice(Proposal.GIVE_BACK, N_("about %(rest)s will be left and a lower price comes too late"), values)
    return Advice(Proposal.MARK_DOWN, N_("at %(weekly)s a week about %(rest)s will be left"), values)


def _of_unsold(lot: Selling) -> Advice:
    """Of goods that nobody bought lately."""
    if lot.days_here < ENOUGH_DAYS and lot.days_left > 1:
        return Advice(Proposal.WATCH, N_("new here: too early to tell"), {})
    proposal = Proposal.GIVE_BACK if lot.consigned else Proposal.MARK_DOWN
    return Advice(proposal, N_("none was sold in %(days)s days"), {"days": lot.days_here})


@dataclass(frozen=True, slots=True)
class EndingLot:
    """A lot in the shop that ends within some days, or has ended."""

    valued: Valued
    days_left: int
    advice: Advice

    @property
    def lot(self) -> Lot:
        """The lot."""
        return self.valued.lot

    @property
    def held(self) -> HeldLot:
        """What of it is where."""
        return self.valued.held

    @property
    def product(self) -> Product:
        """Its goods."""
        return self.lot.product

    @property
    def is_over(self) -> bool:
        """Whether its last day is past."""
        return self.days_left < 0

    @property
    def at_risk(self) -> Money:
        """What somebody loses with it: what it cost the shop, or what its owner would have got."""
        return self.valued.at_cost if self.valued.is_own else self.valued.for_owner


@dataclass(frozen=True, slots=True)
class Expiry:
    """The lots that ended or end within so many days, those that end first before the others."""

    day: date
    within: int
    lots: tuple[EndingLot, ...]

    @property
    def over(self) -> tuple[EndingLot, ...]:
        """Those past their day."""
        return tuple(one for one in self.lots if one.is_over)

    def ending(self, least: int, most: int) -> tuple[EndingLot, ...]:
        """Those with so many days left."""
        return tuple(one for one in self.lots if least <= one.days_left <= most)

    @property
    def own_at_risk(self) -> Money:
        """What the shop's own goods among them cost."""
        return sum((one.at_risk for one in self.lots if one.valued.is_own), ZERO)

    @property
    def owners_at_risk(self) -> Money:
        """What the owners of the others would get."""
        return sum((one.at_risk for one in self.lots if not one.valued.is_own), ZERO)

    @property
    def at_price(self) -> Money:
        """What customers would pay for all of them."""
        return sum((one.valued.at_price for one in self.lots), ZERO)


def expiry_on(day: date, within: int = HORIZONS[-1]) -> Expiry:
    """What ended, or ends within so many days of a day that is not past; the stock and the prices are that day's."""
    held = _in_order(day, within, stock_on(day, products=_products_ending(None, day + timedelta(days=within))))
    products = {one.lot.product_id: one.lot.product for one in held}
    papers = papers_for(list(products.values()), day)
    return Expiry(day, within, tuple(_ending(value_at(held, day), day, _paces(day, products), papers)))


def count_ending(day: date, within: int = HORIZONS[0]) -> int:
    """How many lots end within so many days, those that are past their day left out."""
    stock = stock_on(day, products=_products_ending(day, day + timedelta(days=within)))
    return sum(not one.lot.expires_before(day) for one in _in_order(day, within, stock))


def _products_ending(first: date | None, last: date) -> list[int]:
    """The products that ever had a lot with its last day in a stretch of days."""
    wanted = select(Lot.product_id).where(Lot.sell_by <= last).distinct()
    return list(db.session.scalars(wanted.where(Lot.sell_by >= first) if first else wanted))


def _in_order(day: date, within: int, stock: Iterable[HeldLot]) -> list[HeldLot]:
    """What is there of lots that end within so many days, in the order in which they are sold."""
    last = day + timedelta(days=within)
    held = [one for one in stock if one.here > NONE and one.lot.expires_before(last + timedelta(days=1))]
    return sorted(held, key=lambda one: (one.lot.sell_by or last, one.lot.received_on, one.lot.id))


@dataclass(frozen=True, slots=True)
class _Pace:
    """What was sold of a product lately, less what came back, and in how many days."""

    sold: Quantity
    days: int


def _paces(day: date, product_ids: Collection[int]) -> dict[int, _Pace]:
    """How each product sold in the last four weeks; of what came later, since it came."""
    begins = day - timedelta(days=LOOKED_BACK_DAYS - 1)
    lots = select(Lot.id, Lot.product_id, Lot.received_on).where(Lot.product_id.in_(product_ids))
    product_of: dict[int, int] = {}
    came: dict[int, date] = {}
    for lot_id, product_id, received_on in db.session.execute(lots):
        product_of[lot_id] = product_id
        came[product_id] = min(came.get(product_id, day), received_on)
    sold = dict.fromkeys(came, NONE)
    for lot_id, flow in flows(records_between(begins, day), products=product_ids).items():
        sold[product_of[lot_id]] += flow.sold - flow.brought_back
    return {one: _Pace(max(sold[one], NONE), (day - max(begins, first)).days + 1) for one, first in came.items()}


def _ending(valued: Iterable[Valued], day: date, paces: dict[int, _Pace], papers: Papers) -> Iterator[EndingLot]:
    ahead: dict[int, Quantity] = {}
    for one in valued:
        lot, pace = one.lot, paces[one.lot.product_id]
        assert lot.sell_by is not None, "only lots that end were chosen"
        days_left = (lot.sell_by - day).days
        blocked = papers.trouble(lot.product, lot) is not None
        before = ahead.get(lot.product_id, NONE)
        here, consigned = one.held.here, lot.owner_id is not None
        selling = Selling(days_left, here, before, pace.sold, consigned, blocked, pace.days)
        if not blocked:
            ahead[lot.product_id] = before + here
        yield EndingLot(one, days_left, advise(selling))
