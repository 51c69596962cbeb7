"""Registers that are taken out of service and brought back."""

import pytest

from core.database import transaction
from pos.basket import park_basket
from pos.register import registers_in_service
from pos.register_retirement import (
    BasketsWait,
    LastRegister,
    RegisterInService,
    RegisterRetired,
    ShiftStillOpen,
    bring_back_register,
    retire_register,
)
from pos.replay import verify_shop
from tests.factories import close_shift, fill_basket, open_shift, receive, register_of, sell


def retire(shop, code="1"):
    with transaction():
        retire_register(register_of(code), by=shop.manager)


def test_a_retired_register_opens_no_shift(shop):
    retire(shop)

    assert [register.code for register in registers_in_service()] == ["2"]
    with pytest.raises(RegisterRetired):
        open_shift(shop)


def test_a_register_is_not_retired_while_its_shift_is_open(shop):
    open_shift(shop)

    with pytest.raises(ShiftStillOpen, match="Shift 1 is still open at Quầy 1"):
        retire(shop)


def test_a_register_is_not_retired_while_a_basket_waits_there(shop):
    receive(shop, "mật ong")
    open_shift(shop)
    basket = fill_basket(shop, ("mật ong", 1))
    with transaction():
        park_basket(basket)
    close_shift(shop, 500_000)

    with pytest.raises(BasketsWait, match="1 baskets still wait"):
        retire(shop)


def test_the_last_register_stays(shop):
    retire(shop, "2")

    with pytest.raises(LastRegister):
        retire(shop, "1")


def test_what_was_sold_there_stays_and_it_can_be_brought_back(shop):
    receive(shop, "mật ong")
    open_shift(shop)
    sale = sell(shop, "mật ong")
    close_shift(shop, 600_000)
    retire(shop)
    assert sale.register.code == "1"

    with transaction():
        bring_back_register(register_of("1"), by=shop.manager)

    assert open_shift(shop).register.code == "1"
    with pytest.raises(RegisterInService), transaction():
        bring_back_register(register_of("1"), by=shop.manager)
    assert verify_shop().clean
