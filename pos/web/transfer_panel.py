"""What the payment panel shows of a transfer: the QR, whether its money has come, and why an amount was stopped."""

from flask import request

from core.current_settings import current_settings
from core.errors import RuleBroken
from core.i18n import N_
from core.money import Money
from core.practice import is_practising
from core.staff import Staff
from core.web.forms import MoneyUnclear, read_money, read_text, trouble_sentence
from core.web.once import KEY_FIELD
from pos.basket import Basket
from pos.practising.practice import PracticeReceipt
from pos.returns.return_quote import to_pay
from pos.sale import Sale
from pos.taken import take_payment, take_transfer, taken_for
from pos.tender import Paid, TenderKind, left_to_pay
from pos.transfers.amount import WrongArrival, need_right_amount
from pos.transfers.arrival_table import is_matched
from pos.transfers.request import ask_for_transfer
from pos.transfers.request_table import TransferRequest, open_request_of, request_of
from pos.web.payment_form import Payment, read_seen_total
from pos.web.transfer_picture import NoBankAccount, transfer_picture


class QrNotShown(RuleBroken):
    """Nobody can confirm what nobody was asked for."""

    message = N_("Show the customer the QR of the transfer first, then confirm that the money has come.")


def ask_here(basket: Basket, payment: Payment, *, by: Staff) -> None:
    """Ask the customer for what is left, or for the part that was typed; without an account the panel says so."""
    if current_settings().bank.takes_transfers and not basket.practice:
        part = read_money(request.form, "part", label=N_("Part by transfer"), required=False)
        ask_for_transfer(basket, part if part.dong else payment.left, by=by)


def take_here(basket: Basket, *, by: Staff) -> Sale | PracticeReceipt | None:
    """Take the transfer that the form confirms; WrongArrival where another amount has come than was asked for."""
    if basket.practice:
        return _practise(basket, by=by)
    if not current_settings().bank.takes_transfers:
        raise NoBankAccount()
    asked = _request_asked(basket)
    if asked is None:
        raise QrNotShown()
    arrived = read_arrived()
    return take_transfer(
        asked,
        basket,
        arrived=arrived,
        accepted=_insists_on(arrived),
        seen=read_seen_total(request.form),
        key=request.form[KEY_FIELD],
        by=by,
    )


def _practise(basket: Basket, *, by: Staff) -> Sale | PracticeReceipt | None:
    """The same stops, for nobody's money: no QR was shown and no request is written down."""
    arrived, left = read_arrived(), left_to_pay(to_pay(basket), taken_for(basket))
    need_right_amount(asked=left, arrived=arrived, accepted=_insists_on(arrived))
    tender, seen = Paid(TenderKind.TRANSFER, min(arrived, left)), read_seen_total(request.form)
    return take_payment(basket, tender, seen=seen, key=request.form[KEY_FIELD], by=by)


def _insists_on(arrived: Money) -> bool:
    """Whether the clerk pressed the button that takes just this amount after all."""
    return request.form.get("accepted") == str(arrived.dong)


def read_arrived() -> Money:
    """What has come, as it was typed. A bare 35 is taken as 35 đồng here: the next look at it stops it."""
    try:
        return read_money(request.form, "amount", label=N_("Amount that has come"))
    except MoneyUnclear as unclear:
        return Money(int(unclear.values["text"]))


def transfer_on_panel(payment: Payment, stopped: WrongArrival | None = None) -> dict[str, object]:
    """What the templates need: the open request with its QR, or the sentence that says why there is none."""
    waiting, notices = open_request_of(payment.order), current_settings().bank_notices
    asked = waiting.amount if waiting else payment.left
    has_come = waiting is not None and is_matched(waiting)
    return {
        "waiting": waiting,
        "asked": asked,
        "has_come": has_come,
        "polls": notices.enabled and waiting is not None and not has_come,
        "completes": has_come and notices.complete_by_itself and asked == payment.left,
        "stopped": stopped,
        "typed": stopped.values["arrived"] if stopped else asked,
        **({} if is_practising() else _qr(payment, waiting)),
    }


def _qr(payment: Payment, waiting: TransferRequest | None) -> dict[str, object]:
    if waiting is None and current_settings().bank.takes_transfers:
        return {"qr": None, "qr_trouble": ""}
    try:
        return {"qr": transfer_picture(waiting.amount if waiting else payment.left, payment.order)}
    except RuleBroken as trouble:
        return {"qr": None, "qr_trouble": trouble_sentence(trouble)}


def _request_asked(basket: Basket) -> TransferRequest | None:
    """The request that the form names, whatever became of it; a form that names none means the open one."""
    uid = read_text(request.form, "request", required=False, limit=40)
    return request_of(uid) if uid else open_request_of(basket.order_code)
