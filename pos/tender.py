"""What the customer pays with: cash, transfer, card, or any split of them."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import RuleBroken
from core.i18n import N_
from core.money import ZERO, Money

LARGEST_NOTE = Money(500_000)
NOTES = tuple(Money(dong) for dong in (10_000, 20_000, 50_000, 100_000, 200_000, 500_000))


class TenderKind(enum.StrEnum):
    """How money reaches the shop; `exchange` is goods brought back at the same counter, and nobody types it."""

    CASH = "cash"
    TRANSFER = "transfer"
    CARD = "card"
    EXCHANGE = "exchange"


TYPED = (TenderKind.CASH, TenderKind.TRANSFER, TenderKind.CARD)
"""The kinds that a clerk may enter."""


@dataclass(frozen=True, slots=True)
class Paid:
    """One tender as the clerk enters it; for cash the amount is what was handed over."""

    kind: TenderKind
    amount: Money
    reference: str = ""


class NothingPaid(RuleBroken):
    """A tender of nothing, or a negative one."""

    message = N_("A payment must be more than 0 ₫. Type the amount again.")


class PaidTooLittle(RuleBroken):
    """The tenders do not cover the total."""

    message = N_("%(missing)s is still missing. Add another payment or correct the amount.")


class PaidTooMuch(RuleBroken):
    """Only cash can be given back as change."""

    message = N_(
        "Transfer and card come to %(excess)s more than the total. Correct the amount: only cash gives change."
    )


class CashNotNeeded(RuleBroken):
    """Transfer and card cover the total, yet cash was entered as well."""

    message = N_("The total is paid already without cash. Take the cash payment out.")


class ChangeTooLarge(RuleBroken):
    """Nobody gets a whole largest note back: an amount was mistyped."""

    message = N_("The change would be %(change)s, more than the largest note. Check the cash amount.")


class CardWithoutReference(RuleBroken):
    """A card payment is proved only by the number on the card machine's slip."""

    message = N_("Type the number on the card machine's slip before you complete the sale.")


def change_for(total: Money, paid: Sequence[Paid]) -> Money:
    """Check that the tenders cover the total, and say what goes back in cash."""
    for tender in paid:
        check_tender(tender)
    cash = sum_of(paid, TenderKind.CASH)
    other = sum((p.amount for p in paid), ZERO) - cash
    if other > total:
        raise PaidTooMuch(excess=other - total)
    if cash and other == total:
        raise CashNotNeeded()
    if cash + other < total:
        raise PaidTooLittle(missing=total - cash - other)
    change = cash + other - total
    if change >= LARGEST_NOTE:
        raise ChangeTooLarge(change=change)
    return change


def check_tender(tender: Paid) -> None:
    """Refuse a tender that cannot be one, whatever the total is."""
    if tender.amount <= ZERO:
        raise NothingPaid()
    if tender.kind is TenderKind.CARD and not tender.reference:
        raise CardWithoutReference()


def sum_of(paid: Sequence[Paid], kind: TenderKind) -> Money:
    """What came in by one kind of tender."""
    return sum((p.amount for p in paid if p.kind is kind), ZERO)


def left_to_pay(total: Money, paid: Sequence[Paid]) -> Money:
    """What is still missing; below zero, so much would go back."""
    return total - sum((p.amount for p in paid), ZERO)


def quick_notes(total: Money, notes: Sequence[Money] = NOTES) -> list[Money]:
    """Amounts a customer is likely to hand over: the exact sum, then the next round ones."""
    if total <= ZERO:
        return []
    round_ones = {Money(-(-total.dong // note.dong) * note.dong) for note in notes}
    return [amount for amount in sorted({total} | round_ones) if amount - total < LARGEST_NOTE]
