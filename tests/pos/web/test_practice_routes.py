"""Whatever is pressed in practice: every button of the shop, and no book, no table and no total moves."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import inspect, text

from core.database import db
from core.journal import chain
from core.journal.chain import head
from core.journal.record import WHILE_PRACTISING, Kind
from core.staff import Role
from core.web.access import access_of
from pos.replay import verify_shop
from tests.factories import Shop, cash, fill_basket, open_shift, records, sell
from tests.pos.web.conftest import words
from tests.pos.web.practising import Practising, number_of, pay_form, stocked

__all__ = ["stocked"]  # the fixture

WORKING = {
    "taken_tenders",
    "practice_receipts",
    "journal_records",
    "print_jobs",
    "answered_forms",
    "sign_ins",
    "devices",
    "move_drafts",
    "move_draft_lines",
    "label_wishes",
}
"""Tables that practice may write besides the baskets': its own, what belongs to pages and printers, and what is only
being put together: it cannot be posted."""


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
    till.press("/till/payment", **pay_form(till), kind="transfer", amount="45.000", accepted="45000")
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
