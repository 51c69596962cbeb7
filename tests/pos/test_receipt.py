import base64

import pytest
from sqlalchemy import select

from core.clock import stopped_at
from core.database import db, transaction
from core.journal.chain import JournalRecord
from core.journal.record import Kind
from core.money import Money
from core.quantity import Quantity, Unit
from inventory.catalogue.product import Product
from pos.receipt import draw_receipt, receipt_of, reprint, seal_of, short_hash
from printers.documents import Payment, TaxLine
from printers.layouts.receipt import lay_out_receipt
from printers.spool import PrintJob
from printers.text_writer import as_text
from tests.factories import (
    MORNING,
    Shop,
    cash,
    enter_goods,
    fill_basket,
    open_shift,
    opened,
    pay,
    receive,
    sell,
    shop_settings,
    transfer,
)


@pytest.fixture
def till(shop):
    receive(shop, "mật ong", 20)
    receive(shop, "hạt dẻ", "20", unit=Unit.KILOGRAM, price=180_000)
    open_shift(shop)
    return shop


def text_of(sale):
    return as_text(lay_out_receipt(receipt_of(sale)))


def test_a_receipt_says_what_the_law_and_the_customer_ask_for(till):
    sale = pay(till, fill_basket(till, ("mật ong", 2), ("hạt dẻ", "0,850")), cash(200_000), transfer(200_000))

    receipt = receipt_of(sale)

    assert (receipt.shop.name, receipt.shop.tax_code) == ("Điểm OCOP Chi Lăng", "4900123456")
    assert (receipt.number, receipt.at, receipt.register, receipt.clerk) == (1, sale.sold_at, "Quầy 1", "Bình")
    assert [(line.name, line.unit_label, line.quantity, line.amount) for line in receipt.lines] == [
        ("mật ong", "hũ", Quantity(2000), Money(200_000)),
        ("hạt dẻ", "kg", Quantity(850), Money(153_000)),
    ]
    assert receipt.payments == (
        Payment("cash", Money(200_000)),
        Payment("transfer", Money(200_000), sale.order_code),
    )
    assert receipt.change == Money(47_000)
    assert receipt.taxes == (TaxLine("8", Money(326_852), Money(26_148)),)


def test_a_receipt_says_that_it_is_no_invoice(till):
    text = text_of(sell(till, "mật ong"))

    assert "BIÊN LAI BÁN HÀNG" in text
    assert "Đây không phải là hóa đơn" in text


def test_the_code_on_the_receipt_leads_to_its_record(till):
    sale = sell(till, "mật ong", 3)
    record = db.session.get_one(JournalRecord, sale.record_seq)

    seal = seal_of(sale.record_seq, sale.total)

    short = base64.b32encode(bytes.fromhex(record.hash)).decode()[:16]
    assert (seal.short_hash, seal.signed) == (short, True)
    assert seal.qr == f"T-TEST|0|{sale.record_seq}|300000|{short}"
    assert record.typ is Kind.SALE


@pytest.mark.parametrize(
    ("record_hash", "short"),
    [
        ("00" * 32, "A" * 16),
        ("ff" * 32, "7" * 16),
        ("ca42fd783217c027f70b7170fa941b218b353454f70a6c4b199a62c355cd648c", "ZJBP26BSC7ACP5YL"),
    ],
)
def test_the_short_code_is_the_beginning_of_the_hash_in_base32(record_hash, short):
    assert short_hash(record_hash) == short


def test_a_receipt_of_unsigned_days_says_so(till):
    till.folder.terminal_key.rename(till.folder.path / "away")
    till.app.extensions["journal_terminal"].key = None

    sale = sell(till, "mật ong")

    assert not receipt_of(sale).seal.signed
    assert "CHƯA KÝ" in text_of(sale)


def test_a_reprint_is_numbered_and_says_when_and_by_whom(till):
    sale = sell(till, "mật ong")
    with transaction():
        first = reprint(sale, by=till.clerk)
        second = reprint(sale, by=till.manager)

    assert (first.copy, second.copy) == (1, 2)
    text = as_text(draw_receipt(sale.number, 2, False))
    assert "BẢN SAO 2" in text
    assert "Lan" in text
    assert "BẢN SAO" not in as_text(draw_receipt(sale.number, 0, False))


def test_a_copy_says_the_same_as_the_first_after_goods_were_renamed(till):
    sale = sell(till, "mật ong")
    before = text_of(sale)
    with transaction():
        product = db.session.scalars(select(Product).where(Product.name == "mật ong")).one()
        product.name, product.unit_label = "mật ong bạc hà", "chai"

    assert text_of(sale) == before


def test_the_drawer_stays_shut_for_a_copy(till):
    sale = sell(till, "mật ong")
    with transaction():
        reprint(sale, by=till.clerk)

    assert [job.open_drawer for job in db.session.scalars(select(PrintJob).order_by(PrintJob.id))] == [True, False]


@pytest.mark.parametrize(
    ("sections", "has", "lacks"),
    [
        ({"demo": True}, "giá chỉ để minh họa", None),
        ({"shop": {"tax_method": "household", "owner_kind": "household"}}, "hũ", "thuế GTGT"),
        ({"receipt": {"return_terms": "Đổi trong 3 ngày."}}, "Đổi trong 3 ngày.", None),
        ({"receipt": {"language": "en"}}, "This is not an invoice", "Đây không phải"),
    ],
)
def test_settings_of_the_shop_stand_on_the_receipt(folder, sections, has, lacks):
    with stopped_at(MORNING) as hand, opened(folder, shop_settings(**sections)) as app:
        shop = Shop(app, folder, hand)
        receive(shop, "mật ong", 20)
        open_shift(shop)

        text = text_of(sell(shop, "mật ong"))

        assert has.casefold() in text.casefold()
        assert lacks is None or lacks not in text


def test_stars_stand_on_the_receipt_only_while_the_certificate_does(till):
    enter_goods(till, "chè Shan", stars=5)
    receive(till, "chè Shan", 5)

    sale = sell(till, "chè Shan")
    till.clock.set(till.clock.instant.replace(year=2029))

    assert sale.lines[0].stars == 5
    assert "OCOP 5 sao" in text_of(sale)


def test_goods_outside_vat_are_named_so_on_the_receipt(till):
    enter_goods(till, "rau ngót", tax="exempt", price=20_000)
    receive(till, "rau ngót", 5)

    text = text_of(pay(till, fill_basket(till, ("rau ngót", 1), ("mật ong", 1))))

    assert "Không chịu thuế" in text
    assert "KCT" not in text
