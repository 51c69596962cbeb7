"""Which terms count for a product on a day at a price, and what no clause can say."""

from datetime import date

import pytest

from core.clock import today
from core.database import transaction
from core.money import Money
from inventory.catalogue.product import ServiceNotGoods
from inventory.catalogue.service_article import add_service_article
from inventory.consignment.agreed_terms import Clause, terms_for, terms_in_force
from inventory.consignment.agreement import agree_terms
from inventory.consignment.clause_check import (
    DeliveryPriceForOneProduct,
    FirstStepMissing,
    GroupUnknown,
    LimitMissing,
    MinimumForOneProduct,
    MinimumNotPositive,
    NothingAgreed,
    ShareBeyondWhole,
    StepTwice,
    TooManyClauses,
)
from inventory.lot import Terms
from tests.inventory.consignment.agreeing import COMMISSION, agree

TEN, FIFTEEN, TWENTY, THIRTY = (Terms.on_commission(rate) for rate in (1000, 1500, 2000, 3000))
TOMORROW = date(2026, 11, 23)


def test_a_product_goes_before_its_sub_group_its_group_and_all_goods(shop):
    honey, other_honey = shop.product("Mật ong", group="I.2.b"), shop.product("Mật ong rừng", group="I.2.b")
    same_set, tea = shop.product("Nấm", group="I.2.a"), shop.product("Trà", group="II.1.a")
    agreement = agree(
        shop, Clause(FIFTEEN), Clause(TEN, group="I.2"), Clause(TWENTY, group="I.2.b"), Clause(THIRTY, honey)
    )

    found = [terms_for(agreement, one, today()).terms for one in (honey, other_honey, same_set, tea)]

    assert found == [THIRTY, TWENTY, TEN, FIFTEEN]


def test_a_group_is_no_beginning_of_another_code(shop):
    agreement = agree(shop, Clause(TEN, group="I"))

    assert terms_for(agreement, shop.product("Trà", group="II.1.a"), today()) is None


@pytest.mark.parametrize(
    ("price", "rate"),
    [(0, 2000), (99_999, 2000), (100_000, 1500), (499_999, 1500), (500_000, 1000), (9_000_000, 1000), (None, 2000)],
)
def test_the_highest_step_that_a_price_reaches_counts(shop, price, rate):
    steps = [(TWENTY, 0), (TEN, 500_000), (FIFTEEN, 100_000)]
    agreement = agree(shop, *(Clause(terms, price_from=Money(least)) for terms, least in steps))

    found = terms_for(agreement, shop.product("Mật ong"), today(), price=Money(price) if price is not None else None)

    assert found.commission == rate


def test_new_terms_take_the_place_of_all_steps_of_the_same_goods_and_of_no_other(shop):
    honey, tea = shop.product("Mật ong"), shop.product("Trà")
    agreement = agree(shop, Clause(TWENTY), Clause(TEN, price_from=Money(100_000)), Clause(THIRTY, tea))
    with transaction():
        agree_terms(agreement, [Clause(FIFTEEN)], first_day=today(), by=shop.by)

    dear = terms_for(agreement, honey, today(), price=Money(100_000))

    assert (dear.terms, terms_for(agreement, tea, today()).terms) == (FIFTEEN, THIRTY)
    assert [row.terms for row in terms_in_force(agreement, today())] == [THIRTY, FIFTEEN]


def test_of_two_terms_for_one_day_the_later_written_count(shop):
    agreement, honey = agree(shop), shop.product("Mật ong")
    for terms in (TWENTY, TEN):
        with transaction():
            agree_terms(agreement, [Clause(terms)], first_day=TOMORROW, by=shop.by)

    assert terms_for(agreement, honey, TOMORROW).terms == TEN


def test_terms_of_a_product_say_nothing_of_others(shop):
    agreement = agree(shop, Clause(FIFTEEN, shop.product("Mật ong")))

    assert terms_for(agreement, shop.product("Trà"), today()) is None


def test_the_row_says_everything_that_was_agreed(shop):
    honey = shop.product("Mật ong")
    agreement = agree(
        shop,
        Clause(Terms.at_delivery_price(Money(80_000)), honey, minimum_price=Money(90_000), discount_share=5000,
               discount_limit=2000),
    )  # fmt: skip

    agreed = terms_for(agreement, honey, today())

    assert agreed.terms == Terms.at_delivery_price(Money(80_000))
    assert (agreed.minimum_price, agreed.discount_share, agreed.discount_limit) == (Money(90_000), 5000, 2000)
    assert (agreed.terms_id, agreed.agreement) == (agreed.id, agreement)


def test_a_limit_without_a_share_is_dropped(shop):
    agreement = agree(shop, Clause(FIFTEEN, discount_limit=2000))

    assert terms_for(agreement, shop.product("Mật ong"), today()).discount_limit == 0


REFUSED = [
    ([], NothingAgreed),
    ([Clause(COMMISSION, group="I")] * 201, TooManyClauses),
    ([Clause(Terms.at_delivery_price(Money(80_000)))], DeliveryPriceForOneProduct),
    ([Clause(Terms.at_delivery_price(Money(80_000)), group="I")], DeliveryPriceForOneProduct),
    ([Clause(COMMISSION, minimum_price=Money(1_000))], MinimumForOneProduct),
    ([Clause(COMMISSION, group="IX")], GroupUnknown),
    ([Clause(COMMISSION, group="VI")], GroupUnknown),  # services
    ([Clause(COMMISSION, discount_share=10_001, discount_limit=1)], ShareBeyondWhole),
    ([Clause(COMMISSION, discount_share=-1)], ShareBeyondWhole),
    ([Clause(COMMISSION, discount_share=1, discount_limit=10_001)], ShareBeyondWhole),
    ([Clause(COMMISSION, discount_share=5000)], LimitMissing),
    ([Clause(COMMISSION, price_from=Money(1_000))], FirstStepMissing),
    ([Clause(COMMISSION), Clause(TEN, group="I", price_from=Money(1_000))], FirstStepMissing),
    ([Clause(COMMISSION), Clause(TEN)], StepTwice),
]


@pytest.mark.parametrize(("clauses", "refusal"), REFUSED)
def test_clauses_that_contradict_themselves_are_refused(shop, clauses, refusal):
    agreement = agree(shop)

    with pytest.raises(refusal), transaction():
        agree_terms(agreement, clauses, first_day=today(), by=shop.by)


def test_a_minimum_price_is_more_than_nothing(shop):
    agreement, honey = agree(shop), shop.product("Mật ong")

    with pytest.raises(MinimumNotPositive), transaction():
        agree_terms(agreement, [Clause(COMMISSION, honey, minimum_price=Money(0))], first_day=today(), by=shop.by)


def test_a_service_is_not_consigned(shop):
    agreement = agree(shop)
    with transaction():
        posting = add_service_article(name="Gửi bưu điện", by=shop.by)

    with pytest.raises(ServiceNotGoods), transaction():
        agree_terms(agreement, [Clause(COMMISSION, posting)], first_day=today(), by=shop.by)
