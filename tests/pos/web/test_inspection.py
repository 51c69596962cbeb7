"""The inspector's pages: who may open them, that they write nothing, that each list comes as a file."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pypdfium2 import PdfDocument
from sqlalchemy import event, select, text

from core.clock import today
from core.database import db, transaction
from core.money import Money
from core.staff import Role, hire
from inventory.lot import Lot, Terms
from inventory.lot_label import label_number
from pos.inspection.inspection import GROUPS
from tests.factories import cash, open_shift, receive, sell, set_new_price
from tests.pos.web.conftest import Screen, words

NAMES = [name for group in GROUPS for name in group.names] + ["changes"]
HOSTILE = "=HYPERLINK(1)\u0301 <b>\u202e" + "ệ" * 190


@pytest.fixture
def inspector(shop) -> Screen:
    """An auditor's browser, in a shop that has sold honey on commission and changed its price since."""
    receive(shop, "mật ong", 10, terms=Terms.on_commission(1500))
    open_shift(shop)
    sell(shop, "mật ong", 3, cash(300_000))
    shop.clock.move(timedelta(days=1))
    set_new_price(shop, "mật ong", 150_000)
    with transaction():
        hire(name="Kiểm tra", role=Role.AUDITOR, pin="864209", by=shop.owner)
    return Screen(shop, Role.AUDITOR)


def yesterday() -> str:
    return (today() - timedelta(days=1)).isoformat()


def addresses() -> list[str]:
    lists = [f"/inspection/{name}" for name in NAMES]
    files = [f"{address}.{ending}" for address in lists for ending in ("csv", "xlsx")]
    return [
        "/inspection", *lists, *files, "/inspection/shelf.pdf", "/inspection/booklet.pdf", "/inspection/products",
        "/inspection/products/00001", "/inspection/products/00001.csv", "/inventory/ledger?sku=00001",
        "/inventory/ledger/ledger.pdf?sku=00001", "/inventory/ledger/ledger.xlsx?sku=00001",
        "/inventory/stock-on-day", "/inventory/stock-on-day/owners.csv", "/inventory/stock-on-day/stock.pdf",
    ]  # fmt: skip


def test_every_page_and_file_opens_and_writes_nothing(inspector: Screen, shop) -> None:
    def forbid(connection, record):
        connection.execute("PRAGMA query_only=ON")

    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, "connect", forbid)
    try:
        for address in addresses():
            for day in ("", yesterday()):
                joined = "&" if "?" in address else "?"
                answer = inspector.send("GET", f"{address}{joined}day={day}" if day else address)
                assert answer.status_code == 200, (address, day, words(answer)[:300])
    finally:
        event.remove(db.engine, "connect", forbid)
        db.session.remove()
        db.engine.dispose()


def test_the_proof_of_writing_nothing_would_see_a_write(inspector: Screen) -> None:
    db.session.execute(text("PRAGMA query_only=ON"))
    try:
        with pytest.raises(Exception, match="readonly"), transaction() as session:
            session.execute(text("UPDATE staff SET name = 'x'"))
    finally:
        db.session.rollback()
        db.session.execute(text("PRAGMA query_only=OFF"))
        db.session.remove()


@pytest.mark.parametrize(("role", "status"), [(Role.OWNER, 200), (Role.MANAGER, 200), (Role.CLERK, 403)])
def test_who_may_look(inspector: Screen, shop, role: Role, status: int) -> None:
    screen = Screen(shop, role)

    for address in ("/inspection", "/inspection/shelf", "/inspection/booklet.pdf", "/inventory/ledger"):
        assert screen.get(address).status_code == status


def test_the_front_page_answers_plainly_as_of_the_day(inspector: Screen) -> None:
    today_, before = words(inspector.get("/inspection")), words(inspector.get("/inspection", day=yesterday()))

    assert "Tình hình cuối ngày 21/11/2026. Quầy vẫn bán bình thường." in today_
    assert "Tình hình cuối ngày 20/11/2026." in before
    assert "1 sản phẩm trong cửa hàng, 1 sản phẩm có sao còn hiệu lực." in before
    assert "700.000 ₫" in before.replace("\xa0", " ")
    assert "1.050.000 ₫" in today_.replace("\xa0", " ")


def test_a_change_is_told_with_who_and_before_and_after(inspector: Screen) -> None:
    page = words(inspector.get("/inspection/changes"))

    assert "100.000 ₫ → 150.000 ₫" in page
    assert "Phiếu nhập số 1" in page
    assert "Lan" in page
    assert "→ 150.000" not in words(inspector.get("/inspection/changes", first=yesterday(), last=yesterday()))


def test_two_products_prices_are_not_taken_for_one_anothers(inspector: Screen, shop) -> None:
    receive(shop, "trà", 1, of="HTX Khác", price=77_000)
    set_new_price(shop, "trà", 88_000)

    page = words(inspector.get("/inspection/changes"))

    assert "77.000 ₫ → 88.000 ₫" in page
    assert "150.000 ₫ → 77.000 ₫" not in page


def test_the_booklet_is_one_paper_with_vietnamese_that_can_be_read(inspector: Screen) -> None:
    answer = inspector.get("/inspection/booklet.pdf", day=yesterday())

    paper = PdfDocument(answer.data)
    said = "\n".join(page.get_textpage().get_text_range() for page in paper)
    assert answer.mimetype == "application/pdf"
    assert "Tình hình cuối ngày 20/11/2026" in said
    assert "mật ong" in said
    assert "Phiếu kiểm đếm theo chủ hàng" in said
    assert paper[0].get_size()[0] > paper[0].get_size()[1]


def test_a_list_as_a_file_holds_figures_and_no_formulas(inspector: Screen, shop) -> None:
    receive(shop, "=1+1 mật", 2, terms=Terms.on_commission(1000))

    rows = inspector.get("/inspection/kept-goods.csv").data.decode("utf-8-sig").splitlines()

    assert any("'=1+1 mật" in row for row in rows)
    assert any(",1050000," in row for row in rows)


def test_a_scan_leads_to_the_product_and_words_to_those_that_fit(inspector: Screen, shop) -> None:
    assert "mật ong" in words(inspector.get("/inspection/products", code="mat ong"))
    assert inspector.get("/inspection/products", code=HOSTILE).status_code in (200, 422)
    page = words(inspector.get("/inspection/products/00001", day=yesterday()))
    assert "100.000 ₫" in page
    assert "201120001" in page or "261120001" in page


@pytest.mark.parametrize("day", ["2030-01-01", "32/13/2026", "x" * 50, "\x00", "1899-01-01"])
def test_days_that_cannot_be_asked_are_refused_in_words(inspector: Screen, day: str) -> None:
    for address in ("/inspection", "/inspection/shelf.csv", "/inventory/stock-on-day"):
        assert inspector.get(address, day=day).status_code == 422


def test_what_does_not_exist_is_not_found(inspector: Screen) -> None:
    for address in ("/inspection/nothing", "/inspection/shelf.exe", "/inventory/stock-on-day/nothing.csv"):
        assert inspector.get(address).status_code == 404


def test_the_ledger_of_a_product_names_its_documents(inspector: Screen) -> None:
    page = words(inspector.get("/inventory/ledger", sku="00001", first=yesterday(), last=today().isoformat()))

    assert "Phiếu nhập số 1" in page
    assert "Biên lai số 1" in page or "Biên lai 1" in page
    assert "Tồn cuối ngày 21/11/2026" in page
    assert words(inspector.get("/inventory/ledger")).count("Tồn cuối ngày") == 0


def test_the_ledger_answers_a_label_with_its_lot_and_words_on_the_spot(inspector: Screen) -> None:
    lot = db.session.scalars(select(Lot)).first()
    assert lot is not None

    label = inspector.get("/inventory/ledger/scans", code=label_number(lot))
    typed = inspector.get("/inventory/ledger/scans", code="https://xhostile.example/")

    assert f"lot={lot.number}" in label.headers["Location"]
    assert (typed.status_code, "Location" in typed.headers) == (200, False)


def test_the_ledger_of_an_owner_or_of_the_shop_itself(inspector: Screen, shop) -> None:
    receive(shop, "trà", 4, of="HTX Khác")

    own, kept = (words(inspector.get("/inventory/ledger", owner=owner)) for owner in ("own", "0001"))

    assert "trà (hũ)" in own
    assert "mật ong (hũ)" not in own
    assert "mật ong (hũ)" in kept
    refused = inspector.get("/inventory/ledger", first=date(2026, 11, 21), last=date(2026, 11, 20), owner="own")
    assert refused.status_code == 422
    assert inspector.get("/inventory/ledger", owner=HOSTILE).status_code == 422


def test_stock_of_a_day_keeps_own_goods_and_others_apart(inspector: Screen, shop) -> None:
    receive(shop, "trà", 4, of="HTX Khác", terms=Terms.bought(Money(30_000)))

    page = words(inspector.get("/inventory/stock-on-day"))

    assert "120.000 ₫" in page  # 4 × 30.000, at cost
    assert "892.500 ₫" in page  # 7 × 150.000, less 15 %
    assert "1.012.500 ₫" not in page  # never added
