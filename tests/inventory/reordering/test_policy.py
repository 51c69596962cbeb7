"""What an order comes to, whatever sells: in packs, never more than sells before it expires, more for more service."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inventory.reordering.estimate.forecast import Forecast
from inventory.reordering.estimate.intermittent import DemandClass
from inventory.reordering.estimate.policy import Advice, Deliveries, Held, Rules, Worth, advise
from inventory.reordering.estimate.shelf import NEVER, Batch, look_ahead

AHEAD = 120
SMOOTH = Forecast(DemandClass.SMOOTH, 2.0, 1.0, 60)

forecasts = st.builds(
    Forecast,
    st.sampled_from([one for one in DemandClass if one is not DemandClass.NONE]),
    st.floats(0.01, 40),
    st.floats(0, 30),
    st.just(90),
)
batches = st.lists(
    st.builds(Batch, st.integers(0, 60_000), st.one_of(st.just(NEVER), st.integers(0, 60)), st.integers(0, 9)),
    max_size=4,
)
deliveries = st.tuples(st.integers(0, 14), st.integers(1, 30)).map(lambda days: Deliveries(days[0], sum(days)))
packs = st.integers(1, 24).map(lambda pieces: pieces * 1000)
leasts = st.integers(0, 48).map(lambda pieces: pieces * 1000)
worths = st.builds(Worth, st.integers(1000, 500_000), st.integers(0, 5000), st.integers(0, 40))


def expected(forecast: Forecast) -> list[float]:
    return forecast.expected(0, [1.0] * AHEAD)


def order(stock: list[Batch], rules: Rules, *, forecast: Forecast = SMOOTH, days: tuple[int, int] = (3, 10)) -> Advice:
    return advise(forecast, expected(forecast), stock, Deliveries(*days), rules, Worth())


@given(forecasts, batches, deliveries, packs, leasts, st.integers(1, 110), worths)
def test_never_more_is_ordered_than_sells_before_it_expires(
    forecast: Forecast, stock: list[Batch], days: Deliveries, pack: int, least: int, life: int, worth: Worth
) -> None:
    demand = expected(forecast)

    advice = advise(forecast, demand, stock, days, Rules(95, pack, least, 0, life), worth)

    delivery = Batch(advice.order, days.comes + life - 1, days.comes)
    end = min(days.comes + life, AHEAD)
    without, together = look_ahead(stock, demand[:end]), look_ahead([*stock, delivery], demand[:end])
    sold_of_it = sum(without.missed) - sum(together.missed)
    beyond = max(days.comes + life - AHEAD, 0) * forecast.rate
    assert advice.order / 1000 <= sold_of_it + beyond + 0.01


@given(forecasts, batches, deliveries, packs, leasts, st.one_of(st.none(), st.integers(1, 90)), worths)
def test_an_order_is_whole_packs_and_at_least_what_the_producer_brings(
    forecast: Forecast, stock: list[Batch], days: Deliveries, pack: int, least: int, life: int | None, worth: Worth
) -> None:
    advice = advise(forecast, expected(forecast), stock, days, Rules(95, pack, least, 0, life), worth)

    assert advice.order >= 0
    assert advice.order % pack == 0
    assert advice.order == 0 or advice.order >= least


@given(forecasts, batches, deliveries, packs, st.integers(50, 98), st.integers(1, 49), worths)
def test_more_service_never_orders_less(
    forecast: Forecast, stock: list[Batch], days: Deliveries, pack: int, service: int, more: int, worth: Worth
) -> None:
    demand = expected(forecast)

    lower = advise(forecast, demand, stock, days, Rules(service, pack), worth)
    higher = advise(forecast, demand, stock, days, Rules(min(service + more, 99), pack), worth)

    assert higher.order >= lower.order


@given(forecasts, batches, deliveries, packs, st.integers(0, 60_000))
def test_more_on_the_shelf_never_orders_more(
    forecast: Forecast, stock: list[Batch], days: Deliveries, pack: int, more: int
) -> None:
    demand = expected(forecast)

    with_less = advise(forecast, demand, stock, days, Rules(95, pack), Worth())
    with_more = advise(forecast, demand, [*stock, Batch(more)], days, Rules(95, pack), Worth())

    assert with_more.order <= with_less.order


def test_what_lasts_until_the_delivery_after_the_next_is_not_ordered() -> None:
    advice = order([Batch(60_000)], Rules(95))

    assert (advice.order, advice.held) == (0, Held.ENOUGH)


def test_an_empty_shelf_gets_what_sells_after_the_delivery_and_a_reserve() -> None:
    advice = order([], Rules(95))

    assert 14_000 < advice.order <= 22_000  # seven days of two, and 1.64 deviations of ten days
    assert advice.missed_before == 6_000
    assert advice.empty_on == 0


def test_goods_that_expire_before_they_sell_do_not_count() -> None:
    keeps, spoils = order([Batch(30_000)], Rules(95)), order([Batch(30_000, last=2)], Rules(95))

    assert keeps.order == 0
    assert spoils.order > 10_000


def test_the_least_that_a_producer_brings_is_refused_when_it_would_spoil() -> None:
    advice = order([], Rules(95, pack=1000, least=30_000, life=5))

    assert (advice.order, advice.held) == (0, Held.LEAST_TOO_MUCH)
    assert advice.limit == 10_000


def test_the_least_that_a_producer_brings_raises_an_order_that_keeps() -> None:
    advice = order([], Rules(95, least=30_000))

    assert (advice.order, advice.held) == (30_000, Held.RAISED_TO_LEAST)


def test_a_display_is_kept_filled_beyond_what_sells() -> None:
    still = Forecast(DemandClass.NONE, 0.0, 0.0, 30)

    advice = order([Batch(1_000)], Rules(95, display=4_000), forecast=still)

    assert advice.order == 3_000


def test_a_line_that_costs_work_is_ordered_less_often_and_more_at_once() -> None:
    slow = Forecast(DemandClass.INTERMITTENT, 0.2, 0.45, 90)

    one_by_one = advise(slow, expected(slow), [], Deliveries(3, 10), Rules(95), Worth())
    in_lots = advise(slow, expected(slow), [], Deliveries(3, 10), Rules(95), Worth(100_000, 1000, 20))

    assert in_lots.order > one_by_one.order
    assert in_lots.least == one_by_one.least
