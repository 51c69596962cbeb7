"""The page that a new shop begins with."""

from __future__ import annotations

from core.staff import Role
from tests.factories import close_shift, open_shift, receive, sell
from tests.pos.web.conftest import Screen, words


def test_who_sets_the_shop_up_begins_with_what_is_to_be_done(shop):
    owner = Screen(shop, Role.OWNER)

    assert owner.get("/").headers["Location"].endswith("/first-steps")
    page = words(owner.get("/first-steps"))
    assert "Nhập danh mục hàng" in page
    assert "Đã xong" not in page.split("Bán món đầu tiên")[0]


def test_what_is_done_is_ticked_off(shop):
    receive(shop, "mật ong", 10)

    page = words(Screen(shop, Role.MANAGER).get("/first-steps"))

    assert "Nhập danh mục hàng Đã xong" in page
    assert "Nhập hàng đang có trên kệ Đã xong" in page
    assert "Mở ca bán hàng Đã xong" not in page


def test_after_the_first_sale_everybody_begins_at_the_till(shop):
    receive(shop, "mật ong", 10)
    open_shift(shop)
    sell(shop, "mật ong")
    close_shift(shop, 535_000)
    manager = Screen(shop, Role.MANAGER)

    assert manager.get("/").headers["Location"].endswith("/till")
    assert "Đã làm xong mọi việc" in words(manager.get("/first-steps"))


def test_a_clerk_begins_at_the_till(screen):
    assert screen.get("/").headers["Location"].endswith("/till")
    assert screen.get("/first-steps").status_code == 403
