"""Taking money: cash, transfer and card in any split, then one press that completes the sale."""

from flask import Blueprint, g, make_response, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from core.approval import Act
from core.current_settings import current_settings
from core.errors import RuleBroken
from core.money import ZERO, Money
from core.staff import Role, Staff
from core.web.access import for_role, person_here
from core.web.forms import read_money, read_text, trouble_sentence
from core.web.fragments import page_or_fragment, wants_fragment
from core.web.once import KEY_FIELD, once
from core.web.room_for_selling import goes_on_when_full
from pos.basket import Basket, basket_of, current_basket
from pos.discounts.cash_rounding import cash_rounding
from pos.practising.practice import PracticeReceipt
from pos.quote import QuotedLine, quote
from pos.returns.return_quote import to_pay
from pos.sale import Sale
from pos.taken import take_nothing, take_out_last, take_payment, taken_for
from pos.tender import Paid, TenderKind, left_to_pay
from pos.transfers.amount import WrongArrival
from pos.transfers.arrival_table import is_matched
from pos.transfers.request_table import open_request_of
from pos.web.counter import register_here
from pos.web.giving_back import give_back_panel
from pos.web.payment_form import Payment, is_transfer, read_kind, read_seen_total, read_tender
from pos.web.practice_mode import need_word
from pos.web.till_screen import panel_answer, till_answer
from pos.web.transfer_panel import ask_here, take_here, transfer_on_panel

bp = Blueprint("payment", __name__, url_prefix="/till/payment")

PANEL = "pos/till/_payment.html"


@bp.get("")
@for_role(Role.CLERK)
def show() -> Response:
    """The payment panel; the till without it once the basket is sold.

    Nobody is asked for money for what may not be sold. Once money lies there the panel opens all the same: to give
    it back.
    """
    basket = None if "sold" in g else _basket_asked()
    if basket is None or not basket.is_live or basket.holds_nothing:
        return till_answer()
    payment = _payment(basket)
    if payment.total <= ZERO and basket.returns and not payment.taken:
        return give_back_panel(basket)
    barred = next((quoted for quoted in quote(basket).lines if quoted.trouble), None)
    if barred is not None and not payment.taken:
        return _refusal(barred)
    return _panel(payment)


def _refusal(barred: QuotedLine) -> Response:
    """Why no money is asked for, over the till as it stands now: the line in red and chosen, so that the next key
    acts on it."""
    assert barred.trouble is not None
    if not wants_fragment():
        raise barred.trouble
    g.touched = barred.line.n
    answer = till_answer(refused=trouble_sentence(barred.trouble))
    answer.status_code = 422
    return answer


@bp.get("/change")
@for_role(Role.CLERK)
def change() -> Response:
    """What goes back for the cash being typed; nothing while it is not enough."""
    payment = _payment(_basket_needed())
    if not wants_fragment():
        return _panel(payment)
    return page_or_fragment("pos/till/_change.html", "pos/till/_change.html", change=_change_for(payment))


@bp.post("/requests")
@for_role(Role.CLERK)
@goes_on_when_full
@once(again=".show")
def ask() -> None:
    """Show the customer a QR for what is left, or for a part of it: from now on its money is waited for."""
    basket = _basket_needed()
    g.pays_by = TenderKind.TRANSFER
    ask_here(basket, _payment(basket), by=person_here())


@bp.get("/arrival")
@for_role(Role.CLERK)
def arrival() -> Response:
    """Has the bank told of the money meanwhile? The open panel asks every few seconds; no content means no."""
    basket = _basket_asked()
    if basket is None or not basket.is_live:
        return till_answer()
    g.pays_by = TenderKind.TRANSFER
    waiting = open_request_of(basket.order_code)
    has_come = waiting is not None and is_matched(waiting)
    return _panel(_payment(basket)) if has_come or not wants_fragment() else make_response("", 204)


@bp.post("")
@for_role(Role.CLERK)
@goes_on_when_full
@once(again=".show")
def sell() -> Response | None:
    """Take the tender; the one that covers the rest completes the sale."""
    basket, clerk = _basket_needed(), person_here()
    try:
        sale = take_here(basket, by=clerk) if is_transfer(request.form) else _take_tender(basket, by=clerk)
    except WrongArrival as stopped:
        return _stop(basket, stopped)
    if sale is not None:
        g.sold = sale
    return None


def _take_tender(basket: Basket, *, by: Staff) -> Sale | PracticeReceipt | None:
    seen, key = read_seen_total(request.form), request.form[KEY_FIELD]
    return take_payment(basket, read_tender(request.form), seen=seen, key=key, by=by)


def _stop(basket: Basket, stopped: WrongArrival) -> Response:
    """The panel again, with what is wrong with the amount and what may be done; nothing was taken."""
    g.pays_by = TenderKind.TRANSFER
    answer = _panel(_payment(basket), stopped=stopped)
    answer.status_code = 422
    return answer


@bp.post("/handover")
@for_role(Role.CLERK)
@goes_on_when_full
@once(again=".show")
def hand_over() -> None:
    """Complete a basket that costs nothing."""
    seen, key = read_seen_total(request.form), request.form[KEY_FIELD]
    g.sold = take_nothing(_basket_needed(), seen=seen, key=key, by=person_here())


@bp.post("/withdrawal")
@for_role(Role.CLERK)
@goes_on_when_full
@once(again=".show")
def give_back() -> None:
    """Give the last tender back: the customer pays another way after all. No clerk alone takes money out again."""
    basket = _basket_needed()
    take_out_last(basket, by=person_here())
    need_word(Act.MONEY_BACK, basket)


def _basket_asked() -> Basket | None:
    """The basket that the panel was opened for, else the one on the screen."""
    order = read_text(request.values, "order", required=False)
    return basket_of(order) if order else current_basket(register_here())


def _basket_needed() -> Basket:
    basket = _basket_asked()
    if basket is None:
        raise NotFound
    return basket


def _payment(basket: Basket) -> Payment:
    """The state of the panel; after a tender, cash is asked for next."""
    asked = read_kind(request.args) if "kind" in request.args else TenderKind.CASH
    kind, down_to = g.get("pays_by", asked), current_settings().selling.cash_rounding
    return Payment(basket.order_code, to_pay(basket), tuple(taken_for(basket)), kind, down_to)


def _panel(payment: Payment, *, stopped: WrongArrival | None = None) -> Response:
    context: dict[str, object] = {"payment": payment}
    if payment.kind is TenderKind.TRANSFER:
        context |= transfer_on_panel(payment, stopped)
    if payment.kind is TenderKind.CASH:
        context["change"] = Money(0)
    if request.method == "POST":
        return till_answer(PANEL, **context)
    return panel_answer(PANEL, **context)


def _change_for(payment: Payment) -> Money | None:
    """What goes back for the amount being typed; None while it is too little or cannot be read."""
    try:
        typed = read_money(request.args, "amount")
    except RuleBroken:
        return None
    paid = [*payment.taken, Paid(TenderKind.CASH, typed)]
    back = -left_to_pay(payment.total - cash_rounding(payment.total, paid), paid)
    return back if back >= Money(0) else None
