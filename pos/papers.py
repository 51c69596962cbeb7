"""The papers of the till: which document is drawn by whom."""

from inventory.labels.label_paper import draw_labels
from inventory.labels.label_run import LABELS
from inventory.receiving.slip_copies import register_slips
from inventory.reordering.request_paper import DELIVERY_REQUEST, draw_request
from pos.cash.cash_slip import CASH_SLIP, draw_cash_slip
from pos.practising.practice import PRACTICE_RECEIPT
from pos.practising.practice_paper import draw_practice
from pos.receipt import RECEIPT, draw_receipt
from pos.reports.day_book_paper import DAY_BOOK, draw_day_book
from pos.reports.day_report import X_REPORT, Z_REPORT, draw_x_report, draw_z_report
from pos.restoring.drill_certificate import RESTORE_DRILL, draw_certificate
from pos.returns.refund import RETURN_SLIP
from pos.returns.refund_paper import draw_return_slip
from pos.settings.printer_trial import TEST_SLIP, draw_test_slip
from pos.transfers.sticker_paper import BANK_STICKER, draw_sticker
from printers.spool import register_maker


def register_papers() -> None:
    """Tell the spool how each of the till's papers is drawn: receipts, slips, reports, certificates, stickers."""
    register_maker(RECEIPT, draw_receipt)
    register_maker(PRACTICE_RECEIPT, draw_practice, for_practice=True)
    register_maker(RETURN_SLIP, draw_return_slip)
    register_maker(X_REPORT, draw_x_report)
    register_maker(Z_REPORT, draw_z_report)
    register_maker(CASH_SLIP, draw_cash_slip)
    register_maker(DAY_BOOK, draw_day_book)
    register_maker(RESTORE_DRILL, draw_certificate)
    register_maker(TEST_SLIP, draw_test_slip)
    register_maker(BANK_STICKER, draw_sticker)
    register_maker(DELIVERY_REQUEST, draw_request)
    register_maker(LABELS, draw_labels)
    register_slips()
