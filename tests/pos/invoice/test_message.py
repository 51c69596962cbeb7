from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from lxml import etree
from signxml.exceptions import InvalidDigest

from core.clock import now
from core.money import Money
from core.quantity import Quantity
from pos.invoice.document import InvoiceDocument, InvoiceLine, Party, Related
from pos.invoice.invoice_qr import invoice_qr, joined
from pos.invoice.message import LARGEST_MESSAGE, Envelope, MessageTooLarge, how_many_fit, message_of, written
from pos.invoice.schema import NotInTheFormat, need_the_format
from pos.invoice.signature import TEST_NAME, make_test_certificate, sign_for_trying, verified
from tests.shared_cases import vector

GOLDEN = Path(__file__).parents[2] / "golden"
DAY = date(2026, 11, 20)
ENVELOPE = Envelope("K4900123456" + "0123456789ABCDEF" * 2, "4900123456", DAY)
SELLER = Party("Điểm OCOP Chi Lăng", "4900123456", "12 Chi Lăng, Lạng Sơn", "02053810000", "", "00001", "Điểm số 1")
HONEY = InvoiceLine("000101", "Mật ong Mẫu Sơn <500 g> & sáp", "hũ", Quantity(2000), Money(180_000), Money(20_000),
                    Money(13_333), "8")  # fmt: skip
NUTS = InvoiceLine("000102", "Hạt dẻ", "kg", Quantity(850), Money(153_000), Money(0), Money(0), "KCT")
SOLD = InvoiceDocument(
    form=1, form_name="Hóa đơn giá trị gia tăng khởi tạo từ máy tính tiền", series="C26MAA", number=1, day=DAY,
    code="M1-26-A1B2C-00000000001", seller=SELLER, buyer=Party("Bán cho người tiêu dùng"), lines=(HONEY, NUTS),
    payment="cash", receipt="01-000001", sold=DAY,
)  # fmt: skip
WORDS = "Điều chỉnh cho hóa đơn Mẫu số 1 ký hiệu C26MAA số 1 ngày 20/11/2026"
ADJUSTED = replace(
    SOLD, number=2, code="M1-26-A1B2C-00000000002", lines=(HONEY.taken_back(),), payment="both",
    buyer=Party("Công ty Hoa Hồi", "0107001729", "1 Trần Hưng Đạo, Lạng Sơn", "0912345957", ""),
    related=Related("adjustment", 1, "C26MAA", 1, DAY, WORDS),
)  # fmt: skip
HOUSEHOLD = replace(
    SOLD, form=2, form_name="Hóa đơn bán hàng khởi tạo từ máy tính tiền", number=3, code="M2-26-A1B2C-00000000003",
    lines=(replace(HONEY, vat=Money(0), rate=None),),
)  # fmt: skip


def test_three_invoices_in_one_message_as_the_format_has_them():
    message = message_of(ENVELOPE, [SOLD, ADJUSTED, HOUSEHOLD])

    etree.indent(message)
    text = etree.tostring(message, encoding="unicode") + "\n"
    assert text == (GOLDEN / "invoice_message.xml").read_text(encoding="utf-8")


def found(message, path):
    return [element.text for element in message.iterfind(path)]


def test_the_sums_of_an_invoice_agree_with_its_lines():
    message = message_of(ENVELOPE, [SOLD])

    sums = message.find("DLieu/HDon/DLHDon/NDHDon/TToan")
    lines = [int(text) for text in found(message, ".//HHDVu/ThTien")]
    assert sum(lines) == int(sums.findtext("TgTCThue")) == 166_667 + 153_000
    assert int(sums.findtext("TgTCThue")) + int(sums.findtext("TgTThue")) == int(sums.findtext("TgTTTBSo")) == 333_000


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("TTChung/MTDiep", "K49001234560123"),
        ("TTChung/MLTDiep", "203"),
        ("TTChung/SLuong", "0"),
        (".//KHHDon", "C26TAA"),
        (".//KHHDon", "K26MAA"),
        (".//SHDon", "100000000"),
        (".//SHDon", "0"),
        (".//MCCQT", "M1-26-A1B2C-0000000001"),
        (".//NLap", "20/11/2026"),
        (".//HHDVu/SLuong", "1.2345678"),
        (".//HHDVu/ThTien", "166666.5"),
        (".//HHDVu/TSuat", "8"),
        (".//NMua/Ten", ""),
        (".//TgTTTBSo", "333.000"),
    ],
)
def test_what_the_tax_office_could_not_read_does_not_leave_the_shop(path, text):
    message = message_of(ENVELOPE, [SOLD])
    message.find(path).text = text

    with pytest.raises(NotInTheFormat):
        need_the_format(message)


@pytest.mark.parametrize("path", ["TTChung/MST", ".//DLQRCode", ".//MCCQT", ".//NBan/MST", ".//TgTTTBChu"])
def test_nothing_that_law_asks_for_may_be_missing(path):
    message = message_of(ENVELOPE, [SOLD])
    missing = message.find(path)
    missing.getparent().remove(missing)

    with pytest.raises(NotInTheFormat):
        need_the_format(message)


def test_a_message_stays_below_two_megabytes():
    many = [replace(SOLD, number=n) for n in range(1, 1200)]

    fitting = how_many_fit(ENVELOPE, many)

    assert 500 < fitting < 1199
    assert LARGEST_MESSAGE * 9 // 10 < len(written(message_of(ENVELOPE, many[:fitting]))) <= LARGEST_MESSAGE
    assert how_many_fit(ENVELOPE, many, most=20_000) == 1
    with pytest.raises(MessageTooLarge):
        written(message_of(ENVELOPE, many))


def test_one_signature_covers_every_invoice_of_the_message(tmp_path):
    file = tmp_path / "test.pem"
    make_test_certificate(file, "4900123456")
    certificate = file.read_text()[file.read_text().index("-----BEGIN CERTIFICATE") :]

    sent = written(sign_for_trying(message_of(ENVELOPE, [SOLD, HOUSEHOLD]), file))
    again = written(sign_for_trying(message_of(ENVELOPE, [SOLD, HOUSEHOLD]), file))

    message = etree.fromstring(sent)
    need_the_format(message)
    assert sent == again
    assert verified(message, certificate)
    assert file.stat().st_mode & 0o777 == 0o600
    message.findall(".//SHDon")[1].text = "4"
    with pytest.raises(InvalidDigest):
        verified(message, certificate)


def test_the_test_certificate_says_what_it_is_worth(tmp_path):
    from cryptography import x509

    file = tmp_path / "test.pem"
    make_test_certificate(file, "4900123456")
    certificate = x509.load_pem_x509_certificate(file.read_bytes())

    assert TEST_NAME in certificate.subject.rfc4514_string()
    assert certificate.not_valid_after_utc > datetime.fromisoformat(now().isoformat())


def parts(text):
    at, cut = 0, {}
    while at < len(text):
        length = int(text[at + 2 : at + 4])
        cut[text[at : at + 2]] = text[at + 4 : at + 4 + length]
        at += 4 + length
    return cut


def test_the_qr_names_the_invoice_as_the_official_example_does():
    example = vector("cqt_code")["invoice_qr"]
    official = parts(parts(example["payload"])["99"])
    about = replace(
        SOLD, series="C21TYY", number=68, day=date(2021, 11, 21), lines=(replace(NUTS, amount=Money(120_000)),),
        seller=replace(SELLER, tax_code="0107001729-001"),
    )  # fmt: skip

    ours = parts(invoice_qr(about))

    assert parts(ours["99"]) == official
    assert (ours["00"], ours["53"], ours["54"], ours["58"]) == ("01", "704", "120000", "VN")
    assert joined(tuple(parts(example["payload"]).items())) == example["payload"]
    assert not {"02", "04", "26", "38"} & ours.keys()  # nothing that a bank's app would pay by
