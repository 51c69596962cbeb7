"""What is done with a buyer's name and phone: taken at the till, corrected, given out, erased.

Erasing really erases: the database overwrites what it frees (core/database.py, secure_delete) and the write-ahead log
is emptied soon after (pos/buyers/retention.py). Copies in backups go with their rotation.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, delete, func, select

from config.reference.data_purposes import purpose_as_of, wording
from core.clock import VIETNAM, today
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.selling_day import selling_day
from core.staff import Staff
from core.text import clean, fold
from pos.basket_table import Basket, need_live
from pos.buyers.consent import acts_on, agreed_to, give_consent, months_after, record_consent, withdraw_consent
from pos.buyers.customer_table import (
    BasketBuyer,
    Consent,
    ConsentAct,
    Customer,
    customer_of_phone,
    new_sign,
    read_phone,
)
from pos.sale import Sale

MOST_FOUND = 50


class NobodyFound(RuleBroken):
    """A sign that belongs to nobody any more."""

    message = N_("This buyer's data is not here any more. It was erased, or never taken.")


class PhoneOfAnother(RuleBroken):
    """Two people cannot be told apart by one number."""

    message = N_("Another buyer has this phone number already. Check it with the buyer.")


def name_buyer(basket: Basket, *, phone: str, name: str, purpose: str, by: Staff) -> Customer:
    """Take down who buys this basket and for what, after the buyer agreed; a known number finds its buyer again."""
    need_live(basket)
    number = read_phone(phone)
    customer = customer_of_phone(number)
    if customer is None:
        customer = Customer(who=new_sign(), phone=number, salt=secrets.token_hex(16), since=today())
        set_name(customer, name)
        db.session.add(customer)
        db.session.flush()
    elif not customer.name:
        set_name(customer, name)
    give_consent(customer, purpose, by=by)
    leave_nobody(basket)
    db.session.add(BasketBuyer(order_code=basket.order_code, customer_id=customer.id, purpose=purpose, day=today()))
    db.session.flush()
    return customer


def leave_nobody(basket: Basket) -> None:
    """Take the buyer off a basket again; what they agreed to stands until they take it back."""
    need_live(basket)
    db.session.execute(delete(BasketBuyer).where(BasketBuyer.order_code == basket.order_code))


def set_name(customer: Customer, name: str) -> None:
    """Write down what somebody is called; it may be nothing."""
    customer.name = clean(name, limit=120)
    customer.name_folded = fold(customer.name)


def customer_of(who: str) -> Customer:
    """The buyer of a sign, or the sentence that nobody is there."""
    customer = db.session.scalar(select(Customer).where(Customer.who == who))
    if customer is None:
        raise NobodyFound()
    return customer


def find_customers(text: str) -> Sequence[Customer]:
    """Buyers by their whole phone number, or by words of their name; part of a number finds nobody."""
    if sum(c.isdigit() for c in text) >= 8:
        found = customer_of_phone(read_phone(text))
        return [found] if found else []
    words = fold(clean(text, limit=2_000)).split()
    if not words:
        return []
    wanted = select(Customer).where(*(Customer.name_folded.contains(word, autoescape=True) for word in words))
    return db.session.scalars(wanted.order_by(Customer.name_folded).limit(MOST_FOUND)).all()


def show_customer(customer: Customer, *, by: Staff) -> None:
    """Write down that somebody looked at the whole name and number."""
    record_consent(customer, ConsentAct.SHOWN, by=by)


def correct_customer(customer: Customer, *, name: str, phone: str, by: Staff) -> None:
    """Put name or number right; the journal holds the new hash and neither the old nor the new data."""
    number = read_phone(phone)
    other = customer_of_phone(number)
    if other is not None and other.id != customer.id:
        raise PhoneOfAnother()
    if (number, clean(name, limit=120)) == (customer.phone, customer.name):
        return
    customer.phone, customer.salt = number, secrets.token_hex(16)
    set_name(customer, name)
    record_consent(customer, ConsentAct.CORRECTED, by=by)


def purchases_of(customer: Customer) -> Sequence[tuple[BasketBuyer, Sale]]:
    """What somebody bought under their name, the newest first."""
    rows = (
        select(BasketBuyer, Sale)
        .join(Sale, Sale.order_code == BasketBuyer.order_code)
        .where(BasketBuyer.customer_id == customer.id)
        .order_by(Sale.number.desc())
    )
    return [(buyer, sale) for buyer, sale in db.session.execute(rows)]


def export_customer(customer: Customer, *, shop: str, by: Staff) -> dict[str, object]:
    """Everything that is kept of somebody, for them to take away; that it was given out is written down."""
    record_consent(customer, ConsentAct.EXPORTED, by=by)
    return {
        "shop": shop,
        "name": customer.name,
        "phone": customer.phone,
        "since": customer.since.isoformat(),
        "acts": [act_told(act, shop) for act in acts_on(customer.who)],
        "purchases": [
            {"receipt": sale.number, "day": sale.day.isoformat(), "total": sale.total.dong, "purpose": buyer.purpose}
            for buyer, sale in purchases_of(customer)
        ],
    }


def act_told(act: Consent, shop: str) -> dict[str, object]:
    """One act as it is given out, with the words that were read out."""
    words = wording(act.purpose, act.wording) if act.purpose and act.wording else None
    return {
        "act": act.act.value,
        "purpose": act.purpose,
        "at": act.at.astimezone(VIETNAM).isoformat(timespec="seconds"),
        "words": words.words(act.language or "vi", shop) if words else None,
        "why": act.why,
    }


def kept_until(customer: Customer) -> date | None:
    """The last day until which law keeps somebody's data, because of an invoice; None where nothing keeps it."""
    bought = last_bought(BasketBuyer.customer_id == customer.id)
    return kept_by_law_until(bought.get(customer.id, {}), selling_day())


def last_bought(*which: ColumnElement[bool]) -> dict[int, dict[str, date]]:
    """The day of the last purchase under each purpose, by buyer, in one query."""
    rows = (
        select(BasketBuyer.customer_id, BasketBuyer.purpose, func.max(Sale.day))
        .join(Sale, Sale.order_code == BasketBuyer.order_code)
        .where(*which)
        .group_by(BasketBuyer.customer_id, BasketBuyer.purpose)
    )
    found: dict[int, dict[str, date]] = {}
    for customer_id, purpose, day in db.session.execute(rows):
        found.setdefault(customer_id, {})[purpose] = day
    return found


def kept_by_law_until(bought: Mapping[str, date], day: date) -> date | None:
    """The last day until which law keeps what was bought under some purposes; None where it keeps nothing."""
    ends = [
        months_after(sold, purpose.months)
        for code, sold in bought.items()
        if (purpose := purpose_as_of(code, day)).kept_by_law
    ]
    return max((end for end in ends if end >= day), default=None)


def erase_customer(customer: Customer, *, why: str, by: Staff | None) -> date | None:
    """Erase somebody's data; where an invoice keeps it, everything else goes and the day it ends is given back.

    All consents but those that law stands behind are taken back, and their purchases are nobody's any more.
    """
    until = kept_until(customer)
    if until is None:
        record_consent(customer, ConsentAct.ERASED, by=by, why=why)
        db.session.execute(delete(BasketBuyer).where(BasketBuyer.customer_id == customer.id))
        db.session.delete(customer)
        db.session.flush()
        return None
    for purpose in agreed_to(customer.who):
        if not purpose_as_of(purpose, today()).kept_by_law:
            withdraw_consent(customer, purpose, by=by, why=why)
            forget_purchases(customer, purpose)
    record_consent(customer, ConsentAct.KEPT, by=by, why=why)
    return until


def forget_purchases(customer: Customer, purpose: str) -> None:
    """Make the purchases under one purpose nobody's; receipts and books stay as they are."""
    theirs = delete(BasketBuyer).where(BasketBuyer.customer_id == customer.id, BasketBuyer.purpose == purpose)
    db.session.execute(theirs)


def withdraw(customer: Customer, purpose: str, *, by: Staff) -> None:
    """Take one purpose back: its purchases are nobody's, and the data goes when no other purpose holds it."""
    withdraw_consent(customer, purpose, by=by)
    if not purpose_as_of(purpose, today()).kept_by_law:
        forget_purchases(customer, purpose)
    if not agreed_to(customer.who) and kept_until(customer) is None:
        erase_customer(customer, why="withdrawn", by=by)
