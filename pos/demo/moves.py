"""Gives the demo goods in the stockroom, a shelf that lacks some of them, a write-off with a photo, and a tasting."""

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

from core.attached_file import keep_file
from core.quantity import NONE, ONE, Quantity
from core.staff import Staff
from inventory.location import SHELF
from inventory.moving.move_slip import Cause, Portion
from inventory.moving.own_use import use_up
from inventory.moving.shelf_move import move_to_stockroom
from inventory.moving.write_off import write_off
from inventory.stock_level import LotOnHand, on_hand_by_lot
from pos.demo.catalogue import Entered

_STORED, _EMPTY = 9, 4
"""Of each ninth product half lies in the stockroom, of the fifth and so on everything."""
_PHOTO = (480, 360)
_PIECES = (
    [(150, 270), (190, 130), (230, 262)],
    [(250, 268), (300, 120), (330, 275)],
    [(210, 285), (260, 220), (285, 290)],
)


def store_goods(entered: Sequence[Entered], *, by: Staff) -> None:
    """Take a part of some goods to the stockroom; of a few the shelf keeps nothing."""
    portions = []
    for one in entered:
        if one.goods.place % _STORED != _EMPTY or one.goods.unit.divisible:
            continue
        for found in lots_of(one):
            whole = found.quantity.thousandths // ONE.thousandths
            stored = whole if one.goods.place % 2 else whole // 2
            portions.append(Portion(found.lot, Quantity(stored * ONE.thousandths)))
    move_to_stockroom([one for one in portions if one.quantity > NONE], by=by, reason="(demo)")


def lots_of(one: Entered) -> list[LotOnHand]:
    """What of a product is on the shelf."""
    return [found for found in on_hand_by_lot([one.product.id]).get(one.product.id, []) if found.quantity >= ONE]


def lose_and_taste(entered: Sequence[Entered], *, by: Staff) -> None:
    """One jar fell down, and one of a producer's goods was given to taste."""
    pieces = [found for one in entered if not one.goods.unit.divisible for found in lots_of(one)]
    broken = next(found for found in pieces if found.quantity > Quantity.of(8))
    tasted = next(found for found in pieces if found.lot.owner_id is not None and found.quantity > Quantity.of(8))
    photo = keep_file(drawn_photo(), name="(demo) anh-vo.jpg", by=by)
    write_off(
        [Portion(broken.lot, ONE)], source=SHELF, cause=Cause.BREAKAGE, reason="(demo) rơi khỏi kệ, vỡ", by=by,
        files=[photo],
    )  # fmt: skip
    use_up([Portion(tasted.lot, ONE)], source=SHELF, cause=Cause.TASTING, reason="(demo) mời khách dùng thử", by=by)


def drawn_photo() -> bytes:
    """A jar in pieces, drawn: the demo shows no photo of anybody's goods."""
    image = Image.new("RGB", _PHOTO, "#efe8dc")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 270, *_PHOTO), fill="#b08a5a")
    draw.ellipse((110, 250, 400, 320), fill="#f0a51e")
    for corners in _PIECES:
        draw.polygon(corners, fill="#dfe9ec", outline="#64564a", width=3)
    target = io.BytesIO()
    image.save(target, "JPEG", quality=80)
    return target.getvalue()
