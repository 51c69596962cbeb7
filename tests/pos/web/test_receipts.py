"""Receipts on the screen: the day's list, finding one again, numbered copies."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.database import db, transaction
from core.staff import Role
from pos.sale import Sale
from pos.sale_search import find_sales
from printers.spool import JobState, PrintJob, write_outcome
from tests.factories import Shop, card, cash, open_shift, receive, sell
from tests.pos.web.conftest import Screen, words


@pytest.fixture
def sold(shop: Shop) -> list[Sale]:
    """Three sales: 95.000 in cash, 190.000 by card, and 285.000 on the next day."""
    open_shift(shop)
    receive(shop, "mật ong", 20, price=95_000)
    sales = [sell(shop, "mật ong", 1, cash(100_000)), sell(shop, "mật ong", 2, card(190_000))]
    shop.clock.move(timedelta(days=1))
    return [*sales, sell(shop, "mật ong", 3)]


def test_the_list_holds_the_sales_of_the_day(sold: list[Sale], screen: Screen) -> None:
    today, before = words(screen.get("/receipts")), words(screen.get("/receipts", day="20/11/2026"))

    assert "285.000 ₫" in today
    assert "190.000 ₫" not in today
    assert "190.000 ₫" in before
    assert "Thẻ" in before


@pytest.mark.parametrize(
    ("text", "totals"),
    [
        ("2", [190_000]),  # the receipt number
        ("190.000 ₫", [190_000]),
        ("95000", [95_000]),
        ("999", []),
        ("chị Hoa", []),  # no number, no receipt
        ("9" * 40, []),
    ],
)
def test_a_number_or_an_amount_finds_the_sale_on_any_day(sold: list[Sale], text: str, totals: list[int]) -> None:
    assert [sale.total.dong for sale in find_sales(text, sold[0].day)] == totals


def test_an_order_code_or_its_end_finds_the_sale(sold: list[Sale], screen: Screen) -> None:
    order = sold[1].order_code

    for text in (order, order[-4:]):
        assert "190.000 ₫" in words(screen.part("/receipts", text=text))


def test_a_receipt_is_shown_with_its_picture_lots_and_papers(sold: list[Sale], screen: Screen) -> None:
    said = words(screen.get("/receipts/1"))

    assert "95.000 ₫" in said
    assert "Đã thối lại 5.000 ₫" in said
    assert "Lô" in said
    picture = screen.get("/receipts/1.png")
    assert picture.mimetype == "image/png"
    assert picture.data.startswith(b"\x89PNG")
    assert screen.get("/receipts/99").status_code == 404


def test_copies_are_numbered_and_an_auditor_asks_for_none(shop: Shop, sold: list[Sale], screen: Screen) -> None:
    screen.press("/receipts/1/copies")
    screen.press("/receipts/1/copies")

    copies = db.session.scalars(select(PrintJob.copy).where(PrintJob.number == 1, PrintJob.kind == "receipt"))
    assert sorted(copies) == [0, 1, 2]
    assert "Bản sao 2" in words(screen.get("/receipts/1"))


def test_the_state_of_a_paper_is_asked_until_it_is_known(sold: list[Sale], screen: Screen) -> None:
    job = db.session.scalars(select(PrintJob).where(PrintJob.number == 1, PrintJob.kind == "receipt")).one()
    waiting = screen.part(f"/receipts/papers/{job.id}")
    assert "hx-trigger" in waiting.text

    with transaction():
        write_outcome(db.session.get_one(PrintJob, job.id), JobState.FAILED, "paper_end")
    known = screen.part(f"/receipts/papers/{job.id}")

    assert "hx-trigger" not in known.text
    assert "Chưa in được" in words(known)


def test_roles_see_what_is_theirs(shop: Shop, sold: list[Sale]) -> None:
    manager = Screen(shop, Role.MANAGER)

    assert manager.get("/receipts/1").status_code == 200
    assert shop.app.test_client().get("/receipts").status_code == 303  # nobody signed in
