"""What came of what was asked: goods that a producer brought, laid against his open requests, the oldest first."""

import enum
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from core.clock import today
from core.database import db
from core.quantity import NONE, Quantity
from inventory.location import PRODUCER
from inventory.lot import Lot
from inventory.receiving.receipt_reversal import ReceiptReversal
from inventory.receiving.receipt_table import GoodsReceipt
from inventory.reordering.delivery_request import DeliveryRequest, RequestLine
from inventory.reordering.estimate.lead_time import LeadTime, lead_time
from inventory.stock_move import StockMove


class State(enum.StrEnum):
    """How far a request got."""

    OPEN = "open"
    LATE = "late"
    CAME = "came"
    CLOSED = "closed"


class Brought(NamedTuple):
    """So much of a product on one goods receipt."""

    product_id: int
    quantity: Quantity
    receipt: int
    day: date
    record_seq: int


@dataclass(slots=True)
class LineFulfilment:
    """One line of a request, and what came for it."""

    line: RequestLine
    came: Quantity = NONE

    @property
    def missing(self) -> Quantity:
        """What did not come."""
        return self.line.quantity - self.came


@dataclass(slots=True)
class Fulfilment:
    """A request and what came for it: the receipts, and the first and the last day."""

    request: DeliveryRequest
    lines: list[LineFulfilment]
    receipts: list[int] = field(default_factory=list)
    first_came: date | None = None
    last_came: date | None = None

    @property
    def is_whole(self) -> bool:
        """Whether all of it came."""
        return not any(line.missing for line in self.lines)

    @property
    def state(self) -> State:
        """How far it got by today."""
        if self.is_whole:
            return State.CAME
        if self.request.closing is not None:
            return State.CLOSED
        return State.LATE if self.request.wanted_on < today() else State.OPEN

    @property
    def days_late(self) -> int:
        """How many days after the wanted day the last goods came; while some are missing, until today."""
        until = self.last_came if self.is_whole or self.request.closing else today()
        return max((until - self.request.wanted_on).days, 0) if until is not None else 0


def fulfilments(producer_id: int | None = None) -> list[Fulfilment]:
    """Every request of a producer, or of all, with what came for it; the oldest first."""
    wanted = select(DeliveryRequest).order_by(DeliveryRequest.number)
    if producer_id is not None:
        wanted = wanted.where(DeliveryRequest.producer_id == producer_id)
    requests = list(db.session.scalars(wanted))
    lines: dict[int, list[RequestLine]] = defaultdict(list)
    for line in db.session.scalars(
        select(RequestLine).where(RequestLine.number.in_([one.number for one in requests])).order_by(RequestLine.line)
    ):
        lines[line.number].append(line)
    found = [Fulfilment(one, [LineFulfilment(line) for line in lines[one.number]]) for one in requests]
    if found:
        first = found[0].request.record_seq
        lay_against(found, brought_since(first, {one.request.producer_id for one in found}))
    return found


def brought_since(record_seq: int, producer_ids: Iterable[int]) -> list[Brought]:
    """What these producers brought after a record; receipts that were entered by mistake left out."""
    taken_back = select(ReceiptReversal.receipt_number)
    query = (
        select(Lot.product_id, StockMove.quantity, GoodsReceipt.number, GoodsReceipt.day, GoodsReceipt.record_seq)
        .join(Lot, Lot.id == StockMove.lot_id)
        .join(GoodsReceipt, GoodsReceipt.record_seq == StockMove.record_seq)
        .where(StockMove.source == PRODUCER, GoodsReceipt.supplier_id.in_(list(producer_ids)))
        .where(GoodsReceipt.record_seq > record_seq, GoodsReceipt.number.not_in(taken_back))
        .order_by(GoodsReceipt.record_seq, StockMove.line)
    )
    return [Brought(*row) for row in db.session.execute(query)]


def lay_against(found: Sequence[Fulfilment], brought: Iterable[Brought]) -> None:
    """Each arrival fills the oldest line that still lacks it; what nobody asked for fills none."""
    waiting: dict[int, list[tuple[Fulfilment, LineFulfilment]]] = defaultdict(list)
    for one in found:
        for line in one.lines:
            waiting[line.line.product_id].append((one, line))
    for arrival in brought:
        left = arrival.quantity
        for one, line in waiting[arrival.product_id]:
            if left <= NONE or not _may_take(one.request, arrival) or not line.missing:
                continue
            taken = min(left, line.missing)
            line.came, left = line.came + taken, left - taken
            _note(one, arrival)


def _may_take(request: DeliveryRequest, arrival: Brought) -> bool:
    """Whether it came after the request was sent, and before nothing more was expected."""
    closed = request.closing
    return request.record_seq < arrival.record_seq and (closed is None or arrival.record_seq < closed.record_seq)


def _note(one: Fulfilment, arrival: Brought) -> None:
    if arrival.receipt not in one.receipts:
        one.receipts.append(arrival.receipt)
    one.first_came = one.first_came or arrival.day
    one.last_came = arrival.day


def learnt_lead_time(found: Iterable[Fulfilment]) -> LeadTime | None:
    """How many days these requests took until goods came."""
    return lead_time([(one.first_came - one.request.day).days for one in found if one.first_came is not None])


def still_coming(found: Iterable[Fulfilment]) -> dict[int, list[tuple[date, Quantity]]]:
    """What is asked for and still expected, by product, with the day it was wanted on."""
    coming: dict[int, list[tuple[date, Quantity]]] = defaultdict(list)
    for one in found:
        if one.state in (State.OPEN, State.LATE):
            for line in one.lines:
                if line.missing:
                    coming[line.line.product_id].append((one.request.wanted_on, line.missing))
    return coming
