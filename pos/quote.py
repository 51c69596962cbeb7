"""What a basket would become if it were completed now: lots, prices, discounts, tax, and what stands in the way.

The page shows the quote, and checkout completes exactly it, so the clerk never
sees another lot or total than the one that is sold. It asks the same number of
queries for one line as for thirty.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.current_settings import settings_for
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.selling_day import selling_day
from core.money import ZERO, Money
from core.quantity import Quantity
from inventory.catalogue.eligibility import Papers, papers_for
from inventory.catalogue.price import prices_for
from inventory.catalogue.tax import rate_on, tax_classes_for
from inventory.consignment.discount_rule import DiscountRule, discount_rules
from inventory.lot import Lot
from inventory.stock_level import LotOnHand, on_hand_by_lot, pick_from
from pos.basket_line import NoPrice
from pos.basket_table import Basket, BasketLine, discounts_in
from pos.discounts.bearing import BelowMinimum, is_below_minimum
from pos.discounts.discount import DiscountKind, Off, sum_of_offs
from pos.discounts.discount_sums import Offs, left_of_all, offs_of
from pos.discounts.promotion_table import promotions_in_force
from pos.pick import Pick, taken_off
from pos.pricing import RateTotal, line_amount, tax_by_rate

Shelf = dict[int, list[LotOnHand]]
SHOWS_VAT = "deduction"  # the only method that separates VAT from the price


class PriceChanged(RuleBroken):
    """The shop's price is not the one the customer was told."""

    message = N_("The price of %(product)s changed from %(before)s to %(now)s. "
                 "Bring the basket to today's prices and tell the customer.")  # fmt: skip


class TotalChanged(RuleBroken):
    """The basket changed in another window while money was taken in this one."""

    message = N_("The total has changed from %(before)s to %(now)s. Tell the customer and take the payment again.")


class NoTaxClass(RuleBroken):
    """The receipt would show a wrong tax."""

    message = N_("%(product)s has no tax class yet. Ask the manager to choose one.")


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
    offs: tuple[Off, ...] = ()

    @property
    def amount(self) -> Money:
        """What the customer pays for the line."""
        return self.line.amount - self.discount

    @property
    def discount(self) -> Money:
        """All that is taken off it."""
        return sum_of_offs(self.offs)


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
        return sum((quoted.amount for quoted in self.lines), ZERO)

    @property
    def saved(self) -> Money:
        """What the customer pays less than the goods cost without discounts."""
        return sum((sum_of_offs(quoted.offs) for quoted in self.lines), ZERO)

    @property
    def saved_by_kind(self) -> dict[DiscountKind, Money]:
        """The same by where it comes from, in the order in which it is taken off; what took nothing off is left out."""
        saved = dict.fromkeys(DiscountKind, ZERO)
        for off in (off for quoted in self.lines for off in quoted.offs):
            saved[off.kind] += off.amount
        return {kind: amount for kind, amount in saved.items() if amount}

    @property
    def trouble(self) -> RuleBroken | None:
        """The first thing that stands in the way of completing, or None."""
        return next((quoted.trouble for quoted in self.lines if quoted.trouble), None)

    def refuse_below_minimum(self, before: "Quote") -> None:
        """Refuse what brought a line below its producer's minimum price; what was below it already is left alone."""
        low = {quoted.line.n for quoted in before.lines if isinstance(quoted.trouble, BelowMinimum)}
        for quoted in self.lines:
            if isinstance(quoted.trouble, BelowMinimum) and quoted.line.n not in low:
                raise quoted.trouble

    def need_total(self, seen: Money | None) -> None:
        """Refuse another total than the one that the clerk saw; without one nobody has seen any."""
        if seen is not None and seen != self.total:
            raise TotalChanged(before=seen, now=self.total)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is true of the products of a basket today, read once."""

    papers: Papers
    prices: dict[int, Money]
    taxed: dict[int, tuple[str | None, int]]
    shelf: Shelf
    offs: Offs
    rules: dict[int, DiscountRule]


def quote(basket: Basket) -> Quote:
    """Look a basket through as of today: prices, papers, recalls, last days, tax, and what is on the shelf."""
    day = selling_day()
    facts = _facts_of(basket, day)
    return _of_lines(basket, day, [_quoted(line, facts) for line in basket.lines])


def totals_of(baskets: Sequence[Basket]) -> dict[int, Money]:
    """What each of some baskets comes to, by its id: prices and discounts, without a look at the shelf."""
    if not baskets:
        return {}
    promotions = promotions_in_force(selling_day())
    return {
        basket.id: left_of_all(basket.lines, offs_of(basket.lines, promotions, discounts_in(basket)))
        for basket in baskets
    }


def rounded(offer: Quote, amount: Money) -> Quote:
    """The same quote with so much less to pay, because it is paid in cash: every line bears its part."""
    if not amount:
        return offer
    parts = amount.spread([quoted.amount.dong for quoted in offer.lines])
    lines = [
        _less(quoted, Off(DiscountKind.ROUNDING, "", part)) for quoted, part in zip(offer.lines, parts, strict=True)
    ]
    return _of_lines(offer.basket, offer.day, lines)


def _of_lines(basket: Basket, day: date, lines: Iterable[QuotedLine]) -> Quote:
    quoted_lines = tuple(lines)
    taxed = [pick.taxed for quoted in quoted_lines for pick in quoted.picks]
    return Quote(basket, day, quoted_lines, tuple(tax_by_rate(taxed)))


def _less(quoted: QuotedLine, off: Off) -> QuotedLine:
    if not off.amount:
        return quoted
    return replace(quoted, offs=(*quoted.offs, off), picks=taken_off(quoted.picks, off))


def _facts_of(basket: Basket, day: date) -> _Facts:
    products = {line.product_id: line.product for line in basket.lines}
    shelf = on_hand_by_lot(products)
    return _Facts(
        papers=papers_for(list(products.values()), day),
        prices=prices_for(products, day),
        taxed=_rates_of(products, day),
        shelf=shelf,
        offs=offs_of(basket.lines, promotions_in_force(day), discounts_in(basket)),
        rules=discount_rules(_consigned_lots(basket, shelf), day),
    )


def _consigned_lots(basket: Basket, shelf: Shelf) -> set[int]:
    """The lots of producers that lines could be sold from: those on the shelf, and those in a clerk's hand."""
    on_shelf = {one.lot for lots in shelf.values() for one in lots}
    in_hand = {line.lot for line in basket.lines if line.by_hand and line.lot is not None}
    return {lot.id for lot in on_shelf | in_hand if lot.owner_id is not None}


def _rates_of(product_ids: Collection[int], day: date) -> dict[int, tuple[str | None, int]]:
    """The VAT inside each product's price; a household shows none and needs no tax class."""
    method = settings_for(day).shop.tax_method
    if method != SHOWS_VAT:
        return dict.fromkeys(product_ids, (None, 0))
    rates = {
        product_id: rate_on(tax_class, day, method)
        for product_id, tax_class in tax_classes_for(product_ids, day).items()
    }
    return {product_id: (rate.code, rate.percent) for product_id, rate in rates.items()}


def _quoted(line: BasketLine, facts: _Facts) -> QuotedLine:
    stars, offs = facts.papers.stars(line.product), facts.offs.get(line.n, ())
    trouble = _trouble_with(line, facts)
    if trouble is not None:
        return QuotedLine(line, (), stars, trouble=trouble, offs=offs)
    try:
        lots, below_book = _lots_for(line, facts)
    except RuleBroken as broken:
        return QuotedLine(line, (), stars, trouble=broken, offs=offs)
    _take_from_shelf(facts.shelf, line.product_id, lots)
    picks = _priced(line, lots, facts)
    trouble = _minimum_trouble(line, picks)
    return QuotedLine(line, () if trouble else picks, stars, below_book, trouble, offs)


def _trouble_with(line: BasketLine, facts: _Facts) -> RuleBroken | None:
    """What stands in the way before any lot is looked at."""
    product, price = line.product, facts.prices.get(line.product_id)
    if price is None:
        return NoPrice(product=product.name)
    if price != line.list_price:  # also where another one was set by right: it was set knowing the shop's
        return PriceChanged(product=product.name, before=line.list_price, now=price)
    if line.product_id not in facts.taxed:
        return NoTaxClass(product=product.name)
    return facts.papers.trouble(product, line.lot)


def _minimum_trouble(line: BasketLine, picks: Sequence[Pick]) -> RuleBroken | None:
    """The first lot that would be sold for less than its producer agreed to."""
    for pick in picks:
        if pick.lot is not None and is_below_minimum(pick.amount, pick.quantity, pick.rule):
            assert pick.rule is not None, "what has no rule has no minimum"
            return BelowMinimum(product=line.product.name, lot=pick.lot.number, minimum=pick.rule.minimum)
    return None


def _lots_for(line: BasketLine, facts: _Facts) -> tuple[Sequence[tuple[Lot | None, Quantity]], bool]:
    """The lots of a line: the one in the clerk's hand whatever the book says, else as the rule picks them."""
    if line.product.service:
        return [(None, line.quantity)], False
    shelf = facts.shelf.get(line.product_id, [])
    if line.by_hand and line.lot is not None:
        in_book = sum((one.quantity for one in shelf if one.lot.id == line.lot_id), Quantity(0))
        return [(line.lot, line.quantity)], in_book < line.quantity
    return pick_from(shelf, line.product, line.quantity, facts.papers, wanted_lot=line.lot), False


def _take_from_shelf(shelf: Shelf, product_id: int, lots: Sequence[tuple[Lot | None, Quantity]]) -> None:
    """Leave to the next lines what these lots still have."""
    taken = {lot.id: quantity for lot, quantity in lots if lot is not None}
    shelf[product_id] = [
        LotOnHand(one.lot, one.quantity - taken.get(one.lot.id, Quantity(0))) for one in shelf.get(product_id, [])
    ]


def _priced(line: BasketLine, lots: Sequence[tuple[Lot | None, Quantity]], facts: _Facts) -> tuple[Pick, ...]:
    """The lots with their shares of the line's amount and of its discounts, which they add up to."""
    rate, percent = facts.taxed[line.product_id]
    weights = [quantity.thousandths for _, quantity in lots]
    full = line.amount.spread(weights)
    at_list = line_amount(line.list_price, line.quantity).spread(weights) if line.is_priced_by_right else full
    picks = tuple(
        Pick(lot, quantity, lots_full, lots_list, rate, percent, rule=facts.rules.get(lot.id) if lot else None)
        for (lot, quantity), lots_full, lots_list in zip(lots, full, at_list, strict=True)
    )
    for off in facts.offs.get(line.n, ()):
        picks = taken_off(picks, off)
    return picks
