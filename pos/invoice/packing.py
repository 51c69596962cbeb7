"""Packing: the invoices that are made go into messages, whose exact bytes are kept until they are answered."""

from __future__ import annotations

import hashlib
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
BY_PROVIDER, BY_TEST = "provider", "test"


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
    packed = _packed([(invoice.code, document_of(invoice)) for invoice in invoices], certificate)
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


def _packed(drawn: Sequence[tuple[str, InvoiceDocument]], certificate: Path) -> Packed:
    settings, day = current_settings(), selling_day()
    tax_code = drawn[0][1].seller.tax_code
    envelope = Envelope(new_message_id(tax_code), tax_code, day)
    fitting = how_many_fit(envelope, [document for _, document in drawn])
    message = message_of(envelope, [document for _, document in drawn[:fitting]])
    signed_by = settings.invoice.signed_by
    if signed_by == BY_TEST:
        if not certificate.exists():
            make_test_certificate(certificate, tax_code)
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
