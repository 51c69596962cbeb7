"""How agreements stand on a day, and whose goods are here without one."""

from datetime import date

import pytest

from core.clock import today
from core.database import transaction
from inventory.catalogue.product import retire_product
from inventory.consignment.agreement_list import (
    Standing,
    agreements_by_standing,
    producers_without_agreement,
    products_to_agree_on,
    standing_of,
)
from tests.inventory.consignment.agreeing import COMMISSION, agree

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2025, 12, 31), Standing.TO_COME),
        (FIRST, Standing.IN_FORCE),
        (date(2026, 10, 31), Standing.IN_FORCE),  # 61 days before its last
        (date(2026, 11, 1), Standing.ENDS_SOON),
        (LAST, Standing.ENDS_SOON),
        (date(2027, 1, 1), Standing.GRACE),
        (date(2027, 1, 30), Standing.GRACE),
        (date(2027, 1, 31), Standing.OVER),
    ],
)
def test_an_agreement_stands_as_its_days_say(shop, day, standing):
    agreement = agree(shop, first_day=FIRST, last_day=LAST, grace_days=30)

    assert standing_of(agreement, day) is standing


def test_without_a_last_day_it_is_in_force(shop):
    assert standing_of(agree(shop, first_day=FIRST), date(2099, 1, 1)) is Standing.IN_FORCE


def test_what_needs_a_hand_comes_first(shop):
    for n, last_day in enumerate((None, date(2026, 12, 20), date(2026, 11, 20), date(2026, 3, 1), date(2026, 12, 1))):
        agree(shop, of=f"HTX {n}", paper=str(n), first_day=FIRST, last_day=last_day)

    assert [one.agreement.paper for one in agreements_by_standing(today())] == ["2", "4", "1", "0", "3"]


@pytest.mark.parametrize(
    ("last_day", "pointed_out"),
    [(None, False), (date(2026, 11, 17), False), (date(2026, 10, 23), False), (date(2026, 10, 22), True)],
)
def test_goods_without_an_agreement_are_pointed_out_once_grace_is_over(shop, last_day, pointed_out):
    agree(shop, first_day=FIRST, last_day=last_day, grace_days=30)
    shop.receive(shop.product("Mật ong"), terms=COMMISSION)

    assert producers_without_agreement(today()) == ([shop.producer()] if pointed_out else [])


def test_bought_goods_and_goods_that_are_gone_need_no_agreement(shop):
    shop.receive(shop.product("Trà"))

    assert producers_without_agreement(today()) == []


def test_terms_may_be_for_what_a_producer_makes_or_brought(shop):
    own, old = shop.product("Mật ong"), shop.product("Sáp ong")
    brought = shop.product("Trà", of="HTX Mẫu Sơn")
    shop.product("Chè", of="HTX Mẫu Sơn")
    shop.receive(brought, of="HTX Quảng Lạc")
    with transaction():
        retire_product(old, by=shop.by)

    assert products_to_agree_on(shop.producer()) == [own, brought]
