"""Products on the screen: corrected, left and brought back, with prices to come and numbers of the scale."""

from __future__ import annotations

import re
import uuid

import pytest
from sqlalchemy import select

from core.clock import today
from core.database import db, transaction
from core.money import Money
from core.quantity import Unit
from core.staff import Role
from inventory.catalogue.certificate import certificates_of
from inventory.catalogue.price import price_on, set_price
from inventory.catalogue.product import Product
from inventory.catalogue.product_correction import correct_product
from inventory.catalogue.product_number import numbers_of
from pos.replay import verify_shop
from tests.factories import Shop, enter_goods, fill_basket, goods, open_shift, receive
from tests.pos.web.conftest import Screen, Statements, words
from tests.pos.web.test_producers import form_on, press

LATER = "2026-12-01"


@pytest.fixture
def manager(shop: Shop) -> Screen:
    return Screen(shop, Role.MANAGER)


@pytest.fixture
def honey(shop: Shop) -> str:
    """The address of a product's page."""
    return f"/inventory/products/{goods(shop, 'Mật ong').sku}"


def seen_prices(manager: Screen, page: str) -> str:
    return re.search(r'/prices" hx-swap.*?name="seen" value="(\d+)"', manager.get(page).text, flags=re.S)[1]


def test_a_product_is_corrected_and_found_under_its_new_name(shop, manager, honey):
    page = f"{honey}/correction"
    sent = {**form_on(manager, page), "name": "Mâ\u0323t ong bạc hà", "pack": "hũ 500 g", "reason": "gõ thiếu"}
    answer = press(manager, page, **sent)
    assert answer.headers["HX-Redirect"] == honey

    said = words(manager.get(f"{honey}/history"))

    assert "Mật ong bạc hà" in words(manager.part("/inventory/products", text="bac ha 500"))
    assert "Sửa Lan, 20/11/2026 08:00 Tên Mật ong → Mật ong bạc hà Quy cách – → hũ 500 g Lý do gõ thiếu" in said
    assert verify_shop().clean


def test_unit_and_producer_are_not_offered_once_goods_came(shop, manager, honey):
    before = form_on(manager, f"{honey}/correction")
    receive(shop, "Mật ong")
    after = form_on(manager, f"{honey}/correction")

    forced = press(manager, f"{honey}/correction", **{**after, "unit": "kg"})

    assert before.keys() - after.keys() == {"unit", "producer"}
    assert forced.status_code == 422
    assert "Không đổi được cách bán" in words(forced)


def test_what_lies_in_a_basket_keeps_its_unit_too(shop, manager, honey):
    open_shift(shop)
    fill_basket(shop, ("Mật ong", 1))

    assert "unit" not in form_on(manager, f"{honey}/correction")


def test_a_product_leaves_the_range_and_comes_back(shop, manager, honey):
    receive(shop, "Mật ong", 7)
    said = words(manager.get(f"{honey}/correction"))
    seen = form_on(manager, f"{honey}/correction")["seen"]
    press(manager, f"{honey}/retirement", seen=seen, reason="hết mùa")

    assert "Còn trên kệ: Lô" in said
    assert ": 7 hũ, hàng của cửa hàng" in said
    assert "Mật ong" not in words(manager.part("/inventory/products"))
    assert "Mật ong" in words(manager.part("/inventory/products", state="retired"))
    assert "Mật ong" in words(manager.part("/inventory/products", state="all", text="mat ong"))
    seen = form_on(manager, f"{honey}/correction")["seen"]
    assert press(manager, f"{honey}/return", seen=seen, reason="").status_code == 200
    assert "Mật ong" in words(manager.part("/inventory/products"))


def test_a_future_price_is_set_listed_and_taken_back(shop, manager, honey):
    product = goods(shop, "Mật ong")
    seen = seen_prices(manager, honey)
    press(manager, f"{honey}/prices", seen=seen, amount="12.000", from_day=LATER)
    listed = words(manager.get("/inventory/prices", state="coming"))
    page = words(manager.get(honey))
    answer = press(manager, f"{honey}/prices/{LATER}/taking-back", reason="thiếu số không")

    assert "Mật ong" in listed
    assert "01/12/2026 sắp tới 12.000 ₫ Lan 20/11/2026 08:00" in listed
    assert "từ 01/12/2026 Lan, 20/11/2026 08:00 12.000 ₫ Rút lại" in page
    assert answer.headers["HX-Redirect"] == honey
    assert price_on(product, today().replace(month=12)) == Money(100_000)
    assert "Rút lại giá" in words(manager.get(f"{honey}/history"))
    again = press(manager, f"{honey}/prices/{LATER}/taking-back", reason="x")
    assert again.status_code == 422
    assert press(manager, f"{honey}/prices/nay/taking-back", reason="x").status_code == 422


def test_a_price_that_somebody_else_set_meanwhile_is_not_overwritten_unseen(shop, manager, honey):
    seen = seen_prices(manager, honey)
    with transaction():
        set_price(goods(shop, "Mật ong"), Money(130_000), from_day=today(), by=shop.owner)

    answer = press(manager, f"{honey}/prices", seen=seen, amount="120.000", from_day=today().isoformat())

    assert answer.status_code == 422
    assert "Chủ đã sửa mục này" in words(answer)
    assert "130.000 ₫" in words(answer)
    assert price_on(goods(shop, "Mật ong"), today()) == Money(130_000)


def test_of_two_managers_the_second_sees_what_the_first_corrected(shop, manager, honey):
    opened = form_on(manager, f"{honey}/correction")
    with transaction():
        product = db.session.scalars(select(Product)).first()
        correct_product(product, name="Mật ong rừng", by=shop.owner)

    answer = press(manager, f"{honey}/correction", **{**opened, "name": "Mật ong nhãn"})

    assert answer.status_code == 422
    assert "Tên Mật ong → Mật ong rừng" in words(answer)


def test_goods_by_weight_get_their_number_of_the_scale_on_the_page(shop, manager):
    fruit = goods(shop, "Na", unit=Unit.KILOGRAM)
    page = f"/inventory/products/{fruit.sku}"

    assert "Mã cân" in words(manager.get(page))
    assert press(manager, f"{page}/scale-numbers", layout="26", item="").status_code == 200
    assert press(manager, f"{page}/scale-numbers", layout="99", item="").status_code == 404
    assert [row.number for row in numbers_of(fruit)] == ["26" + fruit.sku]


@pytest.mark.parametrize(
    "change", [{"name": "x" * 2000}, {"name": ""}, {"group": "Z"}, {"within_days": "0"}, {"old_group": "T9"}]
)
def test_what_is_no_product_is_refused_with_a_sentence(shop, manager, honey, change):
    page = f"{honey}/correction"

    assert press(manager, page, **{**form_on(manager, page), **change}).status_code == 422


def test_a_mistyped_certificate_is_corrected_on_its_own_page(shop, manager, honey):
    paper = certificates_of(goods(shop, "Mật ong"))[0].certificate
    page = f"{honey}/certificates/{paper.id}"
    sent = form_on(manager, page)
    opened, key = dict(sent), str(uuid.uuid4())

    first = press(manager, f"{page}/correction", key=key, **{**sent, "stars": "3", "reason": "gõ nhầm sao"})
    second = press(manager, f"{page}/correction", key=key, **{**sent, "stars": "3", "reason": "gõ nhầm sao"})
    stale = press(manager, f"{page}/correction", **{**opened, "stars": "5", "reason": "x"})

    assert first.headers["HX-Redirect"] == second.headers["HX-Redirect"] == page
    assert stale.status_code == 422
    assert "Số sao 4 → 3" in words(stale)
    assert "Sửa giấy tờ Lan, 20/11/2026 08:00 Số sao 4 → 3 Lý do gõ nhầm sao" in words(manager.get(page))
    assert verify_shop().clean


def test_papers_are_struck_out_ended_and_withdrawn_on_their_pages(shop, manager, honey):
    press(manager, f"{honey}/bases", basis="local_speciality", evidence="CV 12", first_day="2026-11-01", last_day="")
    press(manager, f"{honey}/bases", basis="local_speciality", evidence="CV 13", first_day="2026-11-01", last_day="")
    base = form_on(manager, f"{honey}/bases/1")
    corrected = press(manager, f"{honey}/bases/1/correction", **{**base, "evidence": "CV 14", "reason": "gõ nhầm"})
    base = form_on(manager, f"{honey}/bases/1")
    ended = press(manager, f"{honey}/bases/1/end", seen=base["seen"], last_day="2026-11-19", reason="hết")
    other = form_on(manager, f"{honey}/bases/2")
    struck = press(manager, f"{honey}/bases/2/striking-out", seen=other["seen"], reason="nhập hai lần")
    paper = form_on(manager, f"{honey}/certificates/1")
    gone = press(manager, f"{honey}/certificates/1/striking-out", seen=paper["seen"], reason="của loại khác")

    said = words(manager.get(honey))
    history = words(manager.get(f"{honey}/history"))

    assert {answer.status_code for answer in (corrected, ended, struck, gone)} == {200}
    assert "Chưa nhập giấy chứng nhận nào" in said
    assert "CV 14" in said
    assert "CV 13" not in said
    for act in ("Sửa giấy tờ", "Hết hiệu lực", "Gạch bỏ: nhập nhầm"):
        assert act in history
    assert press(manager, f"{honey}/certificates/1/correction", **{**paper, "reason": "x"}).status_code == 422
    assert manager.get("/inventory/products/00001/certificates/99").status_code == 404
    assert verify_shop().clean


def test_licences_have_a_page_each(shop, manager):
    press(manager, "/inventory/licences", kind="liquor_retail", number="GP 1", issuer="UBND xã",
          first_day="2026-01-01", last_day="", product="")  # fmt: skip
    paper = form_on(manager, "/inventory/licences/1")
    corrected = press(
        manager, "/inventory/licences/1/correction", **{**paper, "last_day": "2026-12-31", "reason": "thiếu ngày"}
    )
    listed = words(manager.get("/inventory/licences"))
    paper = form_on(manager, "/inventory/licences/1")
    press(manager, "/inventory/licences/1/striking-out", seen=paper["seen"], reason="nhầm")

    assert corrected.headers["HX-Redirect"] == "/inventory/licences/1"
    assert "GP 1 UBND xã mọi hàng thuộc loại này 01/01/2026 31/12/2026 Còn hiệu lực" in listed
    assert "GP 1" not in words(manager.get("/inventory/licences"))
    assert "Gạch bỏ" in words(manager.get("/inventory/licences/1"))
    assert verify_shop().clean


def test_a_clerk_looks_at_products_without_history_or_forms(shop, honey):
    clerk = Screen(shop)

    said = clerk.get(honey).text.split("<main")[1].split("</main>")[0]

    assert "/history" not in said
    assert "<form" not in said
    assert clerk.get(f"{honey}/history").status_code == 403
    assert clerk.get(f"{honey}/correction").status_code == 403


@pytest.mark.parametrize("page", ["/inventory/products", "/inventory/prices", "/inventory/papers"])
def test_lists_ask_as_much_for_many_products_as_for_few(shop, manager, page):
    def asked() -> int:
        with Statements() as statements:
            manager.get(page, state="all")
        return len(statements.asked)

    enter_goods(shop, "Hàng 0", stars=None)
    few = asked()
    for n in range(1, 15):
        enter_goods(shop, f"Hàng {n}", stars=4 if n % 2 else None, of=f"HTX {n}")

    assert asked() == few
