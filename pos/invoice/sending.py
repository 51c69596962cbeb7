"""Sending a message, and what its answer does to the invoices in it.

Before a message is handed over the try is written down. Whoever is killed between sending and answering asks the
provider first the next time, and sends the same bytes under the same id only if it never saw them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from core.clock import now
from core.database import db, transaction
from core.journal.chain import write_record
from core.journal.record import Kind
from core.journal.selling_day import selling_day
from core.text import clean
from pos.invoice.answer import Answer, Unreadable, Verdict, read_answer
from pos.invoice.invoice_table import (
    Invoice,
    InvoiceMessage,
    InvoiceStep,
    InvoiceStepTaken,
    ProviderOutage,
    Standing,
)
from pos.invoice.packing import content_of
from pos.invoice.provider import Provider, ProviderSilent, Replied, Reply
from pos.invoice.steps import standing_of, take_steps

PAUSES_SECONDS = (5, 15, 60, 180, 600, 900)
"""Before the second try, the third, and so on; the last one from then on."""
ASK_SECONDS = 60
LAID_OUT_SECONDS = 10


def due_messages() -> Sequence[str]:
    """Messages without an answer whose next try is due; a clock set back holds none of them up for long."""
    moment = now()
    far = moment + timedelta(seconds=2 * PAUSES_SECONDS[-1])
    due = (InvoiceMessage.next_try_at <= moment) | (InvoiceMessage.next_try_at > far)
    wanted = select(InvoiceMessage.message_id).where(InvoiceMessage.next_try_at.is_not(None), due)
    return db.session.scalars(wanted.order_by(InvoiceMessage.packed_at)).all()


def try_message(message_id: str, provider: Provider) -> bool:
    """Send a message, or ask what became of it, and do what the reply says; False when the provider is silent."""
    with transaction():
        message = db.session.get_one(InvoiceMessage, message_id)
        message.tries += 1
        message.next_try_at = now() + timedelta(seconds=_pause(message.tries))
        first, content = message.tries == 1, content_of(message)
    try:
        replied = _handed_over(message_id, content, provider, first=first)
        answer = _read(message_id, replied)
    except (ProviderSilent, Unreadable) as trouble:
        _note_silence(message_id, clean(str(trouble), limit=200))
        return False
    _note_reply(message_id, replied, answer)
    return True


def _handed_over(message_id: str, content: bytes, provider: Provider, *, first: bool) -> Replied:
    if not first:
        known = provider.ask(message_id)
        if known.reply is not Reply.UNKNOWN:
            return known
    return provider.send(message_id, content)


def _read(message_id: str, replied: Replied) -> Answer | None:
    if replied.reply is not Reply.ANSWERED:
        return None
    answer = read_answer(replied.content, selling_day())
    if answer.message_id != message_id:
        raise Unreadable("it answers another message")
    return answer


def _note_silence(message_id: str, why: str) -> None:
    with transaction():
        db.session.get_one(InvoiceMessage, message_id).trouble = why
        if not is_silent():
            record = write_record(Kind.INVOICE, {"act": "outage", "why": why}, by=None)
            db.session.add(ProviderOutage(record_seq=record.seq, why=why, at=record.ts))


def _note_reply(message_id: str, replied: Replied, answer: Answer | None) -> None:
    with transaction():
        message = db.session.get_one(InvoiceMessage, message_id)
        message.trouble = ""
        if is_silent():
            record = write_record(Kind.INVOICE, {"act": "back"}, by=None)
            db.session.add(ProviderOutage(record_seq=record.seq, why="", at=record.ts))
        if replied.reply is Reply.RECEIVED or (answer and answer.verdict is Verdict.RECEIVED):
            _received(message)
        elif replied.reply is Reply.LAID_OUT:
            message.next_try_at = now() + timedelta(seconds=LAID_OUT_SECONDS)
        elif answer is not None:
            settle(message, answer)


def _received(message: InvoiceMessage) -> None:
    """The provider has it. That is said once; then it is asked from time to time."""
    message.next_try_at = now() + timedelta(seconds=ASK_SECONDS)
    if message.received:
        return
    message.received = True
    codes = [invoice.code for invoice in invoices_in(message.message_id)]
    body = {"act": InvoiceStep.SENT.value, "message": message.message_id, "codes": codes}
    record = write_record(Kind.INVOICE, body, by=None)
    take_steps(record, dict.fromkeys(codes, (InvoiceStep.SENT, "")), message_id=message.message_id)


def settle(message: InvoiceMessage, answer: Answer) -> None:
    """Let the invoices of a message stand as the tax office says; an answer that came before changes nothing.

    A refusal that names invoices is theirs alone: the tax office did not speak of the others, they are sent again in
    another message. One that names none is meant for all.
    """
    if message.next_try_at is None:
        return
    message.next_try_at = None
    steps = {invoice.code: _step_of(invoice, answer) for invoice in invoices_in(message.message_id)}
    body = {
        "act": "answered",
        "message": message.message_id,
        "ok": [code for code, (step, _) in steps.items() if step is InvoiceStep.ACCEPTED],
        "no": [{"code": code, "why": why} for code, (step, why) in steps.items() if step is InvoiceStep.REJECTED],
        "again": [code for code, (step, _) in steps.items() if step is InvoiceStep.AGAIN],
    }
    record = write_record(Kind.INVOICE, body, by=None)
    take_steps(record, steps, message_id=message.message_id)


def _step_of(invoice: Invoice, answer: Answer) -> tuple[InvoiceStep, str]:
    if answer.verdict is Verdict.VALID:
        return InvoiceStep.ACCEPTED, ""
    if not answer.refused:
        return InvoiceStep.REJECTED, answer.reason
    why = answer.refused.get((str(invoice.form), invoice.series, str(invoice.number)))
    if why is None:
        return InvoiceStep.AGAIN, ""
    return InvoiceStep.REJECTED, why or answer.reason


def invoices_in(message_id: str) -> Sequence[Invoice]:
    """The invoices of a message that it still speaks for, in their order."""
    packed = select(InvoiceStepTaken.code).where(
        InvoiceStepTaken.message_id == message_id, InvoiceStepTaken.step == InvoiceStep.PACKED
    )
    found = db.session.scalars(select(Invoice).where(Invoice.code.in_(packed)).order_by(Invoice.record_seq)).all()
    return [one for one in found if standing_of(one.code) in (Standing.PACKED, Standing.SENT)]


def is_silent() -> bool:
    """Whether the provider could not be reached the last time."""
    newest = select(ProviderOutage.why).order_by(ProviderOutage.record_seq.desc()).limit(1)
    return bool(db.session.scalar(newest))


def _pause(tries: int) -> int:
    return PAUSES_SECONDS[min(tries, len(PAUSES_SECONDS)) - 1]
