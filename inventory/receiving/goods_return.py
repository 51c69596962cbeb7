"""Goods returns (phiếu xuất trả): goods go back from shelf or stockroom to the producer who brought them.

Consigned goods he takes back because they are his; bought ones because he agreed to. Each is a kind of record of its
own, so a return holds one of them only. What is past its day or recalled may go back as well.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from core.clock import today
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind
from core.quantity import NONE, Quantity
from core.skipped_number import Series, last_skipped
from core.staff import Staff
from core.text import clean
from inventory.catalogue.producer import Producer
from inventory.location import PRODUCER, SHELF, STOCKROOM, Location
from inventory.lot import Lot
from inventory.receiving.confirmation import Confirmation, confirmation_body, write_confirmation
from inventory.receiving.goods_return_table import GoodsReturn, GoodsReturnLine, ReturnReason
from inventory.stock_level import on_hand
from inventory.stock_move import Move, post_moves

SOURCES = (SHELF, STOCKROOM)


class NothingGoesBack(RuleBroken):
    """A return without lines."""

    message = N_("There is nothing on this slip. Scan the lots that go back first.")


class OtherSuppliersLot(RuleBroken):
    """A slip is one producer's."""

    message = N_("Lot %(lot)s came from %(supplier)s. Goods of %(producer)s only go on this slip.")


class MixedReturn(RuleBroken):
    """Bought and consigned goods on one slip."""

    message = N_("Bought goods and goods on consignment need a return slip each. Take lot %(lot)s out.")


class QuantityNotReturned(RuleBroken):
    """Nothing, or a part of what comes whole."""

    message = N_("How much of %(product)s goes back? Type more than 0, and a whole number for goods by the piece.")


class MoreThanThere(RuleBroken):
    """Nothing goes back that is not there."""

    message = N_("Only %(left)s of %(product)s, lot %(lot)s, are there (%(place)s). Type fewer, or count the shelf.")


@dataclass(frozen=True, slots=True)
class GoingBack:
    """One line of a return: so much of a lot, from where it lies, and why."""

    lot: Lot
    quantity: Quantity
    source: str
    reason: ReturnReason


def return_goods(
    producer: Producer,
    *,
    lines: Sequence[GoingBack],
    by: Staff,
    note: str = "",
    confirmed: Confirmation | None = None,
) -> GoodsReturn:
    """Give goods back to the producer who brought them: moves, the slip, one journal record."""
    check_return(producer, lines)
    returned = GoodsReturn(
        number=next_return_number(), producer_id=producer.id, producer=producer, day=today(),
        note=clean(note, limit=300), staff_code=by.code,
    )  # fmt: skip
    kind = Kind.CONSIGN_OUT if lines[0].lot.owner_id is not None else Kind.GOODS_OUT
    returned.record_seq = seq = write_record(kind, return_body(returned, lines, confirmed), by=by).seq
    db.session.add(returned)
    for n, line in enumerate(lines, start=1):
        db.session.add(GoodsReturnLine(record_seq=seq, n=n, lot_id=line.lot.id, reason=line.reason))
    db.session.flush()
    if confirmed is not None:
        write_confirmation(confirmed, seq)
    post_moves([Move(line.lot, line.source, PRODUCER, line.quantity, n) for n, line in enumerate(lines, start=1)], seq)
    return returned


def check_return(producer: Producer, lines: Sequence[GoingBack]) -> None:
    """Refuse a return that cannot be posted as it stands."""
    if not lines:
        raise NothingGoesBack()
    asked: dict[tuple[str, str], Quantity] = defaultdict(lambda: NONE)
    for line in lines:
        check_lot(producer, line.lot, beside=lines[0].lot)
        assert line.source in SOURCES, f"nothing goes back from {line.source}"
        if line.quantity <= NONE or not line.lot.product.unit.takes(line.quantity):
            raise QuantityNotReturned(product=line.lot.product.name)
        place = (line.lot.number, line.source)
        asked[place] += line.quantity
        left = on_hand(line.lot, line.source)
        if asked[place] > left:
            raise MoreThanThere(
                product=line.lot.product.name, lot=line.lot.number, left=max(left, NONE), place=name_of(line.source)
            )


def check_lot(producer: Producer, lot: Lot, *, beside: Lot | None) -> None:
    """Refuse a lot that somebody else brought, or that belongs to somebody else than the first one of the slip."""
    if lot.supplier_id != producer.id:
        raise OtherSuppliersLot(lot=lot.number, supplier=lot.supplier.name, producer=producer.name)
    if beside is not None and lot.owner_id != beside.owner_id:
        raise MixedReturn(lot=lot.number)


def name_of(place: str) -> str:
    """A place as the shop calls it."""
    return db.session.scalar(select(Location.name).where(Location.code == place)) or place


def next_return_number() -> int:
    """One more than the last; gap-free but for a restore, because a failed return gives its number back."""
    last = db.session.scalar(select(func.max(GoodsReturn.number))) or 0
    return max(last, last_skipped(Series.GOODS_RETURN)) + 1


def return_body(returned: GoodsReturn, lines: Sequence[GoingBack], confirmed: Confirmation | None) -> dict[str, object]:
    """A return as the journal keeps it (docs/journal.md, CONSIGN_OUT and GOODS_OUT)."""
    body: dict[str, object] = {
        "no": returned.number,
        "day": returned.day.isoformat(),
        "to": returned.producer.code,
        "note": returned.note,
        "lines": [
            {
                "n": n,
                "lot": line.lot.number,
                "sku": line.lot.product.sku,
                "qty": line.quantity.thousandths,
                "from": line.source,
                "why": line.reason.value,
            }
            for n, line in enumerate(lines, start=1)
        ],
    }
    if confirmed is not None:
        body["confirmed"] = confirmation_body(confirmed)
    return body
