"""What the columns of a list of goods are called, and what the words in them mean."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from config.reference.table import read_table


@dataclass(frozen=True, slots=True)
class GoodsColumn:
    """One column of a list of goods: its name, what shops also call it, and what to write below it."""

    code: str
    vi: str
    en: str
    also: tuple[str, ...]
    hint_vi: str
    hint_en: str

    def name(self, language: str) -> str:
        """Its name in a language of the screen."""
        return self.en if language == "en" else self.vi

    def hint(self, language: str) -> str:
        """What to write below it."""
        return self.hint_en if language == "en" else self.hint_vi


@functools.cache
def goods_columns() -> tuple[GoodsColumn, ...]:
    """Every column, in the order of the template."""
    return tuple(
        GoodsColumn(
            code=row["code"],
            vi=row["vi"],
            en=row["en"],
            also=tuple(row["also"].split("; ")),
            hint_vi=row["hint_vi"],
            hint_en=row["hint_en"],
        )
        for row in read_table("goods_columns")
    )


@functools.cache
def goods_words(what: str) -> dict[str, str]:
    """What words mean in one respect: `goods_words("unit")["kg"]`."""
    return {row["word"]: row["means"] for row in read_table("goods_words") if row["what"] == what}
