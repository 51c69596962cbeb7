"""Counting a drawer note by note: what the form holds, as an amount."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import RuleBroken
from core.i18n import N_
from core.money import ZERO, Money
from core.web.forms import read_money, read_whole
from pos.shifts.shift_count import COUNTED_KINDS
from pos.tender import TenderKind

# Notes and coins in circulation; State Bank of Viet Nam, polymer notes from 10.000 and cotton notes below.
NOTES = tuple(Money(dong) for dong in (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500))
MOST_NOTES = 99_999
TENDER_SUMS = {
    TenderKind.TRANSFER: N_("Transfers seen in the bank's notices, together"),
    TenderKind.CARD: N_("Sum on the card machine's slips"),
}


class NothingCounted(RuleBroken):
    """An empty form is no count; an empty drawer is typed as 0."""

    message = N_("Nothing has been counted yet. Type how many notes there are, or the whole amount; 0 if it is empty.")


class CountsDiffer(RuleBroken):
    """Both ways of counting were used and do not agree."""

    message = N_("The notes come to %(notes)s, but %(amount)s was typed as the whole amount. Correct one of them.")


@dataclass(frozen=True)
class CountedNote:
    """So many of one note."""

    note: Money
    pieces: int

    @property
    def worth(self) -> Money:
        """What they come to."""
        return self.note * self.pieces


def read_notes(form: Mapping[str, str]) -> list[CountedNote]:
    """Every note with how many were typed for it; an empty field is none."""
    return [CountedNote(note, _pieces(form, f"note_{note.dong}")) for note in NOTES]


def _pieces(form: Mapping[str, str], name: str) -> int:
    return read_whole(form, name, most=MOST_NOTES, label=N_("Number of notes")) if form.get(name, "").strip() else 0


def worth_of(notes: list[CountedNote]) -> Money:
    """What the counted notes come to."""
    return sum((counted.worth for counted in notes), ZERO)


def read_counted(form: Mapping[str, str]) -> Money:
    """The money in the drawer: counted note by note, or typed as one amount, never guessed."""
    typed_notes = any(form.get(f"note_{note.dong}", "").strip() for note in NOTES)
    typed_amount = bool(form.get("amount", "").strip())
    if not typed_notes and not typed_amount:
        raise NothingCounted()
    notes = worth_of(read_notes(form)) if typed_notes else None
    amount = read_money(form, "amount", label=N_("Whole amount")) if typed_amount else None
    if notes is not None and amount is not None and notes != amount:
        raise CountsDiffer(notes=notes, amount=amount)
    return amount if notes is None else notes


def read_counts(form: Mapping[str, str]) -> dict[TenderKind, Money]:
    """The sums of card slips and of transfers; a field left empty was not added up, which is not 0."""
    typed = [kind for kind in COUNTED_KINDS if form.get(kind.value, "").strip()]
    return {kind: read_money(form, kind.value, label=TENDER_SUMS[kind]) for kind in typed}
