"""Packing: the invoices that are made go into messages, whose exact bytes are kept until they are answered."""

from __future__ import annotations

import hashlib
import logging
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from core.clock import now
from core.current_settings import current_settings
from core.database import db, transaction
from core.journal.chain import write_record
from core.journal.record import Kind
from core.journal.selling_day import selling_day
from pos.invoice.document import InvoiceDocument
from pos.invoice.drawing_up import document_of
from pos.invoice.invoice_table import (
    Invoice,
    InvoiceMessage,
    InvoiceStep,
    Standing,
    UnsettledInvoice,
)
from pos.invoice.message import Envelope, how_many_fit, message_of, written
from pos.invoice.number import new_message_id
from pos.invoice.signature import make_test_certificate, sign_for_trying
from pos.invoice.steps import take_steps

MOST_IN_A_MESSAGE = 500
BY_TEST = "test"
_log = logging.getLogger(__name__)


class NothingWritable(ValueError):
    """Our own mistake: what is left on the list cannot be written in the format."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A message ready to be kept."""

    envelope: Envelope
    codes: tuple[str, ...]
    content: bytes
    signed_by: str


def pack_what_is_made(certificate: Path) -> str | None:
    """Pack the oldest invoices that are made into one message and give its id; None when there is nothing to pack.

    Drawing, checking and signing happen before the transaction: nobody at a till waits for them.
    """
    invoices = made_invoices()
    if not invoices:
        return None
    try:
        packed = _packed([(invoice.code, document_of(invoice)) for invoice in invoices], certificate)
    except (ValueError, LookupError):  # one of them; it must not hold up the others
        packed = _packed(_writable(invoices), certificate)
    with transaction():
        return _keep(packed)


def made_invoices() -> Sequence[Invoice]:
    """Invoices that are in no message yet, the oldest first."""
    codes = select(UnsettledInvoice.code).where(UnsettledInvoice.standing == Standing.MADE)
    wanted = select(Invoice).where(Invoice.code.in_(codes)).order_by(Invoice.record_seq).limit(MOST_IN_A_MESSAGE)
    return db.session.scalars(wanted).all()


def content_of(message: InvoiceMessage) -> bytes:
    """The bytes of a message as they were packed."""
    return zlib.decompress(message.content)


def _writable(invoices: Sequence[Invoice]) -> list[tuple[str, InvoiceDocument]]:
    """Those that can be written in the format; the others stay on the list, where the foot bar shows them."""
    found, first_trouble = [], None
    for invoice in invoices:
        try:
            document = document_of(invoice)
            message_of(_envelope(document), [document])  # held to the schema
            found.append((invoice.code, document))
        except (ValueError, LookupError) as trouble:
            _log.error("invoice %s cannot be written: %s", invoice.code, trouble)
            first_trouble = first_trouble or trouble
    if not found:
        raise NothingWritable from first_trouble
    return found


def _envelope(document: InvoiceDocument) -> Envelope:
    tax_code = document.seller.tax_code
    return Envelope(new_message_id(tax_code), tax_code, selling_day())


def _packed(drawn: Sequence[tuple[str, InvoiceDocument]], certificate: Path) -> Packed:
    envelope = _envelope(drawn[0][1])
    fitting = how_many_fit(envelope, [document for _, document in drawn])
    message = message_of(envelope, [document for _, document in drawn[:fitting]])
    signed_by = current_settings().invoice.signed_by
    if signed_by == BY_TEST:
        if not certificate.exists():
            make_test_certificate(certificate, envelope.tax_code)
        sign_for_trying(message, certificate)
    return Packed(envelope, tuple(code for code, _ in drawn[:fitting]), written(message), signed_by)


def _keep(packed: Packed) -> str | None:
    still = select(UnsettledInvoice.code).where(
        UnsettledInvoice.code.in_(packed.codes), UnsettledInvoice.standing == Standing.MADE
    )
    if len(db.session.scalars(still).all()) != len(packed.codes):
        return None  # somebody did something about one of them meanwhile: packed anew in a moment
    message_id, digest = packed.envelope.message_id, hashlib.sha256(packed.content).hexdigest()
    body = {
        "act": InvoiceStep.PACKED.value,
        "message": message_id,
        "hash": digest,
        "signed": packed.signed_by,
        "codes": list(packed.codes),
    }
    record = write_record(Kind.INVOICE, body, by=None)
    take_steps(record, dict.fromkeys(packed.codes, (InvoiceStep.PACKED, "")), message_id=message_id)
    db.session.add(
        InvoiceMessage(
            message_id=message_id,
            packed_at=record.ts,
            content=zlib.compress(packed.content, 9),
            digest=digest,
            signed_by=packed.signed_by,
            provider=current_settings().invoice.provider,
            tries=0,
            next_try_at=now(),
            received=False,
            trouble="",
        )
    )
    db.session.flush()
    return message_id
