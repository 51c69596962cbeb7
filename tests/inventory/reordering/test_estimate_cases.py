"""The estimates against results that others worked out: textbook, published optima, other libraries."""

from __future__ import annotations

from typing import Any

import pytest

from inventory.reordering.estimate import lot_size, min_max, newsvendor, normal, poisson, reorder_point
from inventory.reordering.estimate.intermittent import (
    Correction,
    DemandClass,
    Sales,
    Start,
    class_of,
    croston,
    sba,
    tsb,
)
from inventory.reordering.estimate.newsvendor import Costs
from inventory.reordering.estimate.safety_stock import Cover, order_up_to, safety_stock, safety_stock_for_share
from tests.shared_cases import shared_json

POLICY = "cases/stock/policy_reference.json"
INTERMITTENT = "cases/stock/intermittent_reference.json"


def supply_of(given: dict[str, Any]) -> reorder_point.Supply:
    return reorder_point.Supply(given["fixed_cost"], given["demand_mean"], given["demand_sd"], given["lead_time"])


def costs_of(given: dict[str, Any]) -> Costs:
    return Costs(given["holding_cost"], given["stockout_cost"])


def offer_of(given: dict[str, Any]) -> dict[str, Any]:
    offer = lot_size.PriceSteps(given["breakpoints"], given["unit_costs"])
    more = {"holding_rate": given["holding_cost_rate"], "rate": given["demand_rate"], "offer": offer}
    return {"fixed_cost": given["fixed_cost"], **more}


def eoq(given: dict[str, Any]) -> dict[str, Any]:
    holding, rate = given["holding_cost"], given["demand_rate"]
    found = lot_size.economic_lot(fixed_cost=given["fixed_cost"], holding_cost=holding, rate=rate)
    return {"order_quantity": found.quantity, "cost_rate": found.cost}


def eoq_with_backorders(given: dict[str, Any]) -> dict[str, Any]:
    names = ("fixed_cost", "holding_cost", "stockout_cost")
    costs = {name: given[name] for name in names}
    found = lot_size.economic_lot_with_backorders(**costs, rate=given["demand_rate"])
    return {"order_quantity": found.quantity, "stockout_fraction": found.missing, "cost_rate": found.cost}


def all_units(given: dict[str, Any]) -> dict[str, Any]:
    found = lot_size.lot_with_discount_on_all(**offer_of(given))
    return {"order_quantity": found.quantity, "region": found.step, "cost_rate": found.cost}


def incremental(given: dict[str, Any]) -> dict[str, Any]:
    found = lot_size.lot_with_discount_beyond(**offer_of(given))
    return {"order_quantity": found.quantity, "region": found.step, "cost_rate": found.cost}


def wagner_whitin(given: dict[str, Any]) -> dict[str, Any]:
    costs = {"fixed_cost": given["fixed_cost"], "holding_cost": given["holding_cost"]}
    found = lot_size.lots_of_known_demand(given["demand"], **costs)
    return {"order_quantities_by_period": list(found.quantities), "cost": found.cost}


def normal_level(given: dict[str, Any]) -> dict[str, Any]:
    more = {"mean": given["demand_mean"], "sd": given["demand_sd"], "lead_periods": given.get("lead_time", 0)}
    found = newsvendor.best_level(costs_of(given), **more)
    return {"base_stock_level": found.level, "cost": found.cost}


def poisson_level(given: dict[str, Any]) -> dict[str, Any]:
    found = newsvendor.best_pieces(costs_of(given), mean=given["demand_mean"])
    return {"base_stock_level": found.level, "cost": found.cost}


def exact_min_max(given: dict[str, Any]) -> dict[str, Any]:
    found = min_max.best_min_max(costs_of(given), fixed_cost=given["fixed_cost"], mean=given["demand_mean"])
    return {"s": found.least, "S": found.most, "cost": found.cost}


def power_min_max(given: dict[str, Any]) -> dict[str, Any]:
    demand = {"mean": given["demand_mean"], "sd": given["demand_sd"]}
    found = min_max.approximate_min_max(costs_of(given), fixed_cost=given["fixed_cost"], **demand)
    return {"s": found.least, "S": found.most}


def expected_level(given: dict[str, Any]) -> dict[str, Any]:
    found = reorder_point.by_expected_level(costs_of(given), supply_of(given))
    return {"r": found.point, "Q": found.lot, "cost": found.cost}


def with_backorders(given: dict[str, Any]) -> dict[str, Any]:
    found = reorder_point.by_lot_with_backorders(costs_of(given), supply_of(given))
    return {"r": found.point, "Q": found.lot}


def with_safety_stock(given: dict[str, Any]) -> dict[str, Any]:
    found = reorder_point.by_lot_and_safety_stock(costs_of(given), supply_of(given))
    return {"r": found.point, "Q": found.lot}


def exact_point(given: dict[str, Any]) -> dict[str, Any]:
    more = {"mean": given["demand_mean"], "lead_time": given["lead_time"]}
    found = reorder_point.best_for_pieces(costs_of(given), fixed_cost=given["fixed_cost"], **more)
    return {"r": found.point, "Q": found.lot, "cost": found.cost}


TEXTBOOK = {
    "EOQ": eoq,
    "EOQ with backorders": eoq_with_backorders,
    "EOQ all-units discount": all_units,
    "EOQ incremental discount": incremental,
    "Wagner-Whitin": wagner_whitin,
    "newsvendor normal": normal_level,
    "base stock normal with lead time": normal_level,
    "newsvendor poisson": poisson_level,
    "(s,S) exact poisson": exact_min_max,
    "(s,S) power approximation": power_min_max,
    "(r,Q) expected inventory level": expected_level,
    "(r,Q) EOQB": with_backorders,
    "(r,Q) EOQ+SS": with_safety_stock,
    "(r,Q) exact poisson": exact_point,
}


def test_every_textbook_case_gives_the_books_result() -> None:
    cases = shared_json(POLICY, cases=14)["textbook"]

    assert {case["kind"] for case in cases} == set(TEXTBOOK)
    for case in cases:
        found = TEXTBOOK[case["kind"]](case["inputs"])
        for name, wanted in case["expected"].items():
            assert found[name] == pytest.approx(wanted, rel=case["tolerance"]), (case["kind"], name)


def test_the_published_optima_of_zheng_and_federgruen_are_found() -> None:
    for case in shared_json(POLICY, cases=12)["zheng_federgruen"]:
        found = min_max.best_min_max(Costs(1, 9), fixed_cost=64, mean=case["demand_mean"])

        assert (found.least, found.most) == (case["s"], case["S"])
        assert found.cost == pytest.approx(case["cost_published"], abs=0.0006)


def test_safety_stocks_and_levels_of_normal_demand_agree() -> None:
    for case in shared_json(POLICY, cases=25)["plain_formulas"]["normal"]:
        cover = Cover(case["daily_mean"], case["daily_sd"], case["lead_time_days"], case["review_days"],
                      case["lead_time_sd_days"])  # fmt: skip
        service = case["cycle_service_level"]

        assert cover.sigma == pytest.approx(case["sigma"], rel=1e-9)
        assert safety_stock(cover, service) == pytest.approx(case["safety_stock"], rel=1e-6)
        assert order_up_to(cover, service) == pytest.approx(case["reorder_point_or_order_up_to"], rel=1e-6)


def test_levels_of_poisson_demand_agree() -> None:
    for case in shared_json(POLICY, cases=15)["plain_formulas"]["poisson"]:
        level = poisson.smallest_level(case["lead_time_demand_mean"], case["cycle_service_level"])

        assert level == case["smallest_level"]


def test_losses_and_fill_rates_agree() -> None:
    plain = shared_json(POLICY, cases=16)["plain_formulas"]

    for case in plain["standard_normal_loss"]:
        assert normal.loss(case["z"]) == pytest.approx(case["loss"], rel=1e-6)
        assert normal.complementary_loss(case["z"]) == pytest.approx(case["complementary_loss"], rel=1e-6)
    for case in plain["fill_rate_to_safety_stock"]:
        found = safety_stock_for_share(case["Q"], case["sigma_over_lead_time"], case["fill_rate"])
        assert found == pytest.approx(case["safety_stock"], rel=1e-6)


def test_rates_of_slow_goods_agree_with_two_libraries() -> None:
    for case in shared_json(INTERMITTENT, cases=13)["series"]:
        series, wanted = case["series"], case["per_period_forecast_tsintermittent"]
        found = {
            "croston_naive": croston(series),
            "croston_mean": croston(series, start=Start.MEAN),
            "sba_naive": sba(series),
            "sba_mean": sba(series, start=Start.MEAN),
            "sbj_naive": croston(series, correction=Correction.SBJ),
            "sbj_mean": croston(series, start=Start.MEAN, correction=Correction.SBJ),
            "tsb_naive": tsb(series),
            "tsb_mean": tsb(series, start=Start.MEAN),
        }

        assert found == pytest.approx(wanted, rel=1e-9), case["sku"]
        other = case["statsforecast_2.1.1"]
        assert croston(series) == pytest.approx(other["CrostonClassic"], rel=1e-12)
        assert sba(series) == pytest.approx(other["CrostonSBA"], rel=1e-12)
        assert tsb(series) == pytest.approx(other["TSB_0.1_0.05"], rel=1e-12)
        assert Sales.of(series).squared_variation == pytest.approx(case["cv2_of_nonzero_demand"], abs=1e-6)
        rare, varied = case["mean_interval_all"] >= 1.32, case["cv2_of_nonzero_demand"] >= 0.49
        names = {
            (False, False): "smooth",
            (False, True): "erratic",
            (True, False): "intermittent",
            (True, True): "lumpy",
        }
        assert class_of(series) is DemandClass(names[rare, varied])
