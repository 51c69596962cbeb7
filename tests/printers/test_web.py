"""The pages of paper: what the clerk is asked, how the lamp at the foot stands, the demo's paper and its faults."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from PIL import Image

from config.settings import load_settings
from core.current_settings import install_settings
from core.database import Base, db, install_database, transaction
from core.journal.seal import SigningKey, Terminal, install_terminal
from core.staff import Role, Staff, hire
from core.web.access import public, sign_in
from core.web.shell import install_shell
from printers.at_work import begin_printing
from printers.spool import Answer, JobState, register_maker
from printers.trouble_words import TROUBLES
from printers.virtual_mechanism import Fault
from printers.virtual_printer import start_virtual_printer
from printers.web import install_printing
from printers.web.print_jobs import IN_SHORT, printer_item, why_waiting
from tests.printers.conftest import PaperShop, small_paper

DEMO_PRINTER = {
    "name": "demo", "role": "receipt", "kind": "virtual", "address": "127.0.0.1:0", "dots": 384,
    "drawer": True, "cut": True,
}  # fmt: skip


@dataclass
class Screen:
    """A clerk at a browser, in a shop that prints."""

    shop: PaperShop
    client: FlaskClient

    def page(self, url: str) -> str:
        answer = self.client.get(url)
        assert answer.status_code == 200
        return answer.get_data(as_text=True)

    def press(self, url: str, key: str | None = None, **fields: str) -> int:
        return self.client.post(url, data={"key": key or str(uuid.uuid4()), **fields}).status_code


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    app = Flask("shop", static_folder=None)
    app.config.update(SECRET_KEY="of a test", TESTING=True, WTF_CSRF_ENABLED=False)
    install_settings(app, load_settings(None, {"demo": True, "printers": [DEMO_PRINTER]}))
    install_database(app, f"sqlite:///{tmp_path / 'shop.sqlite'}")
    install_terminal(app, Terminal("T1", SigningKey.from_seed(bytes(32)), tmp_path / "head.log"))
    install_shell(app)
    install_printing(app)
    app.add_url_rule("/in", view_func=_enter)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        yield app
        db.session.remove()
        db.engine.dispose()


@public
def _enter() -> str:
    with transaction() as session:
        sign_in(session.get_one(Staff, 1))
    return "in"


@pytest.fixture
def screen(app: Flask) -> Iterator[Screen]:
    register_maker("receipt", small_paper)
    with transaction():
        hire(name="Trần Thị Lan", role=Role.CLERK, pin="135791", by=None)
    with start_virtual_printer(dots=384) as printer:
        shop = PaperShop(app, printer)
        begin_printing(app, shop.work(), {"demo": printer})
        client = app.test_client()
        client.get("/in")
        yield Screen(shop, client)
        for spooler in shop.spoolers:
            spooler.stop()


def in_doubt(screen: Screen, number: int = 1) -> str:
    screen.shop.printer.fail(Fault.SILENT)
    uid = screen.shop.sell(number)
    screen.shop.until_state(uid, JobState.UNKNOWN)
    screen.shop.printer.recover()
    return uid


def lamp(screen: Screen) -> tuple[str, str]:
    db.session.rollback()
    with screen.shop.app.test_request_context():
        item = printer_item()
    assert item is not None
    return item.state, item.label


def test_a_shop_where_nothing_was_printed_says_so(screen: Screen) -> None:
    assert "Chưa in tờ nào." in screen.page("/print-jobs")
    assert lamp(screen) == ("ok", "Máy in")


def test_printed_papers_are_listed(screen: Screen) -> None:
    screen.shop.until_state(screen.shop.sell(42), JobState.CONFIRMED)

    page = screen.page("/print-jobs")

    assert "Biên lai 42" in page
    assert "Đã in" in page


def test_the_clerk_is_asked_once_about_a_paper_in_doubt(screen: Screen) -> None:
    uid = in_doubt(screen, 42)
    assert "Cả tờ giấy đã ra đầy đủ chưa?" in screen.page("/print-jobs")
    assert lamp(screen) == ("act", "Máy in: cần xem lại 1 tờ")

    assert screen.press(f"/print-jobs/{uid}/settlement", came_out="yes") == 303

    assert screen.shop.job(uid).state is JobState.CONFIRMED
    assert "Cả tờ giấy đã ra đầy đủ chưa?" not in screen.page("/print-jobs")
    assert lamp(screen)[0] == "ok"


def test_printing_again_twice_with_one_press_gives_one_paper(screen: Screen) -> None:
    uid, key = in_doubt(screen), str(uuid.uuid4())

    codes = [screen.press(f"/print-jobs/{uid}/second-paper", key) for _ in range(2)]

    screen.shop.until(lambda: screen.shop.states() == [JobState.UNKNOWN, JobState.CONFIRMED])
    assert codes == [303, 303]
    assert screen.shop.job(uid).answer is Answer.AGAIN


def test_a_paper_nobody_needs_is_settled_as_not_printed(screen: Screen) -> None:
    uid = in_doubt(screen)

    screen.press(f"/print-jobs/{uid}/settlement", came_out="no")

    assert (screen.shop.job(uid).state, screen.shop.job(uid).answer) == (JobState.FAILED, Answer.NOT_PRINTED)


def test_a_settled_paper_is_refused_with_a_sentence(screen: Screen) -> None:
    uid = screen.shop.sell(7)
    screen.shop.until_state(uid, JobState.CONFIRMED)

    answer = screen.client.post(f"/print-jobs/{uid}/second-paper", data={"key": str(uuid.uuid4())})

    assert answer.status_code == 422
    assert "đã được giải quyết rồi" in answer.get_data(as_text=True)


def test_a_job_that_does_not_exist_is_not_found(screen: Screen) -> None:
    assert screen.press(f"/print-jobs/{uuid.uuid4()}/second-paper") == 404


def test_nobody_prints_again_without_signing_in(screen: Screen) -> None:
    uid = in_doubt(screen)
    g.pop("staff")  # the test's own app context would else remember who sits at the other browser

    answer = screen.shop.app.test_client().post(f"/print-jobs/{uid}/second-paper", data={"key": str(uuid.uuid4())})

    assert answer.status_code == 303
    assert screen.shop.job(uid).answer is None


def test_the_lamp_says_why_papers_wait(screen: Screen) -> None:
    screen.press("/paper/fault", fault="paper_end")
    screen.shop.sell()
    screen.shop.until(lambda: screen.shop.spoolers[0].trouble.get("receipt") == "paper_end")

    assert lamp(screen) == ("act", "Máy in: hết giấy, 1 tờ đang chờ")
    assert "Hãy lắp cuộn giấy mới." in screen.page("/print-jobs")


def test_a_paper_says_why_its_own_printer_keeps_it_waiting(screen: Screen) -> None:
    screen.shop.printer.fail(Fault.PAPER_END)
    here, nowhere = screen.shop.sell(1), screen.shop.sell(2, printer="9")
    screen.shop.until(lambda: len(screen.shop.spoolers[0].trouble) == 2)

    assert why_waiting(screen.shop.job(here)) == (
        "Máy in hết giấy. Hãy lắp cuộn giấy mới. Sau đó giấy sẽ tự in ra.",
        "act",
    )
    assert why_waiting(screen.shop.job(nowhere))[1] == "warn"

    screen.shop.printer.recover()
    assert why_waiting(screen.shop.until_state(here, JobState.CONFIRMED)) == ("", "")


def test_the_demo_lets_anybody_play_a_fault_and_put_it_right(screen: Screen) -> None:
    assert screen.press("/paper/fault", fault="paper_end") == 303
    uid = screen.shop.sell(8)
    assert "Đang thử sự cố: Cho hết giấy" in screen.page("/paper")

    screen.press("/paper/fault", fault="none")

    screen.shop.until_state(uid, JobState.CONFIRMED)
    assert "Đang thử sự cố" not in screen.page("/paper")


def test_the_demo_shows_the_paper_as_a_picture(screen: Screen) -> None:
    screen.shop.until_state(screen.shop.sell(), JobState.CONFIRMED)
    assert "/paper/1.png" in screen.page("/paper")

    answer = screen.client.get("/paper/1.png")

    assert answer.mimetype == "image/png"
    with Image.open(io.BytesIO(answer.data)) as picture:
        assert picture.width == 384


def test_paper_that_does_not_exist_is_not_found(screen: Screen) -> None:
    assert screen.client.get("/paper/99.png").status_code == 404
    assert screen.client.get("/paper/0.png").status_code == 404  # nothing hangs out of the printer


def test_an_unknown_fault_is_refused(screen: Screen) -> None:
    assert screen.press("/paper/fault", fault="fire") == 422


def test_a_shop_without_a_virtual_printer_has_no_paper_page(screen: Screen) -> None:
    begin_printing(screen.shop.app, screen.shop.spoolers[0], {})

    assert screen.client.get("/paper").status_code == 404


def test_every_trouble_has_its_sentence() -> None:
    assert set(IN_SHORT) <= set(TROUBLES)
