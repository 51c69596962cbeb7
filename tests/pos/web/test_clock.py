"""A clock that was turned is shown at the foot of every page until it is right, or a manager says that it is."""

from __future__ import annotations

from datetime import timedelta

from core.journal.record import Kind
from core.staff import Role
from tests.factories import Shop, open_shift, records
from tests.pos.web.conftest import Screen


def test_a_clock_set_back_is_shown_and_a_manager_calls_it_right(shop: Shop, screen: Screen) -> None:
    open_shift(shop)
    before = screen.get("/foot").text
    shop.clock.move(-timedelta(days=400))
    manager = Screen(shop, Role.MANAGER)
    turned, page = manager.get("/foot").text, manager.get("/clock").text

    refused = screen.press("/clock/confirmation")
    manager.press("/clock/confirmation")

    assert "Đồng hồ bị chỉnh khác đi" not in before
    assert "hạn dùng và giá tính theo ngày 20/11/2026" in turned
    assert "Lẽ ra phải là" in page
    assert refused.status_code == 403
    assert "Đồng hồ bị chỉnh khác đi" not in manager.get("/foot").text
    assert "Đồng hồ chạy đúng như sổ" in manager.get("/clock").text
    assert [record["body"]["now"] for record in records(Kind.CLOCK_RIGHT)] == ["2025-10-16T01:00:00.000Z"]
