"""Scenario F25 whole: the invoice provider and the bank's relay are both silent while a hundred baskets are sold."""

import uuid
from datetime import timedelta

from core.current_settings import current_settings
from core.database import db, transaction
from core.journal.record import Kind
from core.money import Money
from pos.bank_notice.intake import take_in
from pos.bank_notice.notice import BankNotice
from pos.basket import current_basket
from pos.invoice.invoice_table import Invoice, Standing
from pos.invoice.sender import send_what_is_due
from pos.invoice.steps import standing_of
from pos.replay import verify_shop
from pos.sale import Sale
from pos.taken import take_transfer
from pos.transfers.arrival_table import Arrival, Source, to_sort_out
from pos.transfers.request import ask_for_transfer
from pos.transfers.request_table import Ending, RequestEnding, open_requests
from tests.factories import Shop, count_of, fill_basket, receive, records, sell
from tests.pos.invoice.fake_provider import fake_provider

PRICE = Money(100_000)


def sell_by_transfer(shop: Shop) -> Sale:
    """The bank tells nothing: the clerk saw the money on the speaker, and confirms it under their own name."""
    fill_basket(shop, ("mật ong", 1))
    basket = current_basket(shop.register)
    with transaction():
        request = ask_for_transfer(basket, PRICE, by=shop.clerk)
    with transaction():
        return take_transfer(
            request, basket, arrived=PRICE, accepted=False, seen=PRICE, key=str(uuid.uuid4()), by=shop.clerk
        )


def test_a_hundred_sales_with_provider_and_bank_silent_are_each_told_once_afterwards(numbered, tmp_path):
    account = current_settings().bank.account
    receive(numbered, "mật ong", 60)
    with fake_provider(tmp_path) as provider:
        provider.mood = "error"
        for _ in range(50):
            sell(numbered, "mật ong")
        by_transfer = [sell_by_transfer(numbered) for _ in range(50)]
        send_what_is_due(provider.adapter(), tmp_path / "test-certificate.pem")
        ends = db.session.query(RequestEnding).all()
        assert [(end.how, end.staff_id) for end in ends] == [(Ending.CONFIRMED, numbered.clerk.id)] * 50

        numbered.clock.move(timedelta(days=3))
        provider.mood = "accept"
        for _ in range(2):  # the bank tells each sum twice
            for n, sale in enumerate(by_transfer):
                with transaction():
                    take_in(BankNotice(f"FT{n}", PRICE, account, sale.order_code), source=Source.WEBHOOK)
        for _ in range(6):
            send_what_is_due(provider.adapter(), tmp_path / "test-certificate.pem")
            numbered.clock.move(timedelta(hours=1))

    told = [code[:23] for content in provider.known.values() for code in content.decode().split("<MCCQT>")[1:]]
    assert (count_of(Sale), len(told), len(set(told))) == (100, 100, 100)
    assert {standing_of(invoice.code) for invoice in db.session.query(Invoice)} == {Standing.ACCEPTED}
    assert (count_of(Arrival), len(open_requests()), len(to_sort_out())) == (50, 0, 0)
    acts = [record["body"]["act"] for record in records(Kind.INVOICE)]
    assert (acts.count("outage"), acts.count("back")) == (1, 1)
    assert verify_shop().clean
