"""A list of past sales while it is looked over, one for each person; nothing of it counts before it is entered."""

from datetime import date, timedelta

from sqlalchemy import ForeignKey, delete
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import today
from core.database import Base, db
from core.spreadsheet.sheet import Sheet
from core.staff import Staff
from core.text import clean
from inventory.importing.goods_import_draft import sheet_as_text, sheet_from_text

KEPT = timedelta(days=7)


class PastDemandDraft(Base):
    """The cells as they were read."""

    __tablename__ = "past_demand_drafts"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True, autoincrement=False)
    file_name: Mapped[str]
    sheet: Mapped[str]
    opened_on: Mapped[date]

    @property
    def rows(self) -> Sheet:
        """The cells."""
        return sheet_from_text(self.sheet)


def open_past_demand(staff: Staff, sheet: Sheet, *, file_name: str) -> PastDemandDraft:
    """Take a list up, in place of an earlier one; lists that nobody came back to go."""
    drop_past_demand(staff)
    db.session.execute(delete(PastDemandDraft).where(PastDemandDraft.opened_on < today() - KEPT))
    name = clean(file_name, limit=2_000)[-120:]
    draft = PastDemandDraft(staff_id=staff.id, file_name=name, sheet=sheet_as_text(sheet), opened_on=today())
    db.session.add(draft)
    db.session.flush()
    return draft


def past_demand_of(staff: Staff) -> PastDemandDraft | None:
    """The list that this person looks over."""
    return db.session.get(PastDemandDraft, staff.id)


def drop_past_demand(staff: Staff) -> None:
    """Put it away."""
    db.session.execute(delete(PastDemandDraft).where(PastDemandDraft.staff_id == staff.id))
    db.session.expire_all()
