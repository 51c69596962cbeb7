"""The table of the shop's printers, as a manager entered them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from config.settings import PrinterSettings
from core.database import Base, db

FIELDS = ("name", "role", "kind", "address", "dots", "drawer", "cut", "language", "dpi")


class Printer(Base):
    """One printer of the shop; its code never changes, so that papers that wait for it know it by that."""

    __tablename__ = "printers"
    __table_args__ = (
        CheckConstraint("dots > 0", "dots_positive"),
        CheckConstraint("language IN ('escpos', 'tspl', 'zpl', 'epl')", "known_language"),
        CheckConstraint("dpi > 0", "dpi_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str]
    kind: Mapped[str]
    address: Mapped[str]
    dots: Mapped[int]
    drawer: Mapped[bool]
    cut: Mapped[bool]
    language: Mapped[str]
    dpi: Mapped[int]
    retired_at: Mapped[datetime | None]
    record_seq: Mapped[int]

    @property
    def is_in_use(self) -> bool:
        """Whether papers go to it."""
        return self.retired_at is None

    def fields(self) -> dict[str, Any]:
        """What a person entered about it."""
        return {name: getattr(self, name) for name in FIELDS}

    def take(self, entered: PrinterSettings) -> None:
        """Be what was entered."""
        for name in FIELDS:
            setattr(self, name, getattr(entered, name))

    def as_settings(self) -> PrinterSettings:
        """The printer as the print worker is told of it."""
        return PrinterSettings(code=self.code, **self.fields())


def all_printers() -> list[Printer]:
    """Every printer there was, in the order in which they were entered."""
    return list(db.session.scalars(select(Printer).order_by(Printer.id)))


def printer_of(code: str) -> Printer | None:
    """The printer of a code, or None."""
    return db.session.scalars(select(Printer).where(Printer.code == code)).one_or_none()
