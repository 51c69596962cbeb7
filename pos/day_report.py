"""X (any time) and Z (at closing) of a shift as paper: what was sold, taken, lowered and sealed."""

from collections.abc import Iterator

from sqlalchemy import select

from core.approval import ACT_NAMES, approvals_in
from core.clock import now
from core.current_settings import current_settings
from core.database import db
from core.i18n import N_, gettext, use, written
from core.journal.chain import JournalRecord
from core.money import ZERO
from core.staff import Staff
from pos.correction import CorrectionKind, corrections_of
from pos.discount_totals import discount_totals
from pos.drawer import drawer_openings_of
from pos.receipt import ORIGINAL, RECEIPT, shop_head, tax_line
from pos.register import name_as_of, printer_at
from pos.sale import Sale, SaleLine
from pos.settings.in_force import settings_as_of
from pos.shift_table import Shift, ShiftClosing
from pos.shift_totals import ShiftTotals, totals_of
from pos.sold_line import BELOW_BOOK
from pos.tender import TenderKind
from printers.blocks import Block
from printers.documents import CopyMark, DayReport, TenderCount
from printers.documents import Correction as PaperCorrection
from printers.layouts.day_report import lay_out_day_report
from printers.spool import PrintJob, enqueue, mark_of, paper_columns

X_REPORT, Z_REPORT = "x_report", "z_report"

ACTS = {
    CorrectionKind.QUANTITY: N_("Quantity lowered: %(product)s"),
    CorrectionKind.REMOVAL: N_("Line removed: %(product)s"),
    CorrectionKind.LOT_BY_HAND: N_("Lot chosen by hand: %(product)s, lot %(lot)s"),
    CorrectionKind.PRICE: N_("Price set by right: %(product)s, %(after)s instead of %(before)s"),
    CorrectionKind.DISCOUNT: N_("Discount given: %(product)s"),
}
ACTS_ON_BASKETS = {
    CorrectionKind.DISCOUNT: N_("Discount given on the whole basket: order %(order)s"),
    CorrectionKind.VOID: N_("Basket given up: order %(order)s"),
}


def print_x_report(shift: Shift, *, by: Staff) -> PrintJob:
    """Print what the shift took so far; nothing is closed by it."""
    return enqueue(X_REPORT, shift.number, printer=printer_at(shift.register), by=by)


def print_z_report(shift: Shift, *, by: Staff) -> PrintJob:
    """Print the report of a closed shift; the second time it is a copy and says so."""
    earlier = db.session.scalars(
        select(PrintJob.copy).where(PrintJob.kind == Z_REPORT, PrintJob.number == shift.number)
    ).all()
    copy = max(earlier) + 1 if earlier else 0
    return enqueue(Z_REPORT, shift.number, copy=copy, printer=printer_at(shift.register), by=by)


def report_of(shift: Shift, *, by: str = "", mark: CopyMark = ORIGINAL) -> DayReport:
    """The report of a shift: Z when it was counted, X while it runs (`by` asked for it)."""
    totals, closing = totals_of(shift), shift.closing
    head = db.session.get_one(JournalRecord, closing.record_seq) if closing else newest_record()
    settings = settings_as_of(closing.record_seq, closing.day) if closing else current_settings()
    language = settings.receipt.language
    discounts = discount_totals(shift.number)
    with use(language):
        corrections = tuple(paper_corrections(shift))
    return DayReport(
        kind="Z" if closing else "X",
        number=shift.number,
        shop=shop_head(settings),
        register=name_as_of(shift.register, head.seq),
        shift=shift.number,
        opened_at=shift.opened_at,
        opened_by=shift.staff.name,
        made_at=closing.closed_at if closing else now(),
        made_by=closing.staff.name if closing else by,
        sales_count=totals.sales_count,
        sales_total=totals.sales_total,
        cash_float=shift.float_,
        tenders=tender_counts(totals, closing),
        discounts=sum((each.amount for each in discounts), ZERO),
        discount_kinds=discounts,
        taxes=tuple(tax_line(sum_.rate, sum_.net, sum_.vat) for sum_ in totals.taxes),
        corrections=corrections,
        visitors=totals.visitors,
        practised=totals.practised,
        first_receipt=totals.first_receipt,
        last_receipt=totals.last_receipt,
        perpetual_total=head.gross,
        chain_seq=head.seq,
        chain_hash=head.hash,
        signed=head.sig is not None,
        mark=mark,
        demo=settings.demo,
        language=language,
    )


def newest_record() -> JournalRecord:
    """The head of the journal: there is always at least the genesis record."""
    newest = select(JournalRecord).order_by(JournalRecord.seq.desc()).limit(1)
    return db.session.scalars(newest).one()


def tender_counts(totals: ShiftTotals, closing: ShiftClosing | None) -> tuple[TenderCount, ...]:
    """What should be there by kind of payment; for cash, float included, also what was counted."""
    return tuple(
        TenderCount(t.kind.value, totals.expected_cash, closing.counted if closing else None, t.count)
        if t.kind is TenderKind.CASH
        else TenderCount(t.kind.value, t.amount, None, t.count)
        for t in totals.tenders
    )


def paper_corrections(shift: Shift) -> Iterator[PaperCorrection]:
    """Everything that lowered a total or went round a rule in the shift, in the order it happened."""
    acts = [*lowered(shift), *below_the_book(shift), *openings(shift), *copies(shift), *approved(shift)]
    yield from sorted(acts, key=lambda each: each.at)


def lowered(shift: Shift) -> Iterator[PaperCorrection]:
    """Corrections, removals, lots chosen by hand and baskets given up."""
    for each in corrections_of(shift.number):
        names = {
            "product": each.product.name if each.product else "",
            "lot": each.lot.number if each.lot else "",
            "order": each.order_code,
            "before": written(each.price_before) if each.price_before else "",
            "after": written(each.price_after) if each.price_after else "",
        }
        what = gettext(ACTS[each.kind] if each.product else ACTS_ON_BASKETS[each.kind]) % names
        yield PaperCorrection(each.corrected_at, what, each.amount, each.staff.name, each.reason)


def below_the_book(shift: Shift) -> Iterator[PaperCorrection]:
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
        yield PaperCorrection(sale.sold_at, what, ZERO, sale.staff.name, reason)


def openings(shift: Shift) -> Iterator[PaperCorrection]:
    """Drawer openings without a sale."""
    for each in drawer_openings_of(shift.number):
        yield PaperCorrection(
            each.opened_at, gettext("Drawer opened without a sale"), ZERO, each.staff.name, each.reason
        )


def approved(shift: Shift) -> Iterator[PaperCorrection]:
    """What a clerk did with a manager's word; the reason names the manager."""
    for each in approvals_in(shift.number):
        reason = gettext("approved by %(name)s") % {"name": each.approver.name}
        yield PaperCorrection(each.approved_at, gettext(ACT_NAMES[each.act]), ZERO, each.staff.name, reason)


def copies(shift: Shift) -> Iterator[PaperCorrection]:
    """Copies of receipts of this register that were asked for while the shift ran."""
    asked = (
        select(PrintJob, Staff.name)
        .join(Sale, Sale.number == PrintJob.number)
        .outerjoin(Staff, Staff.code == PrintJob.asked_by)
        .where(PrintJob.kind == RECEIPT, PrintJob.copy > 0, Sale.register_id == shift.register_id)
        .where(PrintJob.queued_at >= shift.opened_at)
        .order_by(PrintJob.id)
    )
    if shift.closing is not None:
        asked = asked.where(PrintJob.queued_at <= shift.closing.closed_at)
    for job, name in db.session.execute(asked):
        what = gettext("Copy %(copy)s of receipt %(number)s") % {"copy": job.copy, "number": job.number}
        yield PaperCorrection(job.queued_at, what, ZERO, name or "")


def draw_x_report(number: int, copy: int, again: bool) -> list[Block]:
    """The blocks of an X report for the spool; it shows the shift as it is when it is printed."""
    shift = db.session.get_one(Shift, number)
    by = db.session.scalar(
        select(Staff.name)
        .join(PrintJob, PrintJob.asked_by == Staff.code)
        .where(PrintJob.kind == X_REPORT, PrintJob.number == number)
        .order_by(PrintJob.id.desc())
        .limit(1)
    )
    report = report_of(shift, by=by or "", mark=mark_of(X_REPORT, number, copy, again))
    return lay_out_day_report(report, paper_columns())


def draw_z_report(number: int, copy: int, again: bool) -> list[Block]:
    """The blocks of a Z report for the spool."""
    shift = db.session.get_one(Shift, number)
    report = report_of(shift, mark=mark_of(Z_REPORT, number, copy, again))
    return lay_out_day_report(report, paper_columns())
