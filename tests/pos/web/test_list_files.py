"""Each list can be taken away as a spreadsheet: whole, without a cell that would run, and without private data."""

from __future__ import annotations

import csv
import io
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from sqlalchemy import text
from werkzeug.test import TestResponse

from core.clock import stopped_at, today
from core.database import db, transaction
from core.staff import Role
from inventory.moving.transfer_table import ArrivedTransfer
from pos.app import create_shop_app
from pos.data_folder import DataFolder
from pos.demo.fill import fill_demo_shop
from pos.discounts.promotion import ForGoods, Terms, enter_promotion
from pos.settings.change import change_settings
from tests.factories import MORNING, Shop, copy_of, open_shift, receive, sell, shop_settings, transfer
from tests.list_pages import EXCEPTIONS, pages_with_tables
from tests.pos.invoice.conftest import block
from tests.pos.web.conftest import Screen

HOSTILE = "=HYPERLINK(1)"
PHONE, PERSONAL_TAX_CODE = "0909998887", "012345678901"

# The address of each list, and what the database says how many rows it has.
LISTS = {
    "/day-book?list=sales": "SELECT count(*) FROM sales",
    "/inventory/agreements": "SELECT count(*) FROM agreements",
    "/inventory/agreements/1/goods": """SELECT count(*) FROM (SELECT m.lot_id FROM stock_moves m
        JOIN lots l ON l.id = m.lot_id JOIN agreements a ON a.producer_id = l.owner_id AND a.number = 1
        GROUP BY m.lot_id HAVING sum((m.target IN ('shelf', 'stockroom')) * m.quantity)
        > sum((m.source IN ('shelf', 'stockroom')) * m.quantity))""",
    "/inventory/claims": "SELECT count(*) FROM claims",
    "/inventory/consents?producer={consenting}": "SELECT count(*) FROM markdown_consents",
    "/inventory/count-accuracy": "SELECT count(DISTINCT strftime('%Y-%m', day)) FROM stock_counts",
    "/inventory/expiry": "SELECT count(*) FROM (SELECT m.lot_id FROM stock_moves m JOIN lots l ON l.id = m.lot_id "
    "WHERE l.sell_by <= '2027-02-19' GROUP BY m.lot_id "
    "HAVING sum((m.target IN ('shelf', 'stockroom')) * m.quantity) "
    "> sum((m.source IN ('shelf', 'stockroom')) * m.quantity))",
    "/inventory/goods-returns": "SELECT count(*) FROM goods_returns",
    "/inventory/labels": "SELECT count(*) FROM label_runs",
    "/inventory/labels/runs/1": "SELECT count(*) FROM label_lines WHERE run_number = 1",
    "/inventory/licences": "SELECT count(*) FROM licences",
    "/inventory/lots": "SELECT count(*) FROM lots",
    "/inventory/lots?held=1": "SELECT count(*) FROM lot_holds h WHERE NOT EXISTS "
    "(SELECT 1 FROM lot_releases e WHERE e.hold_id = h.id)",
    "/inventory/lots/{lot}": "SELECT count(*) FROM stock_moves WHERE lot_id = 1",
    "/inventory/moves": "SELECT count(*) FROM move_slips",
    "/inventory/papers?state=all": "SELECT count(*) FROM products WHERE retired_on IS NULL AND NOT service",
    "/inventory/prices": "SELECT count(*) FROM prices",
    "/inventory/producers?state=all": "SELECT count(*) FROM producers",
    "/inventory/products?state=all": "SELECT count(*) FROM products",
    "/inventory/recalls": "SELECT count(*) FROM recalls",
    "/inventory/receipts": "SELECT count(*) FROM goods_receipts",
    "/inventory/reorder": "SELECT count(*) FROM producers p WHERE EXISTS (SELECT 1 FROM products g WHERE "
    "g.producer_id = p.id AND g.retired_on IS NULL AND NOT g.service)",
    "/inventory/reorder/{supplier}": "SELECT count(*) FROM products WHERE producer_id = 1 AND NOT service",
    "/inventory/requests": "SELECT count(*) FROM delivery_requests",
    "/inventory/requests/1": "SELECT count(*) FROM delivery_request_lines WHERE number = 1",
    "/inventory/stock-counts/1": "SELECT count(*) FROM stock_count_lines l "
    "JOIN stock_counts c ON c.record_seq = l.record_seq WHERE number = 1",
    "/inventory/stocktakes": "SELECT count(*) FROM stock_counts",
    "/inventory/transfers": "SELECT count(*) FROM arrived_transfers",
    "/invoices": "SELECT count(*) FROM invoices",
    "/people": "SELECT count(*) FROM staff",
    "/promotions": "SELECT count(*) FROM promotions",
    "/receipts": "SELECT count(*) FROM sales",
    "/tax": "SELECT count(DISTINCT day) FROM sales",
    "/transfers": "SELECT count(*) FROM bank_arrivals",
}


@pytest.fixture(scope="module")
def full_shop(template: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """The demo's two months of trade, where everybody and everything is called like a formula."""
    folder = copy_of(template, tmp_path_factory.mktemp("full") / "shop")
    with stopped_at(MORNING + timedelta(days=61)) as hand:
        app = create_shop_app(shop_settings(demo=True), folder)
        app.testing = True
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            shop = Shop(app, folder, hand)
            trade(shop)
            yield shop
            db.session.remove()
            db.engine.dispose()


def trade(shop: Shop) -> None:
    """What fills each list, and then the names."""
    fill_demo_shop(shop.manager)
    with transaction():
        change_settings("invoice_duty", {"duty": "till"}, by=shop.owner, from_day=None)
    block(shop)
    receive(shop, "mật ong", 9)
    open_shift(shop)
    sell(shop, "mật ong", 1)
    sell(shop, "mật ong", 1, transfer(100_000))
    Screen(shop).press("/transfers/money", amount="70.000", order="")
    with transaction():
        goods = ForGoods(group="I.2.b")
        enter_promotion(HOSTILE, Terms.percent_off(1000), goods, first_day=today(), last_day=today(), by=shop.manager)
        sent = {"uid": "u", "from_tid": HOSTILE, "number": 1, "day": today(), "text": "", "signature": ""}
        answer = {"answer_text": "", "answer_signature": "", "staff_code": "NV01"}
        db.session.add(ArrivedTransfer(record_seq=1, **sent, **answer))
        for table in ("producers", "products", "staff"):
            db.session.execute(text(f"UPDATE {table} SET name = '{HOSTILE}' || name"))
        db.session.execute(
            text("UPDATE producers SET phone = :phone, tax_code = :code"), {"phone": PHONE, "code": PERSONAL_TAX_CODE}
        )
    db.session.expire_all()


@pytest.fixture
def manager(full_shop: Shop) -> Screen:
    return Screen(full_shop, Role.MANAGER)


def open_page(screen: Screen, address: str, **more: str) -> TestResponse:
    """A page by its address, with the code or number of one that is there."""
    found = {
        "lot": "SELECT number FROM lots WHERE id = 1",
        "supplier": "SELECT code FROM producers WHERE id = 1",
        "consenting": "SELECT code FROM producers JOIN markdown_consents ON producer_id = producers.id",
    }
    page = urlsplit(address.format(**{name: db.session.scalar(text(query)) for name, query in found.items()}))
    return screen.get(page.path, **dict(parse_qsl(page.query)), **more)


@pytest.fixture
def shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that show the newest rows show none: what a file has beyond them, it has because it is whole."""
    for module in [one for name, one in sys.modules.items() if re.match(r"(inventory|pos)\.", name)]:
        for limit in ("_LATEST", "_MOST", "MOST_SHOWN", "MOST_FOUND", "MOST"):
            if ".web." in module.__name__ and isinstance(getattr(module, limit, None), int):
                monkeypatch.setattr(module, limit, 0)


@pytest.mark.parametrize("address", LISTS)
def test_a_list_is_taken_away_whole_and_safe(full_shop: Shop, manager: Screen, shows_nothing: None, address: str):
    table = open_page(manager, address, **{"as": "csv"})
    sheet = open_page(manager, address, **{"as": "xlsx"})

    rows = list(csv.reader(io.StringIO(table.get_data().decode("utf-8-sig"))))
    assert len(rows) - 1 == db.session.scalar(text(LISTS[address])) > 0
    assert {len(row) for row in rows} == {len(rows[0])}
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if re.match(r"\s*[=+@]|\s*-(?![0-9.]+$)", cell)]
    assert not [cell for cell in cells if PHONE in cell or PERSONAL_TAX_CODE in cell]
    written = zipfile.ZipFile(io.BytesIO(sheet.get_data())).read("xl/worksheets/sheet1.xml").decode()
    assert written.count("<row ") == len(rows)
    assert "<f>" not in written


@pytest.mark.parametrize("address", LISTS)
def test_a_page_offers_its_list(manager: Screen, address: str):
    page = open_page(manager, address).get_data(as_text=True)

    assert "as=xlsx" in page
    assert "as=csv" in page


def test_no_page_with_a_table_forgets_its_file():
    without = {
        name for name, whole in pages_with_tables().items() if not re.search(r"file_links\(|listing_files\(", whole)
    }

    assert without == {name for names in EXCEPTIONS.values() for name in names}
