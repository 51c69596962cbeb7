"""Completing a refund: one transaction from the goods beside the basket to number, stock, owners, money and journal.

No sale is ever edited: the refund stands beside it. Everything is checked first; then the record is written, then the
rows. An exchange completes refund and sale together (pos/settling.py).
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, insert, select

from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import next_seq, write_record
from core.journal.record import Kind
from core.journal.slips import write_slips
from core.money import ZERO, Money
from core.quantity import Quantity
from core.skipped_number import Series, skipped_up_to
from core.staff import Staff
from inventory.catalogue.product import Product
from inventory.consignment.owed import Owed
from inventory.consignment.owed_reversal import reverse_owed
from inventory.location import CUSTOMER
from inventory.lot import Lot
from inventory.stock_move import Move, post_moves
from pos.basket_table import Basket, BasketEmpty, need_live
from pos.checkout import KeyOfAnotherBasket, mark_sold, tender_body
from pos.invoice.answering_refund import invoice_refund
from pos.register import printer_at
from pos.returns.basket_return import lay_without_receipt
from pos.returns.refund_table import Refund, RefundLine, RefundTender, refund_of_key
from pos.returns.return_condition import Condition
from pos.returns.return_quote import QuotedReturn, ReturnQuote, quote_returns
from pos.shifts.shift_table import need_open_shift_number
from pos.tender import NothingPaid, Paid, TenderKind, sum_of
from printers.spool import leave_paper

RETURN_SLIP = "return_slip"
"""The paper of a refund: PHIẾU TRẢ HÀNG (pos/returns/refund_paper.py)."""

_REFUNDS: Any = Refund.__table__
_LINES: Any = RefundLine.__table__
_TENDERS: Any = RefundTender.__table__
_LAST_NUMBERS = select(func.coalesce(func.max(_REFUNDS.c.number), 0), skipped_up_to(Series.REFUND))


class BackNotRight(RuleBroken):
    """What goes back is what came back in goods, to the đồng."""

    message = N_("%(total)s goes back, not %(typed)s. Correct the amounts.")


class BackWithoutReference(RuleBroken):
    """Money that leaves by card or bank is proved only by its number."""

    message = N_("Type the number that the card machine or the bank app shows for the money that goes back.")


def complete_refund(
    basket: Basket, *, back: Sequence[Paid], key: str, by: Staff, carried: Paid | None = None
) -> Refund:
    """Take back what lies beside the basket: number, moves, what is owed no more, slips, money, record, print job.

    `back` is how money goes back; `carried` is what an exchange takes over to its sale. Pressing twice (the same key)
    gives the same refund. Raises a RuleBroken, and changes nothing, when more would come back than was sold or paid.
    """
    earlier = refund_of_key(key)
    if earlier is not None:
        return same_refund(earlier, basket)
    need_live(basket)
    if not basket.returns:
        raise BasketEmpty()
    shift = need_open_shift_number(basket.register)
    offer = quote_returns(basket)
    if offer.trouble is not None:
        raise offer.trouble
    tenders = [*back, *([carried] if carried is not None else [])]
    check_back(offer.total, tenders)
    refund = write_refund(offer, shift, tenders=tenders, key=key, by=by)
    invoice_refund(refund, by=by, shift=shift)
    if not basket.lines:
        mark_sold(basket)
    opens = bool(sum_of(back, TenderKind.CASH))
    leave_paper(RETURN_SLIP, refund.number, open_drawer=opens, printer=printer_at(basket.register))
    return refund


def give_back_without_receipt(
    basket: Basket,
    goods: Sequence[tuple[Product, Lot | None, Quantity, Money]],
    *,
    reason: str,
    key: str,
    by: Staff,
    kind: TenderKind = TenderKind.CASH,
    reference: str = "",
) -> Refund:
    """Take goods without a receipt back on the shelf and give the money for them, in one go.

    Each of `goods` is product, lot (None for a service), quantity and the price of one. For whoever may name any price:
    the manager, and the replay of past sales.
    """
    earlier = refund_of_key(key)
    if earlier is not None:
        return same_refund(earlier, basket)
    for product, lot, quantity, price in goods:
        lay_without_receipt(
            basket, product, lot, quantity, price=price, condition=Condition.GOOD, reason=reason, any_price=True
        )
    total = quote_returns(basket).total
    return complete_refund(basket, back=[Paid(kind, total, reference)] if total else [], key=key, by=by)


def same_refund(earlier: Refund, basket: Basket) -> Refund:
    """The answer to a second press: the first refund, if it was this basket's."""
    if earlier.order_code != basket.order_code:
        raise KeyOfAnotherBasket(order=earlier.order_code)
    return earlier


def check_back(total: Money, back: Sequence[Paid]) -> None:
    """Refuse amounts that do not make the total, and card or transfer without its number."""
    for tender in back:
        if tender.amount <= ZERO:
            raise NothingPaid()
        if tender.kind is not TenderKind.CASH and not tender.reference:
            raise BackWithoutReference()
    typed = sum((tender.amount for tender in back), ZERO)
    if typed != total:
        raise BackNotRight(total=total, typed=typed)


def write_refund(offer: ReturnQuote, shift: int, *, tenders: Sequence[Paid], key: str, by: Staff) -> Refund:
    """Write the record first, then every row that follows from it."""
    basket, sale = offer.basket, offer.sale
    seq, number = next_seq(), next_refund_number()
    reason = reasons_of(offer)
    bodies = [line_body(n, line) for n, line in enumerate(offer.lines, start=1)]
    body = {
        "no": number,
        "day": offer.day.isoformat(),
        "reg": basket.register.code,
        "order": basket.order_code,
        "sale": sale.number if sale is not None else None,
        "lines": bodies,
        "total": offer.total.dong,
        "back": [tender_body(tender) for tender in tenders],
        "vat": taxes_of(offer),
        "reason": reason,
        "slips": write_slips(bodies, seq, kind=Kind.REFUND),
        "key": key,
    }
    record = write_record(Kind.REFUND, body, by=by, shift=shift)
    row = {
        "number": number,
        "key": key,
        "order_code": basket.order_code,
        "sale_number": sale.number if sale is not None else None,
        "register_id": basket.register_id,
        "shift_number": shift,
        "day": offer.day,
        "refunded_at": record.ts,
        "staff_id": by.id,
        "total": offer.total,
        "reason": reason,
        "record_seq": record.seq,
    }
    insert_refund(row, offer.lines, tenders)
    numbered = list(enumerate(offer.lines, start=1))
    post_moves([move for n, line in numbered for move in moves_of(n, line)], record.seq)
    reverse_owed([owed for n, line in numbered for owed in owed_of(n, line)], record.seq)
    return db.session.get_one(Refund, number)


def next_refund_number() -> int:
    """One more than the last refund; gap-free but for a restore, because a failed one gives its number back."""
    return int(max(db.session.connection().execute(_LAST_NUMBERS).one())) + 1


def reasons_of(offer: ReturnQuote) -> str:
    """Why the goods came back, each reason once."""
    return "; ".join(dict.fromkeys(line.row.reason for line in offer.lines))


def taxes_of(offer: ReturnQuote) -> list[dict[str, Any]]:
    """VAT by rate, added up from the lines; empty for a seller who shows none."""
    totals: dict[str, tuple[Money, Money]] = {}
    for line in offer.lines:
        if line.rate is not None:
            net, vat = totals.get(line.rate, (ZERO, ZERO))
            totals[line.rate] = (net + line.part.amount - line.part.vat, vat + line.part.vat)
    return [{"rate": rate, "net": net.dong, "vat": vat.dong} for rate, (net, vat) in totals.items()]


def line_body(n: int, line: QuotedReturn) -> dict[str, Any]:
    """The line as the journal and the producer's slip keep it (docs/journal.md, REFUND)."""
    row, part = line.row, line.part
    return {
        "n": n,
        "of": row.sale_n,
        "sku": row.product.sku,
        "name": line.name,
        "unit": line.unit_label,
        "lot": row.lot.number if row.lot else None,
        "own": row.lot.owner_code if row.lot else None,
        "qty": part.quantity.thousandths,
        "price": row.price.dong,
        "amt": part.amount.dong,
        "due": part.due.dong,
        "rate": line.rate,
        "vat": part.vat.dong,
        "cond": row.condition.value,
        "to": row.condition.target,
    }


def insert_refund(refund: dict[str, Any], lines: Sequence[QuotedReturn], tenders: Sequence[Paid]) -> None:
    """Write the rows of a refund; straight to the tables, because a customer waits."""
    connection, number = db.session.connection(), refund["number"]
    connection.execute(insert(_REFUNDS), refund)
    connection.execute(insert(_LINES), [line_row(number, n, line) for n, line in enumerate(lines, start=1)])
    rows = [
        {"refund_number": number, "n": n, "kind": each.kind, "amount": each.amount, "reference": each.reference}
        for n, each in enumerate(tenders, start=1)
    ]
    if rows:
        connection.execute(insert(_TENDERS), rows)


def line_row(number: int, n: int, line: QuotedReturn) -> dict[str, Any]:
    """The line as a row of `refund_lines`."""
    row, part = line.row, line.part
    return {
        "refund_number": number,
        "n": n,
        "sale_n": row.sale_n,
        "product_id": row.product_id,
        "lot_id": row.lot_id,
        "owner_code": row.lot.owner_code if row.lot else None,
        "name": line.name,
        "unit_label": line.unit_label,
        "quantity": part.quantity,
        "price": row.price,
        "amount": part.amount,
        "due": part.due,
        "rate": line.rate,
        "vat": part.vat,
        "condition": row.condition,
        "target": row.condition.target,
    }


def moves_of(n: int, line: QuotedReturn) -> list[Move]:
    """The goods come back from the customer, on the shelf or to losses; nothing goes anywhere for a service."""
    lot, target = line.row.lot, line.row.condition.target
    return [Move(lot, CUSTOMER, target, line.part.quantity, n)] if lot is not None and target is not None else []


def owed_of(n: int, line: QuotedReturn) -> list[Owed]:
    """What the owner is owed no more; nothing for the shop's own goods and services."""
    lot, part = line.row.lot, line.part
    return [Owed(lot, part.quantity, part.amount, part.due, n)] if lot is not None and lot.owner is not None else []
