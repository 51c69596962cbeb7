"""What a clerk may do only when a manager stands by: which acts these are, and the manager's word written down."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.database import AppendOnly, Base, db
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind
from core.staff import Staff

LOOK_LASTS = timedelta(minutes=2)


class Act(StrEnum):
    """An act that a shop may keep for its managers; each has a setting of its name under [approval]."""

    EXPECTED_CASH = "expected_cash"
    EMPTY_LOT = "empty_lot"
    OPEN_DRAWER = "open_drawer"
    MONEY_BACK = "money_back"
    DISCOUNT = "discount"
    SET_PRICE = "set_price"
    RETURN_WITHOUT_RECEIPT = "return_without_receipt"
    RETURN_LATE = "return_late"
    OTHER_TENDER = "other_tender"
    CASH_OUT = "cash_out"
    WRONG_STICKER = "wrong_sticker"


ACT_NAMES = {
    Act.EXPECTED_CASH: N_("See what should be in the drawer before it is counted"),
    Act.EMPTY_LOT: N_("Sell from a lot that the book calls empty"),
    Act.OPEN_DRAWER: N_("Open the drawer without a sale"),
    Act.MONEY_BACK: N_("Give money back before the sale is complete"),
    Act.DISCOUNT: N_("Give a discount beyond the clerk's own right"),
    Act.SET_PRICE: N_("Sell at another price than the shop's"),
    Act.RETURN_WITHOUT_RECEIPT: N_("Take goods back without their receipt"),
    Act.RETURN_LATE: N_("Take goods back after the days that the shop grants"),
    Act.OTHER_TENDER: N_("Give money back another way than it was paid"),
    Act.CASH_OUT: N_("Take more cash out of the drawer than a clerk may alone"),
    Act.WRONG_STICKER: N_("Acknowledge that a wrong sticker hung at the counter"),
}


class Approval(AppendOnly, Base):
    """One act of a clerk that a manager approved; its record stands in the transaction of the act itself."""

    __tablename__ = "approvals"

    id: Mapped[int] = mapped_column(primary_key=True)
    act: Mapped[Act]
    about: Mapped[str]
    approved_at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    approver_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    shift: Mapped[int | None] = mapped_column(index=True)
    record_seq: Mapped[int] = mapped_column(unique=True)

    staff: Mapped[Staff] = relationship(viewonly=True, foreign_keys=staff_id)
    approver: Mapped[Staff] = relationship(viewonly=True, foreign_keys=approver_id)

    def still_shows(self, act: Act, about: str, by: Staff) -> bool:
        """Whether this approval lets its clerk look at what it was given for: for two minutes."""
        lasts = timedelta(0) <= clock.now() - self.approved_at <= LOOK_LASTS
        return lasts and (self.act, self.about, self.staff_id) == (act, about, by.id)


def write_approval(act: Act, *, about: str, by: Staff, approver: Staff, shift: int | None = None) -> Approval:
    """Write down, in the transaction of the act, who did it and who approved it."""
    body = {"act": act.value, "about": about, "approved": approver.code}
    record = write_record(Kind.APPROVAL, body, by=by, shift=shift)
    approval = Approval(
        act=act,
        about=about,
        approved_at=record.ts,
        staff_id=by.id,
        approver_id=approver.id,
        shift=shift,
        record_seq=record.seq,
    )
    db.session.add(approval)
    db.session.flush()
    return approval


def approvals_in(shift: int) -> list[Approval]:
    """What managers approved in a shift, in the order it happened."""
    return list(db.session.scalars(select(Approval).where(Approval.shift == shift).order_by(Approval.id)))
