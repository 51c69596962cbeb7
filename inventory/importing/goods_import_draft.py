"""A list of goods between its upload and its entering: working rows, one for each person, and their outcomes.

The file itself is not kept. The cells of its rows are, because the preview needs them; they may name producers'
telephones, so they go when the list is entered or given up, and after a day at the latest.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import now
from core.database import Base, db
from core.spreadsheet.sheet import Cell, CellKind, Sheet, SheetRow
from core.staff import Staff
from core.text import clean
from inventory.importing.goods_columns import Headings, find_headings
from inventory.importing.goods_import_outcome import Outcome, as_text, fingerprint, from_text
from inventory.importing.goods_row import Choices
from inventory.lot import TermsKind

KEPT = timedelta(days=1)
FIRST_CHOICES = Choices(tax_class="standard_reduced")
"""What is chosen above a list before anybody chose."""


class GoodsImport(Base):
    """What one person chose: the list's cells and headings, what was chosen above it, and the outcome of each row.

    `entered_at` is set once it was entered; its cells are gone then and the outcomes stay to be looked at.
    """

    __tablename__ = "goods_imports"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True, autoincrement=False)
    file_name: Mapped[str]
    sheet: Mapped[str]
    columns: Mapped[str]
    choices: Mapped[str]
    outcomes: Mapped[str]
    opened_at: Mapped[datetime]
    entered_at: Mapped[datetime | None]

    @property
    def headings(self) -> Headings:
        """Its headings with the columns as they are chosen now."""
        found = find_headings(self.rows)
        return Headings(found.last_row, found.words, tuple(json.loads(self.columns)))

    @property
    def rows(self) -> Sheet:
        """The list as it was read."""
        return sheet_from_text(self.sheet)

    @property
    def chosen(self) -> Choices:
        """What was chosen above the list."""
        kept = json.loads(self.choices)
        return Choices(**{**kept, "terms": TermsKind(kept["terms"]) if kept["terms"] else None})

    @property
    def results(self) -> list[Outcome]:
        """What would become, or became, of each row."""
        return from_text(self.outcomes)

    @property
    def seen(self) -> str:
        """A mark of what the preview shows."""
        return fingerprint(self.outcomes)


def import_of(staff: Staff) -> GoodsImport | None:
    """The list this person has chosen, or None."""
    return db.session.get(GoodsImport, staff.id)


def open_import(staff: Staff, sheet: Sheet, *, file_name: str) -> GoodsImport:
    """Take a list up in place of an earlier one. Raises NoHeadings."""
    drop_import(staff)
    forget_old_imports()
    draft = GoodsImport(
        staff_id=staff.id,
        file_name=clean(file_name, limit=2_000)[-120:],
        sheet=sheet_as_text(sheet),
        columns=columns_as_text(find_headings(sheet).columns),
        choices=choices_as_text(FIRST_CHOICES),
        outcomes="[]",
        opened_at=now(),
        entered_at=None,
    )
    db.session.add(draft)
    db.session.flush()
    return draft


def keep_outcomes(draft: GoodsImport, outcomes: Sequence[Outcome]) -> None:
    """Remember what would become of each row."""
    draft.outcomes = as_text(outcomes)
    db.session.flush()


def close_import(draft: GoodsImport, outcomes: Sequence[Outcome]) -> None:
    """The list was entered: what became of its rows stays to be looked at, its cells go."""
    keep_outcomes(draft, outcomes)
    draft.sheet, draft.entered_at = sheet_as_text(Sheet(())), now()
    db.session.flush()


def drop_import(staff: Staff) -> None:
    """Give a list up; nothing of it is kept."""
    db.session.execute(delete(GoodsImport).where(GoodsImport.staff_id == staff.id))
    db.session.expire_all()


def forget_old_imports() -> int:
    """Drop the lists that nobody came back to; inside a transaction."""
    old = list(db.session.scalars(select(GoodsImport.staff_id).where(GoodsImport.opened_at < now() - KEPT)))
    db.session.execute(delete(GoodsImport).where(GoodsImport.staff_id.in_(old)))
    return len(old)


def columns_as_text(columns: Sequence[str | None]) -> str:
    """What each column holds, as it is kept."""
    return json.dumps(list(columns))


def choices_as_text(choices: Choices) -> str:
    """What was chosen above the list, as it is kept."""
    return json.dumps(
        {
            "group": choices.group,
            "tax_class": choices.tax_class,
            "terms": choices.terms.value if choices.terms else None,
            "commission": choices.commission,
        }
    )


def sheet_as_text(sheet: Sheet) -> str:
    """A list as it is kept."""
    rows = [[row.number, row.cut, [[cell.kind.value, cell.text] for cell in row.cells]] for row in sheet.rows]
    return json.dumps({"rows": rows, "font": sheet.font, "others": sheet.others}, ensure_ascii=False)


def sheet_from_text(text: str) -> Sheet:
    """A list that was kept."""
    kept = json.loads(text)
    rows = (
        SheetRow(number, tuple(Cell(text, CellKind(kind)) for kind, text in cells), cut)
        for number, cut, cells in kept["rows"]
    )
    return Sheet(tuple(rows), kept["font"], tuple(kept["others"]))
