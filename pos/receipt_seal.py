"""The QR on a receipt read back: `tid|ep|seq|total|hash16` (pos/receipt.py); each part is held against the books."""

import re
from dataclasses import dataclass

from sqlalchemy import select

from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import JournalRecord
from core.journal.record import Kind
from core.journal.seal import current_terminal
from core.money import Money
from inventory.catalogue.barcode import refuse_foreign
from pos.receipt import short_hash
from pos.returns.refund_table import Refund
from pos.sale import Sale

_SEAL = re.compile(r"([A-Za-z0-9-]{1,32})\|([0-9]{1,9})\|([0-9]{1,15})\|([0-9]{1,15})\|([A-Za-z2-7]{16})")


class ReceiptOfAnotherShop(RuleBroken):
    """The terminal in the QR is not this one."""

    message = N_("This receipt is of another shop (terminal %(terminal)s). Only that shop can take its goods back.")


class NoSuchReceiptHere(RuleBroken):
    """The record that the QR names is none, or not a sale."""

    message = N_("No sale stands under record %(record)s here. The paper is not one of this shop's receipts: "
                 "give nothing back, and show it to the manager.")  # fmt: skip


class ReceiptFromLostTime(RuleBroken):
    """Another epoch: the sale may have been lost when the shop went on from a backup."""

    message = N_("This receipt is from a time whose records were lost when the shop was restored. A manager may take "
                 "the goods back without a receipt.")  # fmt: skip


class ForgedTotal(RuleBroken):
    """The total on the paper is not the one of the sale."""

    message = N_("The paper says %(said)s, but receipt %(receipt)s was for %(total)s. It was changed: "
                 "give nothing back, and show it to the manager.")  # fmt: skip


class ForgedCheckCode(RuleBroken):
    """The hash on the paper is not the one of the record."""

    message = N_("The check code of this paper does not fit receipt %(receipt)s. It was changed: "
                 "give nothing back, and show it to the manager.")  # fmt: skip


class PaperOfAReturn(RuleBroken):
    """The customer kept both papers, and the wrong one was scanned."""

    message = N_("This is the paper of return %(number)s. Scan the receipt that the goods were bought with.")


@dataclass(frozen=True, slots=True)
class ReadSeal:
    """The five parts of a seal as they stand on the paper."""

    tid: str
    epoch: int
    seq: int
    total: Money
    check: str


def read_seal(text: str) -> ReadSeal | None:
    """A scan as a receipt's seal; None for everything else. Raises ForeignScan for what a keyboard program changed."""
    if text.count("|") != 4:
        return None
    found = _SEAL.fullmatch(refuse_foreign(text))
    if found is None:
        return None
    tid, epoch, seq, total, check = found.groups()
    return ReadSeal(tid, int(epoch), int(seq), Money(int(total)), check.upper())


def sale_of_seal(seal: ReadSeal) -> Sale:
    """The sale that a seal names; or the sentence that says which part of it is not right."""
    tid = current_terminal().tid
    if seal.tid.casefold() != tid.casefold():
        raise ReceiptOfAnotherShop(terminal=seal.tid)
    record = db.session.get(JournalRecord, seal.seq)
    if record is not None and record.ep != seal.epoch:
        raise ReceiptFromLostTime()
    if record is not None and record.typ is Kind.REFUND:
        number = db.session.scalars(select(Refund.number).where(Refund.record_seq == seal.seq)).one()
        raise PaperOfAReturn(number=number)
    sale = db.session.scalar(select(Sale).where(Sale.record_seq == seal.seq))
    if record is None or sale is None:
        raise NoSuchReceiptHere(record=seal.seq)
    if seal.total != sale.total:
        raise ForgedTotal(said=seal.total, receipt=sale.number, total=sale.total)
    if seal.check != short_hash(record.hash):
        raise ForgedCheckCode(receipt=sale.number)
    return sale
