"""Locations (vị trí): where goods can be, counterparties included, so that on-hand is arithmetic."""

import enum

from sqlalchemy import CheckConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, db
from core.i18n import N_, VIETNAMESE, translator
from core.journal.chain import write_record
from core.journal.record import Kind
from core.staff import Staff

SHELF = "shelf"
STOCKROOM = "stockroom"
PRODUCER = "producer"
CUSTOMER = "customer"
LOSS = "loss"
USED = "used"
DIFFERENCE = "difference"
ON_THE_WAY = "on_the_way"
OTHER_POINT = "other_point"


class LocationKind(enum.StrEnum):
    """What a location is: in the shop, or a counterparty."""

    SHELF = "shelf"
    STOCKROOM = "stockroom"
    PRODUCER = "producer"
    CUSTOMER = "customer"
    LOSS = "loss"
    USED = "used"
    """What the point ate, gave to taste or used up itself."""
    DIFFERENCE = "difference"
    """What a count found missing, or found to be there after all."""
    ON_THE_WAY = "on_the_way"
    """Sent to another point and not yet accepted there."""
    OTHER_POINT = "other_point"
    """Other points of sale: goods that they accepted, or that came from them."""


# The places every shop has from its first day on; like the names of goods, their names are kept in Vietnamese.
_FIRST = (
    (SHELF, N_("Sales shelf"), LocationKind.SHELF),
    (STOCKROOM, N_("Stockroom"), LocationKind.STOCKROOM),
    (PRODUCER, N_("Producers"), LocationKind.PRODUCER),
    (CUSTOMER, N_("Customers"), LocationKind.CUSTOMER),
    (LOSS, N_("Losses"), LocationKind.LOSS),
    (USED, N_("Own use and tasting"), LocationKind.USED),
    (DIFFERENCE, N_("Count differences"), LocationKind.DIFFERENCE),
    (ON_THE_WAY, N_("On the way to another point"), LocationKind.ON_THE_WAY),
    (OTHER_POINT, N_("Other points"), LocationKind.OTHER_POINT),
)


class Location(Base):
    """A place of goods. Its code stands in every move, so it never changes."""

    __tablename__ = "locations"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('shelf', 'stockroom', 'producer', 'customer', 'loss', 'used', 'difference', 'on_the_way', "
            "'other_point')",
            "known_kind",
        ),
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[LocationKind]
    record_seq: Mapped[int]


def set_up_locations(*, by: Staff | None) -> None:
    """Write down the places of a shop; `by` is None only while nobody works there yet. Again it does nothing.

    A verb that moves goods to a place younger than some shops (own use, count differences, on the way) calls it first.
    """
    known = set(db.session.scalars(select(Location.code)))
    for code, english, kind in _FIRST:
        if code not in known:
            name = translator(VIETNAMESE)(english)
            body = {"code": code, "name": name, "kind": kind.value}
            record = write_record(Kind.LOCATION, body, by=by)
            db.session.add(Location(code=code, name=name, kind=kind, record_seq=record.seq))
    db.session.flush()
