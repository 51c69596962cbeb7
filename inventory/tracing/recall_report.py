"""What a recall means for this shop: which lots, what is left where, what went out when, and what the notices say."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from core.database import db
from core.quantity import NONE, Quantity
from inventory.catalogue.product import Product
from inventory.catalogue.recall import Recall, RecallLift
from inventory.lot import Lot
from inventory.tracing.recall_ack import RecallAck, acks_of
from inventory.tracing.trace import Step, Trace, TracedMove, traces_of


@dataclass(frozen=True, slots=True)
class LeftThere:
    """So much of a lot is at a place in the shop."""

    lot: Lot
    place: str
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Went:
    """One move of a lot that left the shop, or came back into it."""

    lot: Lot
    traced: TracedMove

    @property
    def record_seq(self) -> int:
        """The record of its document."""
        return self.traced.move.record_seq


@dataclass(frozen=True, slots=True)
class RecallReport:
    """A recall with the lots that it covers here; `lift` is its end, `acks` what was found, the latest first."""

    recalled: Recall
    product: Product
    lift: RecallLift | None
    traces: Sequence[Trace]
    acks: Sequence[RecallAck]

    @property
    def lots(self) -> list[Lot]:
        """The lots that the shop received of it."""
        return [trace.lot for trace in self.traces]

    @property
    def left(self) -> list[LeftThere]:
        """What is still in the shop, by lot and place."""
        return [
            LeftThere(trace.lot, place, quantity) for trace in self.traces for place, quantity in trace.left.items()
        ]

    @property
    def left_in_all(self) -> Quantity:
        """How much of it is still in the shop."""
        return sum((one.quantity for one in self.left), NONE)

    def went(self, step: Step) -> list[Went]:
        """The moves of one kind, the latest first."""
        found = [Went(trace.lot, one) for trace in self.traces for one in trace.of(step)]
        return sorted(found, key=lambda went: went.traced.move.id, reverse=True)

    def total(self, step: Step) -> Quantity:
        """How much went that way."""
        return sum((trace.total(step) for trace in self.traces), NONE)

    @property
    def steps(self) -> list[Step]:
        """The ways that goods of these lots took out of the shop, sales left out."""
        taken = {step for trace in self.traces for step in trace.steps}
        return [step for step in Step if step in taken and step is not Step.SOLD]

    @property
    def records(self) -> set[int]:
        """The records of all these moves."""
        return set[int]().union(*(trace.records for trace in self.traces))


def report_of(recalled: Recall) -> RecallReport:
    """What a recall means, as of now."""
    of_product = select(Lot).where(Lot.product_id == recalled.product_id).order_by(Lot.id)
    covered = [lot for lot in db.session.scalars(of_product) if recalled.covers(lot)]
    product = db.session.get_one(Product, recalled.product_id)
    lift = db.session.get(RecallLift, recalled.id)
    return RecallReport(recalled, product, lift, traces_of(covered), acks_of(recalled))


@dataclass(frozen=True, slots=True)
class Numbered:
    """Lots that one number names: the producer's own where there is one, else ours."""

    number: str
    lots: tuple[Lot, ...]


def numbers_to_recall(product: Product) -> list[Numbered]:
    """What a recall of less than the whole product may name, the newest first."""
    found: dict[str, list[Lot]] = {}
    for lot in db.session.scalars(select(Lot).where(Lot.product_id == product.id).order_by(Lot.id.desc())):
        found.setdefault(lot.producer_lot or lot.number, []).append(lot)
    return [Numbered(number, tuple(lots)) for number, lots in found.items()]


def latest_recalls(limit: int | None = 100) -> list[tuple[Recall, Product, RecallLift | None]]:
    """The recalls in force first, then those that were lifted, the latest first."""
    rows = db.session.execute(
        select(Recall, Product, RecallLift)
        .join(Product, Product.id == Recall.product_id)
        .outerjoin(RecallLift, RecallLift.recall_id == Recall.id)
        .order_by(RecallLift.recall_id.isnot(None), Recall.id.desc())
        .limit(limit)
    )
    return [(recalled, product, lift) for recalled, product, lift in rows]


def recall_of(uid: str) -> Recall | None:
    """The recall of a uid, or None."""
    return db.session.scalar(select(Recall).where(Recall.uid == uid))
