"""The life of a basket: start, park, resume, bring to today's prices, give up.

What goes into it and out of it stands in pos/basket_line.py and pos/scanning.py;
how it becomes a sale in pos/checkout.py.
"""

from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import selectinload

from core.clock import now, today
from core.database import db
from core.journal.selling_day import selling_day
from core.practice import is_practising
from core.staff import Staff
from core.text import clean
from inventory.catalogue.price import price_on
from pos.basket_line import Goods, add_goods, add_product, change_quantity, choose_lot, remove_line
from pos.basket_table import Basket, BasketEmpty, BasketFinished, BasketLine, BasketState, need_live, need_shift
from pos.correction import ReasonMissing, write_void
from pos.quote import quote
from pos.register import Register
from pos.returns.return_window import sells_at_fair
from pos.scanning import Scanned, scan_into
from pos.taken import need_not_come, need_nothing_taken
from pos.transfers.request import give_up_request
from pos.transfers.request_table import open_request_of

__all__ = [
    "Basket",
    "BasketEmpty",
    "BasketFinished",
    "BasketLine",
    "BasketState",
    "Goods",
    "Scanned",
    "add_goods",
    "add_product",
    "basket_of",
    "baskets_at",
    "change_quantity",
    "choose_lot",
    "current_basket",
    "open_basket",
    "park_basket",
    "parked_baskets",
    "remove_line",
    "reprice_basket",
    "resume_basket",
    "scan_into",
    "void_basket",
]


PRACTICE_MARK = "T"  # before the numbers of practice: no order of a customer and no receipt begins with it


def open_basket(register: Register) -> Basket:
    """The basket the register is working on; a new one when there is none. Whoever practises gets one of practice."""
    return current_basket(register) or new_basket(register)


def current_basket(register: Register) -> Basket | None:
    """The basket the register is working on, or None."""
    return db.session.scalar(_ON_SCREEN, _here(register))


# Made once: building a statement takes longer than running it, and the till asks at each redraw.
_IN_THIS_MODE = (Basket.register_id == bindparam("register"), Basket.practice == bindparam("practice"))
_ON_SCREEN = select(Basket).where(*_IN_THIS_MODE, Basket.state == BasketState.OPEN)


def _here(register: Register) -> dict[str, object]:
    """The baskets of a register that are in reach: a customer's, or those of practice while somebody practises."""
    return {"register": register.id, "practice": is_practising()}


def new_basket(register: Register) -> Basket:
    """Start a basket under the next order code of the day."""
    day = today()
    basket = Basket(
        order_code=next_order_code(day),
        register_id=register.id,
        state=BasketState.OPEN,
        label="",
        last_n=0,
        fair=sells_at_fair(register, day),
        day=day,
        opened_at=now(),
        practice=is_practising(),
    )
    db.session.add(basket)
    db.session.flush()
    return basket


def next_order_code(day: date) -> str:
    """The next order code: day, counter, check digit. Digits only, so that a bank app keeps it; T before practice."""
    practice = is_practising()
    mark = PRACTICE_MARK if practice else ""
    latest = db.session.scalar(_LATEST_ORDER, {"day": day, "practice": practice})
    count = int(latest.removeprefix(mark)[6:-1]) + 1 if latest else 1
    digits = f"{day:%y%m%d}{count:03d}"
    return mark + digits + str(check_digit(digits))


_LATEST_ORDER = (
    select(Basket.order_code)
    .where(Basket.day == bindparam("day"), Basket.practice == bindparam("practice"))
    .order_by(Basket.id.desc())
    .limit(1)
)


def check_digit(digits: str) -> int:
    """Luhn's check digit (ISO/IEC 7812-1, annex B): a mistyped order code is noticed."""
    doubled = [int(d) * 2 if place % 2 == 0 else int(d) for place, d in enumerate(reversed(digits))]
    return -sum(d - 9 if d > 9 else d for d in doubled) % 10


def basket_of(order_code: str) -> Basket | None:
    """The basket of an order code, whatever became of it, or None."""
    return db.session.scalar(_OF_ORDER, {"order": order_code})


_OF_ORDER = select(Basket).where(Basket.order_code == bindparam("order"))


def parked_baskets(register: Register) -> list[Basket]:
    """Baskets set aside at a register, oldest first."""
    return list(db.session.scalars(_SET_ASIDE, _here(register)))


_SET_ASIDE = (
    select(Basket)
    .where(*_IN_THIS_MODE, Basket.state == BasketState.PARKED)
    .options(selectinload(Basket.lines))
    .order_by(Basket.id)
)


def baskets_at(register: Register) -> tuple[Basket | None, list[Basket]]:
    """The basket the register is working on, or None, and those set aside, oldest first; one question for both."""
    live = db.session.scalars(_LIVE, _here(register)).all()
    on_screen = next((basket for basket in live if basket.state is BasketState.OPEN), None)
    return on_screen, [basket for basket in live if basket is not on_screen]


_LIVE = (
    select(Basket)
    .where(*_IN_THIS_MODE, (Basket.state == BasketState.OPEN) | (Basket.state == BasketState.PARKED))
    .options(selectinload(Basket.lines))
    .order_by(Basket.id)
)


def park_basket(basket: Basket, label: str = "") -> None:
    """Set a basket aside under a word that the clerk will know it by."""
    need_live(basket)
    if basket.holds_nothing:
        raise BasketEmpty()
    basket.label = clean(label, limit=40)
    basket.state = BasketState.PARKED
    db.session.flush()


def resume_basket(basket: Basket) -> None:
    """Take a parked basket up again; the one on the screen is set aside in its turn."""
    need_live(basket)
    on_screen = current_basket(basket.register)
    if on_screen is basket:
        return
    if on_screen is not None:
        on_screen.state = BasketState.DROPPED if on_screen.holds_nothing else BasketState.PARKED
        db.session.flush()
    basket.state = BasketState.OPEN
    db.session.flush()


def reprice_basket(basket: Basket) -> list[BasketLine]:
    """Bring every line to the shop's price of today; answers the lines whose price changed.

    A price that was set by right stays: whoever set it meant this customer.
    """
    need_live(basket)
    changed = []
    for line in basket.lines:
        price = price_on(line.product, selling_day())
        if price is not None and price != line.list_price:
            if not line.is_priced_by_right:
                line.price = price
            line.list_price = price
            changed.append(line)
    db.session.flush()
    return changed


def void_basket(basket: Basket, *, reason: str, by: Staff) -> None:
    """Give a basket up before completion. A completed sale is never voided, only refunded."""
    need_live(basket)
    shift = need_shift(basket)
    reason = clean(reason, limit=200)
    if basket.holds_nothing:
        raise BasketEmpty()
    if not reason:
        raise ReasonMissing()
    need_nothing_taken(basket)
    waiting = open_request_of(basket.order_code)
    if waiting is not None:
        need_not_come(waiting)
        give_up_request(waiting, reason=reason, by=by, shift=shift)
    if basket.lines:
        amounts = {quoted.line.n: quoted.amount for quoted in quote(basket).lines}
        write_void(basket, amounts, reason=reason, by=by, shift=shift)
    basket.returns.clear()
    basket.state = BasketState.VOIDED if basket.lines else BasketState.DROPPED
    db.session.flush()
