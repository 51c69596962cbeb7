"""Practice on the pages: another screen, the same keys, and nothing behind them that the books would notice."""

from __future__ import annotations

import re
import uuid
from contextvars import Context
from typing import Any

import pytest
from sqlalchemy import inspect, text
from werkzeug.test import TestResponse

from core.database import db
from core.journal import chain
from core.journal.chain import JournalRecord, head
from core.journal.record import WHILE_PRACTISING, Kind
from core.practice import is_practising
from core.staff import Role
from core.web.access import access_of
from pos.basket import current_basket
from pos.practice import PracticeReceipt
from pos.replay import verify_shop
from pos.sale import Sale
from tests.factories import Shop, cash, count_of, fill_basket, goods, open_shift, receive, records, sell
from tests.pos.web.conftest import HTMX, Screen, words

WORKING = {
    "taken_tenders",
    "practice_receipts",
    "journal_records",
    "print_jobs",
    "answered_forms",
    "sign_ins",
    "devices",
}
"""Tables that practice may write besides the baskets': its own, and what belongs to pages and printers."""


class Practising(Screen):
    """A browser that practises: its pages say so with each request, as shell.html and macros.html have them do."""

    def __init__(self, shop: Shop, role: Role = Role.CLERK) -> None:
        super().__init__(shop, role)
        assert self.press("/practice/beginning").headers["HX-Redirect"] == "/till"

    def part(self, address: str, **args: object) -> TestResponse:
        return self.send("GET", address, query_string=args, headers={**HTMX, "X-Practice": "1"})

    def press(self, address: str, /, *, key: str = "", **fields: object) -> TestResponse:
        mark = {} if address == "/practice/beginning" else {"practice": "1"}
        headers = HTMX | ({"X-Practice": "1"} if mark else {})
        return self.send("POST", address, data={"key": key or str(uuid.uuid4()), **mark, **fields}, headers=headers)


@pytest.fixture
def stocked(shop: Shop) -> Shop:
    """Honey and noodles on the shelf, and no shift open."""
    receive(shop, "mật ong", 10, price=95_000)
    receive(shop, "miến dong", 10, price=55_000)
    return shop


def number_of(shop: Shop, name: str) -> str:
    return goods(shop, name).sku


def pay_form(screen: Screen) -> dict[str, str]:
    panel = screen.part("/till/payment").text
    return dict(re.findall(r'type="hidden" name="(order|total)" value="(T?\d+)"', panel))


def test_a_new_clerk_practises_without_a_shift_and_sees_that_it_is_practice(stocked: Shop) -> None:
    till = Practising(stocked)

    page = till.get("/till")

    assert 'class="at-till practising"' in page.text
    assert "TẬP SỰ Không bán thật. Không thu tiền, không giao hàng." in words(page)
    assert '"X-Practice": "1"' in page.text


def test_practice_rings_up_and_says_that_nothing_was_sold(stocked: Shop) -> None:
    till = Practising(stocked)
    till.press("/till/lines", sku=number_of(stocked, "mật ong"))

    answer = till.press("/till/payment", **pay_form(till), kind="cash", amount="100.000")

    assert "Tập xong, không bán · Phiếu tập sự T1" in words(answer)
    assert "Thối lại khách 5.000 ₫" in words(answer)
    assert (count_of(Sale), count_of(PracticeReceipt)) == (0, 1)


def test_no_qr_of_the_shops_account_is_drawn_in_practice(stocked: Shop) -> None:
    till = Practising(stocked)
    till.press("/till/lines", sku=number_of(stocked, "mật ong"))

    for panel in (till.part("/till/payment", kind="transfer"), till.part("/till/payment/qr", amount="95.000")):
        assert "không trả tiền được" in words(panel)
        assert "KHONGCHUYENTIEN" not in panel.text
        assert "qrline" not in panel.text
        assert panel.text.count("<svg") <= 3


def test_leaving_practice_leads_back_to_the_customers_basket(stocked: Shop) -> None:
    open_shift(stocked)
    customer = fill_basket(stocked, ("mật ong", 2))
    till = Practising(stocked)
    till.press("/till/lines", sku=number_of(stocked, "miến dong"))
    assert "mật ong" not in words(till.get("/till"))

    till.press("/practice/end")

    page = till.get("/till")
    assert "practising" not in page.text
    assert customer.order_code in page.text
    assert "miến dong" not in words(page)


def test_practice_ends_with_the_request_for_the_thread_that_answered_it(stocked: Shop) -> None:
    till = Practising(stocked)

    def look() -> bool:
        till.client.get("/till")
        return is_practising()

    assert Context().run(look) is False


def test_signing_out_ends_practice(stocked: Shop) -> None:
    open_shift(stocked)
    till = Practising(stocked)

    till.send("POST", "/sign-out")
    till.sign_in(Role.CLERK)

    assert "practising" not in till.get("/till").text


@pytest.mark.parametrize("began", [True, False])
def test_a_window_from_before_acts_in_neither_mode(stocked: Shop, began: bool) -> None:
    open_shift(stocked)
    till = Practising(stocked)
    if not began:
        till.press("/practice/end")
    old = Screen.press if began else Practising.press  # drawn in the mode that is over

    answer = old(till, "/till/lines", sku=number_of(stocked, "mật ong"))

    assert answer.status_code == 422
    assert "Tập sự vừa được bật hoặc tắt ở cửa sổ khác" in words(answer)
    assert current_basket(stocked.register) is None
    part = (Screen.part if began else Practising.part)(till, "/till/payment")
    assert (part.headers["HX-Refresh"], part.text) == ("true", "")


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/shift/opening", {"amount": "500.000"}),
        ("/shift/closing", {"amount": "500.000"}),
        ("/shift/drawer", {"reason": "đổi tiền"}),
        ("/till/visitors", {}),
        ("/receipts/1/copies", {}),
        ("/shift/x", {}),
    ],
)
def test_what_would_stand_in_the_books_is_refused_in_words(stocked: Shop, address: str, fields: dict[str, str]) -> None:
    if address != "/shift/opening":
        open_shift(stocked)
        sell(stocked, "mật ong")
    till = Practising(stocked, Role.MANAGER)
    before = count_of(JournalRecord)

    answer = till.press(address, **fields)

    assert answer.status_code == 422
    assert "Đang tập sự nên chưa làm gì" in words(answer)
    assert count_of(JournalRecord) == before


def test_a_price_is_not_changed_by_who_practises(stocked: Shop) -> None:
    till = Practising(stocked, Role.MANAGER)
    before = count_of(JournalRecord)

    sku = number_of(stocked, "mật ong")
    answer = till.press(f"/inventory/products/{sku}/prices", price="1.000", from_day="20/11/2026", amount="1.000")

    assert answer.status_code in (404, 422)
    assert count_of(JournalRecord) == before


def test_the_list_shows_the_trainer_what_was_rung_and_receipts_never_do(stocked: Shop) -> None:
    open_shift(stocked)
    till = Practising(stocked)
    till.press("/till/lines", sku=number_of(stocked, "mật ong"))
    till.press("/till/payment", **pay_form(till), kind="cash", amount="95.000")
    till.press("/practice/end")

    listed = words(till.get("/practice"))
    assert "T1" in listed
    assert "mật ong" in listed
    assert "Chưa có đơn bán nào" in words(till.get("/receipts")) or "T1" not in words(till.get("/receipts"))
    for sought in ("95.000", "T2611200011", "2611200011"):
        assert "95.000 ₫" not in words(till.get("/receipts", text=sought))
    assert till.get("/practice/1").status_code == 200
    assert till.get("/practice/1.png").mimetype == "image/png"
    assert till.get("/practice/2").status_code == 404


# every route of the shop


def untouched(allowed: set[str]) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that practice must not touch."""
    with db.engine.connect() as connection:
        tables = [
            name
            for name in inspect(connection).get_table_names()
            if name not in allowed and not name.startswith("basket")
        ]
        return {name: sorted(map(repr, connection.execute(text(f'SELECT * FROM "{name}"')))) for name in tables}


def whatever(shop: Shop, order: str, total: int) -> dict[str, object]:
    """A form that has something for every field a page of the till asks for."""
    lot = db.session.execute(text("SELECT number FROM lots LIMIT 1")).scalar()
    return {
        "code": number_of(shop, "mật ong"), "sku": number_of(shop, "mật ong"), "line": 1, "n": 1, "quantity": "1",
        "order": order, "total": total, "kind": "transfer", "amount": "20.000", "reference": "004711",
        "price": "90.000", "percent": "10", "reason": "thử", "other_reason": "thử", "lot": lot, "lot_number": lot,
        "label": "khách", "phone": "0912345678", "name": "Thử", "purpose": "order", "register": "1", "number": 1,
        "text": "thử",
        "receipt": 1, "place": "shelf", "target": "shelf", "note": 500_000, "day": "20/11/2026", "settled": "1",
    }  # fmt: skip


def play_every_route(shop: Shop, till: Practising) -> list[str]:
    """Press every button that an owner may press, but for those that end the sign-in or the practice."""
    pressed = []
    for rule in sorted(shop.app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if "POST" not in rule.methods or not isinstance(access_of(shop.app, rule.endpoint), frozenset):
            continue
        if rule.endpoint in ("practice.begin", "practice.end"):
            continue
        if rule.rule.startswith("/till"):
            till.press("/till/lines", sku=number_of(shop, "mật ong"))
        form = pay_form(till)
        fields = whatever(shop, form.get("order", ""), int(form.get("total", 0)))
        answer = till.press(re.sub(r"<[^>]+>", "1", rule.rule), **fields)
        assert answer.status_code < 500, (rule.rule, answer.text)
        pressed.append(rule.endpoint)
    return pressed


def ring_up(shop: Shop, till: Practising) -> None:
    """A practice sale as it should be: honey, paid half by transfer and the rest in cash."""
    till.press("/practice/end")
    till.press("/practice/beginning")
    till.press("/till/lines", sku=number_of(shop, "mật ong"))
    till.press("/till/payment", **pay_form(till), kind="transfer", amount="45.000")
    assert "Tập xong" in words(till.press("/till/payment", **pay_form(till), kind="cash", amount="50.000"))


def baskets_of_customers() -> list[str]:
    """The real baskets with their lines."""
    lines = "SELECT * FROM baskets b LEFT JOIN basket_lines l ON l.basket_id = b.id WHERE NOT practice"
    return sorted(map(repr, db.session.execute(text(lines))))


def played(shop: Shop) -> tuple[dict[str, Any], dict[str, Any], int]:
    """A shop with a shift, a customer's basket and a sale, before and after somebody played with every button."""
    open_shift(shop)
    sell(shop, "mật ong", 1, cash(100_000))
    fill_basket(shop, ("miến dong", 2))
    till = Practising(shop, Role.OWNER)
    before, seq, customers = untouched(WORKING), head().seq, baskets_of_customers()
    assert len(play_every_route(shop, till)) > 60
    ring_up(shop, till)
    assert baskets_of_customers() == customers
    return before, untouched(WORKING), seq


def test_whatever_is_pressed_in_practice_no_book_and_no_total_moves(stocked: Shop) -> None:
    before, after, seq = played(stocked)

    assert after == before
    since = [record for record in records() if record["seq"] > seq]
    assert {record["typ"] for record in since} == {"TRAINING"}
    assert len({tuple(sorted(record["tot"].items())) for record in records()[seq:]}) == 1
    assert set(db.session.scalars(text("SELECT kind FROM print_jobs WHERE id > 1"))) == {"practice_receipt"}
    assert verify_shop().clean


def test_without_the_journals_guard_the_game_goes_red(stocked: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "WHILE_PRACTISING", frozenset(Kind))

    before, after, _ = played(stocked)

    assert after != before
    assert frozenset({Kind.TRAINING, Kind.PRINT, Kind.LOCKOUT}) == WHILE_PRACTISING
