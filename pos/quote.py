"""What a basket would become if it were completed now: lots, prices, tax, and what stands in the way.

The page shows the quote, and checkout completes exactly it, so the clerk never
sees another lot or total than the one that is sold. It asks the same number of
queries for one line as for thirty.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from core.current_settings import current_settings
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.selling_day import selling_day
from core.money import ZERO, Money
from core.quantity import Quantity
from inventory.catalogue.eligibility import Papers, papers_for
from inventory.catalogue.price import prices_for
from inventory.catalogue.tax import rate_on, tax_classes_for
from inventory.lot import Lot
from inventory.stock_level import LotOnHand, on_hand_by_lot, pick_from
from pos.basket_line import NoPrice
from pos.basket_table import Basket, BasketLine
from pos.pricing import RateTotal, Taxed, tax_by_rate

Shelf = dict[int, list[LotOnHand]]
SHOWS_VAT = "deduction"  # the only method that separates VAT from the price


class PriceChanged(RuleBroken):
    """The shop's price is not the one the customer was told."""

    message = N_("The price of %(product)s changed from %(before)s to %(now)s. "
                 "Bring the basket to today's prices and tell the customer.")  # fmt: skip


class NoTaxClass(RuleBroken):
    """The receipt would show a wrong tax."""

    message = N_("%(product)s has no tax class yet. Ask the manager to choose one.")


@dataclass(frozen=True, slots=True)
class Pick:
    """So much of one lot, and what it takes; of a service, which comes from no lot, all of it."""

    lot: Lot | None
    quantity: Quantity
    amount: Money
    taxed: Taxed


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """One line of the basket with the lots it would be sold from, or the trouble with it.

    `below_book` means that the clerk chose a lot of which the book has fewer than that.
    """

    line: BasketLine
    picks: tuple[Pick, ...]
    stars: int | None
    below_book: bool = False
    trouble: RuleBroken | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """The whole basket, priced and taxed for a day."""

    basket: Basket
    day: date
    lines: tuple[QuotedLine, ...]
    taxes: tuple[RateTotal, ...]

    @property
    def total(self) -> Money:
        """What the customer pays, every tax included."""
        return sum((quoted.line.amount for quoted in self.lines), ZERO)

    @property
    def trouble(self) -> RuleBroken | None:
        """The first thing that stands in the way of completing, or None."""
        return next((quoted.trouble for quoted in self.lines if quoted.trouble), None)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is true of the products of a basket today, read once."""

    papers: Papers
    prices: dict[int, Money]
    taxed: dict[int, tuple[str | None, int]]
    shelf: Shelf


def quote(basket: Basket) -> Quote:
    """Look a basket through as of today: prices, papers, recalls, last days, tax, and what is on the shelf."""
    day = selling_day()
    facts = _facts_of(basket, day)
    lines = tuple(_quoted(line, facts) for line in basket.lines)
    taxed = [pick.taxed for quoted in lines for pick in quoted.picks]
    return Quote(basket, day, lines, tuple(tax_by_rate(taxed)))


def _facts_of(basket: Basket, day: date) -> _Facts:
    products = {line.product_id: line.product for line in basket.lines}
    return _Facts(
        papers=papers_for(list(products.values()), day),
        prices=prices_for(products, day),
        taxed=_rates_of(products, day),
        shelf=on_hand_by_lot(products),
    )


def _rates_of(product_ids: Collection[int], day: date) -> dict[int, tuple[str | None, int]]:
    """The VAT inside each product's price; a household shows none and needs no tax class."""
    method = current_settings().shop.tax_method
    if method != SHOWS_VAT:
        return dict.fromkeys(product_ids, (None, 0))
    rates = {
        product_id: rate_on(tax_class, day, method)
        for product_id, tax_class in tax_classes_for(product_ids, day).items()
    }
    return {product_id: (rate.code, rate.percent) for product_id, rate in rates.items()}


def _quoted(line: BasketLine, facts: _Facts) -> QuotedLine:
    stars = facts.papers.stars(line.product)
    trouble = _trouble_with(line, facts)
    if trouble is not None:
        return QuotedLine(line, (), stars, trouble=trouble)
    try:
        lots, below_book = _lots_for(line, facts)
    except RuleBroken as broken:
        return QuotedLine(line, (), stars, trouble=broken)
    _take_off(facts.shelf, line.product_id, lots)
    return QuotedLine(line, _priced(line, lots, facts), stars, below_book)


def _trouble_with(line: BasketLine, facts: _Facts) -> RuleBroken | None:
    """What stands in the way before any lot is looked at."""
    product, price = line.product, facts.prices.get(line.product_id)
    if price is None:
        return NoPrice(product=product.name)
    if price != line.price:
        return PriceChanged(product=product.name, before=line.price, now=price)
    if line.product_id not in facts.taxed:
        return NoTaxClass(product=product.name)
    return facts.papers.trouble(product, line.lot)


def _lots_for(line: BasketLine, facts: _Facts) -> tuple[Sequence[tuple[Lot | None, Quantity]], bool]:
    """The lots of a line: the one in the clerk's hand whatever the book says, else as the rule picks them."""
    if line.product.service:
        return [(None, line.quantity)], False
    shelf = facts.shelf.get(line.product_id, [])
    if line.by_hand and line.lot is not None:
        in_book = sum((one.quantity for one in shelf if one.lot.id == line.lot_id), Quantity(0))
        return [(line.lot, line.quantity)], in_book < line.quantity
    return pick_from(shelf, line.product, line.quantity, facts.papers, wanted_lot=line.lot), False


def _take_off(shelf: Shelf, product_id: int, lots: Sequence[tuple[Lot | None, Quantity]]) -> None:
    """Leave to the next lines what these lots still have."""
    taken = {lot.id: quantity for lot, quantity in lots if lot is not None}
    shelf[product_id] = [
        LotOnHand(one.lot, one.quantity - taken.get(one.lot.id, Quantity(0))) for one in shelf.get(product_id, [])
    ]


def _priced(line: BasketLine, lots: Sequence[tuple[Lot | None, Quantity]], facts: _Facts) -> tuple[Pick, ...]:
    """The lots with their share of the line's amount, which they add up to."""
    rate, percent = facts.taxed[line.product_id]
    amounts = line.amount.spread([quantity.thousandths for _, quantity in lots])
    return tuple(
        Pick(lot, quantity, amount, Taxed(amount, rate, percent))
        for (lot, quantity), amount in zip(lots, amounts, strict=True)
    )
