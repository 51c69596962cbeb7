"""Delivery requests (đề nghị giao hàng): what the shop asked a producer to bring, and by when. No goods move by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import today
from core.database import AppendOnly, Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind
from core.quantity import NONE, Quantity
from core.skipped_number import Series, last_skipped
from core.staff import Staff
from core.text import clean
from inventory.catalogue.producer import Producer, refuse_retired
from inventory.catalogue.product import Product, ProductRetired

MOST_ASKED = Quantity.of(1_000_000)


class NothingAsked(RuleBroken):
    """A request without lines."""

    message = N_("Nothing is asked for. Type a quantity at one product at least.")


class NotTheirs(RuleBroken):
    """Goods of somebody else."""

    message = N_("%(product)s is not made by %(producer)s. Ask its own producer for it.")


class QuantityNotAsked(RuleBroken):
    """Nothing, a part of what comes whole, or a slip of the finger."""

    message = N_(
        "The quantity of %(product)s must be more than 0 and at most %(most)s, and whole for goods by the piece."
    )


class WantedBefore(RuleBroken):
    """A day that has gone by."""

    message = N_("%(day)s has gone by. Type the day on which the goods are to come, today or later.")


class AlreadyClosed(RuleBroken):
    """Closed twice."""

    message = N_("Delivery request %(number)s is closed already.")


class DeliveryRequest(AppendOnly, Base):
    """One request, under its own number."""

    __tablename__ = "delivery_requests"
    __table_args__ = (CheckConstraint("number > 0", "number_positive"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"), index=True)
    day: Mapped[date]
    wanted_on: Mapped[date]
    note: Mapped[str]
    staff_code: Mapped[str]
    record_seq: Mapped[int] = mapped_column(unique=True)

    producer: Mapped[Producer] = relationship(viewonly=True, lazy="joined", innerjoin=True)
    lines: Mapped[list["RequestLine"]] = relationship(viewonly=True, order_by="RequestLine.line")
    closing: Mapped["RequestClosing | None"] = relationship(viewonly=True, uselist=False, lazy="joined")


class RequestLine(AppendOnly, Base):
    """So much of one product; `suggested` is what the shop's figures would have asked for that day."""

    __tablename__ = "delivery_request_lines"
    __table_args__ = (
        CheckConstraint("quantity > 0", "quantity_positive"),
        CheckConstraint("suggested >= 0", "suggested_not_negative"),
    )

    number: Mapped[int] = mapped_column(ForeignKey("delivery_requests.number"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), index=True)
    quantity: Mapped[Quantity]
    suggested: Mapped[Quantity]

    product: Mapped[Product] = relationship(viewonly=True, lazy="joined", innerjoin=True)


class RequestClosing(AppendOnly, Base):
    """Nothing more is expected of a request, although not all of it came."""

    __tablename__ = "delivery_request_closings"

    number: Mapped[int] = mapped_column(ForeignKey("delivery_requests.number"), primary_key=True)
    day: Mapped[date]
    reason: Mapped[str]
    record_seq: Mapped[int] = mapped_column(unique=True)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line of a request to be sent."""

    product: Product
    quantity: Quantity
    suggested: Quantity = NONE


def send_request(
    producer: Producer, wanted: Sequence[Wanted], *, wanted_on: date, by: Staff, note: str = ""
) -> DeliveryRequest:
    """Ask a producer to bring goods: a number, its lines, one journal record. Paper and message are made from it."""
    refuse_retired(producer)
    check_wanted(producer, wanted, wanted_on)
    number = next_request_number()
    body = {
        "no": number,
        "day": today().isoformat(),
        "to": producer.code,
        "wanted": wanted_on.isoformat(),
        "note": clean(note, limit=300),
        "lines": [
            {"n": n, "sku": one.product.sku, "qty": one.quantity.thousandths, "sug": one.suggested.thousandths}
            for n, one in enumerate(wanted, start=1)
        ],
    }
    record = write_record(Kind.REQUEST, body, by=by)
    request = DeliveryRequest(
        number=number, producer_id=producer.id, producer=producer, day=today(), wanted_on=wanted_on,
        note=clean(note, limit=300), staff_code=by.code, record_seq=record.seq,
    )  # fmt: skip
    db.session.add(request)
    db.session.flush()
    db.session.add_all(
        RequestLine(number=number, line=n, product_id=one.product.id, quantity=one.quantity, suggested=one.suggested)
        for n, one in enumerate(wanted, start=1)
    )
    db.session.flush()
    return request


def check_wanted(producer: Producer, wanted: Sequence[Wanted], wanted_on: date) -> None:
    """Refuse a request that cannot be meant."""
    if not wanted:
        raise NothingAsked()
    if wanted_on < today():
        raise WantedBefore(day=wanted_on)
    for one in wanted:
        if one.product.producer_id != producer.id:
            raise NotTheirs(product=one.product.full_name, producer=producer.name)
        if one.product.retired_on is not None:
            raise ProductRetired(product=one.product.full_name)
        if not NONE < one.quantity <= MOST_ASKED or not one.product.unit.takes(one.quantity):
            raise QuantityNotAsked(product=one.product.full_name, most=MOST_ASKED)


def next_request_number() -> int:
    """One more than the last; gap-free but for a restore."""
    last = db.session.scalar(select(func.max(DeliveryRequest.number))) or 0
    return max(last, last_skipped(Series.DELIVERY_REQUEST)) + 1


def close_request(request: DeliveryRequest, *, reason: str, by: Staff) -> None:
    """Expect nothing more of a request."""
    if db.session.get(RequestClosing, request.number) is not None:
        raise AlreadyClosed(number=request.number)
    said = clean(reason, limit=300)
    body = {"no": request.number, "day": today().isoformat(), "reason": said}
    record = write_record(Kind.REQUEST_CLOSE, body, by=by)
    db.session.add(RequestClosing(number=request.number, day=today(), reason=said, record_seq=record.seq))
    db.session.flush()
    db.session.refresh(request, ["closing"])


def request_of(number: int) -> DeliveryRequest | None:
    """The request of a number."""
    return db.session.get(DeliveryRequest, number)
