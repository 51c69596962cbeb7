"""On a disk that is almost full the shop sells, and does nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from core.free_space import MEGABYTE, FreeSpace, Room, install_free_space
from core.staff import Role
from core.web.room_for_selling import goes_on
from pos.sale import Sale
from tests.factories import Shop, count_of, goods, open_shift, receive
from tests.pos.web.conftest import Screen

# Whatever else writes waits while the disk is almost full; what is public goes on as well (signing in).
SELLING = {
    "till.scan", "till.add", "till.visitor",
    "lines.change", "lines.remove", "lines.choose",
    "payment.sell", "payment.give_back", "payment.ask",
    "transfers.resume", "transfers.give_up", "transfers.enter_money",
    "stickers.look", "stickers.skip", "stickers.acknowledge",
    "practice.end",  # whoever practises can go back to selling
    "baskets.park", "baskets.resume", "baskets.take_todays_prices", "baskets.give_up",
    "shifts.choose_register", "shifts.open_", "shifts.print_x", "shifts.drawer", "shifts.close", "shifts.copy",
    "shifts.show_x", "receipts.copy", "people.open_lock", "clock.confirm",
    "cash_moves.put_in", "cash_moves.take_out", "cash_moves.copy", "hand_overs.sign",
    "discounts.give", "discounts.set_price", "discounts.remove", "payment.hand_over",
    "returns.lay", "returns.lay_goods", "returns.remove", "returns.at_fair",
    "giving_back.complete", "return_slips.copy",
    "recalls.begin", "lots.hold",  # they stop a sale that must not be
    "print_jobs.settle", "print_jobs.second_paper", "print_jobs.send", "paper.fault",
}  # fmt: skip


def with_room(app: Flask, megabytes: int) -> None:
    install_free_space(app, FreeSpace(Path(app.root_path), lambda folder: megabytes * MEGABYTE))


def test_what_goes_on_is_selling_and_nothing_else(shop: Shop) -> None:
    app = shop.app
    marked = {name for name, view in app.view_functions.items() if getattr(view, "goes_on_when_full", False)}

    assert marked == SELLING


def test_every_other_page_that_writes_is_refused_before_it_does_anything(shop: Shop) -> None:
    app, screen = shop.app, Screen(shop, Role.OWNER)
    writing = [rule for rule in app.url_map.iter_rules() if "POST" in rule.methods and not goes_on(app, rule.endpoint)]
    with_room(app, 99)

    answers = {}
    for rule in writing:
        address = rule.rule
        for argument in rule.arguments:
            address = address.replace(f"<int:{argument}>", "1").replace(f"<{argument}>", "1")
        answers[rule.endpoint] = screen.press(address)

    assert len(answers) > 15
    odd = {name: answer.status_code for name, answer in answers.items() if answer.status_code != 422}
    assert odd == {}
    assert all("99 MB" in answer.text for answer in answers.values())


@pytest.mark.parametrize(
    ("megabytes", "room"),
    [(500, Room.ENOUGH), (499, Room.SHORT), (100, Room.SHORT), (99, Room.ONLY_SELLING), (0, Room.ONLY_SELLING)],
)
def test_the_marks(megabytes: int, room: Room, tmp_path: Path) -> None:
    assert FreeSpace(tmp_path, lambda folder: megabytes * MEGABYTE).room is room


def test_a_disk_that_does_not_answer_has_no_room(tmp_path: Path) -> None:
    assert FreeSpace(tmp_path / "gone").room is Room.ONLY_SELLING


def test_the_disk_is_asked_every_few_seconds_and_not_at_every_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    now = [0.0]
    monkeypatch.setattr("core.free_space.time.monotonic", lambda: now[0])
    space = FreeSpace(tmp_path, lambda folder: asked.append(1) or 200 * MEGABYTE)  # type: ignore[func-returns-value]

    for moment in (0, 1, 4.9, 5, 9.9, 10):
        now[0] = moment
        assert space.megabytes == 200

    assert len(asked) == 3


@pytest.mark.parametrize(
    ("megabytes", "words", "state"),
    [(600, None, None), (321, "Ổ đĩa chỉ còn 321 MB", "warn"), (42, "Ổ đĩa gần đầy, còn 42 MB", "act")],
)
def test_the_foot_bar_warns_in_time(
    shop: Shop, screen: Screen, megabytes: int, words: str | None, state: str | None
) -> None:
    with_room(shop.app, megabytes)

    foot = screen.get("/foot").text

    assert ("Ổ đĩa" in foot) == (words is not None)
    if words:
        assert words in foot


def test_a_sale_goes_on(shop: Shop, screen: Screen) -> None:
    open_shift(shop)
    receive(shop, "mật ong", 10)
    with_room(shop.app, 1)

    screen.press("/till/lines", sku=goods(shop, "mật ong").sku)
    panel = screen.part("/till/payment").text
    order = dict(re.findall(r'type="hidden" name="(order|total)" value="(\d+)"', panel))
    answer = screen.press("/till/payment", **order, kind="cash", amount="100.000")

    assert answer.status_code == 200
    assert count_of(Sale) == 1
