"""Every page fits its screen, from the smallest till to a phone, in both languages, with long names and baskets."""

from __future__ import annotations

import pytest
from PIL import Image
from playwright.sync_api import expect

from core.clock import today
from core.database import db, transaction
from core.money import Money
from core.quantity import Quantity, Unit
from core.staff import Role
from inventory.catalogue.certificate import add_certificate
from inventory.catalogue.price import set_price
from inventory.catalogue.producer import add_producer
from inventory.catalogue.product import Product, add_product
from inventory.catalogue.tax import set_tax_class
from inventory.lot import Terms
from inventory.receiving.delivery import Arrival, receive_goods
from pos.basket import add_product as put_in
from pos.basket import open_basket
from pos.register import all_registers
from pos.running import RunningShop
from tests.browser.conftest import NEM, NOODLES, PICTURES, TEA, Counter, scale_label
from tests.factories import person

pytestmark = pytest.mark.browser

SCREENS = {"smallest": (1024, 768), "wider": (1366, 768), "phone": (390, 844)}
PAGES = ["/till", "/till/payment", "/till/lines/lot?line=1", "/till/baskets/giving-up", "/shift", "/shift/closing",
         "/shift/x", "/receipts", "/menu"]  # fmt: skip
STOCK_PAGES = ["refill", "write-off", "moves", "transfers", "stocktakes", "daily-count", "count-accuracy", "claims",
               "lots", "recalls", "expiry", "ledger", "stock-on-day"]  # fmt: skip
MAKER = "Hợp tác xã Sản xuất nông lâm nghiệp và Dịch vụ tổng hợp"
LONG = "Tinh dầu hồi nguyên chất chưng cất thủ công từ quả hồi khô của đồng bào Tày, Nùng vùng núi đá "

CUT_OFF = """() => [...document.querySelectorAll("button, .button, h1, h2, .total, .figures, td.money, .menu a")]
    .filter((el) => el.checkVisibility() && !el.matches(".visually-hidden") && el.clientWidth > 1)
    .filter((el) => el.scrollWidth > el.clientWidth + 1)
    .map((el) => el.className + ": " + el.innerText.slice(0, 60))"""
NAMELESS = """() => [...document.querySelectorAll("input:not([type=hidden]), select, textarea, button, img")]
    .filter((el) => el.checkVisibility() && !el.closest("[aria-hidden=true]"))
    .filter((el) => !(el.labels?.length || el.ariaLabel || el.alt || el.innerText?.trim() || el.title))
    .map((el) => el.outerHTML.slice(0, 120))"""
TOO_WIDE = "() => document.documentElement.scrollWidth - window.innerWidth"


@pytest.fixture
def busy(till: Counter, at_work: RunningShop) -> Counter:
    """A basket of 30 lines, the first with a name of 200 letters and a price of millions."""
    with at_work.app.app_context():
        with transaction():
            enter_goods(0, (LONG * 3)[:200], 12_345_000)
        for number in range(1, 30):
            with transaction():
                enter_goods(number, f"Bánh khảo số {number}", 45_000)
        db.session.remove()
    till.page.reload()
    expect(till.lines).to_have_count(30)
    return till


def enter_goods(number: int, name: str, price: int) -> Product:
    """A product with its papers, ten of it on the shelf and one in the basket."""
    by, day = person(Role.MANAGER), today()
    maker = add_producer(name=f"{MAKER} số {number}", form="cooperative", by=by)
    pack = {"unit": Unit.PIECE, "unit_label": "hộp", "pack": "hộp 500 g"}
    product = add_product(maker, name=name, group_code="I.2.b", by=by, **pack)
    paper = f"QĐ {number}/QĐ-UBND"
    add_certificate(product, stars=4, number=paper, decision=paper, decision_date=day, issuer="UBND tỉnh", by=by)
    set_price(product, Money(price), from_day=day, by=by)
    set_tax_class(product, "standard_reduced", from_day=day, by=by)
    receive_goods(supplier=maker, lines=[Arrival(product, Quantity(10_000), Terms.bought(Money(1_000)))], by=by)
    put_in(open_basket(all_registers()[0]), product, Quantity(1_000), by=by)
    return product


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("screen", SCREENS)
def test_no_page_is_wider_than_its_screen_and_no_word_is_cut(busy: Counter, screen: str, language: str) -> None:
    width, height = SCREENS[screen]
    busy.page.set_viewport_size({"width": width, "height": height})

    for address in PAGES:
        busy.page.goto(f"{busy.address}{address[1:]}{'&' if '?' in address else '?'}lang={language}")
        assert busy.page.evaluate(TOO_WIDE) <= 0, f"{address} is too wide"
        assert busy.page.evaluate(CUT_OFF) == [], address


def test_the_pages_of_stock_fit_a_phone(counter: Counter) -> None:
    counter.begin("manager")
    counter.page.set_viewport_size({"width": 390, "height": 844})

    for address in (*(f"inventory/{page}" for page in STOCK_PAGES), "inspection"):
        counter.page.goto(counter.address + address)
        assert counter.page.evaluate(TOO_WIDE) <= 0, f"{address} is too wide"
        assert counter.page.evaluate(CUT_OFF) == [], address


@pytest.mark.parametrize("screen", ["smallest", "wider"])
def test_with_thirty_lines_total_and_keys_stay_in_view_and_so_does_the_chosen_line(busy: Counter, screen: str) -> None:
    width, height = SCREENS[screen]
    busy.page.set_viewport_size({"width": width, "height": height})

    for part in (".till-total .total", ".till-total .primary", ".till-acts", "#foot"):
        expect(busy.page.locator(part)).to_be_in_viewport(ratio=1)
    for key in ("Home", "End", "ArrowUp"):
        busy.press(key)
        expect(busy.page.locator(".basket-line:has(:checked)")).to_be_in_viewport(ratio=1)
    expect(busy.lines.first.locator(".basket-name")).to_have_css("overflow", "hidden")
    assert busy.lines.first.bounding_box()["height"] < 110  # a long name takes two lines, not ten


def test_the_panels_fit_the_smallest_screen(busy: Counter) -> None:
    for key in ("F4", "F6", "F7", "F9", "F10"):
        busy.press(key)
        expect(busy.panel).to_be_visible()
        expect(busy.panel).to_be_in_viewport(ratio=1)
        expect(busy.panel.locator("button[type=submit], button.primary, button.danger").last).to_be_in_viewport(ratio=1)
        busy.press("Escape")
        expect(busy.panel).to_have_count(0)


def test_every_field_picture_and_button_has_a_name(busy: Counter) -> None:
    for address in [*PAGES, "/till/lines/quantity?line=1", "/till/baskets/label", "/till/payment?kind=card"]:
        busy.page.goto(busy.address + address[1:])
        assert busy.page.evaluate(NAMELESS) == [], address


def test_pictures_for_the_reader(till: Counter) -> None:
    """Kept when PICTURES=1; without it the same way is gone, and nothing is written."""
    page = till.page
    till.scan(TEA, NOODLES)
    till.press("F7")
    expect(page.locator("[name=label]")).to_be_focused()
    till.type("chị nón đỏ")
    till.press("Enter")
    expect(page.locator(".till-tab")).to_have_count(2)
    expect(page.locator("button.till-tab")).to_contain_text("chị nón đỏ")
    till.scan("8930000000613", NOODLES, NOODLES, "8930000000897", "8930000000835", NEM, "8930000000972")
    till.scan("8930000000873", "8930000000958", scale_label("00052", 850))
    till.picture("till")
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    page.evaluate("() => window.scrollTo(0, 0)")
    till.picture("till-phone")
    page.set_viewport_size({"width": 1024, "height": 768})

    till.press("F9")
    expect(page.locator("#amount")).to_be_focused()
    till.press("F7")
    expect(page.locator(".sold")).to_be_visible()
    till.press("F5")
    expect(page.locator(".paper-picture")).to_be_visible()
    till.picture("receipt-page")
    till.press("Alt+R")
    expect(page.locator("#sales table")).to_be_visible()
    till.press("Alt+Q")
    expect(page.locator(".signin-form")).to_be_visible()
    till.picture("sign-in")


@pytest.mark.parametrize(
    ("name", "width"),
    [("till", 1024), ("payment", 1024), ("sold", 1024), ("receipt", 616), ("shift-closing", 1024), ("z-report", 1024),
     ("sign-in", 1024), ("till-phone", 390), ("till-english", 1024)],
)  # fmt: skip
def test_the_pictures_of_the_documentation_are_there(name: str, width: int) -> None:
    with Image.open(PICTURES / f"{name}.png") as picture:
        assert picture.width == width, "make it again: PICTURES=1 .venv/bin/python -m pytest tests/browser"
