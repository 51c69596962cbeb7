"""The pages of the invoices: what a clerk and a manager see, and what is refused with which sentence."""

from __future__ import annotations

import io

import pytest

from core.database import db, transaction
from core.staff import Role
from pos.basket import current_basket
from pos.invoice.invoice_table import Invoice, InvoiceBuyer, InvoiceMessage, InvoiceNotice, Standing
from pos.invoice.issuing import make_what_waits
from pos.invoice.packing import pack_what_is_made
from pos.invoice.steps import standing_of
from pos.replay import verify_shop
from pos.settings.change import change_settings
from tests.factories import Shop, close_shift, open_shift, pay, receive, sell
from tests.pos.invoice.conftest import block
from tests.pos.invoice.fake_provider import answer_of
from tests.pos.web.conftest import Screen, words

COMPANY = {"name": "Công ty Hoa Hồi", "tax_code": "0107001729", "address": "1 Trần Hưng Đạo"}


@pytest.fixture
def due(shop: Shop) -> Shop:
    """A shop with the duty from today on, honey on the shelf, an open shift, and a block of codes."""
    with transaction():
        change_settings("invoice_duty", {"duty": "till"}, by=shop.owner, from_day=None)
    receive(shop, "mật ong", quantity=10)
    open_shift(shop)
    block(shop)
    return shop


@pytest.fixture
def office(shop: Shop) -> Screen:
    return Screen(shop, Role.MANAGER)


def newest() -> Invoice:
    return db.session.query(Invoice).order_by(Invoice.record_seq.desc()).first()


def packed(shop: Shop, tmp_path) -> InvoiceMessage:
    pack_what_is_made(tmp_path / "certificate.pem")
    return db.session.query(InvoiceMessage).order_by(InvoiceMessage.packed_at.desc()).first()


def bring(office: Screen, content: bytes):
    return office.press("/invoices/answers", answer=(io.BytesIO(content), "answer.xml"))


def test_the_till_offers_invoices_only_to_a_shop_with_the_duty(shop, screen):
    receive(shop, "mật ong", quantity=5)
    open_shift(shop)
    assert "Alt+I" not in screen.get("/till").text

    with transaction():
        change_settings("invoice_duty", {"duty": "till"}, by=shop.owner, from_day=None)

    assert "Alt+I" in screen.get("/till").text


def test_a_buyers_data_goes_from_the_till_onto_the_invoice(due, screen):
    screen.press("/till/lines", sku=receive(due, "mật ong").product.sku)

    screen.press("/till/invoice-buyer", **COMPANY)

    assert "Công ty Hoa Hồi" in words(screen.part("/till/invoice-buyer"))
    assert "Hóa đơn ghi cho Công ty Hoa Hồi" in words(screen.get("/till"))
    pay(due, current_basket(due.register))
    assert newest().buyer_data.tax_code == "0107001729"
    assert newest().buyer == newest().buyer_data.fingerprint


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"tax_code": "0107001728"}, "“0107001728” không phải mã số thuế: có chữ số sai. Hãy hỏi lại người mua."),
        ({"personal_id": "123"}, "“123” không phải số định danh cá nhân. Số này có mười hai chữ số."),
        ({"phone": "12"}, "Đây không phải số điện thoại Việt Nam."),
        ({"name": ""}, "Tên trên hóa đơn"),
    ],
)
def test_wrong_data_of_a_buyer_is_refused_at_the_till(due, screen, data, sentence):
    screen.press("/till/lines", sku=receive(due, "mật ong").product.sku)

    answer = screen.press("/till/invoice-buyer", **{**COMPANY, **data})

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert db.session.query(InvoiceBuyer).count() == 0


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"given": "A1"}, "“A1” không phải mã cơ quan thuế đã cấp."),
        ({"first": "9", "last": "8"}, "Dải mã đi từ một số ít nhất là 1 đến một số lớn hơn"),
        ({"first": "1000", "last": "2000"}, "Dải mã phải bắt đầu sau số 1000"),
    ],
)
def test_a_wrong_block_is_refused(due, office, typed, sentence):
    answer = office.press("/invoices/blocks", **{"given": "A1B2C", "first": "2000", "last": "3000", **typed})

    assert answer.status_code == 422
    assert sentence in words(answer)


def test_the_foot_bar_goes_red_when_somebody_must_act(due, office, tmp_path):
    assert "Hóa đơn: đã được chấp nhận hết" in words(office.get("/foot"))
    sell(due, "mật ong")
    assert "1 hóa đơn chưa được chấp nhận" in words(office.get("/foot"))
    assert "foot-act" not in office.get("/foot").text.split("chưa được chấp nhận")[0].rsplit("<", 3)[-1]

    bring(office, answer_of(packed(due, tmp_path).message_id, valid=False))

    assert "1 hóa đơn bị từ chối" in words(office.get("/foot"))


def test_the_answer_to_an_uploaded_file_settles_it(due, office, tmp_path):
    sell(due, "mật ong")
    message = packed(due, tmp_path)
    assert "đã đóng gói, chưa có trả lời" in words(office.get("/invoices"))

    bring(office, answer_of(message.message_id))

    assert standing_of(newest().code) is Standing.ACCEPTED
    assert "Cơ quan thuế đã chấp nhận mọi hóa đơn." in words(office.get("/invoices"))
    assert "được chấp nhận" in words(office.get("/invoices", standing="day"))


@pytest.mark.parametrize(
    "content",
    [b"", b"<html/>", answer_of("K4900123456" + "A" * 32), b'<!DOCTYPE a [<!ENTITY b "x">]>' + answer_of("K1")],
)
def test_another_file_changes_nothing(due, office, content, tmp_path):
    sell(due, "mật ong")
    packed(due, tmp_path)

    answer = bring(office, content)

    assert answer.status_code == 422
    assert "Tệp này không phải trả lời của cơ quan thuế cho hóa đơn của cửa hàng" in words(answer)
    assert not set(words(answer).lower().split()) & {"well-formed", "names", "message", "type"}
    assert standing_of(newest().code) is Standing.PACKED


def test_a_rejected_invoice_shows_the_reason_and_goes_out_again(due, office, tmp_path):
    sell(due, "mật ong")
    message = packed(due, tmp_path)
    refused = "<DSLDo><LDo><MLoi>1</MLoi><MTLoi>Chưa đăng ký máy tính tiền</MTLoi></LDo></DSLDo>"
    bring(office, answer_of(message.message_id, valid=False, refused=refused))
    code = newest().code
    assert "Chưa đăng ký máy tính tiền" in words(office.get(f"/invoices/{code}"))

    office.press(f"/invoices/{code}/resending")

    assert standing_of(code) is Standing.MADE
    again = office.press(f"/invoices/{code}/resending")
    assert again.status_code == 422
    assert "Hóa đơn 1 không bị từ chối. Không có gì phải gửi lại." in words(again)


def test_a_wrong_buyer_is_answered_by_a_replacement(due, office):
    sell(due, "mật ong")
    first = newest()

    office.press(f"/invoices/{first.code}/replacement", reason="khách lấy hóa đơn công ty", **COMPANY)

    second = newest()
    assert (second.corrects, second.total, second.number) == (first.code, first.total, 2)
    shown = words(office.get(f"/invoices/{second.code}"))
    assert "Thay thế cho hóa đơn Mẫu số 1 ký hiệu C26MAA số 1 ngày 20/11/2026" in shown
    assert "Công ty Hoa Hồi" in shown
    refused = office.press(f"/invoices/{first.code}/replacement", reason="lần nữa", **COMPANY)
    assert "Hóa đơn 1 đã được thay thế. Hãy làm trên hóa đơn mới hơn." in words(refused)
    unreasoned = office.press(f"/invoices/{second.code}/replacement", reason="", **COMPANY)
    assert unreasoned.status_code == 422
    assert verify_shop().clean


def test_only_a_wrong_name_leaves_a_notice_to_print_and_no_invoice(due, office):
    sell(due, "mật ong")
    code = newest().code

    office.press(f"/invoices/{code}/notices", reason="sai địa chỉ", name="Hoa Hồi", address="2 Trần Hưng Đạo")

    notice = db.session.query(InvoiceNotice).one()
    shown = words(office.get(f"/invoices/notices/{notice.number}"))
    assert "Mẫu 04/SS-HĐĐT, số 1, ngày 20/11/2026" in shown
    assert "2 Trần Hưng Đạo" in shown
    assert db.session.query(Invoice).count() == 1
    assert verify_shop().clean


def test_the_table_of_a_day_is_safe_to_open(due, office):
    sell(due, "mật ong")
    office.press(f"/invoices/{newest().code}/replacement", reason="=HYPERLINK(1)", name="=1+1")

    table = (
        office.get("/invoices", standing="day", day="2026-11-20", **{"as": "csv"}).data.decode("utf-8-sig").splitlines()
    )

    assert table[0].startswith("Ký hiệu,Số,Mã của cơ quan thuế")
    assert len(table) == 3
    assert table[1].endswith(",'=HYPERLINK(1)")
    assert "=1+1" not in "".join(table)


def test_the_duty_needs_a_seller(shop):
    owner = Screen(shop, Role.OWNER)
    with transaction():
        change_settings("shop", {"tax_code": ""}, by=shop.owner)

    answer = owner.press("/settings/invoices/duty", duty="till", from_day="2026-11-21", seen="0")

    assert "Hóa đơn cần mã số thuế và địa chỉ của cửa hàng." in words(answer)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("letters", "a1", "Hãy gõ hai chữ in hoa từ A đến Z."),
        ("provider", "https", "Hãy gõ địa chỉ bắt đầu bằng https://."),
        ("url", "http://provider", "Hãy gõ địa chỉ bắt đầu bằng https://."),
        ("folder", "invoices", "Hãy gõ đường dẫn đầy đủ của thư mục"),
        ("duty", "ordinary", "Hãy chọn một"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(shop, field, value, sentence):
    owner = Screen(shop, Role.OWNER)
    whole = {
        "letters": "AA", "after_return": "replace", "provider": "folder", "folder": "", "url": "", "lookup": "",
        "signed_by": "provider", "few_left": "500", "seen": "0",
    }  # fmt: skip
    page = "/settings/invoices/duty" if field == "duty" else "/settings/invoices"
    more = {"from_day": "2026-11-21"} if field == "duty" else whole

    answer = owner.press(page, **{**more, field: value, "seen": "0"})

    assert answer.status_code == 422
    assert sentence in words(answer)


def test_a_clerk_sees_the_backlog_and_cannot_open_it(due, screen):
    sell(due, "mật ong")

    assert "1 hóa đơn chưa được chấp nhận" in words(screen.get("/foot"))
    assert "/invoices" not in screen.get("/foot").text
    assert screen.get("/invoices").status_code == 403


def test_what_waited_is_made_when_the_block_is_entered(shop, office):
    with transaction():
        change_settings("invoice_duty", {"duty": "till"}, by=shop.owner, from_day=None)
    receive(shop, "mật ong", quantity=10)
    open_shift(shop)
    sell(shop, "mật ong")
    assert "1 hóa đơn chờ mã" in words(office.get("/foot"))

    nobody = office.press("/invoices/waiting/1", name="")
    assert "Hãy gõ tên người mua ghi trên hóa đơn." in words(nobody)
    office.press("/invoices/waiting/1", **COMPANY)
    assert "Công ty Hoa Hồi" in office.get("/invoices/waiting/1").text

    office.press("/invoices/blocks", given="A1B2C", first="1", last="5")

    assert (newest().sale_number, newest().buyer_data.name) == (1, "Công ty Hoa Hồi")
    late = office.press("/invoices/waiting/1", **COMPANY)
    assert "Hóa đơn của biên lai 1 đã lập rồi. Hãy lập hóa đơn thay thế." in words(late)
    with transaction():
        assert make_what_waits(by=shop.manager) == 0


def test_the_receipts_page_and_the_closed_shift_tell_of_the_invoice(due, office):
    sale = sell(due, "mật ong")
    shift = sale.shift_number

    assert "1C26MAA 1 M1-26-A1B2C-00000000001" in words(office.get(f"/receipts/{sale.number}"))
    close_shift(due, 600_000)

    assert "1 hóa đơn của ngày này chưa được cơ quan thuế chấp nhận." in words(office.get(f"/shift/{shift}"))
    assert f'href="/invoices/{newest().code}">1C26MAA 1</a>' in office.get(f"/shift/{shift}").text


def test_a_closed_shift_names_the_sales_whose_invoice_waits_for_a_code(shop, office):
    with transaction():
        change_settings("invoice_duty", {"duty": "till"}, by=shop.owner, from_day=None)
    receive(shop, "mật ong", quantity=10)
    open_shift(shop)
    shift = sell(shop, "mật ong").shift_number

    close_shift(shop, 600_000)

    assert "đang chờ mã: biên lai 1" in words(office.get(f"/shift/{shift}"))
