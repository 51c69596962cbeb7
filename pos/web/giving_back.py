"""Giving money back: what lies beside the basket is worth more than what is bought, or just as much."""

from flask import Blueprint, g, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from core.approval import Act
from core.money import ZERO
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_money, read_text
from core.web.once import KEY_FIELD, once
from core.web.room_for_selling import goes_on_when_full
from pos.basket import Basket, basket_of, current_basket
from pos.quote import quote
from pos.returns.money_left import goes_another_way, money_left, usual_way_back
from pos.returns.return_quote import quote_returns, to_pay
from pos.settling import settle_basket
from pos.shifts.shift import need_open_shift
from pos.shifts.shift_totals import totals_of
from pos.tender import TYPED, Paid, TenderKind
from pos.web.counter import register_here
from pos.web.payment_form import REFERENCE_LIMIT, read_seen_total
from pos.web.practice_mode import need_word
from pos.web.till_screen import panel_answer, till_answer

bp = Blueprint("giving_back", __name__, url_prefix="/till/returns/money")

PANEL = "pos/till/_giving_back.html"


@bp.get("")
@for_role(Role.CLERK)
def show() -> Response:
    """How much goes back and which way; the till without it once it is done."""
    basket = None if request.method == "POST" else current_basket(register_here())
    if basket is None or not basket.returns:
        return till_answer()
    return give_back_panel(basket)


@bp.post("")
@for_role(Role.CLERK)
@goes_on_when_full
@once(again=".show")
def complete() -> None:
    """Complete the refund, or the exchange in which money goes back. Another way than it was paid a manager allows."""
    basket = basket_of(read_text(request.form, "order"))
    if basket is None:
        raise NotFound
    back = _read_back()
    another_way = basket.is_live and goes_another_way(back, quote_returns(basket).sale)
    seen = -read_seen_total(request.form)
    g.settled = settle_basket(basket, back=back, key=request.form[KEY_FIELD], by=person_here(), seen=seen)
    if another_way:
        need_word(Act.OTHER_TENDER, basket)


def give_back_panel(basket: Basket) -> Response:
    """The panel; what stands in the way is said before any money is counted."""
    offer = quote_returns(basket)
    goods = quote(basket) if basket.lines else None
    trouble = offer.trouble or (goods.trouble if goods is not None else None)
    if trouble is not None:
        raise trouble
    total = -to_pay(basket)
    ways = {way.kind: way.amount for way in usual_way_back(total, offer.sale)}
    shift = need_open_shift(basket.register)
    return panel_answer(
        PANEL,
        order=basket.order_code,
        returned=offer,
        goods=goods,
        total=total,
        ways={kind.value: ways.get(kind, ZERO) for kind in TYPED},
        left={kind.value: amount for kind, amount in money_left(offer.sale).items()} if offer.sale else {},
        drawer_lacks=ways.get(TenderKind.CASH, ZERO) > totals_of(shift).expected_cash,
    )


def _read_back() -> list[Paid]:
    """The amounts of the form, each with its number; what was left empty goes no way."""
    back = []
    for kind in TYPED:
        amount = read_money(request.form, kind.value, required=False)
        if amount:
            reference = read_text(request.form, f"{kind.value}_reference", required=False, limit=REFERENCE_LIMIT)
            back.append(Paid(kind, amount, "" if kind is TenderKind.CASH else reference))
    return back
