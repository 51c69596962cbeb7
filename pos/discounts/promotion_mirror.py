"""Promotions as the journal sees them."""

from collections.abc import Iterator

from sqlalchemy import select

from core.journal.record import Kind
from core.journal.replay import Mirror, Replay, Replayed, Told
from core.staff import Staff
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from pos.discounts.promotion_table import Promotion, PromotionEnd

PROMOTIONS = Replay()

PROMOTIONS.mirror(
    Mirror(
        "promotions",
        select(
            Promotion.number,
            Promotion.name,
            Promotion.kind,
            Promotion.percent,
            Promotion.price,
            Promotion.buy,
            Promotion.free,
            Product.sku,
            Promotion.group_code,
            Producer.code.label("producer"),
            Promotion.first_day,
            Promotion.last_day,
            Promotion.record_seq,
        )
        .outerjoin(Product, Product.id == Promotion.product_id)
        .outerjoin(Producer, Producer.id == Promotion.producer_id),
        key=("number",),
    )
)
PROMOTIONS.mirror(
    Mirror(
        "promotion_ends",
        select(
            PromotionEnd.promotion_number,
            PromotionEnd.ended_at,
            Staff.code.label("staff"),
            PromotionEnd.reason,
            PromotionEnd.record_seq,
        ).join(Staff, Staff.id == PromotionEnd.staff_id),
        key=("promotion_number",),
    )
)


@PROMOTIONS.kind(Kind.PROMOTION)
def _promotion(record: Replayed) -> Iterator[Told]:
    body = record.body
    if body["act"] == "ended":
        row = {"ended_at": record.ts, "staff": record.usr, "reason": body["reason"]}
        yield "promotion_ends", {"promotion_number": body["no"], **row}
        return
    yield (
        "promotions",
        {
            "number": body["no"],
            "name": body["name"],
            "kind": body["kind"],
            "percent": body["percent"],
            "price": body["price"],
            "buy": body["buy"],
            "free": body["free"],
            "sku": body["sku"],
            "group_code": body["group"],
            "producer": body["producer"],
            "first_day": body["from"],
            "last_day": body["to"],
        },
    )
