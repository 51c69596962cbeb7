"""Invoices as the journal sees them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.journal.record import Kind
from core.journal.replay import Difference, Mirror, Replay, Replayed, Told
from pos.invoice.invoice_table import (
    Invoice,
    InvoiceBlock,
    InvoiceNotice,
    InvoiceStep,
    InvoiceStepTaken,
    InvoiceWait,
    ProviderOutage,
    UnsettledInvoice,
)
from pos.invoice.number import read_code

INVOICES = Replay()

_MIRRORED: tuple[tuple[str, Any, tuple[str, ...], tuple[str, ...]], ...] = (
    ("invoice_blocks", InvoiceBlock, ("given", "first", "last", "entered_at", "staff_code"), ("record_seq",)),
    (
        "invoice_waits",
        InvoiceWait,
        ("kind", "sale_number", "refund_number", "corrects", "total", "vat", "reason", "why"),
        ("record_seq",),
    ),
    (
        "invoices",
        Invoice,
        (
            *("kind", "sale_number", "refund_number", "corrects", "waited", "form", "series", "number", "day", "code"),
            *("code_number", "total", "vat", "buyer", "reason", "made_at", "staff_code"),
        ),
        ("code",),
    ),
    (
        "invoice_steps",
        InvoiceStepTaken,
        ("code", "step", "message_id", "reason", "at", "staff_code"),
        ("record_seq", "code"),
    ),
    ("invoice_notices", InvoiceNotice, ("number", "code", "buyer", "reason", "day", "staff_code"), ("number",)),
    ("invoice_outages", ProviderOutage, ("why", "at"), ("record_seq",)),
)
for _name, _table, _columns, _key in _MIRRORED:
    _wanted = [getattr(_table, column) for column in _columns]
    INVOICES.mirror(Mirror(_name, select(*_wanted, _table.record_seq), key=_key))


@INVOICES.kind(Kind.INVOICE)
def _invoice(record: Replayed) -> Iterator[Told]:
    body = record.body
    act = body["act"]
    if act == "made":
        yield "invoices", _made(record)
    elif act == "waits":
        fields = ("kind", "corrects", "total", "vat", "reason", "why")
        row = {"sale_number": body["sale"], "refund_number": body["refund"]}
        yield "invoice_waits", row | {name: body[name] for name in fields}
    elif act == "block":
        told = {name: body[name] for name in ("given", "first", "last")}
        yield "invoice_blocks", {**told, "entered_at": record.ts, "staff_code": record.usr}
    elif act == "notice":
        told = {"number": body["no"], **{name: body[name] for name in ("code", "buyer", "reason", "day")}}
        yield "invoice_notices", {**told, "staff_code": record.usr}
    elif act in ("outage", "back"):
        yield "invoice_outages", {"why": body.get("why", ""), "at": record.ts}
    else:
        yield from _steps(record)


def _made(record: Replayed) -> dict[str, Any]:
    body = record.body
    same = ("kind", "corrects", "form", "series", "day", "code", "total", "vat", "buyer", "reason")
    return {
        **{name: body[name] for name in same},
        "sale_number": body["sale"],
        "refund_number": body["refund"],
        "waited": body.get("waited"),
        "number": body["no"],
        "code_number": read_code(body["code"]).number,
        "made_at": record.ts,
        "staff_code": record.usr,
    }


def _steps(record: Replayed) -> Iterator[Told]:
    body = record.body
    if body["act"] == "answered":
        steps = [(code, InvoiceStep.ACCEPTED, "") for code in body["ok"]]
        steps += [(one["code"], InvoiceStep.REJECTED, one["why"]) for one in body["no"]]
        steps += [(code, InvoiceStep.AGAIN, "") for code in body["again"]]
    else:
        steps = [(code, InvoiceStep(body["act"]), "") for code in body["codes"]]
    for code, step, reason in steps:
        row = {"code": code, "step": step.value, "message_id": body.get("message"), "reason": reason}
        yield "invoice_steps", {**row, "at": record.ts, "staff_code": record.usr}


@INVOICES.check
def _nothing_forgotten(session: Session) -> Iterable[Difference]:
    """What is not accepted must be on the working list, or it would never be sent."""
    accepted = select(InvoiceStepTaken.code).where(InvoiceStepTaken.step == InvoiceStep.ACCEPTED)
    listed = select(UnsettledInvoice.code).where(UnsettledInvoice.code.is_not(None))
    missing = select(Invoice.record_seq, Invoice.code).where(Invoice.code.not_in(accepted), Invoice.code.not_in(listed))
    for seq, code in session.execute(missing):
        yield Difference(seq, "unsettled_invoices", (code,), None, "on the list", "missing")
    waited = select(Invoice.waited).where(Invoice.waited.is_not(None))
    waiting = select(UnsettledInvoice.wait_seq).where(UnsettledInvoice.wait_seq.is_not(None))
    lost = select(func.min(InvoiceWait.record_seq)).where(
        InvoiceWait.record_seq.not_in(waited), InvoiceWait.record_seq.not_in(waiting)
    )
    first = session.scalar(lost)
    if first is not None:
        yield Difference(first, "unsettled_invoices", (str(first),), None, "on the list", "missing")
