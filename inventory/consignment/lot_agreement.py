"""Which terms of an agreement a lot came under: written at its receipt, never changed."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ForeignKey, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from core.database import AppendOnly, Base, db
from inventory.consignment.agreed_terms import AgreedTerms
from inventory.lot import Lot


class LotAgreement(AppendOnly, Base):
    """The lot came under this row of terms; with it minimum price, discounts and losses of the lot are settled."""

    __tablename__ = "lot_agreements"

    lot_id: Mapped[int] = mapped_column(ForeignKey("lots.id"), primary_key=True, autoincrement=False)
    terms_id: Mapped[int] = mapped_column(ForeignKey("agreement_terms.id"), index=True)
    record_seq: Mapped[int] = mapped_column(index=True)


def freeze_terms(lots: Sequence[Lot], agreed: Sequence[AgreedTerms | None]) -> None:
    """Tie lots that were just received to the terms they came under, inside the receipt's transaction."""
    for lot, row in zip(lots, agreed, strict=True):
        if row is not None:
            assert lot.frozen_terms == row.terms, f"lot {lot.number} came on other terms than were agreed"
            db.session.add(LotAgreement(lot_id=lot.id, terms_id=row.id, record_seq=lot.record_seq))


def agreed_terms_of(lot: Lot) -> AgreedTerms | None:
    """The terms that a lot came under; None where no agreement was in force."""
    row = db.session.get(LotAgreement, lot.id)
    return db.session.get_one(AgreedTerms, row.terms_id) if row is not None else None


def agreed_terms_of_lots(lot_ids: Collection[int]) -> dict[int, AgreedTerms]:
    """The same of many lots, in one query; lots without an agreement are left out."""
    if not lot_ids:
        return {}
    found = dict[int, AgreedTerms]()
    for lot_id, agreed in db.session.execute(_OF_LOTS, {"lots": list(lot_ids)}):
        found[lot_id] = agreed
    return found


# Made once: building a statement takes longer than running it, and each redraw of the till asks.
_TABLE: Any = LotAgreement.__table__
_OF_LOTS = (
    select(_TABLE.c.lot_id, AgreedTerms)
    .join(AgreedTerms, AgreedTerms.id == _TABLE.c.terms_id)
    .where(_TABLE.c.lot_id.in_(bindparam("lots", expanding=True)))
)
