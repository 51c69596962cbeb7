"""What the payment panel shows, and the tender that its form holds."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.i18n import N_
from core.money import Money
from core.web.forms import read_money, read_one_of, read_text, read_whole
from pos.discounts.cash_rounding import rounding_of
from pos.tender import TYPED, Paid, TenderKind, left_to_pay, quick_notes
from pos.web.cash_count import NOTES

REFERENCE_LIMIT = 40
MOST_NOTES = 4


@dataclass(frozen=True)
class Payment:
    """What the payment panel shows."""

    order: str
    total: Money
    taken: tuple[Paid, ...]
    kind: TenderKind = TenderKind.CASH
    down_to: int = 0

    @property
    def exact(self) -> Money:
        """What is left to the dong: what a transfer or a card has to cover."""
        return left_to_pay(self.total, self.taken)

    @property
    def rounding(self) -> Money:
        """What falls off when the rest is paid in cash."""
        return rounding_of(self.total, [*self.taken, Paid(TenderKind.CASH, self.exact)], down_to=self.down_to)

    @property
    def left(self) -> Money:
        """What the next tender has to cover, as the chosen kind of payment has it."""
        return self.exact - self.rounding if self.kind is TenderKind.CASH else self.exact

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


def read_tender(form: Mapping[str, str]) -> Paid:
    """The tender being entered. A quick note is cash; a card brings the number on its slip."""
    if "note" in form:
        return Paid(TenderKind.CASH, Money(read_whole(form, "note")))
    kind = read_kind(form)
    amount = read_money(form, "amount", label=N_("Amount to pay"))
    reference = read_text(form, "reference", limit=REFERENCE_LIMIT, required=False)
    return Paid(kind, amount, reference)


def read_kind(form: Mapping[str, str]) -> TenderKind:
    """How the customer pays; an exchange is nobody's to choose."""
    return TenderKind(read_one_of(form, "kind", [kind.value for kind in TYPED]))


def is_transfer(form: Mapping[str, str]) -> bool:
    """Whether the form confirms a transfer, which is not taken like money in the hand."""
    return "note" not in form and read_kind(form) is TenderKind.TRANSFER


def read_seen_total(form: Mapping[str, str]) -> Money:
    """The total that stood on the screen when the clerk pressed."""
    return Money(read_whole(form, "total"))
