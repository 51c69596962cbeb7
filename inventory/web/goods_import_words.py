"""What the page of a list of goods says: standings, sentences of rows, examples of columns."""

from __future__ import annotations

from config.reference.goods_columns import goods_columns
from core.i18n import N_, current_language, gettext
from inventory.importing.goods_import_draft import GoodsImport
from inventory.importing.goods_import_outcome import Said, Standing
from inventory.web.names import percent

STANDING_NAMES = {
    Standing.NEW: N_("New"),
    Standing.CHANGED: N_("Changed"),
    Standing.SAME: N_("Nothing new"),
    Standing.REFUSED: N_("Left out"),
}


def examples_of(draft: GoodsImport) -> list[str]:
    """The first cells of each column below the headings, to recognise it by."""
    if draft.entered_at is not None:
        return []
    headings = draft.headings
    first = draft.rows.rows[headings.last_row + 1 :][:2]
    return [" · ".join(row.cell(place).text[:40] for row in first) for place in range(len(headings.words))]


def percent_typed(hundredths: int | None) -> str:
    """A percentage as it is typed into a field."""
    return "" if hundredths is None else percent(hundredths).removesuffix("\N{NO-BREAK SPACE}%")


def say(said: Said) -> str:
    """A sentence of a row in the language of the screen, with its column before it."""
    column = next((one.name(current_language()) for one in goods_columns() if one.code == said.column), "")
    return f"{column}: {said.sentence(gettext)}" if column else said.sentence(gettext)
