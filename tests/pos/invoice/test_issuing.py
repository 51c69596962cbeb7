import pytest
from sqlalchemy.exc import IntegrityError

from core.database import db, transaction
from core.journal.record import Kind
from core.money import Money
from core.skipped_number import skip_numbers
from pos import basket as baskets
from pos.checkout import complete_sale
from pos.invoice.buyer import NobodyNamed, NotAPersonalNumber, NotATaxCode, leave_invoice_buyer, name_invoice_buyer
from pos.invoice.invoice_table import Invoice, InvoiceKind, Standing, UnsettledInvoice
from pos.invoice.issuing import Wanted, make, make_what_waits, waiting
from pos.replay import verify_shop
from pos.tender import PaidTooLittle
from tests.factories import cash, count_of, fill_basket, open_shift, opened, pay, receive, records, sell, shop_settings
from tests.pos.invoice.conftest import block


def invoices():
    return db.session.query(Invoice).order_by(Invoice.record_seq).all()


def test_a_sale_makes_its_invoice(numbered):
    sale = sell(numbered, "mật ong", 2)

    (invoice,) = invoices()
    assert (invoice.sale_number, invoice.full_series, invoice.number) == (sale.number, "1C26MAA", 1)
    assert (invoice.total, invoice.vat) == (Money(200_000), Money(14_815))
    made = records(Kind.INVOICE)[-1]
    assert made["seq"] == sale.record_seq + 1
    assert made["body"] == {
        "act": "made", "kind": "original", "form": 1, "series": "C26MAA", "no": 1, "code": "M1-26-A1B2C-00000000001",
        "day": "2026-11-20", "sale": 1, "refund": None, "corrects": None, "total": 200_000, "vat": 14_815,
        "buyer": "", "reason": "",
    }  # fmt: skip
    assert verify_shop().clean


@pytest.mark.parametrize(("method", "series"), [("household", "2C26MAA"), ("deduction", "1C26MAA")])
def test_the_form_follows_from_how_the_tax_is_paid(folder, shop, method, series):
    with opened(folder, shop_settings(shop={"tax_method": method}, invoice={"duty": "till"})):
        receive(shop, "mật ong", 5)
        open_shift(shop)
        block(shop)

        sell(shop, "mật ong")

        assert invoices()[0].full_series == series
        assert invoices()[0].code.startswith(f"M{series[0]}-")


def test_a_shop_without_the_duty_makes_none_and_asks_nothing(folder, shop):
    with opened(folder, shop_settings()):
        receive(shop, "mật ong", 5)
        open_shift(shop)

        sell(shop, "mật ong")

        assert records(Kind.INVOICE) == []
        assert count_of(UnsettledInvoice) == 0


def sell_and_break(shop, basket):
    """Everything of the sale is written, its invoice too; then the transaction is taken back."""
    with transaction():
        complete_sale(basket, paid=[cash(100_000)], key="k", by=shop.clerk)
        assert len(invoices()) == 2
        raise ZeroDivisionError


def test_a_sale_that_fails_gives_number_and_code_back(numbered):
    sell(numbered, "mật ong")
    with pytest.raises(PaidTooLittle):
        sell(numbered, "mật ong", 1, cash(1_000))
    basket = baskets.current_basket(numbered.register)
    with pytest.raises(ZeroDivisionError):
        sell_and_break(numbered, basket)
    db.session.expire_all()

    pay(numbered, basket)

    assert [(one.number, one.code_number) for one in invoices()] == [(1, 1), (2, 2)]


def test_without_a_block_the_sale_goes_on_and_the_invoice_waits(till):
    first, second = sell(till, "mật ong"), sell(till, "hạt dẻ", "0,5")
    assert [wait.sale_number for wait in waiting()] == [first.number, second.number]
    assert [record["body"]["why"] for record in records(Kind.INVOICE)] == ["no_block", "no_block"]

    block(till)
    with transaction():
        made = make_what_waits(by=till.manager)

    assert made == 2
    assert [(one.sale_number, one.number, one.waited) for one in invoices()] == [
        (1, 1, first.record_seq + 1), (2, 2, second.record_seq + 1),
    ]  # fmt: skip
    assert waiting() == []
    assert verify_shop().clean


def test_a_block_that_ends_in_mid_day_lets_only_the_rest_wait(till):
    block(till, 1, 1)
    for _ in range(3):
        sell(till, "mật ong")
    block(till, 2, 2)

    with transaction():
        assert make_what_waits(by=till.manager) == 1

    assert len(invoices()) == 2
    assert len(waiting()) == 1
    assert {row.standing for row in db.session.query(UnsettledInvoice)} == {Standing.MADE, Standing.WAITING}


def test_a_sale_never_gets_two_originals(numbered):
    sale = sell(numbered, "mật ong")

    with pytest.raises(IntegrityError), transaction():
        make(Wanted(InvoiceKind.ORIGINAL, sale.number, sale.total, Money(0)), None, by=numbered.clerk)


def test_a_year_of_eight_digits_that_is_full_lets_the_rest_wait(numbered):
    with transaction():
        skip_numbers({"invoice": 2026_99999999}, 4)

    sell(numbered, "mật ong")

    assert invoices() == []
    assert records(Kind.INVOICE)[-1]["body"]["why"] == "no_number"


def named_basket(shop, **data):
    basket = fill_basket(shop, ("mật ong", 1))
    with transaction():
        name_invoice_buyer(basket, by=shop.clerk, **data)
    return basket


def test_the_journal_knows_a_buyer_only_by_a_salted_hash(numbered):
    secret = {
        "name": "Nguyễn Thị Hương", "address": "5 Bông Lau, Lạng Sơn", "personal_id": "001098012345",
        "phone": "0912345957",
    }  # fmt: skip
    pay(numbered, named_basket(numbered, **secret))

    invoice = invoices()[0]
    assert invoice.buyer_data.name == secret["name"]
    assert len(invoice.buyer) == 64
    told = "".join(str(record) for record in records())
    assert not any(value in told for value in secret.values())
    assert [record["body"]["purpose"] for record in records(Kind.CONSENT)] == ["invoice"]
    assert verify_shop().clean


def test_a_buyer_taken_off_again_is_nobody(numbered):
    basket = named_basket(numbered, name="Công ty Hoa Hồi", tax_code="0107001729")
    with transaction():
        leave_invoice_buyer(basket)

    pay(numbered, basket)

    assert invoices()[0].buyer_id is None


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        ({"name": " "}, NobodyNamed),
        ({"name": "Hoa Hồi", "tax_code": "0107001728"}, NotATaxCode),
        ({"name": "Hoa Hồi", "tax_code": "0107001729-000"}, NotATaxCode),
        ({"name": "Hương", "personal_id": "12345678901"}, NotAPersonalNumber),
    ],
)
def test_data_that_the_tax_office_would_refuse_is_refused_at_the_till(numbered, data, refusal):
    with pytest.raises(refusal):
        named_basket(numbered, **data)
