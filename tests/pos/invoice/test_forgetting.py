from datetime import date, timedelta

from core.database import db, transaction
from pos import basket as baskets
from pos.invoice.buyer import name_invoice_buyer
from pos.invoice.forgetting import forget_old_buyers
from pos.invoice.invoice_table import Invoice, InvoiceBuyer, InvoiceMessage
from pos.invoice.packing import pack_what_is_made
from pos.replay import verify_shop
from tests.factories import fill_basket, pay

COMPANY = {"name": "Công ty Hoa Hồi", "tax_code": "0107001729", "address": "1 Trần Hưng Đạo"}


def named_basket(shop):
    basket = fill_basket(shop, ("mật ong", 1))
    with transaction():
        name_invoice_buyer(basket, by=shop.clerk, **COMPANY)
    return basket


def test_after_ten_years_the_invoice_stays_and_the_buyer_is_forgotten(numbered, tmp_path):
    pay(numbered, named_basket(numbered))
    pack_what_is_made(tmp_path / "certificate.pem")
    with transaction():
        db.session.query(InvoiceMessage).one().next_try_at = None
        assert forget_old_buyers(date(2036, 11, 20)) == 0

    with transaction():
        assert forget_old_buyers(date(2036, 11, 21)) == 1

    buyer = db.session.query(InvoiceBuyer).one()
    assert (buyer.name, buyer.tax_code, buyer.address, buyer.mark) == ("", "", "", "")
    assert db.session.query(InvoiceMessage).one().content == b""
    assert len(db.session.query(Invoice).one().buyer) == 64
    assert verify_shop().clean


def test_a_basket_given_up_leaves_nobody_behind(numbered):
    basket = named_basket(numbered)
    with transaction():
        baskets.void_basket(basket, reason="khách đổi ý", by=numbered.clerk)

    with transaction():
        forget_old_buyers(date(2026, 11, 20) + timedelta(days=1))

    assert db.session.query(InvoiceBuyer).count() == 0
