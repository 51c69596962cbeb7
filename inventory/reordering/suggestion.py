"""What to ask each producer for today (gợi ý đặt hàng), worked out anew each time it is looked at; nothing is kept."""

import enum
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from config.reference.lunar_feasts import LunarFeast
from config.reorder_settings import ReorderSettings
from core.clock import today
from core.current_settings import current_settings
from core.database import db
from core.quantity import NONE, Quantity
from inventory.catalogue.price import prices_for
from inventory.catalogue.producer import Producer, producers_at_work
from inventory.catalogue.product import Product
from inventory.reordering.delivery_days import DeliveryDays, delivery_days
from inventory.reordering.demand import Demand
from inventory.reordering.estimate import rounding
from inventory.reordering.estimate.forecast import Forecast, forecast
from inventory.reordering.estimate.policy import Advice, Rules, Worth, advise
from inventory.reordering.estimate.shelf import NEVER, Batch
from inventory.reordering.feasts import Feasts
from inventory.reordering.fulfilment import Fulfilment, State, fulfilments, learnt_lead_time, still_coming
from inventory.reordering.shelf_now import days_a_delivery_keeps, lots_here, quantity_of
from inventory.reordering.supply import ProductTerms, producer_terms, product_terms

LOOKED_AHEAD = 120
_GIVEN_UP = 7
_ONCE = 10
_WEEK = 7


class Urgency(enum.IntEnum):
    """How much a line matters: the shelf is empty before the goods could come; it is time; there is enough."""

    EMPTY_BEFORE = 0
    NOW = 1
    ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One product: what to order and what that rests on; `feast` is one that the order has to last through."""

    product: Product
    terms: ProductTerms
    order: Quantity
    here: Quantity
    coming: Quantity
    days: DeliveryDays
    forecast: Forecast
    advice: Advice
    in_season: bool
    feast: LunarFeast | None
    feast_tenths: int

    @property
    def a_day(self) -> Quantity:
        """What sells on an ordinary day, in tenths."""
        return Quantity(rounding.tenths_nearest(self.forecast.rate))

    @property
    def a_week(self) -> Quantity:
        """The same for a week, for what sells less than every other day."""
        return Quantity(rounding.tenths_nearest(self.forecast.rate * _WEEK))

    @property
    def is_empty_before(self) -> bool:
        """Whether the shelf is expected to be empty before an order of today could come."""
        empty = self.advice.empty_on
        return empty is not None and today() + timedelta(days=empty) < self.days.comes and bool(self.order)

    @property
    def urgency(self) -> Urgency:
        """How much it matters."""
        if self.is_empty_before:
            return Urgency.EMPTY_BEFORE
        return Urgency.NOW if self.order else Urgency.ENOUGH

    @property
    def lasts_until(self) -> date | None:
        """The last day that is fully served with the order; None when that is further than is looked ahead."""
        return None if self.advice.lasts is None else today() + timedelta(days=self.advice.lasts)


class Outlook:
    """What the suggestions of one producer, or of all, rest on; read once."""

    def __init__(self, only: Producer | None = None) -> None:
        self.day = today()
        self.settings: ReorderSettings = current_settings().reorder
        only_id = only.id if only is not None else None
        self.demand = Demand.read(self.day, producer_id=only_id)
        self.feasts = Feasts(self.demand.calendar, self.settings, ahead=LOOKED_AHEAD)
        self.products = _products(only_id)
        ids = [product.id for products in self.products.values() for product in products]
        self.terms, self.prices = product_terms(ids), prices_for(ids, self.day)
        self.here, self.keeps = lots_here(ids), days_a_delivery_keeps(ids)
        self.requests: dict[int, list[Fulfilment]] = defaultdict(list)
        for one in fulfilments(only_id):
            self.requests[one.request.producer_id].append(one)

    def of(self, producer: Producer) -> list[Suggestion]:
        """The suggestions for one producer, the most urgent first."""
        days = self.days_of(producer)
        coming = still_coming(self.requests[producer.id])
        found = [self.suggest(one, days, coming.get(one.id, [])) for one in self.products[producer.id]]
        return sorted(found, key=lambda one: (one.urgency, one.product.name_folded, one.product.id))

    def days_of(self, producer: Producer) -> DeliveryDays:
        """When an order of today would come."""
        learnt = learnt_lead_time(self.requests[producer.id])
        return delivery_days(producer_terms(producer.id), learnt, self.settings, self.day)

    def suggest(self, product: Product, days: DeliveryDays, coming: Sequence[tuple[date, Quantity]]) -> Suggestion:
        """What to order of one product, with what it rests on."""
        terms = self.terms.get(product.id, ProductTerms())
        history = self.demand.of(product.id)
        lifts = self.feasts.lifts_of(history)
        learnt = self.feasts.learnt_days
        ordinary = forecast(history.latest(learnt), lifts.of_days(learnt, self.feasts.learnt_from))
        expected = ordinary.expected(self.day.weekday(), lifts.of_days(LOOKED_AHEAD, self.feasts.to_come))
        rules = self.rules_of(product, terms)
        stock = [*self.lying(product), *self.on_the_way(coming, rules.life)]
        advice = advise(ordinary, expected, stock, days.seen_from(self.day), rules, self.worth_of(product))
        in_season = terms.in_season(days.comes.month)
        feast = self.feasts.next_within(days.comes, days.next_comes)
        return Suggestion(
            product=product,
            terms=terms,
            order=Quantity(advice.order) if in_season else NONE,
            here=quantity_of(self.here[product.id], self.day),
            coming=sum((quantity for _, quantity in coming), NONE),
            days=days,
            forecast=ordinary,
            advice=advice,
            in_season=in_season,
            feast=feast,
            feast_tenths=lifts.tenths(feast.code) if feast is not None else _ONCE,
        )

    def rules_of(self, product: Product, terms: ProductTerms) -> Rules:
        """What producer and shelf ask for; its days are those set, else of fresh goods, else of the latest lots."""
        fresh = product.sell_within_days + 1 if product.sell_within_days is not None else None
        return Rules(
            service_percent=terms.service_percent or self.settings.service_percent,
            pack=terms.pack.thousandths,
            least=terms.least.thousandths,
            display=terms.display.thousandths,
            life=terms.shelf_days or fresh or self.keeps.get(product.id),
            whole=not product.unit.divisible,
        )

    def worth_of(self, product: Product) -> Worth:
        """What a unit costs on the shelf, by its price of today."""
        price = self.prices.get(product.id)
        return Worth(price.dong if price else 0, self.settings.line_cost, self.settings.holding_percent)

    def lying(self, product: Product) -> Iterator[Batch]:
        """What lies here, with how many days it may still be sold."""
        for lot in self.here[product.id]:
            last = (lot.sell_by - self.day).days if lot.sell_by is not None else NEVER
            yield Batch(lot.quantity.thousandths, last)

    def on_the_way(self, coming: Sequence[tuple[date, Quantity]], life: int | None) -> Iterator[Batch]:
        """What was asked for; what is late may come tomorrow, and is given up after a week."""
        for wanted_on, quantity in coming:
            days = (wanted_on - self.day).days
            if days >= -_GIVEN_UP:
                first = max(days, 1) if days < 0 else days
                yield Batch(quantity.thousandths, first + life - 1 if life is not None else NEVER, first)


def _products(producer_id: int | None) -> dict[int, list[Product]]:
    """The goods in the range, by producer."""
    wanted = select(Product).where(Product.retired_on.is_(None), Product.service.is_(False))
    if producer_id is not None:
        wanted = wanted.where(Product.producer_id == producer_id)
    found: dict[int, list[Product]] = defaultdict(list)
    for product in db.session.scalars(wanted.order_by(Product.id)):
        found[product.producer_id].append(product)
    return found


def suggestions_for(producer: Producer) -> list[Suggestion]:
    """What to ask one producer for today."""
    return Outlook(producer).of(producer)


@dataclass(frozen=True, slots=True)
class ProducerInNeed:
    """A producer in the list of all: how many lines to order, how many of them too late already, until when."""

    producer: Producer
    days: DeliveryDays
    suggestions: list[Suggestion]
    requests: list[Fulfilment]

    def count(self, urgency: Urgency) -> int:
        """How many lines are so urgent."""
        return sum(one.urgency is urgency for one in self.suggestions)

    @property
    def open_requests(self) -> list[Fulfilment]:
        """What he was asked for and has not brought."""
        return [one for one in self.requests if one.state in (State.OPEN, State.LATE)]

    @property
    def rank(self) -> tuple[int, int, str]:
        """Where he stands: most shelves that will be empty first, then most lines."""
        return (-self.count(Urgency.EMPTY_BEFORE), -self.count(Urgency.NOW), self.producer.name_folded)


def producers_in_need() -> list[ProducerInNeed]:
    """Every producer at work with his suggestions, the most urgent first."""
    outlook = Outlook()
    found = [
        ProducerInNeed(one, outlook.days_of(one), outlook.of(one), outlook.requests[one.id])
        for one in producers_at_work()
        if outlook.products[one.id]
    ]
    return sorted(found, key=lambda one: one.rank)
