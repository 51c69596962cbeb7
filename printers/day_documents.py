"""What the papers of a shift and of a day say, as data: X and Z reports, day books, slips of cash that moved.

As in `printers.documents`, everything is frozen and asks nobody anything.
"""

from dataclasses import dataclass
from datetime import date, datetime

from core.money import ZERO, Money
from printers.documents import CopyMark, Payment, ShopHead, TaxLine

ORIGINAL = CopyMark()


@dataclass(frozen=True, slots=True)
class DrawerCount:
    """The account of a drawer over a shift, and what the blind count found.

    `taken` is the cash of so many sales, `given_back` what went back for goods, `put_in` and `taken_out` moved without
    a sale. They make `expected`.
    """

    float_: Money
    taken: Money
    expected: Money
    count: int = 0
    given_back: Money = ZERO
    put_in: Money = ZERO
    taken_out: Money = ZERO
    counted: Money | None = None


@dataclass(frozen=True, slots=True)
class TenderCount:
    """Another kind of payment: what should have come in, what somebody added up blind (None: nobody), how often."""

    kind: str
    expected: Money
    counted: Money | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class DiscountTotal:
    """All discounts of one kind that one party bears: in how many sales, and how much."""

    kind: str
    bearer: str
    count: int
    amount: Money


@dataclass(frozen=True, slots=True)
class NamedSum:
    """So much of one thing, such as the sales of a register: what, how often, how much."""

    what: str
    count: int
    amount: Money


@dataclass(frozen=True, slots=True)
class CashMoved:
    """Cash put in (above zero) or taken out without a sale: when, what for, how much, who, and what was said."""

    at: datetime
    what: str
    amount: Money
    by: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """To whom the drawer went, which shift that person began, what was handed and what was found after recounting."""

    to: str
    shift: int
    handed: Money
    found: Money


@dataclass(frozen=True, slots=True)
class Correction:
    """Something that lowered a total during the shift: when, what, by how much, who, why, in which order."""

    at: datetime
    what: str
    amount: Money
    by: str
    reason: str = ""
    order: str = ""


@dataclass(frozen=True, slots=True)
class DayReport:
    """X (any time) or Z (at closing) of a shift: what was sold, brought back, taken, moved, corrected and sealed.

    `chain_seq` and `chain_hash` are the head of the journal when the report was made.
    """

    kind: str
    number: int
    shop: ShopHead
    register: str
    shift: int
    opened_at: datetime
    opened_by: str
    made_at: datetime
    made_by: str
    sales_count: int
    sales_total: Money
    cash: DrawerCount
    tenders: tuple[TenderCount, ...]
    taxes: tuple[TaxLine, ...] = ()
    returns_count: int = 0
    returns_total: Money = ZERO
    return_taxes: tuple[TaxLine, ...] = ()
    given_back: tuple[Payment, ...] = ()
    discounts: tuple[DiscountTotal, ...] = ()
    moves: tuple[CashMoved, ...] = ()
    corrections: tuple[Correction, ...] = ()
    handed_over: HandedOver | None = None
    visitors: int = 0
    practised: int = 0
    first_receipt: int | None = None
    last_receipt: int | None = None
    perpetual_total: Money | None = None
    chain_seq: int | None = None
    chain_hash: str = ""
    signed: bool = True
    mark: CopyMark = ORIGINAL
    demo: bool = False
    language: str = "vi"


@dataclass(frozen=True, slots=True)
class ShiftResult:
    """How one shift ended: who, where, what was expected and counted; None while it runs."""

    shift: int
    register: str
    clerk: str
    expected: Money
    counted: Money | None = None


@dataclass(frozen=True, slots=True)
class CashSummary:
    """The cash of the whole shop over some days: before, what came in and what went out by words, what is left."""

    before: Money
    came_in: tuple[NamedSum, ...]
    went_out: tuple[NamedSum, ...]
    left: Money


@dataclass(frozen=True, slots=True)
class DayBookPaper:
    """The day book of the whole shop: what was sold, taken, moved and counted from one day to another."""

    shop: ShopHead
    first: date
    last: date
    made_at: datetime
    made_by: str
    sales_count: int
    sales_total: Money
    tenders: tuple[Payment, ...]
    registers: tuple[NamedSum, ...]
    shifts: tuple[ShiftResult, ...]
    cash: CashSummary
    taxes: tuple[TaxLine, ...] = ()
    returns_count: int = 0
    returns_total: Money = ZERO
    return_taxes: tuple[TaxLine, ...] = ()
    given_back: tuple[Payment, ...] = ()
    discounts: tuple[DiscountTotal, ...] = ()
    deposits: tuple[CashMoved, ...] = ()
    first_receipt: int | None = None
    last_receipt: int | None = None
    visitors: int = 0
    demo: bool = False
    language: str = "vi"


@dataclass(frozen=True, slots=True)
class CashSlip:
    """Cash put in or taken out without a sale, as a paper that lies in the drawer; no voucher, and it says so.

    `record` is the journal's number: the paper has no number of its own. `place` says whose cash it is.
    """

    shop: ShopHead
    record: int
    shift: int | None
    at: datetime
    place: str
    what: str
    amount: Money
    into: bool
    by: str
    payee: str = ""
    reference: str = ""
    reason: str = ""
    approved_by: str = ""
    mark: CopyMark = ORIGINAL
    demo: bool = False
    language: str = "vi"
