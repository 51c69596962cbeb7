"""Lots, moves, what is on hand, and which lot a sale takes from."""

from datetime import date, timedelta

import pytest

from core.clock import today
from core.database import transaction
from core.i18n import translator
from core.money import Money
from core.quantity import NONE, Quantity, Unit
from inventory.catalogue.eligibility import Recalled
from inventory.catalogue.recall import recall
from inventory.consignment.owed import Owed, write_owed
from inventory.consignment.owed_reversal import owed_to
from inventory.location import CUSTOMER, LOSS, PRODUCER, SHELF, STOCKROOM
from inventory.lot import CommissionBeyondWhole, NoSuchLot, Terms, TermsNegative, lot_of, lot_of_label
from inventory.stock_level import (
    LabelLotEmpty,
    NotEnough,
    OtherOwnersOnly,
    on_hand,
    on_hand_by_lot,
    on_hand_by_product,
    pick_lots,
)
from inventory.stock_move import Move, post_moves

COMMISSION = Terms.on_commission(1500)


def pieces(number):
    return Quantity.of(number)


def move(lot, quantity, source=SHELF, target=CUSTOMER, seq=9_000):
    with transaction():
        post_moves([Move(lot, source, target, quantity, 1)], seq)


def picked(product, number, **more):
    found = pick_lots(product, pieces(number), today(), **more)
    return [(lot.number, quantity.thousandths // 1000) for lot, quantity in found]


def test_on_hand_is_what_came_less_what_went(shop):
    honey = shop.product("Mật ong")
    lot = shop.receive(honey, 10)
    move(lot, pieces(3))
    move(lot, pieces(2), SHELF, STOCKROOM, 9_001)
    move(lot, pieces(1), CUSTOMER, SHELF, 9_002)

    assert on_hand(lot) == pieces(6)
    assert on_hand(lot, STOCKROOM) == pieces(2)
    assert on_hand(lot, PRODUCER) == -pieces(10)
    assert on_hand_by_product([honey.id]) == {honey.id: pieces(6)}
    assert on_hand(lot, LOSS) == NONE


def test_what_was_sold_below_the_book_stays_visible(shop):
    honey = shop.product("Mật ong")
    lot = shop.receive(honey, 1)
    move(lot, pieces(3))

    assert [one.quantity for one in on_hand_by_lot([honey.id])[honey.id]] == [-pieces(2)]
    with pytest.raises(NotEnough):
        pick_lots(honey, pieces(1), today())


@pytest.mark.parametrize(
    ("quantity", "source", "target"), [(Quantity(0), SHELF, CUSTOMER), (Quantity(-1), SHELF, CUSTOMER),
                                       (Quantity(1), SHELF, SHELF)]
)  # fmt: skip
def test_a_move_of_nothing_or_to_nowhere_is_our_own_mistake(shop, quantity, source, target):
    lot = shop.receive(shop.product("Mật ong"))

    with pytest.raises(AssertionError):
        move(lot, quantity, source, target)


def test_first_to_expire_goes_first_then_the_oldest(shop):
    honey = shop.product("Mật ong")
    late = shop.receive(honey, 5, best_before=date(2027, 6, 1))
    early = shop.receive(honey, 5, best_before=date(2027, 1, 1))
    undated = shop.receive(honey, 5)

    assert picked(honey, 7) == [(early.number, 5), (late.number, 2)]
    assert picked(honey, 12) == [(early.number, 5), (late.number, 5), (undated.number, 2)]


def test_the_lot_on_the_label_goes_first(shop):
    honey = shop.product("Mật ong")
    early = shop.receive(honey, 5, best_before=date(2027, 1, 1))
    late = shop.receive(honey, 5, best_before=date(2027, 6, 1), producer_lot="B8")

    assert picked(honey, 2, wanted_lot=lot_of_label(honey, "B8")) == [(late.number, 2)]
    assert picked(honey, 6, wanted_lot=late) == [(late.number, 5), (early.number, 1)]


def test_another_owners_goods_never_fill_a_gap(shop):
    honey = shop.product("Mật ong")
    own = shop.receive(honey, 2, best_before=date(2027, 1, 1))
    consigned = shop.receive(honey, 9, terms=COMMISSION, best_before=date(2027, 6, 1))

    assert picked(honey, 2) == [(own.number, 2)]
    with pytest.raises(OtherOwnersOnly) as refused:
        pick_lots(honey, pieces(3), today())
    assert "còn 2" in refused.value.sentence(translator("vi"))
    assert picked(honey, 3, wanted_lot=consigned) == [(consigned.number, 3)]
    with pytest.raises(OtherOwnersOnly):
        pick_lots(honey, pieces(10), today(), wanted_lot=consigned)


def test_two_producers_of_one_product_are_two_owners(shop):
    honey = shop.product("Mật ong")
    first = shop.receive(honey, 1, terms=COMMISSION, of="HTX Quảng Lạc")
    second = shop.receive(honey, 1, terms=Terms.at_delivery_price(Money(80_000)), of="Trung gian")

    assert (first.owner_code, second.owner_code) == ("0001", "0002")
    with pytest.raises(OtherOwnersOnly):
        pick_lots(honey, pieces(2), today())


def test_expired_and_recalled_lots_are_never_chosen(shop):
    honey = shop.product("Mật ong")
    shop.receive(honey, 5, best_before=today(), producer_lot="OLD")
    bad = shop.receive(honey, 5, producer_lot="BAD")
    good = shop.receive(honey, 5)
    with transaction():
        recall(honey, lot_number=bad.number, reason="vi sinh", by=shop.by)
    shop.clock.move(timedelta(days=1))

    assert picked(honey, 5) == [(good.number, 5)]
    with pytest.raises(NotEnough):
        pick_lots(honey, pieces(6), today())
    with pytest.raises(Recalled):  # named by the label, it is refused and not exchanged for a good one
        pick_lots(honey, pieces(1), today(), wanted_lot=bad)


def test_an_empty_lot_on_the_label_is_not_exchanged_for_another_one_unseen(shop):
    honey = shop.product("Mật ong")
    empty = shop.receive(honey, 2, producer_lot="A1")
    shop.receive(honey, 5, producer_lot="A2")
    move(empty, pieces(2))

    with pytest.raises(LabelLotEmpty) as refused:
        pick_lots(honey, pieces(1), today(), wanted_lot=empty)

    assert empty.number in refused.value.sentence(translator("vi"))


def test_nothing_on_the_shelf_is_not_enough(shop):
    with pytest.raises(NotEnough):
        pick_lots(shop.product("Mật ong"), pieces(1), today())


def test_weights_are_split_over_lots_to_the_gram(shop):
    fruit = shop.product("Na", unit=Unit.KILOGRAM, group="I.1.a", sell_within_days=5)
    first, second = shop.receive(fruit, "1,250"), shop.receive(fruit, "2")

    found = pick_lots(fruit, Quantity(1850), today())

    assert [(lot.id, quantity.thousandths) for lot, quantity in found] == [(first.id, 1250), (second.id, 600)]


@pytest.mark.parametrize(
    ("terms", "total", "quantity", "due"),
    [
        (Terms.bought(Money(70_000)), 100_000, 1000, 0),
        (Terms.on_commission(1500), 100_000, 1000, 85_000),
        (Terms.on_commission(1500), 9_990, 1000, 8_492),  # 8.491,5: halves go away from zero
        (Terms.on_commission(0), 100_000, 1000, 100_000),
        (Terms.on_commission(10_000), 100_000, 1000, 0),
        (Terms.on_commission(1250), 100_001, 1000, 87_501),  # 87.500,875
        (Terms.at_delivery_price(Money(80_000)), 100_000, 1000, 80_000),
        (Terms.at_delivery_price(Money(30_000)), 1, 1_850, 55_500),
        (Terms.at_delivery_price(Money(33_333)), 1, 500, 16_667),  # 16.666,5
    ],
)
def test_what_is_due_to_the_owner(terms, total, quantity, due):
    assert terms.due(Money(total), Quantity(quantity)) == Money(due)


def test_terms_that_take_from_the_producer_are_refused():
    with pytest.raises(TermsNegative):
        Terms.bought(Money(-1))
    with pytest.raises(TermsNegative):
        Terms.at_delivery_price(Money(-1))
    for rate in (-1, 10_001):
        with pytest.raises(CommissionBeyondWhole):
            Terms.on_commission(rate)


def test_what_is_owed_adds_up_by_owner_and_own_goods_owe_nobody(shop):
    honey = shop.product("Mật ong")
    own, consigned = shop.receive(honey), shop.receive(honey, terms=COMMISSION)
    with transaction():
        lines = [Owed(consigned, pieces(1), Money(100_000), Money(85_000), n) for n in (1, 2)]
        write_owed(lines, 9_000)

    assert owed_to(shop.producer()) == Money(170_000)
    assert owed_to(shop.producer("Người khác")) == Money(0)
    with pytest.raises(AssertionError), transaction():
        write_owed([Owed(own, pieces(1), Money(1), Money(0), 1)], 9_001)


def test_lots_are_found_by_number_and_by_label(shop):
    honey, tea = shop.product("Mật ong"), shop.product("Trà")
    first, second = shop.receive(honey, producer_lot="A"), shop.receive(honey, producer_lot="A")

    assert lot_of(first.number) == first
    assert lot_of_label(honey, "A") == second  # the newest of two with the same label
    assert lot_of_label(honey, first.number) == first
    assert lot_of_label(tea, "A") is None
    with pytest.raises(NoSuchLot):
        lot_of("1")
