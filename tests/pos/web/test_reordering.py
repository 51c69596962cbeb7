"""Ordering on the pages: suggestion, changed quantities, the request and its papers, what came, past sales."""

from __future__ import annotations

import email
import io
import unicodedata
from datetime import timedelta
from email import policy
from typing import Any

import pypdfium2
import pytest
from sqlalchemy import select

from core.clock import today
from core.database import db, transaction
from core.journal.record import Kind
from core.quantity import Quantity
from core.staff import Role, hire
from inventory.catalogue.product import Product
from inventory.reordering.delivery_request import DeliveryRequest, RequestLine
from inventory.reordering.past_demand import PastDemand, SoldElsewhere, enter_past_demand
from inventory.reordering.supply import ProductTerms, producer_terms, product_terms
from pos.returns.refund_table import Refund
from pos.sale import Sale
from printers.spool import PrintJob
from tests.factories import PIN, Shop, count_of, goods, receive, records
from tests.pos.web.conftest import Screen, words


@pytest.fixture
def manager(shop: Shop, screen: Screen) -> Screen:
    screen.sign_in(Role.MANAGER)
    return screen


@pytest.fixture
def honey(shop: Shop) -> Product:
    """Honey that sold two a day at another till; none is here."""
    found = goods(shop, "Mật ong")
    with transaction():
        sold = [SoldElsewhere(found, today() - timedelta(days=n), Quantity.of(2)) for n in range(1, 41)]
        enter_past_demand(sold, file_name="may-cu.csv", by=shop.manager)
    return found


def page_of(product: Product) -> str:
    return f"/inventory/reorder/{product.producer.code}"


def field(product: Product) -> str:
    return f"quantity-{product.sku}"


def send(screen: Screen, product: Product, quantity: str, **more: str) -> Any:
    form = {field(product): quantity, "wanted_on": today().isoformat(), "note": "", **more}
    return screen.press(f"{page_of(product)}/requests", **form)


def test_the_list_names_who_is_urgent_and_the_page_says_why(manager: Screen, honey: Product) -> None:
    assert "1 sản phẩm hết trước khi giao" in words(manager.get("/inventory/reorder"))

    said = words(manager.get(page_of(honey)))

    assert "bán 2 hũ/ngày, còn 0, hết hàng trước khi giao" in said


def test_a_quantity_that_was_typed_stays_until_it_is_given_up(manager: Screen, honey: Product) -> None:
    manager.press(f"{page_of(honey)}/quantities", **{field(honey): "77"})
    assert 'value="77"' in manager.get(page_of(honey)).text

    manager.press(f"{page_of(honey)}/suggestion")

    assert 'value="77"' not in manager.get(page_of(honey)).text


def test_a_scan_asks_for_one_pack_more(manager: Screen, honey: Product, shop: Shop) -> None:
    manager.press(f"/inventory/products/{honey.sku}/supply", pack="6", least="0", display="0")
    number = manager.press(f"/inventory/products/{honey.sku}/numbers", number="8930000000019", pack="1")
    assert number.status_code == 200

    manager.press(f"{page_of(honey)}/quantities", **{field(honey): "4", "code": "8930000000019"})

    assert 'value="10"' in manager.get(page_of(honey)).text


def test_goods_of_somebody_else_are_not_asked_for_by_a_scan(manager: Screen, honey: Product, shop: Shop) -> None:
    tea = goods(shop, "Chè", of="HTX Khác")
    manager.press(f"/inventory/products/{tea.sku}/numbers", number="8930000000026", pack="1")

    answer = manager.press(f"{page_of(honey)}/quantities", code="8930000000026")

    assert answer.status_code == 422
    assert "không phải của HTX Quảng Lạc" in words(answer)


def test_a_request_is_sent_once_however_often_it_is_pressed(manager: Screen, honey: Product) -> None:
    form = {
        field(honey): "12",
        "wanted_on": today().isoformat(),
        "note": "gọi trước",
        "key": "5" * 8 + "-0000-4000-8000-" + "5" * 12,
    }

    answers = [manager.press(f"{page_of(honey)}/requests", **form) for _ in range(2)]

    assert [answer.headers["HX-Redirect"] for answer in answers] == ["/inventory/requests/1"] * 2
    line = db.session.scalars(select(RequestLine)).one()
    assert (line.quantity, line.product_id) == (Quantity.of(12), honey.id)
    assert line.suggested > Quantity.of(12)
    (record,) = records(Kind.REQUEST)
    assert record["body"]["lines"][0]["qty"] == 12_000


@pytest.mark.parametrize(
    ("quantity", "wanted", "said"),
    [
        ("", "", "Chưa đề nghị giao gì"),
        ("0", "", "Chưa đề nghị giao gì"),
        ("1,5", "", "số nguyên"),
        ("-3", "", "không phải là số lượng"),
        ("2000000", "", "lớn hơn 100.000"),
        ("3", "01/01/2020", "đã qua"),
        ("3", "31/02/2027", "không phải là ngày"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_next_step(
    quantity: str, wanted: str, said: str, manager: Screen, honey: Product
) -> None:
    answer = send(manager, honey, quantity, **({"wanted_on": wanted} if wanted else {}))

    assert answer.status_code == 422
    assert said in words(answer)
    assert count_of(DeliveryRequest) == 0


def test_what_came_stands_beside_what_was_asked_for(manager: Screen, honey: Product, shop: Shop) -> None:
    send(manager, honey, "12")
    receive(shop, "Mật ong", 8)

    said = words(manager.get("/inventory/requests/1"))

    assert "12 8 4" in said
    assert "Đang chờ" in said

    manager.press("/inventory/requests/1/closing", reason="hết hàng")

    assert "không chờ thêm hàng. hết hàng" in words(manager.get("/inventory/requests/1"))
    assert manager.press("/inventory/requests/1/closing", reason="").status_code == 422


def test_paper_pdf_mail_and_chat_say_the_same(manager: Screen, honey: Product) -> None:
    send(manager, honey, "12", note="giao buổi sáng")

    page = manager.get("/inventory/requests/1").text
    pdf = pypdfium2.PdfDocument(manager.get("/inventory/requests/1.pdf").data)[0].get_textpage().get_text_bounded()
    mail = email.message_from_bytes(manager.get("/inventory/requests/1.eml").data, policy=policy.default)
    text = mail.get_body(("plain",)).get_content()

    for said in (page, text):
        assert "1. Mật ong: 12 hũ" in said
        assert "giao buổi sáng" in said
    assert "ĐỀ NGHỊ GIAO HÀNG" in pdf
    assert "Mật ong" in pdf
    assert mail["Subject"].endswith("đề nghị giao hàng số 1")
    (attached,) = mail.iter_attachments()
    assert attached.get_content_type() == "application/pdf"
    assert "mailto:?subject=" in page


def test_the_second_paper_is_a_copy(manager: Screen, honey: Product) -> None:
    send(manager, honey, "12")

    for _ in range(2):
        manager.press("/inventory/requests/1/prints")

    jobs = db.session.scalars(select(PrintJob).where(PrintJob.kind == "delivery_request").order_by(PrintJob.id))
    assert [job.copy for job in jobs] == [0, 1]


def test_how_goods_come_is_kept_and_refused(manager: Screen, honey: Product) -> None:
    manager.press(f"/inventory/producers/{honey.producer.code}/supply", **{"lead_days": "2", "weekday-4": "1"})
    form = {
        "pack": "12",
        "least": "24",
        "display": "3",
        "months": "12, 11",
        "shelf_days": "90",
        "service_percent": "98",
    }
    manager.press(f"/inventory/products/{honey.sku}/supply", **form)

    terms = product_terms([honey.id])[honey.id]
    assert terms == ProductTerms(Quantity.of(12), Quantity.of(24), Quantity.of(3), (11, 12), 90, 98)
    assert producer_terms(honey.producer_id).weekdays == (4,)
    for wrong in ({"months": "13"}, {"months": "Tết"}, {"pack": "0"}, {"service_percent": "100"}, {"shelf_days": "x"}):
        assert manager.press(f"/inventory/products/{honey.sku}/supply", **{**form, **wrong}).status_code == 422


def test_an_auditor_looks_at_everything_and_changes_nothing(manager: Screen, honey: Product, shop: Shop) -> None:
    send(manager, honey, "12")
    with transaction():
        auditor = hire(name="Thu", role=Role.AUDITOR, pin=PIN, by=shop.owner)
    manager.sign_in_as(auditor)

    for address in ("/inventory/reorder", page_of(honey), "/inventory/requests", "/inventory/requests/1"):
        page = manager.get(address)
        assert page.status_code == 200
        assert '<input class="ask-quantity"' not in page.text
    assert manager.get(f"/inventory/products/{honey.sku}/supply").status_code == 200
    assert send(manager, honey, "5").status_code == 403


LIST = """\ufeffNgày;Mã hàng;Tên hàng;SL
{day};{sku};;3
{day} 14:05;;mat ong;2.0
{day};9;;2
{day};{sku};;-1
01/01/2020;{sku};;1
"""


def upload(screen: Screen, text: str) -> Any:
    file = (io.BytesIO(text.encode()), "may-cu.csv")
    return screen.press("/inventory/past-sales/upload", file=file)


def test_a_list_of_past_sales_is_tried_out_entered_and_taken_back(manager: Screen, shop: Shop) -> None:
    honey = goods(shop, "Mật ong")
    day = (today() - timedelta(days=3)).strftime("%d/%m/%Y")
    upload(manager, LIST.format(day=day, sku=honey.sku))

    said = words(manager.get("/inventory/past-sales/preview"))
    assert "Dùng được 2 trên 5 dòng" in said
    assert "không có sản phẩm nào mang mã hoặc tên “9”" in said
    assert "hàng trả lại được bỏ qua" in said
    assert "không nằm trong hai năm" in said
    assert count_of(PastDemand) == 0

    manager.press("/inventory/past-sales/entering")

    assert db.session.scalars(select(PastDemand.quantity)).one() == Quantity.of(5)
    assert (count_of(Sale), count_of(Refund)) == (0, 0)

    manager.press("/inventory/past-sales/1/return")

    assert count_of(PastDemand) == 0


def test_a_list_without_headings_is_refused(manager: Screen, shop: Shop) -> None:
    answer = upload(manager, "a;b\n1;2\n")

    assert answer.status_code == 422
    assert "Không tìm thấy dòng tiêu đề" in words(answer)


def test_a_hostile_list_is_left_out_row_by_row(manager: Screen, shop: Shop) -> None:
    goods(shop, "Mật ong")
    day = (today() - timedelta(days=3)).strftime("%d/%m/%Y")
    names = [unicodedata.normalize("NFD", "MẬT ONG"), '=HYPERLINK("http://x")', "a" * 2_000, "<b>Mật</b>"]
    rows = [f'{day};"{name.replace(chr(34), chr(34) * 2)}";2' for name in names]

    upload(manager, "\n".join(["Ngày;Tên hàng;SL", *rows, f"{day};Mật ong;9999999", f"{day};Mật ong;1,5", ""]))

    page = manager.get("/inventory/past-sales/preview")
    assert "Dùng được 1 trên 6 dòng" in words(page)
    assert "<b>Mật" not in page.text
