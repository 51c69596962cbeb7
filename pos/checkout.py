"""Completing a sale: one transaction from the basket to receipt number, lots, money and journal.

Everything is checked first; then the record is written, then the rows. A crash
anywhere in between leaves the basket as it was and nothing else.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import next_seq, write_record
from core.journal.record import Kind
from core.journal.slips import write_slips
from core.money import ZERO, Money
from core.skipped_number import Series, skipped_up_to
from core.staff import Staff
from inventory.consignment.owed import write_owed
from inventory.stock_move import post_moves
from pos.basket_table import Basket, BasketEmpty, BasketState, need_live, read_lines
from pos.discounts.cash_rounding import cash_rounding
from pos.discounts.discount import LineDiscount
from pos.invoice.issuing import invoice_sale
from pos.quote import Quote, quote, rounded
from pos.receipt import RECEIPT
from pos.register import printer_at
from pos.sale import Sale, SaleLine, Tender, sale_of_key
from pos.shifts.shift_table import need_open_shift_number
from pos.sold_line import sold_lines
from pos.tender import Paid, TenderKind, change_for, sum_of
from printers.spool import leave_paper

# Made once: building a statement takes longer than running it.
_SALES: Any = Sale.__table__
_LINES: Any = SaleLine.__table__
_TENDERS: Any = Tender.__table__
_DISCOUNTS: Any = LineDiscount.__table__
_INSERT_SALE, _INSERT_LINES, _INSERT_TENDERS = insert(_SALES), insert(_LINES), insert(_TENDERS)
_INSERT_DISCOUNTS = insert(_DISCOUNTS)
_BASKETS: Any = Basket.__table__
_MARK_SOLD = update(_BASKETS).where(_BASKETS.c.id == bindparam("basket")).values(state=BasketState.SOLD)
_LAST_NUMBERS = select(func.coalesce(func.max(_SALES.c.number), 0), skipped_up_to(Series.RECEIPT))


class KeyOfAnotherBasket(RuleBroken):
    """One press of the button cannot complete two baskets."""

    message = N_("This page belongs to order %(order)s, which is sold already. Load the page again.")


def complete_sale(basket: Basket, *, paid: Sequence[Paid], key: str, by: Staff, seen: Money | None = None) -> Sale:
    """Sell the basket: receipt number, lots, moves, what is owed, tenders, record and print job at once.

    Pressing twice (the same key) gives the same sale. `seen` is the total that the clerk saw, before cash is rounded.
    Raises a RuleBroken, and changes nothing, when that total, a price, a paper, a lot or the money is not right.
    """
    earlier = sale_of_key(key)
    if earlier is not None:
        return same_sale(earlier, basket)
    need_live(basket)
    read_lines(basket)
    if not basket.lines:
        raise BasketEmpty()
    shift = need_open_shift_number(basket.register)
    offer = quote(basket)
    offer.need_total(seen)
    if offer.trouble is not None:
        raise offer.trouble
    tenders = with_references(paid, basket)
    offer = rounded(offer, cash_rounding(offer.total, tenders))
    change = change_for(offer.total, tenders)
    sale = write_sale(offer, shift, tenders=tenders, change=change, key=key, by=by)
    vat = sum((rate.vat for rate in offer.taxes), ZERO)
    invoice_sale(sale.number, basket.order_code, total=offer.total, vat=vat, by=by, shift=shift)
    mark_sold(basket)
    opens = bool(sum_of(tenders, TenderKind.CASH))
    leave_paper(RECEIPT, sale.number, open_drawer=opens, printer=printer_at(basket.register))
    return sale


def same_sale(earlier: Sale, basket: Basket) -> Sale:
    """The answer to a second press: the first sale, if it was this basket's."""
    if earlier.order_code != basket.order_code:
        raise KeyOfAnotherBasket(order=earlier.order_code)
    return earlier


def with_references(paid: Sequence[Paid], basket: Basket) -> list[Paid]:
    """The tenders, each transfer under the order code that its QR carried."""
    return [
        Paid(tender.kind, tender.amount, basket.order_code)
        if tender.kind is TenderKind.TRANSFER and not tender.reference
        else tender
        for tender in paid
    ]


def write_sale(offer: Quote, shift: int, *, tenders: Sequence[Paid], change: Money, key: str, by: Staff) -> Sale:
    """Write the record first, then every row that follows from it."""
    lines = sold_lines(offer)
    bodies = [line.body() for line in lines]
    seq, number = next_seq(), next_receipt_number()
    body = sale_body(offer, number, bodies, tenders, change)
    if offer.basket.fair:
        body["fair"] = True
    body["slips"] = write_slips(bodies, seq)
    record = write_record(Kind.SALE, body | {"key": key}, by=by, shift=shift)
    sale = {
        "number": number,
        "key": key,
        "order_code": offer.basket.order_code,
        "register_id": offer.basket.register_id,
        "shift_number": shift,
        "day": offer.day,
        "sold_at": record.ts,
        "staff_id": by.id,
        "total": offer.total,
        "change": change,
        "fair": offer.basket.fair,
        "record_seq": record.seq,
    }
    insert_sale(sale, [line.row(number) for line in lines], tender_rows(number, tenders))
    insert_discounts([row for line in lines for row in line.discount_rows(number)])
    post_moves([move for line in lines for move in line.moves()], record.seq)
    write_owed([owed for line in lines for owed in line.owed()], record.seq)
    return as_written(number)


def next_receipt_number() -> int:
    """One more than the last receipt; gap-free but for a restore, because a failed sale gives its number back."""
    return int(max(db.session.connection().execute(_LAST_NUMBERS).one())) + 1


def insert_sale(sale: dict[str, Any], lines: list[dict[str, Any]], tenders: list[dict[str, Any]]) -> None:
    """Write the rows of a sale; straight to the tables, because a customer waits."""
    connection = db.session.connection()
    connection.execute(_INSERT_SALE, sale)
    connection.execute(_INSERT_LINES, lines)
    if tenders:
        connection.execute(_INSERT_TENDERS, tenders)


def insert_discounts(rows: list[dict[str, Any]]) -> None:
    """Write what was taken off the lines, where anything was."""
    if rows:
        db.session.connection().execute(_INSERT_DISCOUNTS, rows)


def mark_sold(basket: Basket) -> None:
    """The basket is finished; straight to the table too."""
    db.session.connection().execute(_MARK_SOLD, {"basket": basket.id})
    set_committed_value(basket, "state", BasketState.SOLD)


def as_written(number: int) -> Sale:
    """The sale whose row was just written; the rest of it is read when somebody asks for it."""
    sale = Sale(number=number)
    make_transient_to_detached(sale)
    db.session.add(sale)
    return sale


def sale_body(
    offer: Quote, number: int, lines: list[dict[str, Any]], tenders: Sequence[Paid], change: Money
) -> dict[str, Any]:
    """The sale as the journal keeps it (docs/journal.md, SALE)."""
    return {
        "no": number,
        "day": offer.day.isoformat(),
        "reg": offer.basket.register.code,
        "order": offer.basket.order_code,
        "lines": lines,
        "total": offer.total.dong,
        "pay": [tender_body(tender) for tender in tenders],
        "change": change.dong,
        "vat": [{"rate": t.rate, "net": t.net.dong, "vat": t.vat.dong} for t in offer.taxes],
    }


def tender_body(tender: Paid) -> dict[str, Any]:
    """A tender as the journal keeps it; cash is what was handed over."""
    body: dict[str, Any] = {"kind": tender.kind.value, "amt": tender.amount.dong}
    return body | {"ref": tender.reference} if tender.reference else body


def tender_rows(sale_number: int, tenders: Sequence[Paid]) -> list[dict[str, Any]]:
    """The tenders as rows of `tenders`, numbered through."""
    return [
        {"sale_number": sale_number, "n": n, "kind": each.kind, "amount": each.amount, "reference": each.reference}
        for n, each in enumerate(tenders, start=1)
    ]
