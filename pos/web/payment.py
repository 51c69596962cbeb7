"""Taking money: cash, transfer and card in any split, then one press that completes the sale."""

from flask import Blueprint, g, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from core.approval import Act
from core.current_settings import current_settings
from core.errors import RuleBroken
from core.money import ZERO, Money
from core.practice import is_practising
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_money, read_text, trouble_sentence
from core.web.fragments import page_or_fragment, wants_fragment
from core.web.once import KEY_FIELD, once
from core.web.room_for_selling import goes_on_when_full
from pos.basket import Basket, basket_of, current_basket
from pos.cash_rounding import cash_rounding
from pos.quote import QuotedLine, quote
from pos.return_quote import to_pay
from pos.taken import take_nothing, take_out_last, take_payment, taken_for
from pos.tender import Paid, TenderKind, left_to_pay
from pos.web.counter import register_here
from pos.web.giving_back import give_back_panel
from pos.web.payment_form import Payment, read_kind, read_seen_total, read_tender
from pos.web.practice_mode import need_word
from pos.web.till_screen import panel_answer, till_answer
from pos.web.transfer_picture import transfer_picture

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
    return page_or_fragment(PANEL, "pos/till/_change.html", change=_change_for(payment))


@bp.get("/qr")
@for_role(Role.CLERK)
def qr() -> Response:
    """The transfer's QR for the amount being typed."""
    payment = _payment(_basket_needed())
    return page_or_fragment(
        PANEL, "pos/till/_qr.html", payment=payment, **_qr(payment, read_money(request.args, "amount"))
    )


@bp.post("")
@for_role(Role.CLERK)
@goes_on_when_full
@once(again=".show")
def sell() -> None:
    """Take the tender; the one that covers the rest completes the sale."""
    sale = take_payment(
        _basket_needed(),
        read_tender(request.form),
        seen=read_seen_total(request.form),
        key=request.form[KEY_FIELD],
        by=person_here(),
    )
    if sale is not None:
        g.sold = sale


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
    kind = read_kind(request.args) if "kind" in request.args else TenderKind.CASH
    down_to = current_settings().selling.cash_rounding
    return Payment(basket.order_code, to_pay(basket), tuple(taken_for(basket)), kind, down_to)


def _panel(payment: Payment) -> Response:
    context: dict[str, object] = {"payment": payment}
    if payment.kind is TenderKind.TRANSFER:
        context |= _qr(payment, payment.left)
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


def _qr(payment: Payment, amount: Money) -> dict[str, object]:
    """The QR, or the sentence that says why there is none; of practice neither: it must not be payable."""
    if is_practising():
        return {"amount": amount}
    try:
        return {"qr": transfer_picture(amount, payment.order)}
    except RuleBroken as trouble:
        return {"qr": None, "qr_trouble": trouble_sentence(trouble)}
