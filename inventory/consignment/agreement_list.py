"""Agreements as a manager looks over them: which hold, which end soon, whose goods stand here without one."""

import enum
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from core.database import db
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from inventory.consignment.agreement_table import Agreement
from inventory.location import SHELF, STOCKROOM
from inventory.lot import Lot
from inventory.stock_level import quantity_at
from inventory.stock_move import StockMove

SOON = timedelta(days=60)


class Standing(enum.StrEnum):
    """How an agreement stands on a day."""

    GRACE = "grace"
    """Its last day is over; unsold goods are to be fetched until the days of grace end."""
    ENDS_SOON = "ends_soon"
    IN_FORCE = "in_force"
    TO_COME = "to_come"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class ListedAgreement:
    """An agreement with how it stands."""

    agreement: Agreement
    standing: Standing


def standing_of(agreement: Agreement, day: date) -> Standing:
    """How an agreement stands on a day."""
    ends_on, fetch_by = agreement.ends_on, agreement.fetch_by
    if day < agreement.first_day:
        return Standing.TO_COME
    if ends_on is None or fetch_by is None or ends_on - day > SOON:
        return Standing.IN_FORCE
    if day <= ends_on:
        return Standing.ENDS_SOON
    return Standing.GRACE if day <= fetch_by else Standing.OVER


def agreements_by_standing(day: date) -> list[ListedAgreement]:
    """All agreements: what is to be fetched first, then what ends soonest, the rest by producer; what is over last."""
    listed = [ListedAgreement(one, standing_of(one, day)) for one in db.session.scalars(select(Agreement))]
    order = list(Standing)
    return sorted(
        listed,
        key=lambda one: (
            order.index(one.standing),
            one.agreement.ends_on or date.max,
            one.agreement.producer.name_folded,
            one.agreement.number,
        ),
    )


def producers_without_agreement(day: date) -> list[Producer]:
    """Producers of whose goods something stands in the shop on consignment, and with whom no agreement is in force.

    While its days of grace run an agreement still says what becomes of them.
    """
    left = (
        select(Lot.owner_id)
        .join(StockMove, StockMove.lot_id == Lot.id)
        .where(Lot.owner_id.is_not(None))
        .group_by(Lot.id, Lot.owner_id)
        .having(quantity_at(SHELF) + quantity_at(STOCKROOM) > 0)
    )
    owners = db.session.scalars(select(Producer).where(Producer.id.in_(left)).order_by(Producer.name_folded))
    counts = (Standing.GRACE, Standing.ENDS_SOON, Standing.IN_FORCE)
    held = {one.producer_id for one in db.session.scalars(select(Agreement)) if standing_of(one, day) in counts}
    return [owner for owner in owners if owner.id not in held]


def products_to_agree_on(producer: Producer) -> list[Product]:
    """Goods in the range that a producer makes, or has brought here: what terms for one product may be for."""
    brought = select(Lot.product_id).where(Lot.supplier_id == producer.id)
    goods = select(Product).where(
        (Product.producer_id == producer.id) | Product.id.in_(brought),
        Product.retired_on.is_(None),
        Product.service.is_(False),
    )
    return list(db.session.scalars(goods.order_by(Product.name_folded, Product.id)))
