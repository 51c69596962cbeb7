"""Whoever changes what the shop knows of transfers behind its back is found out by the journal."""

from __future__ import annotations

import pytest
from pysqlite3 import dbapi2 as sqlite

from core.current_settings import install_settings
from core.database import db, transaction
from core.money import Money
from core.vietqr import transfer_qr
from pos.replay import verify_shop
from pos.transfers.arrival import sort_out, write_arrival
from pos.transfers.arrival_table import Outcome, Source
from pos.transfers.mirror import TRANSFERS
from pos.transfers.request import ask_for_transfer, give_up_request
from pos.transfers.sticker import look_at_sticker
from tests.factories import Shop, fill_basket, open_shift, receive, shop_settings

CHANGES = {
    "transfer_requests": "UPDATE transfer_requests SET amount = amount / 1000",
    "transfer_request_endings": "UPDATE transfer_request_endings SET reason = 'khác'",
    "bank_arrivals": "UPDATE bank_arrivals SET amount = amount - 1",
    "bank_arrival_sortings": "UPDATE bank_arrival_sortings SET outcome = 'not_ours'",
    "sticker_looks": "UPDATE sticker_looks SET act = 'skipped'",
}


@pytest.fixture
def told(shop: Shop) -> Shop:
    """A shop in which each of these things has happened once."""
    install_settings(shop.app, shop_settings(bank={"account": "1023456789", "sticker": True}))
    with transaction():
        sticker = transfer_qr(bank_bin="970436", account="1023456789", amount=None, purpose="")
        look_at_sticker(shop.register, sticker, by=shop.clerk)
    open_shift(shop)
    receive(shop, "mật ong", 10)
    basket = fill_basket(shop, ("mật ong", 1))
    with transaction():
        give_up_request(ask_for_transfer(basket, Money(100_000), by=shop.clerk), reason="Khách đi", by=shop.clerk)
        arrival = write_arrival(Money(100_000), source=Source.FILE, reference="FT1", order_code=basket.order_code)
        sort_out(arrival, Outcome.SENT_BACK, reason="đã trả", by=shop.manager)
    return shop


def test_what_happened_verifies(told: Shop) -> None:
    assert verify_shop().clean


@pytest.mark.parametrize("table", CHANGES)
def test_a_changed_row_is_found_and_named(told: Shop, table: str) -> None:
    db.session.remove()
    db.engine.dispose()
    file = sqlite.connect(told.folder.database)
    file.execute(f'DROP TRIGGER "{table}_no_update"')
    assert file.execute(CHANGES[table]).rowcount == 1
    file.commit()
    file.close()

    verdict = verify_shop()

    assert verdict.report.fault is None
    assert {difference.table for difference in verdict.differences} == {table}


def test_every_table_has_a_planted_change() -> None:
    assert set(TRANSFERS.mirrors) == set(CHANGES)
