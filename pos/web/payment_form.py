"""The payment panel as its form carries it: what was taken so far, and the tender being entered."""

from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest

from core.errors import RuleBroken
from core.i18n import N_
from core.money import Money
from core.web.forms import read_choice, read_money, read_text, read_whole
from pos.tender import Paid, TenderKind, left_to_pay, quick_notes
from pos.web.cash_count import NOTES

REFERENCE_LIMIT = 40
MOST_NOTES = 4


class TotalChanged(RuleBroken):
    """The basket changed in another window while money was taken in this one."""

    message = N_("The total has changed from %(before)s to %(now)s. Tell the customer and take the payment again.")


@dataclass(frozen=True)
class Payment:
    """What the payment panel shows."""

    order: str
    total: Money
    taken: tuple[Paid, ...]
    kind: TenderKind = TenderKind.CASH

    @property
    def left(self) -> Money:
        """What the next tender has to cover."""
        return left_to_pay(self.total, self.taken)

    @property
    def notes(self) -> list[Money]:
        """Amounts a customer is likely to hand over, beyond the exact one that Enter takes: those of the fewest notes.

        Of 660.500 people give 670.000, 700.000, 800.000 or 1.000.000, hardly ever 680.000.
        """
        round_ones = [note for note in quick_notes(self.left) if note != self.left]
        return sorted(sorted(round_ones, key=lambda amount: (_notes_in(amount), amount))[:MOST_NOTES])


def _notes_in(amount: Money) -> int:
    """How many notes make an amount, the largest first."""
    count, rest = 0, amount.dong
    for note in NOTES:
        pieces, rest = divmod(rest, note.dong)
        count += pieces
    return count


def read_taken(form: "MultiDict[str, str]") -> list[Paid]:
    """The tenders taken before this one, as the panel wrote them down."""
    taken = [_written_tender(text) for text in form.getlist("taken")]
    return taken[:-1] if "without_last" in form else taken


def _written_tender(text: str) -> Paid:
    kind, _, rest = text.partition(":")
    amount, _, reference = rest.partition(":")
    try:
        return Paid(TenderKind(kind), Money(int(amount)), reference[:REFERENCE_LIMIT])
    except ValueError:
        raise BadRequest from None


def read_tender(form: Mapping[str, str]) -> Paid:
    """The tender being entered. A quick note is cash; a card brings the number on its slip."""
    if "note" in form:
        return Paid(TenderKind.CASH, Money(read_whole(form, "note")))
    kind = read_choice(form, "kind", TenderKind)
    amount = read_money(form, "amount", label=N_("Amount to pay"))
    reference = read_text(form, "reference", limit=REFERENCE_LIMIT, required=False)
    return Paid(kind, amount, reference)


def check_total(form: Mapping[str, str], total: Money) -> None:
    """Refuse to take money for another total than the one the clerk saw."""
    seen = Money(read_whole(form, "total"))
    if seen != total:
        raise TotalChanged(before=seen, now=total)
