"""Who an invoice is made out to: taken down at the till when the buyer asks, until the invoice is made.

An invoice that is made already is not edited: it is replaced (TT 91/2026/TT-BTC, Điều 10).
"""

from __future__ import annotations

import re

from sqlalchemy import delete, select

from core.clock import today
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.private_mark import mark_of
from core.staff import Staff
from core.text import clean
from pos.basket_table import Basket, need_customer, need_live
from pos.buyers.customer import name_buyer
from pos.buyers.customer_table import read_phone
from pos.invoice.invoice_table import InvoiceBuyer

FOR_INVOICE = "invoice"
_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_TAX_CODE = re.compile(r"([0-9]{10})(-[0-9]{3})?")
_PERSONAL = re.compile(r"[0-9]{12}")


class NobodyNamed(RuleBroken):
    """An invoice with somebody's data has at least a name."""

    message = N_("Type the name that the invoice is made out to.")


class NotATaxCode(RuleBroken):
    """A tax code whose check digit is wrong would be refused by the tax office."""

    message = N_("“%(tax_code)s” is not a tax code: one of its digits is wrong. Ask the buyer again.")


class NotAPersonalNumber(RuleBroken):
    """Twelve digits, as on the identity card."""

    message = N_("“%(number)s” is not a personal number. It has twelve digits.")


def name_invoice_buyer(
    basket: Basket,
    *,
    name: str,
    tax_code: str = "",
    address: str = "",
    personal_id: str = "",
    phone: str = "",
    by: Staff,
) -> InvoiceBuyer:
    """Take down who the invoice of a basket is made out to.

    A phone number is personal data: with one, the buyer's consent for the invoice is written down too.
    """
    need_live(basket)
    need_customer(basket)
    leave_invoice_buyer(basket)
    if phone.strip():
        name_buyer(basket, phone=phone, name=name, purpose=FOR_INVOICE, by=by)
    return take_down(
        basket.order_code, name=name, tax_code=tax_code, address=address, personal_id=personal_id, phone=phone
    )


def take_down(
    order_code: str, *, name: str, tax_code: str = "", address: str = "", personal_id: str = "", phone: str = ""
) -> InvoiceBuyer:
    """The row of somebody's data, checked, with the mark that the journal's hash is made of."""
    said = clean(name, limit=400)
    if not said:
        raise NobodyNamed()
    code, person = re.sub(r"\s", "", tax_code), re.sub(r"\s", "", personal_id)
    if code and not is_tax_code(code):
        raise NotATaxCode(tax_code=tax_code[:20])
    if person and not _PERSONAL.fullmatch(person):
        raise NotAPersonalNumber(number=personal_id[:20])
    number = read_phone(phone) if phone.strip() else ""
    lives = clean(address, limit=400)
    row = InvoiceBuyer(
        order_code=order_code, name=said, tax_code=code, address=lives, personal_id=person, phone=number,
        mark=mark_of("\n".join((said, code, lives, person, number))), day=today(),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def leave_invoice_buyer(basket: Basket) -> None:
    """Take the buyer's data off the invoice of a basket again: it is made out to nobody."""
    need_live(basket)
    db.session.execute(delete(InvoiceBuyer).where(InvoiceBuyer.order_code == basket.order_code))


def buyer_of_invoice(order_code: str) -> InvoiceBuyer | None:
    """Who the invoice of an order is made out to; None: a buyer who told nothing."""
    newest = select(InvoiceBuyer).where(InvoiceBuyer.order_code == order_code).order_by(InvoiceBuyer.id.desc()).limit(1)
    return db.session.scalars(newest).first()


def is_tax_code(text: str) -> bool:
    """Whether a tax code can be right: ten digits with their check digit, perhaps a branch; or a personal number.

    >>> is_tax_code("0107001729"), is_tax_code("0107001728")
    (True, False)
    """
    if _PERSONAL.fullmatch(text):
        return True
    found = _TAX_CODE.fullmatch(text)
    if found is None or found[2] == "-000":
        return False
    digits = [int(digit) for digit in found[1]]
    check = 10 - sum(weight * digit for weight, digit in zip(_WEIGHTS, digits, strict=False)) % 11
    return check == digits[9]


def blank_buyer(buyer: InvoiceBuyer) -> None:
    """Forget who it was; the invoice keeps its number, its sums and the hash, whose salt is gone too."""
    buyer.name = buyer.tax_code = buyer.address = buyer.personal_id = buyer.phone = buyer.mark = ""
