"""Goods brought back on a sale with an invoice: replaced or adjusted, to the đồng, and never cancelled."""

import pytest

from core.database import db, transaction
from core.money import Money
from pos.invoice.drawing_up import document_of
from pos.invoice.invoice_table import Invoice, InvoiceKind
from pos.invoice.issuing import make_what_waits, waiting
from pos.invoice.message import Envelope, message_of
from pos.replay import verify_shop
from pos.settings.change import change_settings
from tests.factories import fill_basket, pay, sell, take_off
from tests.pos.invoice.conftest import block
from tests.pos.invoice.test_message import ENVELOPE
from tests.returning import refund


def invoices():
    return db.session.query(Invoice).order_by(Invoice.record_seq).all()


def kinds():
    return [invoice.kind for invoice in invoices()]


def adjust(shop):
    with transaction():
        change_settings("invoice", {"after_return": "adjust"}, by=shop.owner)


def written(invoice):
    """The invoice in the format of the tax office, which our schema is held to."""
    envelope = Envelope(ENVELOPE.message_id, ENVELOPE.tax_code, invoice.day)
    return message_of(envelope, [document_of(invoice)])


def test_what_was_kept_gets_an_invoice_that_replaces_the_first(numbered):
    sale = sell(numbered, "mật ong", 3)

    refund(numbered, sale, "mật ong", 1)

    first, second = invoices()
    assert (second.kind, second.corrects, second.refund_number) == (InvoiceKind.REPLACEMENT, first.code, 1)
    assert (second.total, second.vat) == (Money(200_000), first.vat - Money(7_407))
    assert document_of(second).total == second.total
    assert document_of(second).vat == second.vat
    message = written(second)
    assert message.findtext(".//TTHDLQuan/TCHDon") == "1"
    assert message.findtext(".//TTHDLQuan/GChu").startswith("Thay thế cho hóa đơn Mẫu số 1 ký hiệu C26MAA số 1 ngày")
    assert message.findtext(".//HHDVu/SLuong") == "2"
    assert verify_shop().clean


def test_or_the_first_is_adjusted_by_what_came_back_below_zero(numbered):
    adjust(numbered)
    sale = sell(numbered, "mật ong", 3)

    refund(numbered, sale, "mật ong", 1)

    first, second = invoices()
    assert (second.kind, second.corrects) == (InvoiceKind.ADJUSTMENT, first.code)
    assert (second.total, second.vat) == (Money(-100_000), Money(-7_407))
    message = written(second)
    assert message.findtext(".//TTHDLQuan/TCHDon") == "2"
    assert message.findtext(".//TTHDLQuan/GChu").startswith("Điều chỉnh cho hóa đơn")
    assert message.findtext(".//HHDVu/SLuong") == "-1"
    assert message.findtext(".//TgTTTBSo") == "-100000"
    assert message.findtext(".//TgTTTBChu") == "Âm một trăm nghìn đồng"
    assert verify_shop().clean


@pytest.mark.parametrize("way", ["replace", "adjust"])
def test_the_way_chosen_first_stays_though_the_setting_changes(numbered, way):
    with transaction():
        change_settings("invoice", {"after_return": way}, by=numbered.owner)
    sale = sell(numbered, "mật ong", 3)
    refund(numbered, sale, "mật ong", 1)
    with transaction():
        change_settings("invoice", {"after_return": "adjust" if way == "replace" else "replace"}, by=numbered.owner)

    refund(numbered, sale, "mật ong", 1)

    same = InvoiceKind.REPLACEMENT if way == "replace" else InvoiceKind.ADJUSTMENT
    assert kinds() == [InvoiceKind.ORIGINAL, same, same]
    answered = [invoice.corrects for invoice in invoices()[1:]]
    assert answered == [invoices()[0].code, invoices()[1 if way == "replace" else 0].code]


def test_when_nothing_was_kept_the_rest_is_adjusted_away(numbered):
    sale = sell(numbered, "mật ong", 2)
    refund(numbered, sale, "mật ong", 1)

    refund(numbered, sale, "mật ong", 1)

    assert kinds() == [InvoiceKind.ORIGINAL, InvoiceKind.REPLACEMENT, InvoiceKind.ADJUSTMENT]
    replaced, adjusted = invoices()[1:]
    assert replaced.total + adjusted.total == Money(0)
    assert adjusted.corrects == replaced.code


def test_discounts_stand_on_the_invoice_and_follow_what_was_kept(numbered):
    basket = fill_basket(numbered, ("mật ong", 3))
    take_off(numbered, basket, percent=10)
    sale = pay(numbered, basket)
    refund(numbered, sale, "mật ong", 1)

    first, second = (document_of(invoice) for invoice in invoices())

    assert (first.total, first.discount) == (Money(270_000), Money(27_778))  # 30.000 / 1,08
    assert (second.total, second.discount) == (Money(180_000), Money(18_519))
    message = written(invoices()[1])
    assert message.findtext(".//HHDVu/STCKhau") == "18519"
    assert message.findtext(".//HHDVu/ThTien") == str(second.net.dong)
    assert int(message.findtext(".//TgTCThue")) + int(message.findtext(".//TgTThue")) == 180_000


def test_an_answer_waits_behind_an_invoice_that_waits_itself(till):
    sale = sell(till, "mật ong", 2)
    refund(till, sale, "mật ong", 1)
    assert [wait.why for wait in waiting()] == ["no_block", "behind_original"]

    block(till)
    with transaction():
        assert make_what_waits(by=till.manager) == 2

    first, second = invoices()
    assert (second.corrects, second.total) == (first.code, Money(100_000))
    assert verify_shop().clean


def test_a_refund_of_a_sale_without_an_invoice_makes_none(folder, shop):
    from tests.factories import open_shift, opened, receive, shop_settings

    with opened(folder, shop_settings()):
        receive(shop, "mật ong", 5)
        open_shift(shop)
        sale = sell(shop, "mật ong", 2)

        refund(shop, sale, "mật ong", 1)

        assert invoices() == []
        assert waiting() == []
