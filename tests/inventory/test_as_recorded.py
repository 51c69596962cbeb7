"""Names and places of a past day: what was corrected later, and communes that were merged on 1/7/2025."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from config.reference.localities import communes_on, provinces_on
from core.clock import today
from core.database import transaction
from core.journal.past_day import records_until
from inventory.catalogue.as_recorded import producers_as_of, products_as_of
from inventory.catalogue.producer_correction import correct_producer
from inventory.catalogue.product_correction import correct_product

DAY = timedelta(days=1)
LANG_SON = next(one.id for one in provinces_on(date(2025, 7, 1)) if one.name == "Lạng Sơn")


def as_of(product, day):
    return products_as_of([product], records_until(day))[product.id]


def test_a_product_renamed_later_has_its_old_name_on_the_days_before(shop):
    honey = shop.product("Mật ong", pack="hũ 500 g")
    shop.clock.move(DAY)
    with transaction():
        correct_product(honey, name="Mật ong bạc hà", reason="viết đủ tên", by=shop.by)

    assert as_of(honey, today() - DAY).full_name == "Mật ong, hũ 500 g"
    assert as_of(honey, today()).full_name == "Mật ong bạc hà, hũ 500 g"


def test_a_producer_renamed_later_has_his_old_name_with_all_he_makes(shop):
    honey = shop.product("Mật ong")
    other = shop.product("Trà", of="HTX Khác")
    maker = honey.producer
    shop.clock.move(DAY)
    with transaction():
        correct_producer(maker, name="HTX Quảng Lạc Xanh", form="company_limited", reason="đổi tên", by=shop.by)

    before = products_as_of([honey, other], records_until(today() - DAY))
    assert (before[honey.id].producer.name, before[honey.id].producer.form) == ("HTX Quảng Lạc", "cooperative")
    assert before[other.id].producer.name == "HTX Khác"
    after = producers_as_of([maker], records_until(today()))[maker.id]
    assert (after.name, after.form) == ("HTX Quảng Lạc Xanh", "company_limited")


def test_several_changes_are_told_apart_by_the_day(shop):
    honey = shop.product("Một")
    for name in ("Hai", "Ba"):
        shop.clock.move(DAY)
        with transaction():
            correct_product(honey, name=name, reason="thử", by=shop.by)

    names = [as_of(honey, today() - days * DAY).name for days in (2, 1, 0)]

    assert names == ["Một", "Hai", "Ba"]


@pytest.mark.parametrize(
    ("day", "place"),
    [
        (date(2025, 6, 30), "xã Quang Lang, huyện Chi Lăng"),  # the papers of that time
        (date(2025, 7, 1), None),  # the commune of today, and no district any more
    ],
)
def test_the_commune_is_the_one_of_the_day(shop, day, place):
    maker, commune = shop.producer(), communes_on(date(2025, 7, 1), LANG_SON)[0]
    with transaction():
        old = {"old_commune": "xã Quang Lang", "old_district": "huyện Chi Lăng"}
        correct_producer(maker, locality_id=commune.id, **old, reason="theo giấy", by=shop.by)
    then = producers_as_of([maker], records_until(today()))[maker.id]

    assert then.commune_on(day) == (place or commune.full_name)
    assert "huyện" not in then.place_on(date(2025, 7, 1))


def test_a_producer_without_a_place_has_none(shop):
    maker = shop.producer()

    assert producers_as_of([maker], records_until(today()))[maker.id].place_on(today()) == ""
