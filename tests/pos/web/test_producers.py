"""Producers on the screen: found, entered, corrected, left and brought back, with everything that was done to them."""

from __future__ import annotations

import re
import uuid
from html import unescape

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from core.database import db, transaction
from core.journal.history import history_of
from core.journal.record import Kind
from core.money import Money
from core.staff import Role, hire
from inventory.catalogue.producer import Producer
from inventory.catalogue.producer_correction import correct_producer
from inventory.lot import Terms
from pos.replay import verify_shop
from tests.factories import Shop, open_shift, producer, receive, sell
from tests.pos.web.conftest import HTMX, Screen, Statements, words

PAPERS = {"name": "HTX Quảng Lạc", "legal_form": "cooperative", "tax_code": "", "phone": "", "address": "",
          "commune": "", "province": "", "old_commune": "", "old_district": "", "reason": ""}  # fmt: skip


@pytest.fixture
def manager(shop: Shop) -> Screen:
    return Screen(shop, Role.MANAGER)


def press(manager: Screen, url: str, *, key: str = "", **fields: str) -> TestResponse:
    """A form sent by htmx; one of its fields is called address."""
    return manager.send("POST", url, data={"key": key or str(uuid.uuid4()), **fields}, headers=HTMX)


def entered(manager: Screen, **papers: str) -> str:
    """The code under which a producer was entered."""
    answer = press(manager, "/inventory/producers", **{**PAPERS, **papers})
    assert answer.status_code == 200, words(answer)
    return answer.headers["HX-Redirect"].rsplit("/", 1)[1]


def form_on(manager: Screen, page: str) -> dict[str, str]:
    """What the first form of a page would send as it stands."""
    html = manager.get(page).text.split("<main")[1].split("</form>")[0]
    typed = dict(re.findall(r'<input (?!type="radio")[^>]*?name="(\w+)"[^>]*? value="([^"]*)"', html))
    chosen = re.findall(r'name="(\w+)" value="([\w.]*)" checked', html)
    selected = re.findall(r'<select name="(\w+)"(?:(?!</select>).)*?value="([\w.]+)" selected', html, flags=re.S)
    return {name: unescape(value) for name, value in [*typed.items(), *chosen, *selected] if name != "key"}


def correct(manager: Screen, code: str, **papers: str) -> TestResponse:
    """Change some fields of the correction form and send it."""
    page = f"/inventory/producers/{code}/correction"
    return press(manager, page, **{**form_on(manager, page), **papers})


def found(manager: Screen, **asked: str) -> str:
    return words(manager.part("/inventory/producers", **asked))


def test_a_producer_is_corrected_and_the_history_says_by_whom(shop, manager):
    code = entered(manager, name="HTX Quang Lac", phone="0912 345 678", old_district="Chi Lăng", commune="mau son lang")
    answer = correct(manager, code, name="HTX Quảng Lạc", phone="0912 345 679", reason="gõ thiếu dấu")
    assert answer.headers["HX-Redirect"] == f"/inventory/producers/{code}"

    page = words(manager.get(f"/inventory/producers/{code}"))
    said = words(manager.get(f"/inventory/producers/{code}/history"))

    assert "HTX Quảng Lạc" in page
    assert "Xã Mẫu Sơn, Tỉnh Lạng Sơn" in page
    assert "Chi Lăng (huyện cũ)" in page
    assert "Sửa Lan, 20/11/2026 08:00 Tên HTX Quang Lac → HTX Quảng Lạc" in said
    assert "Điện thoại đã đổi" in said
    assert "0912" not in said
    assert verify_shop().clean


@pytest.mark.parametrize(
    ("text", "hit"),
    [("quang lac", True), ("0002", True), ("678", True), ("345 678", True), ("01001", True), ("lạng sơn", True),
     ("chi lăng", True), ("999", False), ("cao bằng", False)],
)  # fmt: skip
def test_producers_are_found_by_name_number_and_place(shop, manager, text, hit):
    producer(shop, "Hộ Khác")
    entered(manager, tax_code="0100109106-001", phone="0912.345.678", province="p01", old_district="Chi Lăng")
    entered_province = db.session.scalar(select(Producer.province_id).where(Producer.code == "0002"))
    assert entered_province == "p01"
    if text == "lạng sơn":
        correct(manager, "0002", commune="Mẫu Sơn, Lạng Sơn")

    assert ("HTX Quảng Lạc" in found(manager, text=text)) is hit


def test_a_name_of_several_communes_is_asked_about_and_an_id_decides(shop, manager):
    unclear = press(manager, "/inventory/producers", **{**PAPERS, "commune": "Chi Lăng"})
    offered = manager.part("/inventory/communes", commune="Chi Lăng").text
    place = re.search(r'value="(c\d+)"', offered)[1]
    code = entered(manager, commune="Chi Lăng", locality=place)

    assert unclear.status_code == 422
    assert "Xã Chi Lăng, Tỉnh Lạng Sơn" in words(unclear)
    assert "Trước 1/7/2025: Thị trấn Đồng Mỏ, Huyện Chi Lăng" in " ".join(re.sub(r"<[^>]+>", " ", offered).split())
    assert db.session.scalar(select(Producer.locality_id).where(Producer.code == code)) == place
    assert press(manager, "/inventory/producers", **{**PAPERS, "commune": "Không Đâu"}).status_code == 422
    assert press(manager, "/inventory/producers", **{**PAPERS, "locality": "c9999"}).status_code == 422


def test_before_the_shop_leaves_a_producer_it_is_told_what_is_left(shop, manager):
    receive(shop, "mật ong", 5, terms=Terms.on_commission(1500))
    receive(shop, "mật ong", 3, terms=Terms.bought(Money(50_000)))
    open_shift(shop)
    sell(shop, "mật ong", 1)
    code = producer(shop).code
    page = f"/inventory/producers/{code}/correction"

    said = words(manager.get(page))
    seen = form_on(manager, page)["seen"]
    answer = press(manager, f"/inventory/producers/{code}/retirement", seen=seen, reason="nghỉ")

    assert "mật ong: 7 hũ trên kệ, trong đó ký gửi: 4" in said
    assert "85.000 ₫" in said
    assert answer.status_code == 200
    assert "Ngừng nhận hàng từ 20/11/2026" in words(manager.get(f"/inventory/producers/{code}"))
    assert "HTX" not in found(manager)
    assert "HTX" in found(manager, state="retired")
    refused = press(manager, "/inventory/receipts/draft/supplier", supplier=code)
    assert refused.status_code == 422
    sell(shop, "mật ong", 1)
    back = press(manager, f"/inventory/producers/{code}/return", seen=form_on(manager, page)["seen"], reason="")
    assert back.status_code == 200
    assert "HTX" in found(manager)
    assert verify_shop().clean


def test_the_second_of_two_managers_is_told_what_the_first_changed(shop, manager):
    code = entered(manager)
    page = f"/inventory/producers/{code}/correction"
    opened = form_on(manager, page)
    with transaction():
        maker = db.session.scalars(select(Producer).where(Producer.code == code)).one()
        correct_producer(maker, name="HTX Quảng Lạc mới", by=shop.owner)

    answer = press(manager, page, **{**opened, "name": "HTX Khác"})

    assert answer.status_code == 422
    assert "Chủ đã sửa mục này lúc 20/11/2026 08:00" in words(answer)
    assert "Tên HTX Quảng Lạc → HTX Quảng Lạc mới" in words(answer)
    assert db.session.scalar(select(Producer.name).where(Producer.code == code)) == "HTX Quảng Lạc mới"


def test_a_double_press_corrects_once(shop, manager):
    code = entered(manager)
    page = f"/inventory/producers/{code}/correction"
    form, key = {**form_on(manager, page), "name": "HTX Mới"}, str(uuid.uuid4())

    answers = [press(manager, page, key=key, **form) for _ in range(2)]

    assert [answer.headers["HX-Redirect"] for answer in answers] == [f"/inventory/producers/{code}"] * 2
    assert len(history_of(Kind.PRODUCER, code=code)) == 2


@pytest.mark.parametrize("papers", [{"name": "x" * 2000}, {"name": " "}, {"legal_form": "x"}, {"tax_code": "123"}])
def test_what_cannot_be_kept_is_a_sentence(shop, manager, papers):
    code = entered(manager)

    assert correct(manager, code, **papers).status_code == 422
    assert correct(manager, code).status_code == 422  # nothing differs


def test_an_auditor_reads_without_telephones_and_a_clerk_not_at_all(shop, manager):
    code = entered(manager, phone="0912345678", tax_code="001199012345")
    with transaction():
        hire(name="Thu", role=Role.AUDITOR, pin="246802", by=shop.owner)
    auditor = Screen(shop, Role.AUDITOR)

    said = words(auditor.get(f"/inventory/producers/{code}"))

    assert "••• 678" in said
    assert "0912345678" not in said
    assert "001199012345" not in said
    assert auditor.get(f"/inventory/producers/{code}/correction").status_code == 403
    assert auditor.get(f"/inventory/producers/{code}/history").status_code == 200
    assert Screen(shop).get("/inventory/producers").status_code == 403


def test_the_list_asks_as_much_for_many_as_for_few(shop, manager):
    def asked() -> int:
        with Statements() as statements:
            manager.get("/inventory/producers")
        return len(statements.asked)

    producer(shop, "Hộ 0")
    few = asked()
    for n in range(1, 12):
        producer(shop, f"Hộ {n}")

    assert asked() == few
