"""The paper of a refund as data (phiếu trả hàng), and its numbered copies."""

from core.database import db
from core.i18n import gettext, use
from core.staff import Staff
from pos.receipt import ORIGINAL, seal_of, shop_head, tax_lines
from pos.register import Register, name_as_of, printer_at
from pos.returns.refund import RETURN_SLIP
from pos.returns.refund_table import Refund, RefundLine
from pos.returns.return_condition import CONDITION_NAMES
from pos.settings.in_force import settings_as_of
from printers.blocks import Block
from printers.copies import next_copy
from printers.documents import CopyMark, Payment, ReceiptLine, ReturnSlip
from printers.layouts.return_slip import lay_out_return_slip
from printers.spool import PrintJob, enqueue, mark_of, paper_columns


def return_slip_of(refund: Refund, *, mark: CopyMark = ORIGINAL) -> ReturnSlip:
    """The paper of a refund, from what held when it was made: a copy says the same as the first."""
    settings = settings_as_of(refund.record_seq, refund.day)
    sale = refund.sale
    with use(settings.receipt.language):
        lines = tuple(slip_line(line) for line in refund.lines)
    return ReturnSlip(
        shop=shop_head(settings),
        number=refund.number,
        at=refund.refunded_at,
        register=name_as_of(refund.register, refund.record_seq),
        clerk=refund.staff.name,
        receipt=refund.sale_number,
        sold_at=sale.sold_at if sale is not None else None,
        lines=lines,
        total=refund.total,
        payments=tuple(Payment(t.kind.value, t.amount, t.reference) for t in refund.tenders),
        reason=refund.reason,
        taxes=tax_lines(refund.lines),
        seal=seal_of(refund.record_seq, refund.total),
        mark=mark,
        demo=settings.demo,
        language=settings.receipt.language,
    )


def slip_line(line: RefundLine) -> ReceiptLine:
    """One kind of goods on the paper, with where it went."""
    return ReceiptLine(
        name=line.name,
        quantity=line.quantity,
        price=line.price,
        amount=line.amount,
        unit=line.product.unit,
        unit_label=line.unit_label,
        note=gettext(CONDITION_NAMES[line.condition]),
    )


def draw_return_slip(number: int, copy: int, again: bool) -> list[Block]:
    """The blocks of the slip for the spool."""
    refund = db.session.get_one(Refund, number)
    slip = return_slip_of(refund, mark=mark_of(RETURN_SLIP, number, copy, again))
    return lay_out_return_slip(slip, paper_columns())


def reprint_slip(refund: Refund, *, by: Staff, at: Register | None = None) -> PrintJob:
    """Print a numbered copy (BẢN SAO n), at the register where it is asked for."""
    copy = max(next_copy(RETURN_SLIP, refund.number), 1)
    return enqueue(RETURN_SLIP, refund.number, copy=copy, printer=printer_at(at or refund.register), by=by)
