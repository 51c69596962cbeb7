"""Legal forms of producers (chủ thể)."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from config.reference.table import read_table, with_code


@dataclass(frozen=True)
class SubjectForm:
    """One legal form, and the heading under which national figures count it."""

    code: str
    vi: str
    en: str
    reported_as: str
    also: tuple[str, ...]

    def name(self, language: str) -> str:
        """Its name in a language of the screen."""
        return self.en if language == "en" else self.vi


@functools.cache
def subject_forms() -> tuple[SubjectForm, ...]:
    """Every form, the most frequent first."""
    return tuple(
        SubjectForm(
            code=row["code"],
            vi=row["vi"],
            en=row["en"],
            reported_as=row["reported_as"],
            also=tuple(row["also"].split("; ")) if row["also"] else (),
        )
        for row in read_table("subject_forms")
    )


def subject_form(code: str) -> SubjectForm:
    """The form of a code such as cooperative; an unknown one raises UnknownReference."""
    return with_code("subject_forms", subject_forms(), code)


def form_written_as(text: str) -> SubjectForm | None:
    """The form that a list or letter means by a word such as HTX; None when it is not known."""
    wanted = text.strip().casefold()
    for form in subject_forms():
        if wanted in (name.casefold() for name in (form.vi, form.en, *form.also)):
            return form
    return None
