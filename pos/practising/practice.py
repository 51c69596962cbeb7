"""Practice receipts (phiếu tập sự): what a basket of practice becomes instead of a sale.

A sale is priced, refused and paid just so, but nothing follows from it: no stock, no producer, no drawer and no total
knows of it. All that is kept is one TRAINING record, from which the paper and the trainer's list are read. Nothing
here imports what writes the books, and the journal takes no other record while somebody practises (core/practice.py).
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, delete, func, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from core.database import AppendOnly, Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import JournalRecord, write_record
from core.journal.record import Kind, parse
from core.money import Money
from core.staff import Staff
from pos.basket_table import Basket, BasketEmpty, BasketLine, BasketState, need_live, read_lines
from pos.discounts.cash_rounding import cash_rounding
from pos.discounts.discount import sum_of_offs
from pos.quote import Quote, quote, rounded
from pos.register import Register, printer_at
from pos.shifts.shift_table import Shift, ShiftClosing, open_shift_of
from pos.tender import Paid, change_for
from printers.spool import leave_paper

PRACTICE_RECEIPT = "practice_receipt"
MOST_SHOWN = 100


class NoPracticeBasket(RuleBroken):
    """A customer's basket is sold, never practised."""

    message = N_("Order %(order)s is a customer's. Leave practice and sell it.")


class PracticeReceipt(AppendOnly, Base):
    """One basket that was rung up for practice; `number` counts them apart from the receipts: T1, T2, …

    `shift_number` is the shift that happened to be open at the register, if there was one.
    """

    __tablename__ = "practice_receipts"
    __table_args__ = (CheckConstraint("number > 0", "number_positive"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(unique=True)
    order_code: Mapped[str] = mapped_column(unique=True)
    register_id: Mapped[int] = mapped_column(ForeignKey("registers.id"), index=True)
    shift_number: Mapped[int | None] = mapped_column(ForeignKey("shifts.number"), index=True)
    day: Mapped[date]
    rung_at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    total: Mapped[Money]
    change: Mapped[Money]
    record_seq: Mapped[int] = mapped_column(unique=True)

    register: Mapped[Register] = relationship(viewonly=True)
    staff: Mapped[Staff] = relationship(viewonly=True)

    @property
    def name(self) -> str:
        """The number as paper and screen write it."""
        return f"T{self.number}"

    @property
    def body(self) -> dict[str, Any]:
        """What was rung and how it was paid, as the journal keeps it."""
        record = db.session.get_one(JournalRecord, self.record_seq)
        body: dict[str, Any] = parse(record.record)["body"]
        return body


def complete_practice(
    basket: Basket, *, paid: Sequence[Paid], key: str, by: Staff, seen: Money | None = None
) -> PracticeReceipt:
    """Ring a practice basket up: the refusals of a sale, a paper marked TẬP SỰ, and one TRAINING record.

    Pressing twice (the same key) gives the same receipt. Raises a RuleBroken, and changes nothing, when a price,
    a paper, a lot or the money is not right.
    """
    if not basket.practice:
        raise NoPracticeBasket(order=basket.order_code)
    earlier = db.session.scalar(select(PracticeReceipt).where(PracticeReceipt.key == key))
    if earlier is not None:
        return earlier
    need_live(basket)
    read_lines(basket)
    if not basket.lines:
        raise BasketEmpty()
    offer = quote(basket)
    offer.need_total(seen)
    if offer.trouble is not None:
        raise offer.trouble
    offer = rounded(offer, cash_rounding(offer.total, paid))
    receipt = write_receipt(offer, paid, change_for(offer.total, paid), key=key, by=by)
    basket.state = BasketState.SOLD
    forget_lines(basket)
    leave_paper(PRACTICE_RECEIPT, receipt.number, open_drawer=False, printer=printer_at(basket.register))
    return receipt


def write_receipt(offer: Quote, paid: Sequence[Paid], change: Money, *, key: str, by: Staff) -> PracticeReceipt:
    """Write the record, and the row that finds it."""
    basket, number = offer.basket, next_practice_number()
    shift = open_shift_of(basket.register)
    shift_number = shift.number if shift is not None else None
    body = practice_body(offer, number, paid, change) | {"key": key}
    record = write_record(Kind.TRAINING, body, by=by, shift=shift_number)
    receipt = PracticeReceipt(
        number=number,
        key=key,
        order_code=basket.order_code,
        register_id=basket.register_id,
        shift_number=shift_number,
        day=offer.day,
        rung_at=record.ts,
        staff_id=by.id,
        total=offer.total,
        change=change,
        record_seq=record.seq,
    )
    db.session.add(receipt)
    db.session.flush()
    return receipt


def practice_body(offer: Quote, number: int, paid: Sequence[Paid], change: Money) -> dict[str, Any]:
    """The practice as the journal keeps it (docs/journal.md, TRAINING): no lot's owner, nothing due, no slips."""
    return {
        "no": number,
        "day": offer.day.isoformat(),
        "reg": offer.basket.register.code,
        "order": offer.basket.order_code,
        "lines": practice_lines(offer),
        "total": offer.total.dong,
        "pay": [tender_body(tender) for tender in paid],
        "change": change.dong,
        "vat": [{"rate": t.rate, "net": t.net.dong, "vat": t.vat.dong} for t in offer.taxes],
    }


def practice_lines(offer: Quote) -> list[dict[str, Any]]:
    """What was rung, one line for each line of the basket, with the lots it would have come from."""
    return [
        {
            "n": n,
            "sku": quoted.line.product.sku,
            "name": quoted.line.product.full_name,
            "unit": quoted.line.product.unit_label,
            "kind": quoted.line.product.unit.value,
            "lots": [pick.lot.number for pick in quoted.picks if pick.lot is not None],
            "qty": quoted.line.quantity.thousandths,
            "price": quoted.line.price.dong,
            "disc": sum_of_offs(quoted.offs).dong,
            "amt": quoted.amount.dong,
        }
        for n, quoted in enumerate(offer.lines, start=1)
    ]


def tender_body(tender: Paid) -> dict[str, Any]:
    """A tender as practised; a reference stands in it as it was typed."""
    body: dict[str, Any] = {"kind": tender.kind.value, "amt": tender.amount.dong}
    return body | {"ref": tender.reference} if tender.reference else body


def next_practice_number() -> int:
    """One more than the last practice receipt; a restore need not jump any, for nothing hangs on them."""
    return (db.session.scalar(select(func.max(PracticeReceipt.number))) or 0) + 1


def clear_the_counter(register: Register) -> None:
    """Drop what lies at a register for practice: when practice begins, and when it ends."""
    live = (BasketState.OPEN, BasketState.PARKED)
    left = select(Basket).where(Basket.register_id == register.id, Basket.practice, Basket.state.in_(live))
    for basket in db.session.scalars(left):
        basket.state = BasketState.DROPPED
        forget_lines(basket)
    db.session.flush()


def forget_lines(basket: Basket) -> None:
    """Nothing of practice stays with the goods: what only practice ever touched may still be corrected."""
    db.session.flush()
    db.session.execute(delete(BasketLine).where(BasketLine.basket_id == basket.id))
    db.session.expire(basket, ["lines"])


def practice_receipts() -> list[tuple[PracticeReceipt, dict[str, Any]]]:
    """What was practised, newest first, each with what its record holds; one question for all of them."""
    newest = (
        select(PracticeReceipt, JournalRecord.record)
        .join(JournalRecord, JournalRecord.seq == PracticeReceipt.record_seq)
        .options(joinedload(PracticeReceipt.staff), joinedload(PracticeReceipt.register))
        .order_by(PracticeReceipt.number.desc())
        .limit(MOST_SHOWN)
    )
    return [(receipt, parse(record)["body"]) for receipt, record in db.session.execute(newest)]


def last_practice(register: Register) -> PracticeReceipt | None:
    """The newest practice receipt of a register."""
    of_register = select(PracticeReceipt).where(PracticeReceipt.register_id == register.id)
    return db.session.scalar(of_register.order_by(PracticeReceipt.number.desc()).limit(1))


def practised_in(shift: Shift) -> int:
    """How many practice receipts a shift's report names: all at its register since the report before.

    Those rung while no shift was open are told by the next one, so that none is told by nobody: goods sold "for
    practice" would be the easiest theft.
    """
    last = shift.closing.record_seq if shift.closing is not None else None
    before = (
        select(func.max(ShiftClosing.record_seq))
        .join(Shift, Shift.number == ShiftClosing.shift_number)
        .where(Shift.register_id == shift.register_id, Shift.number < shift.number)
    )
    count = select(func.count()).where(
        PracticeReceipt.register_id == shift.register_id,
        PracticeReceipt.record_seq > (db.session.scalar(before) or -1),
    )
    if last is not None:
        count = count.where(PracticeReceipt.record_seq < last)
    return db.session.scalar(count) or 0
