"""A producer's consent to a markdown: for which goods and days, and what of it cannot be agreed to."""

from datetime import date, timedelta

import pytest

from core.clock import today
from core.database import transaction
from core.money import Money
from inventory.catalogue.product import ServiceNotGoods
from inventory.catalogue.service_article import add_service_article
from inventory.consignment.agreed_terms import Clause, terms_for
from inventory.consignment.consent import (
    ConsentEndsFirst,
    ConsentInThePast,
    ConsentOver,
    ConsentPrice,
    ConsentReasonMissing,
    ConsentShare,
    Markdown,
    NothingOfTheirs,
    NotTheirLot,
    consents_of,
    end_consent,
    give_consent,
)
from inventory.consignment.discount_rule import DiscountRule, discount_rules
from inventory.receiving.confirmation import confirmation_of, not_present
from tests.inventory.consignment.agreeing import COMMISSION, agree

TODAY, DAY = date(2026, 11, 22), timedelta(days=1)


def consent(
    shop, product, *, lot=None, of=None, price=70_000, share=4_000, days=(TODAY, TODAY), reason="sắp hết hạn", **more
):
    producer = shop.producer(of) if of else product.producer
    with transaction():
        return give_consent(
            producer, product, Markdown(Money(price), share, *days, reason), lot=lot, by=shop.by, **more
        )  # fmt: skip


def end(shop, given, reason="chủ thể rút lại"):
    with transaction():
        return end_consent(given, reason=reason, by=shop.by)


def rules(*lots, day=TODAY):
    found = discount_rules([lot.id for lot in lots], day)
    return [found.get(lot.id) for lot in lots]


def test_a_consent_holds_from_its_first_to_its_last_day(shop):
    honey = shop.product("Mật ong")
    lot = shop.receive(honey, terms=COMMISSION)
    consent(shop, honey, days=(TODAY + DAY, TODAY + 2 * DAY))

    found = [rules(lot, day=TODAY + n * DAY) for n in range(4)]

    agreed = DiscountRule(4_000, 10_000, Money(70_000))
    assert found == [[None], [agreed], [agreed], [None]]


def test_a_consent_to_one_lot_leaves_the_others_alone(shop):
    honey = shop.product("Mật ong")
    first, second = (shop.receive(honey, terms=COMMISSION) for _ in range(2))
    consent(shop, honey, lot=first)

    assert [rule is not None for rule in rules(first, second)] == [True, False]


def test_a_consent_to_a_product_says_nothing_of_goods_of_others(shop):
    honey = shop.product("Mật ong")
    own, theirs = shop.receive(honey), shop.receive(honey, terms=COMMISSION)
    another = shop.receive(honey, terms=COMMISSION, of="HTX Mẫu Sơn")
    consent(shop, honey)

    assert [rule is not None for rule in rules(own, theirs, another)] == [False, True, False]


def test_a_consent_goes_before_the_terms_and_an_end_brings_them_back(shop):
    honey = shop.product("Mật ong")
    agreement = agree(shop, Clause(COMMISSION, honey, minimum_price=Money(90_000)))
    lot = shop.receive(honey, terms=COMMISSION, agreed=terms_for(agreement, honey, today()))
    given = consent(shop, honey, price=50_000)
    during = rules(lot)
    end(shop, given)

    assert [rule.minimum for rule in (*during, *rules(lot))] == [Money(50_000), Money(90_000)]


def test_of_two_consents_the_newer_counts(shop):
    honey = shop.product("Mật ong")
    lot = shop.receive(honey, terms=COMMISSION)
    for price in (80_000, 60_000):
        consent(shop, honey, price=price)

    assert rules(lot)[0].minimum == Money(60_000)
    assert [each.price.dong for each in consents_of(shop.producer())] == [60_000, 80_000]


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"reason": " \u200b"}, ConsentReasonMissing),
        ({"days": (TODAY - DAY, TODAY)}, ConsentInThePast),
        ({"days": (TODAY + DAY, TODAY)}, ConsentEndsFirst),
        ({"price": 0}, ConsentPrice),
        ({"price": -1}, ConsentPrice),
        ({"share": -1}, ConsentShare),
        ({"share": 10_001}, ConsentShare),
        ({"of": "HTX Mẫu Sơn"}, NothingOfTheirs),
    ],
)
def test_what_nobody_can_agree_to_is_refused(shop, more, refusal):
    honey = shop.product("Mật ong")
    shop.receive(honey, terms=COMMISSION)

    with pytest.raises(refusal):
        consent(shop, honey, **more)


def test_nobody_agrees_about_the_points_own_goods_or_another_product(shop):
    honey, tea = shop.product("Mật ong"), shop.product("Trà")
    own, theirs = shop.receive(honey), shop.receive(tea, terms=COMMISSION)

    for lot in (own, theirs):
        with pytest.raises(NotTheirLot):
            consent(shop, honey, lot=lot)
    with pytest.raises(NothingOfTheirs):
        consent(shop, honey)


def test_a_service_has_no_price_to_agree_about(shop):
    with transaction():
        posting = add_service_article(name="Gửi bưu điện", by=shop.by)

    with pytest.raises(ServiceNotGoods):
        consent(shop, posting)


def test_a_consent_ends_once_with_a_reason(shop):
    honey = shop.product("Mật ong")
    shop.receive(honey, terms=COMMISSION)
    given = consent(shop, honey)

    with pytest.raises(ConsentReasonMissing):
        end(shop, given, reason="")
    end(shop, given)
    with pytest.raises(ConsentOver):
        end(shop, given)


def test_a_consent_that_is_over_is_not_ended(shop):
    honey = shop.product("Mật ong")
    shop.receive(honey, terms=COMMISSION)
    given = consent(shop, honey)
    shop.clock.move(DAY)

    with pytest.raises(ConsentOver):
        end(shop, given)


def test_the_producers_word_is_kept_with_his_consent(shop):
    honey = shop.product("Mật ong")
    shop.receive(honey, terms=COMMISSION)

    given = consent(shop, honey, confirmed=not_present(shop.producer()))

    assert confirmation_of(given.record_seq).producer == shop.producer()
