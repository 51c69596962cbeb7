"""Labels whose price or stars are not true any more."""

from datetime import date, timedelta

from sqlalchemy import select

from core.clock import today
from core.database import db, transaction
from core.money import Money
from inventory.catalogue.mark_use import MarkUse, marks_gone
from inventory.catalogue.price import set_price
from inventory.catalogue.product import retire_product
from inventory.labels.replacement import Why, labels_to_replace
from tests.inventory.labels.scene import LOT, ON_ROLL, SHELF, printed

# what must be replaced


def test_a_new_price_lists_the_labels_that_show_the_old_one(shop, honey):
    printed(shop, ON_ROLL, (honey, None, SHELF, 1), (honey, shop.receive(honey), LOT, 1))
    assert labels_to_replace(today()) == []
    with transaction():
        set_price(honey, Money(130_000), from_day=today() + timedelta(days=1), by=shop.by)

    assert labels_to_replace(today()) == []
    (one,) = labels_to_replace(today() + timedelta(days=1))

    assert (one.kind, one.why, one.price) == (SHELF, (Why.PRICE,), Money(130_000))


def test_a_new_label_answers_for_the_old_one(shop, honey):
    printed(shop, ON_ROLL, (honey, None, SHELF, 1))
    shop.clock.move(timedelta(days=1))
    with transaction():
        set_price(honey, Money(130_000), from_day=today(), by=shop.by)
    assert len(labels_to_replace(today())) == 1

    printed(shop, ON_ROLL, (honey, None, SHELF, 1))

    assert labels_to_replace(today()) == []


def test_the_day_after_a_certificate_the_labels_with_its_stars_are_listed(shop, honey):
    printed(shop, ON_ROLL, (honey, None, SHELF, 1), (honey, shop.receive(honey), LOT, 3))
    last = date(2028, 3, 15)

    assert labels_to_replace(last) == []
    assert marks_gone(last) == []
    assert {one.why for one in labels_to_replace(last + timedelta(days=1))} == {(Why.STARS,)}
    assert [use.copies for use in marks_gone(last + timedelta(days=1))] == [1, 3]


def test_what_is_not_in_the_range_any_more_needs_no_new_label(shop, honey):
    printed(shop, ON_ROLL, (honey, None, SHELF, 1))
    with transaction():
        set_price(honey, Money(130_000), from_day=today(), by=shop.by)
        retire_product(honey, by=shop.by)

    assert labels_to_replace(today()) == []


def test_a_product_without_stars_leaves_no_use_of_a_mark(shop):
    printed(shop, ON_ROLL, (shop.product("Chè", stars=None), None, SHELF, 1))

    assert db.session.scalars(select(MarkUse)).all() == []
