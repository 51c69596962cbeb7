"""Whatever made a total smaller or went round a rule before a sale was completed.

Every row is a journal record too (CORRECTION, VOID) and is listed in the Z report.
"""

import enum
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import today
from core.database import AppendOnly, Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind
from core.money import ZERO, Money
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
    PRICE = "price"
    DISCOUNT = "discount"
    VOID = "void"


class Correction(AppendOnly, Base):
    """One act that lowered a total (`amount` says by how much) or chose a lot by hand.

    A discount on the whole basket names no line. The prices of one unit stand only where a price was set by right.
    """

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
    price_before: Mapped[Money | None]
    price_after: Mapped[Money | None]
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
    row = Correction(
        kind=kind,
        line=line.n,
        product_id=line.product_id,
        lot_id=lot.id if lot else None,
        before=line.quantity,
        after=after,
        amount=amount,
        reason=reason,
    )
    return _write(Kind.CORRECTION, _about(line, row, lot), row, line.basket, by=by, shift=shift)


def correct_price(
    line: BasketLine, price: Money, *, amount: Money, reason: str, by: Staff, shift: int | None
) -> Correction | None:
    """Write down that one unit of a line costs another price than before, set by right."""
    row = Correction(
        kind=CorrectionKind.PRICE,
        line=line.n,
        product_id=line.product_id,
        before=line.quantity,
        after=line.quantity,
        amount=amount,
        price_before=line.price,
        price_after=price,
        reason=reason,
    )
    prices = {"price_before": line.price.dong, "price_after": price.dong}
    return _write(Kind.CORRECTION, _about(line, row, None) | prices, row, line.basket, by=by, shift=shift)


def _about(line: BasketLine, row: Correction, lot: Lot | None) -> dict[str, Any]:
    return {
        "act": row.kind.value,
        "n": line.n,
        "sku": line.product.sku,
        "lot": lot.number if lot else None,
        "before": row.before.thousandths,
        "after": row.after.thousandths,
    }


def correct_basket(
    basket: Basket, kind: CorrectionKind, *, amount: Money, reason: str, by: Staff, shift: int | None
) -> Correction | None:
    """Write down what happens to a basket as a whole, such as a discount on all of it."""
    body = {"act": kind.value, "n": None, "sku": None, "lot": None, "before": 0, "after": 0}
    row = Correction(kind=kind, before=NONE, after=NONE, amount=amount, reason=reason)
    return _write(Kind.CORRECTION, body, row, basket, by=by, shift=shift)


def write_void(
    basket: Basket, amounts: Mapping[int, Money], *, reason: str, by: Staff, shift: int | None
) -> Correction | None:
    """Write down that a basket was given up before completion, with what each line of it would have cost."""
    lines = [
        {"n": line.n, "sku": line.product.sku, "qty": line.quantity.thousandths, "amt": amounts[line.n].dong}
        for line in basket.lines
    ]
    total = sum(amounts.values(), ZERO)
    row = Correction(kind=CorrectionKind.VOID, before=NONE, after=NONE, amount=total, reason=reason)
    return _write(Kind.VOID, {"lines": lines}, row, basket, by=by, shift=shift)


def _write(
    kind: Kind, body: dict[str, Any], row: Correction, basket: Basket, *, by: Staff, shift: int | None
) -> Correction | None:
    """Write the record, and the row that says the same; nothing where no shift answers, as in practice."""
    if shift is None:
        return None
    row.day, row.order_code = today(), basket.order_code
    about = {"day": row.day.isoformat(), "order": row.order_code, "amt": row.amount.dong, "reason": row.reason}
    record = write_record(kind, body | about, by=by, shift=shift)
    row.shift_number, row.corrected_at, row.staff_id, row.record_seq = shift, record.ts, by.id, record.seq
    db.session.add(row)
    return row


def corrections_of(shift_number: int) -> list[Correction]:
    """Everything that lowered a total in a shift, in the order it happened."""
    return list(
        db.session.scalars(select(Correction).where(Correction.shift_number == shift_number).order_by(Correction.id))
    )
