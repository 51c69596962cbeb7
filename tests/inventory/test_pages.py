"""The pages of goods, through the same addresses that a browser uses."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from config.settings import load_settings
from core.clock import VIETNAM, stopped_at
from core.current_settings import install_settings
from core.database import Base, db, install_database, transaction
from core.journal.seal import SigningKey, Terminal, install_terminal
from core.quantity import Quantity, Unit
from core.staff import Role, Staff, hire
from core.web.shell import install_shell
from inventory.catalogue.product import Product
from inventory.catalogue.product_number import add_number
from inventory.location import set_up_locations
from inventory.lot import Lot, TermsKind
from inventory.receiving.delivery_draft_table import DeliveryDraft
from inventory.stock_level import on_hand
from inventory.web import install_goods
from tests.inventory.conftest import Shop

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=VIETNAM)
HONEY = "8930000000019"
PIN = "135790"
DRAFT = "/inventory/receipts/drafts/1"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    app = Flask(__name__)
    app.secret_key = "only for tests"
    app.testing = True
    app.config["WTF_CSRF_ENABLED"] = False
    install_settings(app, load_settings())
    install_database(app, f"sqlite:///{tmp_path}/shop.sqlite")
    install_terminal(app, Terminal("T-TEST", SigningKey.from_seed(bytes(32)), None))
    install_shell(app)
    install_goods(app)
    with stopped_at(NOON) as hand, app.app_context():
        Base.metadata.create_all(db.engine)
        with transaction():
            manager = hire(name="Lan", role=Role.MANAGER, pin=PIN, by=None)
            hire(name="Hoa", role=Role.CLERK, pin=PIN, by=None)
            hire(name="Thu", role=Role.AUDITOR, pin=PIN, by=None)
            set_up_locations(by=None)
        shop = Shop(manager, hand)
        honey = shop.product("Mật ong ngũ gia bì")
        shop.product("Hồng Bảo Lâm", unit=Unit.KILOGRAM, group="I.1.a", sell_within_days=5)
        shop.product("Na lỡ hạn", certified=date(2021, 5, 1), group="I.1.a")
        with transaction():
            add_number(honey, HONEY, by=shop.by)
        db.session.remove()
        yield app
        db.session.remove()
        db.engine.dispose()


def signed_in(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    with app.app_context():
        staff_id = db.session.scalar(select(Staff.id).where(Staff.name == name))
    assert client.post("/sign-in", data={"staff": staff_id, "pin": PIN}).status_code == 303
    return client


@pytest.fixture
def manager(app: Flask) -> FlaskClient:
    return signed_in(app, "Lan")


def press(client: FlaskClient, address: str, *, key: str | None = None, **fields: object):
    return client.post(address, data={"key": key or str(uuid.uuid4()), **fields}, headers={"HX-Request": "true"})


def begin(manager: FlaskClient, terms: str = "bought", commission: str = "") -> None:
    chosen = press(manager, "/inventory/receipts/draft/supplier", supplier="0001 HTX Quảng Lạc")
    assert chosen.headers["HX-Redirect"] == DRAFT
    answer = press(manager, f"{DRAFT}/terms", terms=terms, commission=commission, note="")
    assert answer.status_code == 200


def post(manager: FlaskClient, **line: str):
    """Go on to confirming with what is typed for the open line, and post it though the producer is not there."""
    reviewed = press(manager, f"{DRAFT}/review", **line)
    if reviewed.status_code >= 400:
        return reviewed
    return press(manager, f"{DRAFT}/posting", seen=seen_by_both(manager), confirmed="absent")


def seen_by_both(manager: FlaskClient) -> str:
    return re.search(r'name="seen" value="(\w+)"', manager.get(f"{DRAFT}/confirmation").text)[1]


def test_a_delivery_is_scanned_typed_and_posted_once(app, manager):
    begin(manager)
    press(manager, f"{DRAFT}/scan", code=HONEY)
    press(manager, f"{DRAFT}/scan", code=HONEY)
    press(
        manager, f"{DRAFT}/lines/1", quantity="12", amount="70k", best_before="2027-05-01",
        producer_lot="L01", papers="Phiếu 7",
    )  # fmt: skip
    sent = {"key": str(uuid.uuid4()), "seen": seen_by_both(manager), "confirmed": "absent", "slips": "1"}

    first = press(manager, f"{DRAFT}/posting", **sent)
    second = press(manager, f"{DRAFT}/posting", **sent)

    assert first.headers["HX-Redirect"] == second.headers["HX-Redirect"] == "/inventory/receipts/1"
    with app.app_context():
        lot = db.session.scalars(select(Lot)).one()
        assert (lot.terms, lot.cost.dong, lot.best_before, lot.producer_lot) == (
            TermsKind.BOUGHT, 70_000, date(2027, 5, 1), "L01",
        )  # fmt: skip
        assert on_hand(lot) == Quantity.of(12)
        assert db.session.scalar(select(func.count()).select_from(DeliveryDraft)) == 0
    shown = manager.get("/inventory/receipts/1").text
    assert "Mật ong ngũ gia bì" in shown
    assert "L01" in shown


def test_what_is_typed_for_the_open_line_is_posted_too(app, manager):
    begin(manager)
    press(manager, f"{DRAFT}/scan", code=HONEY)
    post(manager, line="1", quantity="9", amount="70k", producer_lot="L9")

    with app.app_context():
        lot = db.session.scalars(select(Lot)).one()
        assert (on_hand(lot), lot.producer_lot) == (Quantity.of(9), "L9")


def test_a_label_fills_lot_and_day_by_itself(app, manager):
    begin(manager, "commission", "15")
    press(manager, f"{DRAFT}/scan", code=f"010{HONEY}17270501" + "10NGB7")
    post(manager)

    with app.app_context():
        lot = db.session.scalars(select(Lot)).one()
        assert (lot.producer_lot, lot.best_before, lot.commission) == ("NGB7", date(2027, 5, 1), 1500)
        assert lot.owner_code == "0001"


def test_words_are_searched_and_goods_by_weight_ask_how_much(app, manager):
    begin(manager, "delivery_price")
    found = press(manager, f"{DRAFT}/scan", code="hong bao").text
    sku = re.search(r'name="sku" value="(\d+)"', found)[1]
    press(manager, f"{DRAFT}/lines", sku=sku)

    refused = post(manager)
    press(manager, f"{DRAFT}/lines/1", quantity="8,450", amount="30.000")
    post(manager)

    assert refused.status_code == 422
    with app.app_context():
        lot = db.session.scalars(select(Lot)).one()
        assert on_hand(lot) == Quantity(8450)
        assert (lot.delivery_price.dong, lot.sell_by, lot.best_before) == (30_000, date(2026, 11, 27), None)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("na lo han", None),
        ("8930000000018", "Số kiểm tra"),
        ("89300000000ư9", "tắt bộ gõ tiếng Việt"),
        ("8934563138165", "Chưa có mã"),
    ],
)
def test_what_cannot_be_taken_in_says_why_and_leaves_the_draft_as_it_was(app, manager, code, said):
    begin(manager)
    if said is None:
        found = press(manager, f"{DRAFT}/scan", code=code).text
        sku = re.search(r'name="sku" value="(\d+)"', found)[1]
        answer, said = press(manager, f"{DRAFT}/lines", sku=sku), "giấy chứng nhận OCOP đã hết hạn"
    else:
        answer = press(manager, f"{DRAFT}/scan", code=code)

    assert answer.status_code == 422
    assert said in answer.text
    with app.app_context():
        assert db.session.scalars(select(DeliveryDraft)).one().lines == []


def test_the_list_finds_without_marks_and_says_what_may_not_be_sold(app, manager):
    everything = manager.get("/inventory/products").text
    found = manager.get("/inventory/products?text=ngu+gia", headers={"HX-Request": "true"}).text

    assert "Mật ong ngũ gia bì" in found
    assert "Hồng Bảo Lâm" not in found
    assert "giấy chứng nhận OCOP đã hết hạn" in everything


def sku_of(app: Flask, name: str) -> str:
    with app.app_context():
        return db.session.scalar(select(Product.sku).where(Product.name == name))


def seen_on(manager: FlaskClient, page: str, act: str) -> str:
    """What the form of an act says was seen; nothing for the forms that overwrite nothing."""
    found = re.search(rf'/{act}" hx-swap(?:(?!</form>).)*name="seen" value="(\d+)"', manager.get(page).text, re.S)
    return found[1] if found else ""


def test_a_manager_enters_prices_papers_and_numbers(app, manager):
    sku = sku_of(app, "Na lỡ hạn")
    page = f"/inventory/products/{sku}"
    acts = [
        ("prices", {"amount": "55.000", "from_day": "2026-12-01"}),
        ("tax-classes", {"tax_class": "exempt", "from_day": "2026-12-01"}),
        ("numbers", {"number": "", "pack": "1"}),
        ("numbers", {"number": "8934563138165", "pack": "1"}),
        ("certificates", {"stars": "3", "number": "7", "decision": "QĐ 7", "decision_date": "2026-10-01",
                          "issuer": "UBND tỉnh"}),
        ("bases", {"basis": "local_speciality", "evidence": "CV 12", "first_day": "2026-11-01"}),
        ("certificates/4/withdrawal", {"from_day": "2026-11-20", "decision": "QĐ 8", "reason": "sai hồ sơ"}),
        ("numbers/2/withdrawal", {}),
    ]  # fmt: skip
    for act, fields in acts:
        form_on = f"{page}/{act.rpartition('/')[0]}" if act.startswith("certificates/") else page
        answer = press(manager, f"{page}/{act}", seen=seen_on(manager, form_on, act), **fields)
        assert answer.headers.get("HX-Redirect") == page, (act, answer.status_code, answer.text)

    shown = manager.get(page).text
    for said in ("55.000", "8934563138165", "QĐ 7", "CV 12", "Thu hồi từ 20/11/2026"):
        assert said in shown
    press(manager, f"{page}/retirement", seen=seen_on(manager, f"{page}/correction", "retirement"), reason="")
    assert "Na lỡ hạn" not in manager.get("/inventory/products").text


def test_a_manager_enters_a_producer_a_product_and_a_licence(app, manager):
    press(manager, "/inventory/producers", name="HTX Mới", legal_form="cooperative", province="", commune="")
    press(
        manager, "/inventory/products", producer="0002 HTX Mới", name="Rượu ngô", pack="chai 500 ml", unit="piece",
        unit_label="chai", group="II.1.a", tax_class="excise", price="120k", within_days="",
    )  # fmt: skip
    press(
        manager, "/inventory/licences", kind="liquor_retail", number="GP 1", issuer="UBND xã",
        first_day="2026-01-01", last_day="",
    )  # fmt: skip

    assert "GP 1" in manager.get("/inventory/licences").text
    with app.app_context():
        product = db.session.scalars(select(Product).where(Product.name == "Rượu ngô")).one()
        assert (product.producer.name, product.pack, product.is_liquor) == ("HTX Mới", "chai 500 ml", True)


@pytest.mark.parametrize(
    ("name", "address", "status"),
    [
        ("Hoa", "/inventory/products", 200),
        ("Hoa", "/inventory/products/00001", 200),
        ("Hoa", "/inventory/receipts", 403),
        ("Hoa", "/inventory/receipts/draft", 403),
        ("Hoa", "/inventory/new", 403),
        ("Thu", "/inventory/products/00001", 200),
        ("Thu", "/inventory/receipts", 200),
        ("Thu", "/inventory/receipts/draft", 403),
    ],
)
def test_each_role_opens_its_own_pages(app, name, address, status):
    assert signed_in(app, name).get(address).status_code == status


def test_a_clerk_sees_no_costs_and_no_forms(app):
    shown = signed_in(app, "Hoa").get("/inventory/products/00001").text

    assert "<form" not in shown.split("<main")[1].split("</main>")[0]


def test_pages_speak_english_too(app, manager):
    assert "Goods receipts" in manager.get("/inventory/receipts?lang=en").text


def test_unknown_goods_are_a_sentence_not_an_accident(app, manager):
    assert manager.get("/inventory/products/99999").status_code == 422
    assert manager.get("/inventory/receipts/99").status_code == 404
    assert press(manager, f"{DRAFT}/lines/5/removal").status_code == 404
