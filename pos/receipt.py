"""The customer's receipt as data, and its numbered copies.

Content after vn_retail 3 of the studies: shop, business location and tax number; number, day, register,
clerk; lines with unit; total; VAT by rate for a seller by the deduction method;
payments and change; the record's number and hash as an anchor outside the shop.
A plain receipt is no invoice and must not be called one.
"""

import base64
from collections.abc import Iterable, Mapping, Sequence

from config.settings import Settings
from core.database import db
from core.journal.chain import JournalRecord
from core.journal.seal import current_terminal
from core.money import ZERO, Money
from core.staff import Staff
from pos.buyers.customer_table import buyer_of
from pos.discounts.discount import DiscountKind, LineDiscount, discounts_of
from pos.invoice.on_receipt import invoice_mark_of
from pos.register import Register, name_as_of, printer_at
from pos.returns.refund_table import RefundLine
from pos.returns.return_window import fair_until
from pos.sale import Sale, SaleLine
from pos.settings.in_force import settings_as_of
from printers.blocks import Block
from printers.copies import next_copy
from printers.documents import CopyMark, Discount, Payment, Receipt, ReceiptLine, Seal, ShopHead, TaxLine
from printers.layouts.receipt import lay_out_receipt
from printers.spool import PrintJob, enqueue, mark_of, paper_columns

RECEIPT = "receipt"
ORIGINAL = CopyMark()
ON_ALL = (DiscountKind.BASKET, DiscountKind.ROUNDING)


def receipt_of(sale: Sale, *, mark: CopyMark = ORIGINAL) -> Receipt:
    """The paper of a sale, from what held when it was sold: a copy says the same as the first."""
    settings, discounts = settings_as_of(sale.record_seq, sale.day), discounts_of(sale.number)
    return Receipt(
        shop=shop_head(settings),
        number=sale.number,
        at=sale.sold_at,
        register=name_as_of(sale.register, sale.record_seq),
        clerk=sale.staff.name,
        lines=tuple(receipt_line(line, discounts.get(line.n, ())) for line in sale.lines),
        total=sale.total,
        payments=tuple(Payment(t.kind.value, t.amount, t.reference) for t in sale.tenders),
        change=sale.change,
        taxes=tax_lines(sale.lines),
        discounts=discounts_on_all(discounts),
        saved=saved_on(sale),
        order_code=sale.order_code,
        buyer=masked_buyer(sale),
        invoice=invoice_mark_of(sale, settings),
        seal=seal_of(sale.record_seq, sale.total),
        return_terms=settings.receipt.return_terms,
        fair_until=fair_until(sale),
        footer=settings.receipt.footer,
        mark=mark,
        demo=settings.demo,
        language=settings.receipt.language,
    )


def masked_buyer(sale: Sale) -> str:
    """Who bought, as a paper may say it; nothing where nobody was asked, or once the data is erased."""
    buyer = buyer_of(sale.order_code)
    return buyer.customer.masked_phone if buyer is not None else ""


def shop_head(settings: Settings) -> ShopHead:
    """Who sells, as every paper says it."""
    return ShopHead.of(settings.shop)


def receipt_line(line: SaleLine, discounts: Sequence[LineDiscount]) -> ReceiptLine:
    """One kind of goods on the paper, with what was taken off this line alone."""
    return ReceiptLine(
        name=line.name,
        quantity=line.quantity,
        price=line.price,
        amount=line.amount,
        unit=line.product.unit,
        unit_label=line.unit_label,
        discount=line.discount,
        stars=line.stars,
        discounts=discounts_on_line(discounts),
        list_price=line.list_price if line.list_price > line.price else None,
    )


def discounts_on_line(discounts: Sequence[LineDiscount]) -> tuple[Discount, ...]:
    """What was taken off one line alone; to the customer it is one discount, whoever bears which part of it."""
    totals: dict[tuple[DiscountKind, str], Money] = {}
    for each in discounts:
        if each.kind not in ON_ALL:
            name = each.name if each.kind is DiscountKind.PROMOTION else ""
            totals[each.kind, name] = totals.get((each.kind, name), ZERO) + each.amount
    return tuple(Discount(kind.value, amount, name) for (kind, name), amount in totals.items())


def discounts_on_all(discounts: Mapping[int, Sequence[LineDiscount]]) -> tuple[Discount, ...]:
    """What was taken off the whole sale, its lines' parts together again."""
    totals = dict.fromkeys(ON_ALL, ZERO)
    for each in (each for rows in discounts.values() for each in rows):
        if each.kind in totals:
            totals[each.kind] += each.amount
    return tuple(Discount(kind.value, amount) for kind, amount in totals.items() if amount)


def saved_on(sale: Sale) -> Money:
    """What the customer paid less than the shop's prices of the day."""
    cheaper = (max(line.list_price.times(line.quantity) - line.amount - line.discount, ZERO) for line in sale.lines)
    return sum(cheaper, ZERO) + sum((line.discount for line in sale.lines), ZERO)


def tax_lines(lines: Iterable[SaleLine | RefundLine]) -> tuple[TaxLine, ...]:
    """VAT by rate, added up from the lines of a sale or of a refund, which add up to it by construction."""
    totals: dict[str, tuple[Money, Money]] = {}
    for line in lines:
        if line.rate is not None:
            net, vat = totals.get(line.rate, (ZERO, ZERO))
            totals[line.rate] = (net + line.amount - line.vat, vat + line.vat)
    return tuple(tax_line(rate, net, vat) for rate, (net, vat) in totals.items())


def tax_line(rate: str, net: Money, vat: Money) -> TaxLine:
    """One rate on a paper."""
    return TaxLine(rate, net, vat)


def seal_of(record_seq: int, total: Money) -> Seal:
    """Where the sale stands in the journal, and the text of the QR that says so."""
    record = db.session.get_one(JournalRecord, record_seq)
    short = short_hash(record.hash)
    qr = f"{current_terminal().tid}|{record.ep}|{record.seq}|{total.dong}|{short}"
    return Seal(seq=record.seq, short_hash=short, qr=qr, signed=record.sig is not None)


def short_hash(record_hash: str) -> str:
    """The first 16 base32 characters of a record's hash: 80 bits, readable over the telephone."""
    return base64.b32encode(bytes.fromhex(record_hash)).decode("ascii")[:16]


def draw_receipt(number: int, copy: int, again: bool) -> list[Block]:
    """The blocks of a receipt for the spool."""
    sale = db.session.get_one(Sale, number)
    receipt = receipt_of(sale, mark=mark_of(RECEIPT, number, copy, again))
    return lay_out_receipt(receipt, paper_columns())


def reprint(sale: Sale, *, by: Staff, at: Register | None = None) -> PrintJob:
    """Print a numbered copy (BẢN SAO n), at the register where it is asked for; it stands in the Z report."""
    copy = max(next_copy(RECEIPT, sale.number), 1)
    return enqueue(RECEIPT, sale.number, copy=copy, printer=printer_at(at or sale.register), by=by)
