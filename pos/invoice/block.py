"""Reserved blocks of the tax office's code, and the next number of a series: unbroken for ever.

The eleven digits of the code are unique over all tills and shops of a taxpayer. So that no two shops ever ask each
other, each has blocks of its own, entered by the manager; the next one can be entered before the first one ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, func, select

from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind
from core.skipped_number import Series, last_skipped
from core.staff import Staff
from pos.invoice.invoice_table import Invoice, InvoiceBlock
from pos.invoice.number import GIVEN, LARGEST_IN_CODE, LARGEST_NUMBER

_INVOICES: Any = Invoice.__table__
_BLOCKS: Any = InvoiceBlock.__table__
_A_YEAR = 10**8


class NotGiven(RuleBroken):
    """The tax office gives five signs, and nothing else."""

    message = N_("“%(given)s” is not what the tax office gave. Type its five letters and digits, without blanks.")


class WrongBlock(RuleBroken):
    """A block from its first to its last number."""

    message = N_("A block goes from a number of at least 1 up to a larger one of at most eleven digits.")


class BlockUsed(RuleBroken):
    """A number that was used, or reserved, is never given again; also not after a change of provider."""

    message = N_("The block must begin above %(highest)s: numbers up to there were used or reserved already.")


@dataclass(frozen=True, slots=True)
class NextCode:
    """The five signs and the number that the next code gets."""

    given: str
    number: int


def reserve_block(*, given: str, first: int, last: int, by: Staff) -> InvoiceBlock:
    """Enter a block that is this shop's alone. It is used when those before it have ended."""
    signs = given.strip().upper()
    if not GIVEN.fullmatch(signs):
        raise NotGiven(given=given[:20])
    if not 1 <= first <= last <= LARGEST_IN_CODE:
        raise WrongBlock()
    highest = max(last_code_number(), db.session.scalar(select(func.max(InvoiceBlock.last))) or 0)
    if first <= highest:
        raise BlockUsed(highest=highest)
    body = {"act": "block", "given": signs, "first": first, "last": last}
    record = write_record(Kind.INVOICE, body, by=by)
    block = InvoiceBlock(
        record_seq=record.seq, given=signs, first=first, last=last, entered_at=record.ts, staff_code=by.code
    )
    db.session.add(block)
    db.session.flush()
    return block


def last_code_number() -> int:
    """The highest number of a code that was given out, or that a restore left out."""
    used = db.session.connection().execute(_LAST_CODE).scalar() or 0
    return max(used, last_skipped(Series.INVOICE_CODE))


def next_code() -> NextCode | None:
    """What the next code gets; None where every block has ended."""
    last = last_code_number()
    block = db.session.connection().execute(_NEXT_BLOCK, {"used": last}).first()
    return NextCode(block.given, max(block.first, last + 1)) if block is not None else None


def next_number(form: int, series: str, day: date) -> int | None:
    """One more than the last number of a series of this year; None after the last of its eight digits."""
    last = db.session.connection().execute(_LAST_NUMBER, {"form": form, "series": series}).scalar() or 0
    skipped = last_skipped(Series.INVOICE) - day.year * _A_YEAR
    number = max(last, skipped if skipped < _A_YEAR else 0) + 1
    return number if number <= LARGEST_NUMBER else None


def last_number_of_all() -> int:
    """The highest number of the newest year, its year before it: what a restore leaves out is counted from there."""
    newest = db.session.connection().execute(_NEWEST_DAY).scalar()
    if newest is None:
        return last_skipped(Series.INVOICE)
    of_year = select(func.max(_INVOICES.c.number)).where(_INVOICES.c.day >= date(newest.year, 1, 1))
    highest = db.session.connection().execute(of_year).scalar() or 0
    return max(int(newest.year) * _A_YEAR + int(highest), last_skipped(Series.INVOICE))


def numbers_left() -> int:
    """How many codes the blocks still have."""
    last = last_code_number()
    return sum(max(block.last - max(block.first - 1, last), 0) for block in all_blocks())


def all_blocks() -> Sequence[InvoiceBlock]:
    """Every block, in the order in which they are used."""
    return db.session.scalars(select(InvoiceBlock).order_by(InvoiceBlock.first)).all()


# Made once: building a statement takes longer than running it, and a customer waits.
_LAST_CODE = select(func.max(_INVOICES.c.code_number))
_LAST_NUMBER = select(func.max(_INVOICES.c.number)).where(
    _INVOICES.c.form == bindparam("form"), _INVOICES.c.series == bindparam("series")
)
_NEWEST_DAY = select(func.max(_INVOICES.c.day))
_NEXT_BLOCK = (
    select(_BLOCKS.c.given, _BLOCKS.c.first)
    .where(_BLOCKS.c.last > bindparam("used"))
    .order_by(_BLOCKS.c.first)
    .limit(1)
)
