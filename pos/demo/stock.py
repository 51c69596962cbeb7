"""Fills the demo's shelf: deliveries on all kinds of terms, best-before days, one expired lot, one recalled."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction

from core.clock import today
from core.errors import RuleBroken
from core.money import Money
from core.quantity import Quantity
from core.staff import Staff
from inventory.catalogue.eligibility import check_receivable
from inventory.catalogue.producer import Producer
from inventory.catalogue.recall import recall
from inventory.lot import Terms, lot_of_label
from inventory.receiving.delivery import Arrival, receive_goods
from pos.demo.agreements import as_agreed
from pos.demo.catalogue import Entered

# The honey that stands on one shelf bought, on commission and at a delivery price.
SIDE_BY_SIDE = "Mật ong ngũ gia bì"
EXPIRED = "Cơm cháy Huy Hoàng"
RECALLED = "Lạp sườn Tâm Hòa"
RECALLED_LOT = "TH-0926"
_HUNDRED = 100
Choose = Callable[[Entered], Arrival | None]


def terms_of(one: Entered) -> Terms:
    """Invented terms: nameless producers are paid at once, of the others every third sells on each kind of terms."""
    price = one.goods.price
    if one.goods.producer.startswith("Hộ sản xuất (chưa rõ tên)") or one.goods.place % 3 == 0:
        return Terms.bought(part_of(price, 70))
    if one.goods.place % 3 == 1:
        return Terms.on_commission(1500 if one.goods.place % 2 else 2000)
    return Terms.at_delivery_price(part_of(price, 80))


def part_of(price: Money, percent: int) -> Money:
    """A part of a price, in whole hundreds of đồng."""
    return Money(price.share(Fraction(percent, _HUNDRED)).dong // _HUNDRED * _HUNDRED)


def deliver(entered: Sequence[Entered], choose: Choose, *, by: Staff) -> None:
    """One receipt for each producer and kind of ownership, of what `choose` lets come today and may come."""
    slips: dict[tuple[str, bool], tuple[Producer, list[Arrival]]] = {}
    for one in entered:
        arrival = choose(one)
        if arrival is not None and may_come(arrival):
            slip = slips.setdefault((one.producer.code, arrival.terms.consigned), (one.producer, []))
            slip[1].append(arrival)
    for producer, lines in slips.values():
        agreed = [as_agreed(producer, line) for line in lines]
        receive_goods(supplier=producer, lines=agreed, by=by, note="(demo)")


def partners_in(entered: Sequence[Entered], most: int = 5) -> list[list[Entered]]:
    """The first producers who leave goods on consignment, each with these goods; never the one of the honey."""
    bees = {one.producer.code for one in entered if one.goods.name == SIDE_BY_SIDE}
    consigned: dict[str, list[Entered]] = {}
    for one in entered:
        if one.producer.code not in bees and terms_of(one).consigned and one.goods.invented.within_days is None:
            consigned.setdefault(one.producer.code, []).append(one)
    return list(consigned.values())[:most]


def may_come(arrival: Arrival) -> bool:
    """Whether the shop may take these goods in today."""
    try:
        check_receivable(arrival.product, today(), sell_by=arrival.best_before)
    except RuleBroken:
        return False
    return True


def first_delivery(one: Entered) -> Arrival | None:
    """Goods that keep: the first lot of each."""
    if one.goods.invented.within_days is not None:
        return None
    best_before, lot = keeps_until(one), f"L{one.goods.place:03d}A"
    if one.goods.name == EXPIRED:
        best_before = today() + timedelta(days=44)  # the day before the demo opens
    if one.goods.name == RECALLED:
        lot = RECALLED_LOT
    quantity = 6 if one.goods.name == SIDE_BY_SIDE else one.goods.invented.quantity
    terms = Terms.bought(part_of(one.goods.price, 70)) if one.goods.name == SIDE_BY_SIDE else terms_of(one)
    return Arrival(
        one.product, Quantity.of(quantity, one.goods.unit), terms, best_before, lot, "(demo) phiếu giao hàng"
    )


def side_by_side(one: Entered) -> Arrival | None:
    """The same honey again, now on commission."""
    if one.goods.name != SIDE_BY_SIDE:
        return None
    terms = Terms.on_commission(1500)
    return Arrival(one.product, Quantity.of(12), terms, keeps_until(one), "NGB-0926", "(demo) phiếu gửi bán")


def second_delivery(one: Entered) -> Arrival | None:
    """A younger lot of every fourth; of the honey a third kind of terms."""
    if one.goods.invented.within_days is not None:
        return None
    if one.goods.name != SIDE_BY_SIDE and one.goods.place % 4 != 1:
        return None
    same = one.goods.name == SIDE_BY_SIDE
    terms = Terms.at_delivery_price(part_of(one.goods.price, 82)) if same else terms_of(one)
    lot = f"L{one.goods.place:03d}B"
    return Arrival(one.product, Quantity.of(10, one.goods.unit), terms, keeps_until(one), lot, "(demo) phiếu giao hàng")


def fresh_delivery(one: Entered) -> Arrival | None:
    """Fresh goods of this morning, without barcode or best-before day."""
    if one.goods.invented.within_days is None:
        return None
    quantity = Quantity.of(one.goods.invented.quantity, one.goods.unit)
    return Arrival(one.product, quantity, terms_of(one), papers="(demo) phiếu giao hàng")


def keeps_until(one: Entered) -> date | None:
    """An invented best-before day; None for goods that do not spoil."""
    days = one.goods.invented.shelf_days
    return None if days is None else today() + timedelta(days=days - one.goods.place % 15)


def recall_a_lot(entered: Sequence[Entered], *, by: Staff) -> None:
    """One lot is recalled under the producer's own number for it."""
    one = next(one for one in entered if one.goods.name == RECALLED)
    lot = lot_of_label(one.product, RECALLED_LOT)
    if lot is not None:
        recall(one.product, lot_number=lot.producer_lot, reason="(demo) chỉ tiêu vi sinh vượt ngưỡng",
               issuer="(demo) chủ thể", by=by)  # fmt: skip
