"""What the keys do to the chosen line: another quantity, out with it, another lot."""

from flask import Blueprint, g, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from core.approval import Act
from core.i18n import N_, gettext
from core.quantity import NONE
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_quantity, read_text, read_whole
from core.web.once import once
from core.web.room_for_selling import goes_on_when_full
from inventory.lot import lot_of
from inventory.stock_level import on_hand_by_lot
from pos.basket import BasketLine, change_quantity, choose_lot, current_basket, remove_line
from pos.web.counter import register_here
from pos.web.practice_mode import need_word
from pos.web.till_screen import panel_answer

bp = Blueprint("lines", __name__, url_prefix="/till/lines")

LOT_REASONS = (
    N_("The customer chose this one"),
    N_("The other lot is not on the shelf"),
    N_("The pack of the other lot is damaged"),
)


def _line_asked() -> BasketLine:
    """The line that the form names; 404 when another window took it out meanwhile."""
    basket = current_basket(register_here())
    line = basket.line(read_whole(request.values, "line")) if basket is not None else None
    if line is None:
        raise NotFound
    return line


@bp.get("/quantity")
@for_role(Role.CLERK)
def quantity() -> Response:
    """Ask for the quantity or the weight of the chosen line."""
    return panel_answer("pos/till/_quantity.html", line=_line_asked())


@bp.post("/quantity")
@for_role(Role.CLERK)
@goes_on_when_full
@once(again="till.show")
def change() -> None:
    """Set the quantity of the chosen line."""
    line = _line_asked()
    g.touched = line.n
    wanted = read_quantity(request.form, "quantity", line.product.unit)
    more = wanted > line.quantity
    change_quantity(line, wanted, by=person_here())
    if line.by_hand and more:
        _need_word_below_book(line)


@bp.post("/removal")
@for_role(Role.CLERK)
@goes_on_when_full
@once(again="till.show")
def remove() -> None:
    """Take the chosen line out."""
    remove_line(_line_asked(), by=person_here())


@bp.get("/lot")
@for_role(Role.CLERK)
def lots() -> Response:
    """Show the lots that the chosen line could be sold from."""
    line = _line_asked()
    stocks = on_hand_by_lot([line.product_id]).get(line.product_id, [])
    return panel_answer("pos/till/_lots.html", line=line, stocks=stocks, reasons=[gettext(r) for r in LOT_REASONS])


@bp.post("/lot")
@for_role(Role.CLERK)
@goes_on_when_full
@once(again="till.show")
def choose() -> None:
    """Sell the chosen line from the lot in the customer's hand, with the reason."""
    line = _line_asked()
    g.touched = line.n
    number = read_text(request.form, "lot_number", required=False) or read_text(request.form, "lot", label=N_("Lot"))
    choose_lot(line, lot_of(number), reason=read_reason(), by=person_here())
    _need_word_below_book(line)


def _need_word_below_book(line: BasketLine) -> None:
    """A clerk sells more than the book has of a lot only when a manager allows it."""
    shelf = on_hand_by_lot([line.product_id]).get(line.product_id, [])
    in_book = sum((one.quantity for one in shelf if one.lot.id == line.lot_id), NONE)
    if in_book < line.quantity:
        need_word(Act.EMPTY_LOT, line.basket)


def read_reason() -> str:
    """The reason typed, else the one chosen from the list; the verb refuses an empty one."""
    typed = read_text(request.form, "other_reason", required=False)
    return typed or read_text(request.form, "reason", required=False)
