"""The paper of cash put in or taken out without a sale. It has no number of its own: the journal's stands on it."""

from sqlalchemy import select

from core.approval import Act, Approval
from core.database import db
from core.i18n import gettext, use
from core.staff import Staff
from pos.cash.cash_move_table import PURPOSE_NAMES, CashMove, Way, cash_move_of_record
from pos.receipt import ORIGINAL, shop_head
from pos.register import name_as_of, printer_at
from pos.settings.in_force import settings_as_of
from printers.blocks import Block
from printers.copies import next_copy
from printers.day_documents import CashSlip
from printers.documents import CopyMark
from printers.layouts.cash_slip import lay_out_cash_slip
from printers.spool import PrintJob, enqueue, mark_of, paper_columns

CASH_SLIP = "cash_slip"


def print_cash_slip(move: CashMove, *, by: Staff) -> PrintJob:
    """Print the slip; the drawer opens with the first one of a drawer's cash, a copy says that it is one."""
    copy = next_copy(CASH_SLIP, move.record_seq)
    printer = printer_at(move.register) if move.register is not None else None
    opens = copy == 0 and move.register is not None
    return enqueue(CASH_SLIP, move.record_seq, copy=copy, open_drawer=opens, printer=printer, by=by)


def slip_of(move: CashMove, *, mark: CopyMark = ORIGINAL) -> CashSlip:
    """The slip of a cash move, from what held when it was recorded."""
    settings = settings_as_of(move.record_seq, move.day)
    language = settings.receipt.language
    with use(language):
        place = name_as_of(move.register, move.record_seq) if move.register is not None else gettext("Safe")
        what = gettext(PURPOSE_NAMES[move.purpose])
    return CashSlip(
        shop=shop_head(settings),
        record=move.record_seq,
        shift=move.shift_number,
        at=move.moved_at,
        place=place,
        what=what,
        amount=move.amount,
        into=move.way is Way.IN,
        by=move.staff.name,
        payee=move.payee,
        reference=move.reference,
        reason=move.reason,
        approved_by=approver_of(move),
        mark=mark,
        demo=settings.demo,
        language=language,
    )


def approver_of(move: CashMove) -> str:
    """The manager who stood by, or nothing where nobody had to be asked."""
    given = select(Approval).where(Approval.act == Act.CASH_OUT, Approval.about == str(move.record_seq))
    approval = db.session.scalar(given)
    return approval.approver.name if approval is not None else ""


def draw_cash_slip(number: int, copy: int, again: bool) -> list[Block]:
    """The blocks of a slip for the spool."""
    move = cash_move_of_record(number)
    assert move is not None, "a slip is only left with its move"
    return lay_out_cash_slip(slip_of(move, mark=mark_of(CASH_SLIP, number, copy, again)), paper_columns())
