"""The shop's policy against “order last month's sales”, on real series where they stand, and on an invented shop.

Both play the same days with the same demand. Share of demand met, mean stock and spoilage are printed for each; the
bounds say that the policy meets more and lets less spoil. `python -m bench.order_backtest` runs it alone.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bench.figure import Figure
from bench.order_game import LEAD_DAYS, THOUSAND, Goods, Order, Result, Shelf, play
from config.reference.lunar_feasts import feasts_between
from config.settings import load_settings
from inventory.reordering.demand import Calendar
from inventory.reordering.estimate.feast_lift import Lifts
from inventory.reordering.estimate.forecast import forecast
from inventory.reordering.estimate.policy import Deliveries, Rules, Worth, advise
from inventory.reordering.feasts import Feasts
from tests.shared_cases import SHARED

SETTINGS = load_settings().reorder
WEEK, MONTH, AHEAD = 7, 28, 120
FIRST_DAY, DAYS = date(2024, 11, 1), 730
ARTICLES, SEED, PRICE = 90, 20261128, 100_000
CASES = SHARED / "cases" / "stock" / "intermittent_reference.json"
FAST, VARIED = 2, 0.3


def by_policy(first_day: date | None) -> Order:
    """As the suggestion does it; without a calendar day there are no feasts."""

    def order(shelf: Shelf, day: int) -> int:
        history = shelf.history()
        learnt = min(SETTINGS.history_days, len(history.sold))
        lifts, past, ahead = Lifts({}), [], []
        if first_day is not None:
            feasts = Feasts(Calendar(first_day, day), SETTINGS, ahead=AHEAD)
            lifts, past, ahead = feasts.lifts_of(history), feasts.learnt_from, feasts.to_come
            learnt = feasts.learnt_days
        ordinary = forecast(history.latest(learnt), lifts.of_days(learnt, past))
        expected = ordinary.expected((shelf.goods.weekday + day) % WEEK, lifts.of_days(AHEAD, ahead))
        rules = Rules(SETTINGS.service_percent, life=shelf.goods.life)
        worth = Worth(PRICE, SETTINGS.line_cost, SETTINGS.holding_percent)
        deliveries = Deliveries(LEAD_DAYS, LEAD_DAYS + WEEK)
        return advise(ordinary, expected, shelf.batches(day), deliveries, rules, worth).order // THOUSAND

    return order


def last_months_sales(shelf: Shelf, day: int) -> int:
    """What shops do without figures: once a month as much as the month before sold."""
    return sum(shelf.sold[-MONTH:])


def last_month_less_stock(shelf: Shelf, day: int) -> int:
    """The careful kind of it: less what still lies there."""
    return max(sum(shelf.sold[-MONTH:]) - shelf.pieces, 0)


def compare(goods: Sequence[Goods], *, known: int, first_day: date | None) -> dict[str, Result]:
    """Every way of ordering over the same goods."""
    ways: dict[str, tuple[Order, int]] = {
        "policy": (by_policy(first_day), WEEK),
        "last_month": (last_months_sales, MONTH),
        "last_month_less_stock": (last_month_less_stock, MONTH),
    }
    results = {}
    for name, (order, every) in ways.items():
        results[name] = Result()
        for one in goods:
            results[name] += play(one, order, known=known, every=every)
    return results


def figures(name: str, results: dict[str, Result]) -> Iterator[Figure]:
    """The three measures of each way, and by how much the policy is better."""
    for way, result in results.items():
        yield Figure(f"{name}_{way}_demand_met", result.share_met, "percent")
        yield Figure(f"{name}_{way}_mean_stock", result.mean_stock, "pieces")
        yield Figure(f"{name}_{way}_spoiled", result.share_spoiled, "percent")
    policy, month = results["policy"], results["last_month"]
    yield Figure(f"{name}_meets_more_by", policy.share_met - month.share_met, "points", 0, at_least=True)
    yield Figure(f"{name}_stock_beside_last_month", policy.mean_stock / month.mean_stock, "times")
    yield Figure(f"{name}_spoils_less_by", month.share_spoiled - policy.share_spoiled, "points", 0, at_least=True)


def real_series() -> list[Goods]:
    """The daily sales that others collected, where their folder stands beside the project."""
    if not CASES.exists():
        return []
    cases = json.loads(CASES.read_text(encoding="utf-8"))["series"]
    return [
        Goods(case["sku"], case["series"], None, date.fromisoformat(case["first_day"]).weekday())
        for case in cases
        if "first_day" in case
    ]


def invented_shop() -> list[Goods]:
    """Two years of ninety articles: fast and slow, fresh and lasting, weekends, Tet and the other feasts."""
    chance = random.Random(SEED)
    days = [FIRST_DAY + timedelta(days=n) for n in range(DAYS)]
    lifts = [day_lift(day) for day in days]
    goods = []
    for n in range(ARTICLES):
        rate = 0.05 * 1.06 ** (n % 80 + 1)
        varied = VARIED if n % 5 else 1.0
        weekend = 1.2 + n % 4 / 5
        life = (6, 45, None)[n % 3]
        demand = []
        for day, lift in zip(days, lifts, strict=True):
            mean = rate * lift * (weekend if day.isoweekday() > 5 else 1.0) * chance.gammavariate(1 / varied, varied)
            demand.append(poisson(chance, mean))
        goods.append(Goods(f"article {n}", demand, life, FIRST_DAY.weekday()))
    return goods


def day_lift(day: date) -> float:
    """How much a feast lifts a day in the invented shop, which no policy is told of."""
    felt = {feast.code for feast in feasts_between(day, day)}
    return 2.2 if "tet" in felt else 1.4 if felt else 1.0


def poisson(chance: random.Random, mean: float) -> int:
    """So many customers come, one by one, in a day."""
    count, waited = 0, chance.expovariate(mean)
    while waited < 1:
        count, waited = count + 1, waited + chance.expovariate(mean)
    return count


def measure() -> Iterator[Figure]:
    """Both games."""
    series = real_series()
    if series:
        yield from figures("real_series", compare(series, known=62, first_day=None))
    yield from figures("invented_shop", compare(invented_shop(), known=365, first_day=FIRST_DAY))


if __name__ == "__main__":
    for figure in measure():
        print(figure.line(), flush=True)
