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


class Proposal(enum.StrEnum):
    """What to do about a lot that ends soon."""

    SELLS = "sells"
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
    """How a lot stands: days left (0 on its last day), what of it is there, what is sold before it, how it sells."""

    days_left: int
    quantity: Quantity
    ahead: Quantity
    sold: Quantity
    consigned: bool
    blocked: bool

    @property
    def left_over(self) -> Quantity:
        """What will be there after its last day, going on as in the last four weeks; parts count as whole."""
        will_sell = Quantity(self.sold.thousandths * (self.days_left + 1) // LOOKED_BACK_DAYS)
        for_it = max(will_sell - self.ahead, NONE)
        return max(self.quantity - for_it, NONE)

    @property
    def weekly(self) -> Quantity:
        """What sells in a week."""
        return Quantity(self.sold.thousandths * 7 // LOOKED_BACK_DAYS)


def advise(lot: Selling) -> Advice:
    """What to do about a lot, by the first rule that fits."""
    away = Proposal.GIVE_BACK if lot.consigned else Proposal.WRITE_OFF
    values: dict[str, object] = {"rest": lot.left_over, "weekly": lot.weekly, "days": lot.days_left}
    if lot.days_left < 0:
        return Advice(away, N_("past its day"), {})
    if lot.blocked:
        return Advice(away, N_("may not be sold"), {})
    if lot.left_over == NONE:
        return Advice(Proposal.SELLS, N_("%(weekly)s sell in a week, so it is gone in time"), values)
    if lot.sold == NONE:
        reason = N_("none was sold in the last 4 weeks")
        return Advice(Proposal.GIVE_BACK if lot.consigned else Proposal.MARK_DOWN, reason, {})
    if lot.consigned and lot.days_left < TOO_LATE_DAYS:
        return Advice(Proposal.GIVE_BACK, N_("about %(rest)s will be left and a lower price comes too late"), values)
    return Advice(Proposal.MARK_DOWN, N_("at %(weekly)s a week about %(rest)s will be left"), values)


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
    return Expiry(day, within, tuple(_ending(value_at(held, day), day, _sold(day, products), papers)))


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


def _sold(day: date, product_ids: Collection[int]) -> dict[int, Quantity]:
    """What was sold of each product in the last four weeks, less what came back."""
    since = records_between(day - timedelta(days=LOOKED_BACK_DAYS - 1), day)
    product_of = dict(db.session.execute(select(Lot.id, Lot.product_id).where(Lot.product_id.in_(product_ids))).all())
    found: dict[int, Quantity] = {}
    for lot_id, flow in flows(since, products=product_ids).items():
        product_id = product_of[lot_id]
        found[product_id] = found.get(product_id, NONE) + flow.sold - flow.brought_back
    return {product_id: max(sold, NONE) for product_id, sold in found.items()}


def _ending(valued: Iterable[Valued], day: date, sold: dict[int, Quantity], papers: Papers) -> Iterator[EndingLot]:
    ahead: dict[int, Quantity] = {}
    for one in valued:
        lot, product_id = one.lot, one.lot.product_id
        assert lot.sell_by is not None, "only lots that end were chosen"
        days_left = (lot.sell_by - day).days
        blocked = papers.trouble(lot.product, lot) is not None
        before = ahead.get(product_id, NONE)
        selling = Selling(
            days_left, one.held.here, before, sold.get(product_id, NONE), lot.owner_id is not None, blocked
        )
        if not blocked:
            ahead[product_id] = before + one.held.here
        yield EndingLot(one, days_left, advise(selling))
