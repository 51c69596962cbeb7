"""The paper of a practice receipt: set like a receipt, so that a clerk learns to read it, and worth nothing."""

from typing import Any

from core.database import db
from core.money import Money
from core.quantity import Quantity, Unit
from pos.practising.practice import PRACTICE_RECEIPT, PracticeReceipt
from pos.receipt import ORIGINAL, shop_head, tax_line
from pos.register import name_as_of
from pos.settings.in_force import settings_as_of
from printers.blocks import Block
from printers.documents import CopyMark, Discount, Payment, Receipt, ReceiptLine
from printers.layouts.receipt import lay_out_practice
from printers.spool import mark_of, paper_columns


def paper_of(practice: PracticeReceipt, *, mark: CopyMark = ORIGINAL) -> Receipt:
    """What the paper says: everything but a seal and words about returns, for nothing was sold."""
    body, settings = practice.body, settings_as_of(practice.record_seq, practice.day)
    return Receipt(
        shop=shop_head(settings),
        number=practice.number,
        at=practice.rung_at,
        register=name_as_of(practice.register, practice.record_seq),
        clerk=practice.staff.name,
        lines=tuple(paper_line(line) for line in body["lines"]),
        total=practice.total,
        payments=tuple(Payment(each["kind"], Money(each["amt"]), each.get("ref", "")) for each in body["pay"]),
        change=practice.change,
        taxes=tuple(tax_line(each["rate"], Money(each["net"]), Money(each["vat"])) for each in body["vat"]),
        order_code=practice.order_code,
        mark=mark,
        demo=settings.demo,
        language=settings.receipt.language,
    )


def paper_line(line: dict[str, Any]) -> ReceiptLine:
    """One kind of goods, as it was rung."""
    return ReceiptLine(
        name=line["name"],
        quantity=Quantity(line["qty"]),
        price=Money(line["price"]),
        amount=Money(line["amt"]),
        unit=Unit(line["kind"]),
        unit_label=line["unit"],
        discount=Money(line["disc"]),
        discounts=(Discount("line", Money(line["disc"])),) if line["disc"] else (),
    )


def draw_practice(number: int, copy: int, again: bool) -> list[Block]:
    """The blocks of a practice receipt for the spool."""
    practice = db.session.get_one(PracticeReceipt, number)
    return lay_out_practice(paper_of(practice, mark=mark_of(PRACTICE_RECEIPT, number, copy, again)), paper_columns())
