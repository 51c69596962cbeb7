"""What law keeps no longer of the buyers on invoices: blanked when its years are over, dropped with a basket."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete, select

from config.reference.data_purposes import purpose_as_of
from core.clock import business_day
from core.database import db
from pos.basket_table import Basket, BasketState
from pos.buyers.consent import months_after
from pos.invoice.buyer import FOR_INVOICE, blank_buyer
from pos.invoice.invoice_table import Invoice, InvoiceBuyer, InvoiceMessage, InvoiceNotice


def forget_old_buyers(day: date) -> int:
    """Blank whose invoices are older than law keeps them, in a transaction; says how many were blanked.

    The invoices keep their numbers and sums. The messages they went out with hold the same data and are emptied too.
    """
    forget_given_up()
    months = purpose_as_of(FOR_INVOICE, day).months
    named = select(InvoiceBuyer).where(InvoiceBuyer.name != "")
    old = [buyer for buyer in db.session.scalars(named) if months_after(buyer.day, months) < day]
    for buyer in old:
        blank_buyer(buyer)
    for message in db.session.scalars(select(InvoiceMessage).where(InvoiceMessage.next_try_at.is_(None))):
        if message.content and months_after(business_day(message.packed_at), months) < day:
            message.content = b""
    db.session.flush()
    return len(old)


def forget_given_up() -> None:
    """Drop the data of buyers whose basket was given up: no invoice was made out to them."""
    gone = select(Basket.order_code).where(Basket.state.in_([BasketState.VOIDED, BasketState.DROPPED]))
    named = [table.buyer_id for table in (Invoice, InvoiceNotice)]
    kept = [select(column).where(column.is_not(None)) for column in named]
    db.session.execute(
        delete(InvoiceBuyer).where(InvoiceBuyer.order_code.in_(gone), *(InvoiceBuyer.id.not_in(one) for one in kept))
    )
