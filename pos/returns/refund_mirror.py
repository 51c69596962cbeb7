"""Refunds, their lines and tenders as the journal sees them."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from core.journal.record import Kind
from core.journal.replay import Mirror, Replay, Replayed, Told
from core.staff import Staff
from inventory.catalogue.product import Product
from inventory.lot import Lot
from pos.register import Register
from pos.returns.refund_table import Refund, RefundLine, RefundTender

REFUNDS = Replay()

REFUNDS.mirror(
    Mirror(
        "refunds",
        select(
            Refund.number,
            Refund.key,
            Refund.order_code,
            Refund.sale_number,
            Register.code.label("register"),
            Refund.shift_number,
            Refund.day,
            Refund.refunded_at,
            Staff.code.label("staff"),
            Refund.total,
            Refund.reason,
            Refund.record_seq,
        )
        .join(Register, Register.id == Refund.register_id)
        .join(Staff, Staff.id == Refund.staff_id),
        key=("number",),
    )
)
REFUNDS.mirror(
    Mirror(
        "refund_lines",
        select(
            RefundLine.refund_number,
            RefundLine.n,
            RefundLine.sale_n,
            Product.sku,
            Lot.number.label("lot"),
            RefundLine.owner_code,
            RefundLine.name,
            RefundLine.unit_label,
            RefundLine.quantity,
            RefundLine.price,
            RefundLine.amount,
            RefundLine.due,
            RefundLine.rate,
            RefundLine.vat,
            RefundLine.condition,
            RefundLine.target,
            Refund.record_seq,
        )
        .join(Refund, Refund.number == RefundLine.refund_number)
        .join(Product, Product.id == RefundLine.product_id)
        .outerjoin(Lot, Lot.id == RefundLine.lot_id),
        key=("refund_number", "n"),
    )
)
REFUNDS.mirror(
    Mirror(
        "refund_tenders",
        select(
            RefundTender.refund_number,
            RefundTender.n,
            RefundTender.kind,
            RefundTender.amount,
            RefundTender.reference,
            Refund.record_seq,
        ).join(Refund, Refund.number == RefundTender.refund_number),
        key=("refund_number", "n"),
    )
)


@REFUNDS.kind(Kind.REFUND)
def _refund(record: Replayed) -> Iterator[Told]:
    body = record.body
    yield (
        "refunds",
        {
            "number": body["no"],
            "key": body["key"],
            "order_code": body["order"],
            "sale_number": body["sale"],
            "register": body["reg"],
            "shift_number": record.shift,
            "day": body["day"],
            "refunded_at": record.ts,
            "staff": record.usr,
            "total": body["total"],
            "reason": body["reason"],
        },
    )
    for line in body["lines"]:
        yield "refund_lines", _refund_line(line, body["no"])
    for n, tender in enumerate(body["back"], start=1):
        row = {"kind": tender["kind"], "amount": tender["amt"], "reference": tender.get("ref", "")}
        yield "refund_tenders", {"refund_number": body["no"], "n": n, **row}


def _refund_line(line: dict[str, Any], number: int) -> dict[str, Any]:
    return {
        "refund_number": number,
        "n": line["n"],
        "sale_n": line["of"],
        "sku": line["sku"],
        "lot": line["lot"],
        "owner_code": line["own"],
        "name": line["name"],
        "unit_label": line["unit"],
        "quantity": line["qty"],
        "price": line["price"],
        "amount": line["amt"],
        "due": line["due"],
        "rate": line["rate"],
        "vat": line["vat"],
        "condition": line["cond"],
        "target": line["to"],
    }
