"""Each list of goods can be taken away as a spreadsheet, whole, and without a cell that would run."""

from __future__ import annotations

import csv
import io

import pytest

from core.staff import Role
from tests.factories import Shop, enter_goods, receive
from tests.pos.web.conftest import Screen, words

LISTS = {
    "/inventory/products": {},
    "/inventory/producers": {},
    "/inventory/prices": {},
    "/inventory/papers": {"state": "all"},
}


@pytest.mark.parametrize("address", LISTS)
def test_a_list_is_taken_away_whole(shop: Shop, address: str, monkeypatch: pytest.MonkeyPatch):
    for room in ("products", "producers", "prices"):
        monkeypatch.setattr(f"inventory.web.{room}._MOST", 1)
    enter_goods(shop, "=HYPERLINK(1)", of="HTX =A")
    receive(shop, "Mật ong", 3)
    screen = Screen(shop, Role.MANAGER)
    assert "Excel" in words(screen.get(address, **LISTS[address]))

    answer = screen.get(address, **LISTS[address], **{"as": "csv"})

    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert len(rows) == 3
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not any(cell.startswith("=") for row in rows for cell in row)
