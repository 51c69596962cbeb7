"""X (any time) and Z (at closing) of a shift as paper: what was sold, taken, lowered and sealed."""

from sqlalchemy import select

from core.clock import now
from core.current_settings import current_settings
from core.database import db
from core.i18n import use
from core.journal.chain import JournalRecord
from core.staff import Staff
from pos.cash.hand_over_table import hand_over_from
from pos.receipt import ORIGINAL, shop_head, tax_line
from pos.register import name_as_of, printer_at
from pos.settings.in_force import settings_as_of
from pos.shifts.shift_acts import acts_of, moves_of
from pos.shifts.shift_count import COUNTED_KINDS, counts_of, expected_of
from pos.shifts.shift_table import Shift, ShiftClosing
from pos.shifts.shift_totals import ShiftTotals, totals_of
from pos.tender import TenderKind
from printers.blocks import Block
from printers.copies import next_copy
from printers.day_documents import DayReport, DrawerCount, HandedOver, TenderCount
from printers.documents import CopyMark, Payment
from printers.layouts.day_report import lay_out_day_report
from printers.spool import PrintJob, enqueue, mark_of, paper_columns

X_REPORT, Z_REPORT = "x_report", "z_report"


def print_x_report(shift: Shift, *, by: Staff) -> PrintJob:
    """Print what the shift took so far; nothing is closed by it."""
    return enqueue(X_REPORT, shift.number, printer=printer_at(shift.register), by=by)


def print_z_report(shift: Shift, *, by: Staff) -> PrintJob:
    """Print the report of a closed shift; the second time it is a copy and says so."""
    copy = next_copy(Z_REPORT, shift.number)
    return enqueue(Z_REPORT, shift.number, copy=copy, printer=printer_at(shift.register), by=by)


def report_of(shift: Shift, *, by: str = "", mark: CopyMark = ORIGINAL) -> DayReport:
    """The report of a shift: Z when it was counted, X while it runs (`by` asked for it)."""
    totals, closing = totals_of(shift), shift.closing
    head = db.session.get_one(JournalRecord, closing.record_seq) if closing else newest_record()
    settings = settings_as_of(closing.record_seq, closing.day) if closing else current_settings()
    language = settings.receipt.language
    with use(language):
        corrections, moves = tuple(acts_of(shift)), moves_of(shift)
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
        cash=drawer_count(totals, closing),
        tenders=tender_counts(shift, totals),
        taxes=tuple(tax_line(sum_.rate, sum_.net, sum_.vat) for sum_ in totals.taxes),
        discounts=totals.discounts,
        returns_count=totals.refunds.count,
        returns_total=totals.refunds.total,
        return_taxes=tuple(tax_line(tax.rate, tax.net, tax.vat) for tax in totals.refunds.taxes),
        given_back=tuple(Payment(back.kind.value, back.amount) for back in totals.refunds.tenders),
        moves=moves,
        corrections=corrections,
        handed_over=handed_over_from(shift),
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


def drawer_count(totals: ShiftTotals, closing: ShiftClosing | None) -> DrawerCount:
    """The account of the drawer; counted only once the shift was closed."""
    cash = totals.cash
    return DrawerCount(
        float_=cash.float_,
        taken=cash.taken,
        expected=closing.expected if closing else cash.expected,
        count=next(tender.count for tender in totals.tenders if tender.kind is TenderKind.CASH),
        given_back=cash.given_back,
        put_in=cash.put_in,
        taken_out=cash.taken_out,
        counted=closing.counted if closing else None,
    )


def tender_counts(shift: Shift, totals: ShiftTotals) -> tuple[TenderCount, ...]:
    """Transfer and card: what should have come in, and what somebody added up at closing."""
    counted = {count.kind: count.counted for count in counts_of(shift.number)}
    expected = expected_of(totals)
    return tuple(
        TenderCount(tender.kind.value, expected[tender.kind], counted.get(tender.kind), tender.count)
        for tender in totals.tenders
        if tender.kind in COUNTED_KINDS
    )


def handed_over_from(shift: Shift) -> HandedOver | None:
    """Who took the drawer over when the shift ended, if somebody did."""
    handed = hand_over_from(shift)
    if handed is None:
        return None
    return HandedOver(handed.shift.staff.name, handed.shift_number, handed.handed, handed.shift.float_)


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
