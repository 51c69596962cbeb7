from core.database import transaction
from core.money import Money
from pos.invoice.issuing import make_what_waits
from pos.receipt import receipt_of
from printers.layouts.receipt import lay_out_receipt
from printers.text_writer import as_text
from tests.factories import opened, sell, shop_settings
from tests.pos.invoice.conftest import block


def paper(sale):
    return " ".join(as_text(lay_out_receipt(receipt_of(sale)), 48).split())


def test_the_receipt_names_the_invoice_and_stays_a_receipt(numbered):
    said = paper(sell(numbered, "mật ong"))

    assert "Đây không phải là hóa đơn" in said
    assert "Ký hiệu 1C26MAA" in said
    assert "Số 1" in said
    assert "M1-26-A1B2C-00000000001" in said
    assert "KHÔNG CÓ GIÁ TRỊ" not in said


def test_a_sale_that_waits_says_that_the_code_follows_and_a_copy_shows_it(till):
    sale = sell(till, "mật ong")
    assert "Hóa đơn điện tử cho lần mua này sẽ được lập ngay khi có mã." in paper(sale)

    block(till)
    with transaction():
        make_what_waits(by=till.manager)

    assert "M1-26-A1B2C-00000000001" in paper(sale)


def test_an_invoice_for_trying_says_that_it_is_worth_nothing(folder, numbered):
    sale = sell(numbered, "mật ong")

    with opened(folder, shop_settings(invoice={"duty": "till", "signed_by": "test"})):
        assert "KHÔNG CÓ GIÁ TRỊ" in paper(sale)


def test_without_the_duty_the_receipt_says_nothing_of_invoices(folder, shop):
    from tests.factories import open_shift, receive

    with opened(folder, shop_settings()):
        receive(shop, "mật ong", 3)
        open_shift(shop)
        sale = sell(shop, "mật ong")

        assert receipt_of(sale).invoice is None
        assert sale.total == Money(100_000)
