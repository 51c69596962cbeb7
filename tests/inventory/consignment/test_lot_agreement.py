"""What a lot keeps of the agreement it came under: its terms for ever, its losses by the rule of their day."""

from datetime import date

import pytest

from core.clock import today
from core.database import transaction
from core.money import Money
from inventory.consignment.agreed_terms import Clause, terms_for
from inventory.consignment.agreement import agree_losses, agree_terms, bearer_of_loss
from inventory.consignment.loss_cause import Bearer, LossCause
from inventory.consignment.lot_agreement import agreed_terms_of, agreed_terms_of_lots
from inventory.lot import Terms
from tests.inventory.consignment.agreeing import COMMISSION, agree

TOMORROW = date(2026, 11, 23)


def receive_as_agreed(shop, agreement, product):
    agreed = terms_for(agreement, product, today())
    return shop.receive(product, terms=agreed.terms, agreed=agreed)


def test_a_lot_keeps_the_terms_it_came_under(shop):
    agreement, honey = agree(shop), shop.product("Mật ong")
    before = receive_as_agreed(shop, agreement, honey)
    with transaction():
        agree_terms(
            agreement, [Clause(Terms.on_commission(3000), honey, minimum_price=Money(1_000))], first_day=today(),
            by=shop.by,
        )  # fmt: skip
    after = receive_as_agreed(shop, agreement, honey)

    kept = agreed_terms_of_lots([before.id, after.id])

    assert (before.commission, after.commission) == (1500, 3000)
    assert [kept[lot.id].commission for lot in (before, after)] == [1500, 3000]
    assert [kept[lot.id].minimum_price for lot in (before, after)] == [None, Money(1_000)]


def test_goods_without_agreement_come_on_typed_terms(shop):
    lot = shop.receive(shop.product("Mật ong"), terms=COMMISSION)

    assert agreed_terms_of(lot) is None
    assert agreed_terms_of_lots([lot.id]) == agreed_terms_of_lots([]) == {}


def test_other_terms_than_the_agreed_ones_are_our_own_mistake(shop):
    agreement, honey = agree(shop), shop.product("Mật ong")

    with pytest.raises(AssertionError, match="other terms"):
        shop.receive(honey, terms=Terms.on_commission(1), agreed=terms_for(agreement, honey, today()))


@pytest.mark.parametrize("cause", list(LossCause))
def test_the_point_bears_what_nothing_is_agreed_on(shop, cause):
    own, typed = shop.product("Trà"), shop.product("Mật ong")
    agree(shop, losses=dict.fromkeys(LossCause, Bearer.PRODUCER))  # but these lots did not come under it

    lots = [shop.receive(own), shop.receive(typed, terms=COMMISSION)]

    assert [bearer_of_loss(lot, cause, today()) for lot in lots] == [Bearer.SHOP, Bearer.SHOP]


def test_a_loss_is_borne_as_the_agreement_says_for_its_cause(shop):
    agreement = agree(shop, losses={LossCause.EXPIRY: Bearer.PRODUCER, LossCause.THEFT: Bearer.SHOP})
    lot = receive_as_agreed(shop, agreement, shop.product("Mật ong"))

    bearers = {cause: bearer_of_loss(lot, cause, today()) for cause in LossCause}

    assert [cause for cause, bearer in bearers.items() if bearer is Bearer.PRODUCER] == [LossCause.EXPIRY]


def test_new_rules_of_losses_hold_from_their_day_on(shop):
    agreement = agree(shop, losses={LossCause.EXPIRY: Bearer.PRODUCER})
    lot = receive_as_agreed(shop, agreement, shop.product("Mật ong"))
    with transaction():
        agree_losses(agreement, {LossCause.EXPIRY: Bearer.SHOP}, first_day=TOMORROW, by=shop.by)

    assert bearer_of_loss(lot, LossCause.EXPIRY, today()) is Bearer.PRODUCER
    assert bearer_of_loss(lot, LossCause.EXPIRY, TOMORROW) is Bearer.SHOP
