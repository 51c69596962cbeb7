"""The demo's slips: a delivery of which a part was refused, and goods that went back to their producer."""

from collections.abc import Sequence

from sqlalchemy import select

from core.database import db
from core.quantity import Quantity
from core.staff import Staff
from inventory.location import SHELF
from inventory.lot import Lot, TermsKind
from inventory.receiving.confirmation import Confirmation, ConfirmedBy
from inventory.receiving.counter_code import set_counter_code
from inventory.receiving.delivery import Arrival, receive_goods
from inventory.receiving.goods_return import GoingBack, return_goods
from inventory.receiving.goods_return_table import ReturnReason
from inventory.receiving.refusal import RefusalReason, Refused
from pos.demo.catalogue import Entered
from pos.demo.stock import SIDE_BY_SIDE, keeps_until, may_come, terms_of

COUNTER_CODE = "407193"
"""What the producer of that delivery types at the counter; pos/demo/README.md says so."""


def receive_in_part(entered: Sequence[Entered], *, by: Staff) -> None:
    """Ten were announced and came, two of them leak: eight are taken in, and the producer says yes by his code."""
    one, arrival = next(
        (one, arrival)
        for one in entered
        if one.goods.name != SIDE_BY_SIDE and one.goods.invented.within_days is None
        and (arrival := announced(one)).terms.consigned and may_come(arrival)
    )  # fmt: skip
    set_counter_code(one.producer, COUNTER_CODE, by=by)
    receive_goods(
        supplier=one.producer,
        lines=[arrival],
        refused=[Refused(one.product, Quantity.of(2), RefusalReason.BROKEN, "(demo)")],
        confirmed=Confirmation(one.producer, ConfirmedBy.CODE),
        by=by,
        note="(demo)",
    )


def announced(one: Entered) -> Arrival:
    """Eight of a product for which the producer's paper says ten."""
    return Arrival(
        one.product, Quantity.of(8), terms_of(one), keeps_until(one), f"L{one.goods.place:03d}S",
        "(demo) phiếu giao hàng", announced=Quantity.of(10),
    )  # fmt: skip


def give_back(*, by: Staff) -> None:
    """Three of the oldest lot on commission did not sell and went home."""
    lot = db.session.scalars(select(Lot).where(Lot.terms == TermsKind.COMMISSION).order_by(Lot.id).limit(1)).one()
    return_goods(
        lot.supplier,
        lines=[GoingBack(lot, Quantity.of(3), SHELF, ReturnReason.UNSOLD)],
        confirmed=Confirmation(lot.supplier, ConfirmedBy.ABSENT),
        by=by,
        note="(demo)",
    )
