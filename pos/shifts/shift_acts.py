"""What happened in a shift besides plain sales, in the order it happened: for the Z report and for the shift's page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select

from core.approval import ACT_NAMES, approvals_in
from core.database import db
from core.i18n import N_, gettext, written, written_quantity
from core.money import ZERO, Money
from core.staff import Staff
from pos.cash.cash_move_table import PURPOSE_NAMES, CashMove, Way, cash_moves_of
from pos.cash.drawer import drawer_openings_of
from pos.correction import Correction, CorrectionKind, corrections_of
from pos.receipt import RECEIPT
from pos.returns.refund import RETURN_SLIP
from pos.returns.refund_table import Refund
from pos.sale import Sale, SaleLine
from pos.shifts.shift_table import Shift
from pos.sold_line import BELOW_BOOK
from printers.day_documents import CashMoved
from printers.day_documents import Correction as Act
from printers.spool import PrintJob


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened, for the page: when, what, in which order, why, who, and what it did to the money."""

    at: datetime
    what: str
    order: str
    why: str
    by: str
    effect: Money


ACTS = {
    CorrectionKind.QUANTITY: N_("Quantity lowered: %(product)s, %(before)s → %(after)s"),
    CorrectionKind.REMOVAL: N_("Line removed: %(product)s"),
    CorrectionKind.LOT_BY_HAND: N_("Lot chosen by hand: %(product)s, lot %(lot)s"),
    CorrectionKind.PRICE: N_("Price set by right: %(product)s, %(after)s instead of %(before)s"),
    CorrectionKind.DISCOUNT: N_("Discount given: %(product)s"),
}
ACTS_ON_BASKETS = {
    CorrectionKind.DISCOUNT: N_("Discount given on the whole basket: order %(order)s"),
    CorrectionKind.VOID: N_("Basket given up: order %(order)s"),
}


def acts_of(shift: Shift) -> list[Act]:
    """Everything that lowered a total or went round a rule in the shift."""
    acts = [*lowered(shift), *below_the_book(shift), *openings(shift), *copies(shift), *approved(shift)]
    return sorted(acts, key=lambda each: each.at)


def story_of(shift: Shift) -> list[Happening]:
    """All of it and the cash moves, one after the other as it happened."""
    acts = [Happening(act.at, act.what, act.order, act.reason, act.by, -act.amount) for act in acts_of(shift)]
    moves = [Happening(move.at, move.what, "", move.words, move.by, move.amount) for move in moves_of(shift)]
    return sorted([*acts, *moves], key=lambda each: each.at)


def lowered(shift: Shift) -> Iterator[Act]:
    """Corrections, removals, lots chosen by hand and baskets given up."""
    for each in corrections_of(shift.number):
        what = gettext(ACTS[each.kind] if each.product else ACTS_ON_BASKETS[each.kind]) % _names(each)
        yield Act(each.corrected_at, what, each.amount, each.staff.name, each.reason, each.order_code)


def _names(correction: Correction) -> dict[str, str]:
    return {
        "product": correction.product.name if correction.product else "",
        "lot": correction.lot.number if correction.lot else "",
        "order": correction.order_code,
        "before": written(price) if (price := correction.price_before) else written_quantity(correction.before),
        "after": written(price) if (price := correction.price_after) else written_quantity(correction.after),
    }


def below_the_book(shift: Shift) -> Iterator[Act]:
    """Goods sold from a lot of which the book had fewer: somebody must count that shelf."""
    sold = (
        select(SaleLine, Sale)
        .join(Sale, Sale.number == SaleLine.sale_number)
        .where(Sale.shift_number == shift.number, SaleLine.why.startswith(BELOW_BOOK))
        .order_by(Sale.number, SaleLine.n)
    )
    for line, sale in db.session.execute(sold):
        names = {"product": line.product.name, "lot": line.lot.number if line.lot else ""}
        what = gettext("Sold below the book: %(product)s, lot %(lot)s") % names
        reason = (line.why or "").partition(": ")[2]
        yield Act(sale.sold_at, what, ZERO, sale.staff.name, reason, sale.order_code)


def openings(shift: Shift) -> Iterator[Act]:
    """Drawer openings without a sale."""
    for each in drawer_openings_of(shift.number):
        yield Act(each.opened_at, gettext("Drawer opened without a sale"), ZERO, each.staff.name, each.reason)


def approved(shift: Shift) -> Iterator[Act]:
    """What a clerk did with a manager's word; the reason names the manager."""
    for each in approvals_in(shift.number):
        reason = gettext("approved by %(name)s") % {"name": each.approver.name}
        yield Act(each.approved_at, gettext(ACT_NAMES[each.act]), ZERO, each.staff.name, reason)


def copies(shift: Shift) -> Iterator[Act]:
    """Copies of receipts and return slips of this register that were asked for while the shift ran."""
    for kind, table, said in (
        (RECEIPT, Sale, N_("Copy %(copy)s of receipt %(number)s")),
        (RETURN_SLIP, Refund, N_("Copy %(copy)s of return slip %(number)s")),
    ):
        for job, name in db.session.execute(_copies_of(kind, table, shift)):
            what = gettext(said) % {"copy": job.copy, "number": job.number}
            yield Act(job.queued_at, what, ZERO, name or "")


def _copies_of(kind: str, table: type[Sale | Refund], shift: Shift) -> Select[PrintJob, str]:
    asked = (
        select(PrintJob, Staff.name)
        .join(table, table.number == PrintJob.number)
        .outerjoin(Staff, Staff.code == PrintJob.asked_by)
        .where(PrintJob.kind == kind, PrintJob.copy > 0, table.register_id == shift.register_id)
        .where(PrintJob.queued_at >= shift.opened_at)
        .order_by(PrintJob.id)
    )
    return asked if shift.closing is None else asked.where(PrintJob.queued_at <= shift.closing.closed_at)


def moves_of(shift: Shift) -> tuple[CashMoved, ...]:
    """Cash put in and taken out without a sale."""
    return tuple(moved(move) for move in cash_moves_of(shift.number))


def moved(move: CashMove) -> CashMoved:
    """One of them, as a paper says it."""
    return CashMoved(move.moved_at, purpose_words(move), move.signed, move.staff.name, move.words)


def purpose_words(move: CashMove) -> str:
    """What it was for; what is neither this nor that says at least which way it went."""
    way = gettext("Cash put in") if move.way is Way.IN else gettext("Cash taken out")
    return f"{way}: {gettext(PURPOSE_NAMES[move.purpose])}"
