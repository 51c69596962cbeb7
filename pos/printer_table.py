"""The table of the shop's printers, as a manager entered them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from config.settings import PrinterSettings
from core.database import Base, db


class Printer(Base):
    """One printer of the shop; its code never changes, so that papers that wait for it know it by that."""

    __tablename__ = "printers"
    __table_args__ = (CheckConstraint("dots > 0", "dots_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str]
    kind: Mapped[str]
    address: Mapped[str]
    dots: Mapped[int]
    drawer: Mapped[bool]
    cut: Mapped[bool]
    retired_at: Mapped[datetime | None]
    record_seq: Mapped[int]

    @property
    def is_in_use(self) -> bool:
        """Whether papers go to it."""
        return self.retired_at is None

    def as_settings(self) -> PrinterSettings:
        """The printer as the print worker is told of it."""
        return PrinterSettings(
            name=self.name,
            role=self.role,  # type: ignore[arg-type]  # checked when it was entered
            kind=self.kind,  # type: ignore[arg-type]
            address=self.address,
            dots=self.dots,
            drawer=self.drawer,
            cut=self.cut,
            code=self.code,
        )


def all_printers() -> list[Printer]:
    """Every printer there was, in the order in which they were entered."""
    return list(db.session.scalars(select(Printer).order_by(Printer.id)))


def printer_of(code: str) -> Printer | None:
    """The printer of a code, or None."""
    return db.session.scalars(select(Printer).where(Printer.code == code)).one_or_none()
