from datetime import timedelta

from core.database import transaction
from core.journal.chain import head
from core.journal.seal import current_terminal
from core.staff import Role, hire
from tests.factories import open_shift, receive
from tests.pos.web.conftest import Screen, words


def foot(screen):
    return words(screen.get("/foot"))


def test_the_foot_bar_asks_for_a_shift(screen):
    assert "Chưa mở ca" in foot(screen)


def test_nobody_is_led_to_a_page_that_is_not_open_to_them(shop, screen):
    with transaction():
        hire(name="Ánh", role=Role.AUDITOR, pin="135790", by=shop.owner)
    auditor = Screen(shop, Role.AUDITOR).get("/foot")

    assert 'href="/shift"' in screen.get("/foot").text
    assert 'href="/shift"' not in auditor.text
    assert "Chưa mở ca" in words(auditor)


def test_the_foot_bar_tells_the_shift_and_the_newest_record(shop, screen):
    open_shift(shop)

    said = foot(screen)

    assert "Ca 1, từ" in said
    assert f"Bản ghi {head().seq}" in said


def test_a_shift_left_open_over_midnight_asks_to_be_closed(shop, screen):
    open_shift(shop)
    shop.clock.move(timedelta(hours=17))

    assert "Ca 1 mở từ ngày 20/11/2026, hãy kết ca" in foot(screen)


def test_the_foot_bar_is_red_while_records_cannot_be_signed(shop, screen):
    shop.folder.terminal_key.rename(shop.folder.path / "away")
    current_terminal().key = None

    receive(shop, "mật ong")

    assert "CHƯA KÝ" in foot(screen)
