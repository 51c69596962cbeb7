"""Whatever made a total smaller or went round a rule before a sale was completed.

Every row is a journal record too (CORRECTION, VOID) and is listed in the Z report.
"""

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import today
from core.database import AppendOnly, Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind
from core.money import Money
from core.quantity import NONE, Quantity
from core.staff import Staff
from inventory.catalogue.product import Product
from inventory.lot import Lot
from pos.basket_table import Basket, BasketLine


class ReasonMissing(RuleBroken):
    """What goes round the book or lowers a total needs a reason."""

    message = N_("Say why, in a few words.")


class CorrectionKind(enum.StrEnum):
    """What was done."""

    QUANTITY = "quantity"
    REMOVAL = "removal"
    LOT_BY_HAND = "lot_by_hand"
    VOID = "void"


class Correction(AppendOnly, Base):
    """One act that lowered a total (`amount` says by how much) or chose a lot by hand."""

    __tablename__ = "corrections"
    __table_args__ = (CheckConstraint("amount >= 0", "amount_not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[CorrectionKind]
    shift_number: Mapped[int] = mapped_column(ForeignKey("shifts.number"), index=True)
    day: Mapped[date]
    corrected_at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    order_code: Mapped[str]
    line: Mapped[int | None]
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lots.id"))
    before: Mapped[Quantity]
    after: Mapped[Quantity]
    amount: Mapped[Money]
    reason: Mapped[str]
    record_seq: Mapped[int] = mapped_column(unique=True)

    staff: Mapped[Staff] = relationship(viewonly=True)
    product: Mapped[Product | None] = relationship(viewonly=True)
    lot: Mapped[Lot | None] = relationship(viewonly=True)


def correct_line(
    line: BasketLine,
    kind: CorrectionKind,
    *,
    after: Quantity,
    amount: Money,
    by: Staff,
    shift: int | None,
    lot: Lot | None = None,
    reason: str = "",
) -> Correction | None:
    """Write down what happens to a line, in the transaction in which it happens; of practice nothing is written."""
    if shift is None:
        return None
    day = today()
    body = {
        "act": kind.value,
        "day": day.isoformat(),
        "order": line.basket.order_code,
        "n": line.n,
        "sku": line.product.sku,
        "lot": lot.number if lot else None,
        "before": line.quantity.thousandths,
        "after": after.thousandths,
        "amt": amount.dong,
        "reason": reason,
    }
    record = write_record(Kind.CORRECTION, body, by=by, shift=shift)
    correction = Correction(
        kind=kind,
        shift_number=shift,
        day=day,
        corrected_at=record.ts,
        staff_id=by.id,
        order_code=line.basket.order_code,
        line=line.n,
        product_id=line.product_id,
        lot_id=lot.id if lot else None,
        before=line.quantity,
        after=after,
        amount=amount,
        reason=reason,
        record_seq=record.seq,
    )
    db.session.add(correction)
    db.session.flush()
    return correction


def write_void(basket: Basket, *, reason: str, by: Staff, shift: int | None) -> Correction | None:
    """Write down that a basket was given up before completion, with all that was in it; of practice nothing."""
    if shift is None:
        return None
    day = today()
    total = basket.total
    body = {
        "day": day.isoformat(),
        "order": basket.order_code,
        "lines": [
            {"n": line.n, "sku": line.product.sku, "qty": line.quantity.thousandths, "amt": line.amount.dong}
            for line in basket.lines
        ],
        "amt": total.dong,
        "reason": reason,
    }
    record = write_record(Kind.VOID, body, by=by, shift=shift)
    correction = Correction(
        kind=CorrectionKind.VOID,
        shift_number=shift,
        day=day,
        corrected_at=record.ts,
        staff_id=by.id,
        order_code=basket.order_code,
        before=NONE,
        after=NONE,
        amount=total,
        reason=reason,
        record_seq=record.seq,
    )
    db.session.add(correction)
    db.session.flush()
    return correction


def corrections_of(shift_number: int) -> list[Correction]:
    """Everything that lowered a total in a shift, in the order it happened."""
    return list(
        db.session.scalars(select(Correction).where(Correction.shift_number == shift_number).order_by(Correction.id))
    )
