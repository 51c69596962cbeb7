"""What a producer is owed for goods lost in the shop's keeping, and what of it is taken back."""

from datetime import date

import pytest

from core.clock import today
from core.database import transaction
from core.i18n import translator
from core.money import Money
from core.quantity import Quantity, Unit
from inventory.consignment import claim as claims
from inventory.consignment.claim import (
    ClaimNeedsPrice,
    MoreThanClaimed,
    claim_of,
    claimed_by,
    left_of,
    raise_claim,
    reverse_claim,
    take_back_for_surplus,
)
from inventory.consignment.loss_cause import Bearer, LossCause
from inventory.consignment.owed_reversal import owed_to
from inventory.lot import Terms

COMMISSION = Terms.on_commission(1500)


def pieces(number):
    return Quantity.of(number)


def lose(lot, quantity, cause=LossCause.COUNT, seq=9_000, line=1):
    with transaction():
        return raise_claim(lot, quantity, cause, record_seq=seq, line=line, day=today())


def find(claim, quantity, seq, line=1):
    with transaction():
        return reverse_claim(claim, quantity, record_seq=seq, line=line, day=today())


@pytest.mark.parametrize(
    ("terms", "price", "quantity", "amount", "due"),
    [
        (COMMISSION, 100_000, Quantity(3000), 300_000, 255_000),
        (COMMISSION, 9_990, Quantity(1000), 9_990, 8_492),  # 8.491,5: halves go away from zero
        (Terms.at_delivery_price(Money(80_000)), 100_000, Quantity(2000), 200_000, 160_000),
        (Terms.at_delivery_price(Money(80_000)), None, Quantity(2000), 160_000, 160_000),  # its worth without a price
    ],
)
def test_a_claim_is_what_a_sale_of_that_day_would_have_brought_the_owner(shop, terms, price, quantity, amount, due):
    lot = shop.receive(shop.product("Mật ong", price=price), terms=terms)

    claim = lose(lot, quantity)

    assert (claim.bearer, claim.amount, claim.due) == (Bearer.SHOP, Money(amount), Money(due))
    assert claimed_by(shop.producer()) == Money(due)
    assert owed_to(shop.producer()) == Money(0)
    assert claim_of(9_000, 1) == claim


def test_the_points_own_goods_are_claimed_by_nobody(shop):
    assert lose(shop.receive(shop.product("Mật ong")), pieces(1)) is None


def test_what_the_producer_bears_himself_is_written_down_and_owes_nothing(shop, monkeypatch):
    monkeypatch.setattr(claims, "bearer_of_loss", lambda lot, cause, day: Bearer.PRODUCER)
    lot = shop.receive(shop.product("Mật ong"), terms=COMMISSION)

    claim = lose(lot, pieces(2), LossCause.EXPIRY)

    assert (claim.bearer, claim.amount, claim.due) == (Bearer.PRODUCER, Money(200_000), Money(0))
    assert claimed_by(shop.producer()) == Money(0)


def test_goods_on_commission_that_never_had_a_price_ask_for_one(shop):
    lot = shop.receive(shop.product("Mật ong", price=None), terms=COMMISSION)

    with pytest.raises(ClaimNeedsPrice) as refused:
        lose(lot, pieces(1))

    assert "Mật ong" in refused.value.sentence(translator("vi"))


def test_parts_taken_back_add_up_to_the_claim_to_the_dong(shop):
    fruit = shop.product("Na", unit=Unit.KILOGRAM, group="I.1.a", price=9_990, sell_within_days=5)
    claim = lose(shop.receive(fruit, "3", terms=COMMISSION), Quantity(1000))

    parts = [find(claim, Quantity(grams), 9_001 + n) for n, grams in enumerate((333, 333, 334))]

    assert sum((part.due for part in parts), Money(0)) == claim.due
    assert sum((part.amount for part in parts), Money(0)) == claim.amount
    assert left_of(claim) == Quantity(0)
    assert claimed_by(shop.producer()) == Money(0)
    with pytest.raises(MoreThanClaimed):
        find(claim, Quantity(1), 9_010)


@pytest.mark.parametrize("quantity", [Quantity(0), Quantity(-1000), Quantity(2001)])
def test_no_more_is_taken_back_than_is_claimed(shop, quantity):
    claim = lose(shop.receive(shop.product("Mật ong"), terms=COMMISSION), pieces(2))

    with pytest.raises(MoreThanClaimed):
        find(claim, quantity, 9_001)


def test_a_surplus_answers_the_newest_count_claims_of_its_owner_and_product_only(shop):
    honey, tea = shop.product("Mật ong"), shop.product("Trà")
    lot = shop.receive(honey, terms=COMMISSION)
    old, broken, new = (
        lose(lot, pieces(2)),
        lose(lot, pieces(1), LossCause.BREAKAGE, seq=9_001),
        lose(lot, pieces(2), seq=9_002),
    )
    lose(shop.receive(tea, terms=COMMISSION), pieces(5), seq=9_003)
    others = lose(shop.receive(honey, terms=COMMISSION, of="Hộ Hà"), pieces(5), seq=9_004)

    with transaction():
        taken = take_back_for_surplus(honey, lot.owner_id, pieces(3), record_seq=9_005, line=1, day=today())
    beyond = pieces(9)
    with transaction():
        rest = take_back_for_surplus(honey, lot.owner_id, beyond, record_seq=9_006, line=1, day=date(2026, 11, 23))

    assert [(one.claim_id, one.quantity) for one in taken] == [(new.id, pieces(2)), (old.id, pieces(1))]
    assert [(one.claim_id, one.quantity) for one in rest] == [(old.id, pieces(1))]
    assert left_of(broken) == pieces(1)
    assert left_of(others) == pieces(5)
