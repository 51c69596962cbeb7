"""The pages of goods between points, with another point played by its key."""

from __future__ import annotations

import io
import json
import uuid

import pytest
from sqlalchemy import select

from core.database import db
from core.journal.record import canonical
from core.journal.seal import SigningKey
from core.quantity import Quantity
from core.staff import Role
from inventory.location import ON_THE_WAY, SHELF, STOCKROOM
from inventory.lot import Lot
from inventory.moving.other_point import fingerprint_of
from inventory.moving.signed_file import DOMAIN, SignedFile
from inventory.stock_level import on_hand
from pos.replay import verify_shop
from tests.factories import Shop, receive
from tests.pos.web.conftest import Screen

OTHER = SigningKey.from_seed(bytes([7] * 32))
HTMX_TO = "HX-Redirect"


def signed(**says: object) -> str:
    """A file of the other point."""
    text = canonical({"v": 1, **says})
    return SignedFile(text.decode(), OTHER.sign_file(DOMAIN, text), {}).line


CARD = signed(kind="point", tid="T-B", name="Điểm Bắc Sơn", pub=OTHER.public)


@pytest.fixture
def manager(shop: Shop) -> Screen:
    """A manager who has entered the other point's card."""
    screen = Screen(shop, Role.MANAGER)
    answer = bring(screen, "points", CARD, group=fingerprint_of(OTHER.public)[-4:])
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return screen


def bring(screen: Screen, where: str, file: str, **fields: str) -> object:
    data = {"key": str(uuid.uuid4()), "file": (io.BytesIO(file.encode()), "a.json"), **fields}
    return screen.send(
        "POST", f"/inventory/transfers/{where}", data=data, content_type="multipart/form-data"
    )  # fmt: skip


def text(answer: object) -> str:
    return answer.get_data(as_text=True)


def sent(shop: Shop, manager: Screen, quantity: int = 3) -> tuple[Lot, dict[str, object]]:
    """Goods sent off by scan, and what their file says."""
    lot = receive(shop, "mật ong", 10)
    manager.press("/inventory/transfer/place", place=SHELF)
    manager.press("/inventory/transfer/scans", code=lot.number)
    assert manager.press("/inventory/transfer/next", line="1", quantity=str(quantity)).headers[HTMX_TO].endswith("/new")
    assert "Điểm Bắc Sơn" in text(manager.get("/inventory/transfers/new"))
    done = manager.press("/inventory/transfers", to="T-B")
    assert done.headers[HTMX_TO].endswith("/inventory/transfers/1")
    file = manager.get("/inventory/transfers/1/file")
    assert "attachment" in file.headers["Content-Disposition"]
    return lot, json.loads(json.loads(file.data)["b"])


def test_goods_are_sent_and_the_answer_closes_the_transfer(shop: Shop, manager: Screen) -> None:
    lot, says = sent(shop, manager)
    assert on_hand(lot, ON_THE_WAY) == Quantity.of(3)
    assert "đang đi đường" in text(manager.get("/inventory/transfers"))
    hash_ = SignedFile(json.loads(manager.get("/inventory/transfers/1/file").data)["b"], "", {}).hash
    answer = signed(
        kind="answer", uid=says["uid"], to="T-TEST", file=hash_, day="2026-11-20",
        lines=[{"n": 1, "qty": 2_000, "why": "vỡ 1"}], **{"from": {"tid": "T-B", "name": "Điểm Bắc Sơn"}},
    )  # fmt: skip

    closed = bring(manager, "answers", answer, rest="back")
    again = bring(manager, "answers", answer, rest="lost")

    assert (closed.status_code, again.status_code) == (303, 422)
    assert on_hand(lot) == Quantity.of(8)
    assert "vỡ 1" in text(manager.get("/inventory/transfers/1"))
    assert verify_shop().clean


def test_goods_of_another_point_are_counted_and_taken_in_once(shop: Shop, manager: Screen) -> None:
    _, says = sent(shop, manager)
    file = signed(
        kind="transfer", uid=str(uuid.uuid4()), no=9, to="T-TEST", day="2026-11-20", lines=says["lines"],
        **{"from": {"tid": "T-B", "name": "Điểm Bắc Sơn"}},
    )  # fmt: skip
    seen = bring(manager, "arrivals", file)
    page = text(manager.get(seen.location))
    assert "mật ong" in page
    assert "Ở đây là mã" in page
    address = f"{seen.location}/posting"

    refused = manager.press(address, **{"quantity-1": "2", "why-1": "", "place": STOCKROOM})
    done = manager.press(address, **{"quantity-1": "2", "why-1": "thiếu 1", "place": STOCKROOM})
    again = bring(manager, "arrivals", file)

    assert refused.status_code == 422
    assert done.headers[HTMX_TO] == seen.location
    assert (again.status_code, "Không có gì bị tính hai lần" in text(again)) == (422, True)
    newest = db.session.scalars(select(Lot).order_by(Lot.id.desc())).first()
    assert on_hand(newest, STOCKROOM) == Quantity.of(2)
    answer = json.loads(json.loads(manager.get(f"{seen.location}/answer").data)["b"])
    assert answer["lines"] == [{"n": 1, "qty": 2_000, "why": "thiếu 1"}]
    assert verify_shop().clean


@pytest.mark.parametrize(
    ("where", "file", "fields", "said"),
    [
        ("points", CARD, {"group": "0000"}, "Nhóm cuối"),
        ("points", "{}", {"group": "0000"}, "không phải tệp của điểm khác"),
        ("points", "", {"group": "0000"}, "Chưa chọn tệp"),
        ("arrivals", "<script>alert(1)</script>", {}, "không phải tệp của điểm khác"),
        ("answers", CARD, {"rest": "back"}, "không phải tệp của điểm khác"),
        ("answers", CARD, {"rest": "kept"}, "không có trong danh sách"),
    ],
)
def test_what_is_refused(manager: Screen, where: str, file: str, fields: dict[str, str], said: str) -> None:
    answer = bring(manager, where, file, **fields)

    assert (answer.status_code, said in text(answer)) == (422, True)


def test_a_point_is_believed_no_more(shop: Shop, manager: Screen) -> None:
    manager.press("/inventory/transfers/points/T-B/end")

    assert "<b>Điểm Bắc Sơn</b>" not in text(manager.get("/inventory/transfers"))
    assert manager.press("/inventory/transfers/points/T-B/end").status_code == 422


def test_the_own_card_names_the_own_key(manager: Screen) -> None:
    card = json.loads(json.loads(manager.get("/inventory/transfers/card").data)["b"])

    assert fingerprint_of(card["pub"]) in text(manager.get("/inventory/transfers"))


def test_an_empty_slip_goes_nowhere_and_what_is_not_there_is_not_there(manager: Screen) -> None:
    assert manager.get("/inventory/transfers/new").location == "/inventory/transfer"
    for address in ("99", "99/file", "arrivals/x", "arrivals/x/answer"):
        assert manager.get(f"/inventory/transfers/{address}").status_code == 404
