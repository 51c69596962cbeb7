"""The money of a shift on paper: the drawer's account, other tenders, money given back, cash moved, the hand-over."""

from collections.abc import Iterator, Sequence

from core.i18n import gettext, written_instant
from core.money import ZERO, Money
from printers.blocks import Block, Cells, Gap, Pair, Size, Text
from printers.day_documents import CashMoved, DayReport, DrawerCount, TenderCount
from printers.documents import Payment
from printers.layouts.parts import dong, figures, heading, is_narrow, payment_word


def drawer_account(cash: DrawerCount, *, counted: bool) -> Iterator[Block]:
    """Float, cash of sales, given back, put in, taken out: what should be there; then what was counted."""
    yield from heading(gettext("Cash in the drawer"))
    yield Pair(gettext("Float at opening"), figures(cash.float_))
    yield Pair(_often(gettext("Cash of sales"), cash.count), figures(cash.taken))
    if cash.given_back:
        yield Pair(gettext("Given back for goods"), figures(-cash.given_back))
    if cash.put_in:
        yield Pair(gettext("Cash put in"), figures(cash.put_in))
    if cash.taken_out:
        yield Pair(gettext("Cash taken out"), figures(-cash.taken_out))
    yield Pair(gettext("Should be there"), figures(cash.expected), bold=True)
    if counted and cash.counted is not None:
        yield Pair(gettext("Counted"), figures(cash.counted), bold=True)
        yield from _gap(cash.counted - cash.expected)


def _gap(gap: Money) -> Iterator[Block]:
    yield Gap(1)
    if gap == ZERO:
        yield Text(gettext("The count agrees with the till."), bold=True)
    else:
        word = gettext("OVER") if gap > ZERO else gettext("SHORT")
        yield Pair(word, dong(gap if gap > ZERO else -gap), Size.LARGE, bold=True, figures=False)


def other_tenders(tenders: Sequence[TenderCount], width: int, *, counted: bool) -> Iterator[Block]:
    """Transfer and card: what the till expects, and what somebody added up; a dash where nobody did."""
    if not tenders:
        return
    yield from heading(gettext("Paid without cash"))
    if not counted:
        yield from (Pair(_called(tender), figures(tender.expected)) for tender in tenders)
    elif is_narrow(width):
        for tender in tenders:
            yield from _counted_list(tender)
    else:
        yield from _counted_table(tenders)


def _counted_table(tenders: Sequence[TenderCount]) -> Iterator[Block]:
    shares = (6, 4, 4, 4)
    yield Cells(("", gettext("Expected"), gettext("Added up"), gettext("Difference")), shares, bold=True)
    for tender in tenders:
        yield Cells((_called(tender), figures(tender.expected), *_found(tender)), shares)


def _counted_list(tender: TenderCount) -> Iterator[Block]:
    added_up, difference = _found(tender)
    yield Text(_called(tender), bold=True)
    yield Pair(gettext("Expected"), figures(tender.expected), Size.SMALL, indent=1)
    yield Pair(gettext("Added up"), added_up, Size.SMALL, indent=1)
    if tender.counted is not None:
        yield Pair(gettext("Difference"), difference, Size.SMALL, indent=1)


def _found(tender: TenderCount) -> tuple[str, str]:
    if tender.counted is None:
        return "–", "–"
    return figures(tender.counted), signed(tender.counted - tender.expected)


def _called(tender: TenderCount) -> str:
    """The kind of payment, and how often it was taken."""
    return _often(payment_word(tender.kind), tender.count)


def _often(words: str, count: int) -> str:
    return f"{words} ({count})" if count else words


def signed(gap: Money) -> str:
    """An amount that says also when it is more than nothing."""
    return f"+{figures(gap)}" if gap > ZERO else figures(gap)


def money_given_back(given_back: Sequence[Payment]) -> Iterator[Block]:
    """What went back to customers, by kind."""
    if not given_back:
        return
    yield from heading(gettext("Money given back"))
    yield from (Pair(payment_word(back.kind), figures(-back.amount)) for back in given_back)


def cash_moves(moves: Sequence[CashMoved]) -> Iterator[Block]:
    """Cash put in and taken out without a sale, in the order it happened."""
    if not moves:
        return
    yield from heading(gettext("Cash in and out without a sale"))
    for move in moves:
        yield Pair(move.what, signed(move.amount))
        words = " · ".join(part for part in (written_instant(move.at), move.by, move.words) if part)
        yield Text(words, Size.SMALL, indent=1)


def hand_over(report: DayReport) -> Iterator[Block]:
    """To whom the drawer went, and whether that person found the same."""
    handed = report.handed_over
    if handed is None:
        return
    yield from heading(gettext("Handed over"))
    yield Pair(gettext("Taken over by"), handed.to, figures=False)
    yield Pair(gettext("Their shift"), str(handed.shift))
    yield Pair(gettext("Handed over"), figures(handed.handed), bold=True)
    if handed.found != handed.handed:
        yield Pair(gettext("Found on recounting"), figures(handed.found), bold=True)
        yield Pair(gettext("Difference"), signed(handed.found - handed.handed), bold=True)
