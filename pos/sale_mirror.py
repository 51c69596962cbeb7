"""Sales, their lines and tenders as the journal sees them."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from core.journal.record import Kind
from core.journal.replay import Mirror, Replay, Replayed, Told
from core.staff import Staff
from inventory.catalogue.product import Product
from inventory.lot import Lot
from pos.discounts.discount import LineDiscount
from pos.register import Register
from pos.sale import Sale, SaleLine, Tender

SALES = Replay()

SALES.mirror(
    Mirror(
        "sales",
        select(
            Sale.number,
            Sale.key,
            Sale.order_code,
            Register.code.label("register"),
            Sale.shift_number,
            Sale.day,
            Sale.sold_at,
            Staff.code.label("staff"),
            Sale.total,
            Sale.change,
            Sale.fair,
            Sale.record_seq,
        )
        .join(Register, Register.id == Sale.register_id)
        .join(Staff, Staff.id == Sale.staff_id),
        key=("number",),
    )
)
SALES.mirror(
    Mirror(
        "sale_lines",
        select(
            SaleLine.sale_number,
            SaleLine.n,
            Product.sku,
            Lot.number.label("lot"),
            SaleLine.owner_code,
            SaleLine.name,
            SaleLine.unit_label,
            SaleLine.quantity,
            SaleLine.price,
            SaleLine.list_price,
            SaleLine.discount,
            SaleLine.amount,
            SaleLine.due,
            SaleLine.rate,
            SaleLine.vat,
            SaleLine.stars,
            SaleLine.why,
            Sale.record_seq,
        )
        .join(Sale, Sale.number == SaleLine.sale_number)
        .join(Product, Product.id == SaleLine.product_id)
        .outerjoin(Lot, Lot.id == SaleLine.lot_id),
        key=("sale_number", "n"),
    )
)
SALES.mirror(
    Mirror(
        "line_discounts",
        select(
            LineDiscount.sale_number,
            LineDiscount.n,
            LineDiscount.k,
            LineDiscount.kind,
            LineDiscount.name,
            LineDiscount.amount,
            LineDiscount.bearer,
            LineDiscount.promotion,
            Sale.record_seq,
        ).join(Sale, Sale.number == LineDiscount.sale_number),
        key=("sale_number", "n", "k"),
    )
)
SALES.mirror(
    Mirror(
        "tenders",
        select(Tender.sale_number, Tender.n, Tender.kind, Tender.amount, Tender.reference, Sale.record_seq).join(
            Sale, Sale.number == Tender.sale_number
        ),
        key=("sale_number", "n"),
    )
)


@SALES.kind(Kind.SALE)
def _sale(record: Replayed) -> Iterator[Told]:
    body = record.body
    yield (
        "sales",
        {
            "number": body["no"],
            "key": body["key"],
            "order_code": body["order"],
            "register": body["reg"],
            "shift_number": record.shift,
            "day": body["day"],
            "sold_at": record.ts,
            "staff": record.usr,
            "total": body["total"],
            "change": body["change"],
            "fair": body.get("fair", False),
        },
    )
    for line in body["lines"]:
        yield "sale_lines", _sale_line(line, body["no"])
        for k, off in enumerate(line.get("offs", ()), start=1):
            yield "line_discounts", {"sale_number": body["no"], "n": line["n"], "k": k, **_off(off)}
    for n, tender in enumerate(body["pay"], start=1):
        row = {"kind": tender["kind"], "amount": tender["amt"], "reference": tender.get("ref", "")}
        yield "tenders", {"sale_number": body["no"], "n": n, **row}


def _sale_line(line: dict[str, Any], number: int) -> dict[str, Any]:
    return {
        "sale_number": number,
        "n": line["n"],
        "sku": line["sku"],
        "lot": line["lot"],
        "owner_code": line["own"],
        "name": line["name"],
        "unit_label": line["unit"],
        "quantity": line["qty"],
        "price": line["price"],
        "list_price": line.get("list", line["price"]),
        "discount": line["disc"],
        "amount": line["amt"],
        "due": line["due"],
        "rate": line["rate"],
        "vat": line["vat"],
        "stars": line.get("stars"),
        "why": line.get("why"),
    }


def _off(off: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": off["kind"],
        "name": off["name"],
        "amount": off["amt"],
        "bearer": off["bearer"],
        "promotion": off.get("promo"),
    }
