"""Promotions: entered for days to come, ended at once, taken back before they begin; the past never changes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.clock import today
from core.database import transaction
from core.journal.record import Kind
from core.money import Money
from pos.correction import ReasonMissing
from pos.discounts.promotion import (
    ForGoods,
    PromotionEndsBeforeItBegins,
    PromotionForNothing,
    PromotionInThePast,
    PromotionOver,
    PromotionPercent,
    PromotionPrice,
    PromotionSet,
    PromotionWithoutName,
    all_promotions,
    end_promotion,
    enter_promotion,
)
from pos.discounts.promotion_table import promotions_in_force
from pos.replay import verify_shop
from tests.factories import PromotionTerms as Promo
from tests.factories import Shop, goods, producer, promote, records

TODAY = date(2026, 11, 20)
TEN = Promo.percent_off(1_000)


def end(shop: Shop, promotion, reason: str = "nhập nhầm") -> None:
    """End a promotion, as a manager."""
    with transaction():
        end_promotion(promotion, reason=reason, by=shop.manager)


@pytest.mark.parametrize(
    ("name", "first", "last", "refusal"),
    [
        ("", 0, 0, PromotionWithoutName),
        ("   ", 0, 0, PromotionWithoutName),
        ("Tết", -1, 5, PromotionInThePast),
        ("Tết", 5, 4, PromotionEndsBeforeItBegins),
    ],
)
def test_what_makes_no_sense_is_refused(shop, name, first, last, refusal):
    for_honey = ForGoods(product=goods(shop, "mật ong"))
    days = TODAY + timedelta(days=first), TODAY + timedelta(days=last)

    with pytest.raises(refusal), transaction():
        enter_promotion(name, TEN, for_honey, first_day=days[0], last_day=days[1], by=shop.manager)

    assert records(Kind.PROMOTION) == []


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (lambda: Promo.percent_off(0), PromotionPercent),
        (lambda: Promo.percent_off(10_001), PromotionPercent),
        (lambda: Promo.at_price(Money(0)), PromotionPrice),
        (lambda: Promo.some_free(buy=0, free=1), PromotionSet),
        (lambda: Promo.some_free(buy=2, free=0), PromotionSet),
        (lambda: Promo.some_free(buy=101, free=1), PromotionSet),
    ],
)
def test_terms_that_give_nothing_or_too_much_are_refused(make, refusal):
    with pytest.raises(refusal):
        make()


@pytest.mark.parametrize("group", [None, "XX", "I.9", "VI"])
def test_it_is_for_goods_that_there_are(shop, group):
    with pytest.raises(PromotionForNothing):
        promote_group(shop, group)


def promote_group(shop: Shop, group: str | None) -> None:
    """A promotion for a group."""
    with transaction():
        enter_promotion("Tết", TEN, ForGoods(group=group), first_day=TODAY, last_day=TODAY, by=shop.manager)


def test_it_is_for_one_thing_only(shop):
    both = ForGoods(product=goods(shop, "mật ong"), producer=producer(shop))

    with pytest.raises(PromotionForNothing), transaction():
        enter_promotion("Tết", TEN, both, first_day=TODAY, last_day=TODAY, by=shop.manager)


def test_it_is_in_force_from_the_first_day_to_the_last(shop):
    promote(shop, "mật ong", TEN, days=(TODAY + timedelta(days=1), TODAY + timedelta(days=2)))

    running = [bool(promotions_in_force(TODAY + timedelta(days=n))) for n in range(5)]

    assert running == [False, True, True, False, False]


def test_one_that_was_ended_gives_nothing_more_from_that_moment(shop):
    promotion = promote(shop, "mật ong", TEN, days=(TODAY, TODAY + timedelta(days=9)))

    end(shop, promotion)

    assert promotions_in_force(today()) == []
    assert promotion.end is not None
    assert promotion.last_day == TODAY + timedelta(days=9)  # what was decided stays readable


def test_one_to_come_is_taken_back_and_never_runs(shop):
    later = TODAY + timedelta(days=5)

    end(shop, promote(shop, "mật ong", TEN, days=(later, later)))

    assert promotions_in_force(later) == []


def test_ending_needs_a_reason_and_something_to_end(shop):
    promotion = promote(shop, "mật ong", TEN)
    with pytest.raises(ReasonMissing):
        end(shop, promotion, " ")
    end(shop, promotion)

    with pytest.raises(PromotionOver):
        end(shop, promotion)


def test_one_whose_last_day_has_passed_is_over(shop):
    promotion = promote(shop, "mật ong", TEN)
    shop.clock.move(timedelta(days=1))

    with pytest.raises(PromotionOver):
        end(shop, promotion)


def test_the_journal_tells_of_all_of_it(shop):
    promote(shop, "mật ong", Promo.some_free(buy=2, free=1), called="Mua 2 tặng 1")
    promote(shop, "", TEN, group="I.2", called="Tuần đồ uống")
    end(shop, promote(shop, "", Promo.percent_off(750), of="HTX Quảng Lạc"))

    assert [promotion.number for promotion in all_promotions()] == [3, 2, 1]
    first, second, third, ended = [record["body"] for record in records(Kind.PROMOTION)]
    assert (first["kind"], first["buy"], first["free"], first["percent"]) == ("free", 2, 1, None)
    assert (second["group"], second["sku"], second["percent"]) == ("I.2", None, 1_000)
    assert (third["producer"], third["percent"]) == (producer(shop).code, 750)
    assert (ended["act"], ended["no"], ended["reason"]) == ("ended", 3, "nhập nhầm")
    assert verify_shop().clean
