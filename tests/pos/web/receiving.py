"""Deliveries as their pages are pressed: the words of the tests of receiving."""

from __future__ import annotations

import base64
import io
import re

from PIL import Image, ImageDraw
from sqlalchemy import select

from core.database import db
from core.staff import Role
from inventory.receiving.delivery_draft_table import DeliveryDraft
from tests.factories import Shop, goods, producer
from tests.pos.web.conftest import Screen, words

HONEY = "Mật ong rừng"
PAGE = "/inventory/receipts"
CODE, WRONG = "907354", "461829"


def new_screen(shop: Shop) -> Screen:
    """A manager at a shop that sells honey."""
    goods(shop, HONEY, price=120_000)
    return Screen(shop, Role.MANAGER)


def begin(screen: Screen, shop: Shop, terms: str = "commission", commission: str = "15") -> str:
    """A delivery of the maker, on typed terms; gives its address."""
    screen.press(f"{PAGE}/draft/supplier", supplier=producer(shop).code)
    draft = f"{PAGE}/drafts/{db.session.scalars(select(DeliveryDraft.id).order_by(DeliveryDraft.id.desc())).first()}"
    screen.press(f"{draft}/terms", terms=terms, commission=commission, note="", target="shelf")
    return draft


def add_honey(screen: Screen, shop: Shop, draft: str, **typed: str) -> None:
    """Honey on the draft, with what was typed for its line."""
    screen.press(f"{draft}/lines", sku=goods(shop, HONEY).sku)
    answer = screen.press(f"{draft}/lines/1", **{"quantity": "10", **typed})
    assert answer.status_code == 200, words(answer)


def post(screen: Screen, draft: str, *, key: str = "", **word: str) -> object:
    """Both sides confirm, in a way of the producer's."""
    seen = re.search(r'name="seen" value="(\w+)"', screen.get(f"{draft}/confirmation").get_data(as_text=True))
    assert seen
    return screen.press(f"{draft}/posting", key=key, seen=seen[1], **(word or {"confirmed": "absent"}))


def drawn_signature() -> str:
    """What the page's script sends of a drawing."""
    picture = Image.new("RGB", (720, 240), "white")
    ImageDraw.Draw(picture).line((20, 200, 300, 40, 640, 180), fill="black", width=4)
    target = io.BytesIO()
    picture.save(target, "PNG")
    return "data:image/png;base64," + base64.b64encode(target.getvalue()).decode()
