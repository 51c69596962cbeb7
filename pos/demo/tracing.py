"""What happens to lots of the demo besides selling: one is laid aside, one ends this week, a recall was a mistake."""

from collections.abc import Sequence
from datetime import timedelta

from core.clock import today
from core.quantity import Quantity
from core.staff import Staff
from inventory.catalogue.recall import lift_recall, recall
from inventory.lot import Terms, lot_of_label
from inventory.receiving.delivery import Arrival
from inventory.tracing.hold import hold_lot
from pos.demo.catalogue import Entered
from pos.demo.stock import SIDE_BY_SIDE

# Coffee of three lots: the second is laid aside, the third ends within a week of the day the demo is opened.
THREE_LOTS = "Cà phê Đăk Rve"
HELD_LOT, ENDING_LOT = "L093B", "L093C"
ENDS_IN_DAYS, CAME_DAYS_AGO = 5, 12
CALLED_BACK_LOT = "NGB-0926"


def ending_delivery(one: Entered) -> Arrival | None:
    """Eight packs that came twelve days ago and end in five."""
    if one.goods.name != THREE_LOTS:
        return None
    best_before = today() + timedelta(days=CAME_DAYS_AGO + ENDS_IN_DAYS)
    quantity = Quantity.of(8, one.goods.unit)
    return Arrival(one.product, quantity, Terms.on_commission(1500), best_before, ENDING_LOT, "(demo) phiếu giao hàng")


def lay_a_lot_aside(entered: Sequence[Entered], *, by: Staff) -> None:
    """The shop itself does not trust a lot; nothing where that coffee may not come any more."""
    one = named(entered, THREE_LOTS)
    lot = lot_of_label(one.product, HELD_LOT)
    if lot is not None:
        hold_lot(lot, reason="(demo) bao bì hở, chờ chủ thể xem", by=by)


def recall_by_mistake(entered: Sequence[Entered], *, by: Staff) -> None:
    """A lot of honey is recalled, and the recall lifted within the hour: the notice named a wrong number."""
    one = named(entered, SIDE_BY_SIDE)
    row = recall(
        one.product, lot_number=CALLED_BACK_LOT, reason="(demo) nghi lẫn tạp chất", issuer="(demo) chủ thể", by=by
    )
    lift_recall(row, reason="(demo) thông báo ghi nhầm số lô", by=by)


def named(entered: Sequence[Entered], name: str) -> Entered:
    """The demo's product of a name."""
    return next(one for one in entered if one.goods.name == name)
