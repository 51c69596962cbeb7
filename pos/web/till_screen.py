"""What the till shows: asked once a redraw, with the same number of queries for one line and for thirty."""

from dataclasses import dataclass

from flask import Response, g, request

from core.current_settings import current_settings
from core.money import ZERO, Money
from core.practice import is_practising
from core.quantity import NONE, ONE
from core.web.fragments import page_or_fragment, wants_fragment
from pos.basket import Basket, baskets_at
from pos.invoice.buyer import buyer_of_invoice
from pos.invoice.invoice_table import InvoiceBuyer
from pos.practising.practice import PracticeReceipt, last_practice
from pos.quote import PriceChanged, Quote, QuotedLine, quote, totals_of
from pos.register import Register
from pos.returns.refund_table import Refund, last_refund
from pos.returns.return_quote import ReturnQuote, quote_returns
from pos.sale import Sale, last_sale
from pos.sale_search import printing_of
from pos.shifts.shift import Shift, need_open_shift
from pos.shifts.visitor import visitors_of
from pos.taken import taken_for
from pos.tender import Paid, left_to_pay
from pos.web.counter import register_here
from printers.spool import PrintJob

PAGE = "pos/till/page.html"


@dataclass(frozen=True)
class TillScreen:
    """Everything on the till but the panel that may lie over it. In practice there is neither a shift nor a sale."""

    register: Register
    shift: Shift | None
    basket: Basket | None
    offer: Quote | None
    parked: list[Basket]
    parked_totals: dict[int, Money]
    visitors: int
    pieces: int
    price_changed: bool
    chosen: int | None
    touched: QuotedLine | None
    taken: list[Paid]
    left: Money
    returned: ReturnQuote | None
    to_pay: Money
    sold: Sale | None
    refunded: Refund | None
    practised: PracticeReceipt | None
    paper: PrintJob | None
    invoice_buyer: InvoiceBuyer | None


def till_screen() -> TillScreen:
    """The till of this browser as it stands now."""
    register = register_here()
    shift = None if is_practising() else need_open_shift(register)
    basket, parked = baskets_at(register)
    offer = quote(basket) if basket is not None and basket.lines else None
    taken = taken_for(basket) if basket is not None and offer else []
    returned = quote_returns(basket) if basket is not None and basket.returns else None
    empty = not offer and not returned
    sold = sold_just_now(register, shift) if shift is not None and empty else None
    refunded = refunded_just_now(register, shift, sold) if shift is not None and empty else None
    due = (offer.total if offer else ZERO) - (returned.total if returned else ZERO)
    return TillScreen(
        register=register,
        shift=shift,
        basket=basket,
        offer=offer,
        parked=parked,
        parked_totals=totals_of(parked),
        visitors=visitors_of(shift.number) if shift is not None else 0,
        pieces=pieces_in(offer) if offer else 0,
        price_changed=bool(offer) and any(isinstance(quoted.trouble, PriceChanged) for quoted in offer.lines),
        chosen=chosen_line(basket) if offer else None,
        touched=touched_line(offer) if offer and "touched" in g else None,
        taken=taken,
        left=left_to_pay(due, taken) if offer else ZERO,
        returned=returned,
        to_pay=due,
        sold=sold,
        refunded=refunded,
        practised=last_practice(register) if shift is None and empty else None,
        paper=next(iter(printing_of(sold.number)), None) if sold else None,
        invoice_buyer=invoice_buyer_of(basket) if offer and basket is not None else None,
    )


def touched_line(offer: Quote) -> QuotedLine | None:
    """The line that was just put in or changed, as the customer pays for it."""
    return next((quoted for quoted in offer.lines if quoted.line.n == g.touched), None)


def invoice_buyer_of(basket: Basket) -> InvoiceBuyer | None:
    """Who the invoice is made out to, where a sale makes one; asked only then."""
    return buyer_of_invoice(basket.order_code) if current_settings().invoice.is_due and not basket.practice else None


def pieces_in(offer: Quote) -> int:
    """How many things lie on the counter: pieces counted, what is weighed counts as one."""
    quantities = [quoted.line.quantity for quoted in offer.lines if not quoted.line.product.unit.divisible]
    weighed = len(offer.lines) - len(quantities)
    return sum(quantities, NONE).thousandths // ONE.thousandths + weighed


def chosen_line(basket: Basket | None) -> int | None:
    """The line that the next key acts on: the one just touched, else the one chosen before, else the newest."""
    if basket is None or not basket.lines:
        return None
    numbers = [line.n for line in basket.lines]
    asked = request.values.get("line", "")
    wanted = g.get("touched") or (int(asked) if asked.isdecimal() else None)
    return wanted if wanted in numbers else numbers[-1]


def sold_just_now(register: Register, shift: Shift) -> Sale | None:
    """The sale before this empty basket, if it was made in this shift."""
    sale = last_sale(register)
    return sale if sale is not None and sale.shift_number == shift.number else None


def refunded_just_now(register: Register, shift: Shift, sold: Sale | None) -> Refund | None:
    """The refund before this empty basket, if nothing was sold after it but what it was exchanged for."""
    refund = last_refund(register)
    if refund is None or refund.shift_number != shift.number:
        return None
    same_press = sold is None or refund.order_code == sold.order_code
    return refund if same_press or refund.record_seq > sold.record_seq else None


def till_answer(panel: str | None = None, **context: object) -> Response:
    """The till, with a panel over it or without one; a part asked for in its place becomes the whole till."""
    if "practice_hint" in g:
        context.setdefault("refused", g.practice_hint)
    answer = page_or_fragment(PAGE, "pos/till/_till.html", till=till_screen(), panel=panel, **context)
    answer.headers["HX-Retarget"] = "#till"
    return answer


def panel_answer(panel: str, **context: object) -> Response:
    """A panel alone, or with the till under it where no script fetches it."""
    if wants_fragment():
        return page_or_fragment(PAGE, panel, panel=panel, **context)
    return till_answer(panel, **context)
