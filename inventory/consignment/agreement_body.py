"""Agreements as the journal keeps them (docs/journal.md, AGREEMENT)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from core.attached_file import AttachedFile, attach_files, files_body
from core.journal.record import uuid7
from core.money import Money
from inventory.catalogue.producer import Producer
from inventory.consignment.agreed_loss import LossRules
from inventory.consignment.agreed_terms import AgreedTerms, Clause
from inventory.consignment.agreement_table import Agreement, AgreementEnd, AgreementNotice
from inventory.receiving.confirmation import Confirmation, confirmation_body, write_confirmation


def rows_of_clauses(agreement: Agreement, clauses: Sequence[Clause], first_day: date) -> list[AgreedTerms]:
    """The clauses as rows to be written, numbered through; a limit without a share means nothing and is dropped."""
    return [
        AgreedTerms(
            uid=uuid7(),
            agreement_number=agreement.number,
            first_day=first_day,
            product_id=clause.product.id if clause.product is not None else None,
            product=clause.product,
            group_code=clause.group,
            price_from=clause.price_from,
            kind=clause.terms.kind,
            commission=clause.terms.commission,
            delivery_price=clause.terms.delivery_price,
            minimum_price=clause.minimum_price,
            discount_share=clause.discount_share,
            discount_limit=clause.discount_limit if clause.discount_share else 0,
            line=n,
        )
        for n, clause in enumerate(clauses, start=1)
    ]


def made_body(
    agreement: Agreement, producer: Producer, rows: Sequence[AgreedTerms], losses: LossRules
) -> dict[str, Any]:
    """A new agreement with its first terms."""
    batch = agreement.batch_quantity
    return {
        "act": "made",
        "no": agreement.number,
        "paper": agreement.paper,
        "producer": producer.code,
        "point": agreement.point,
        "from": agreement.first_day.isoformat(),
        "until": agreement.last_day.isoformat() if agreement.last_day else None,
        "grace": agreement.grace_days,
        "rhythm": agreement.rhythm.value,
        "batch": batch.thousandths if batch is not None else None,
        "least": agreement.minimum_payout.dong,
        "pay": agreement.payment_days,
        "notice": agreement.notice_days,
        "tax": agreement.tax.value,
        "note": agreement.note,
        "terms": [line_body(row) for row in rows],
        "losses": {cause.value: bearer.value for cause, bearer in losses.items()},
    }


def terms_body(agreement: Agreement, rows: Sequence[AgreedTerms], first_day: date) -> dict[str, Any]:
    """New terms of an agreement from a day on."""
    terms = [line_body(row) for row in rows]
    return {"act": "terms", "no": agreement.number, "from": first_day.isoformat(), "terms": terms}


def losses_body(agreement: Agreement, losses: LossRules, first_day: date) -> dict[str, Any]:
    """New rules of who bears losses from a day on."""
    rules = {cause.value: bearer.value for cause, bearer in losses.items()}
    return {"act": "losses", "no": agreement.number, "from": first_day.isoformat(), "losses": rules}


def notice_body(notice: AgreementNotice) -> dict[str, Any]:
    """One side told the other that it wants to end the agreement."""
    return {
        "act": "notice",
        "no": notice.agreement_number,
        "day": notice.given_on.isoformat(),
        "side": notice.given_by.value,
        "reason": notice.reason,
    }


def end_body(end: AgreementEnd) -> dict[str, Any]:
    """The last day of an agreement."""
    return {
        "act": "ended",
        "no": end.agreement_number,
        "until": end.last_day.isoformat(),
        "side": end.ended_by.value,
        "reason": end.reason,
    }


def line_body(row: AgreedTerms) -> dict[str, Any]:
    """One row of terms."""
    return {
        "n": row.line,
        "uid": row.uid,
        "sku": row.product.sku if row.product is not None else None,
        "group": row.group_code,
        "step": row.price_from.dong,
        "terms": row.kind.value,
        "rate": row.commission,
        "delivery": _dong(row.delivery_price),
        "minimum": _dong(row.minimum_price),
        "share": row.discount_share,
        "limit": row.discount_limit,
    }


def attached_body(agreement: Agreement, files: Sequence[AttachedFile]) -> dict[str, Any]:
    """Scans of the signed paper that came later."""
    return {"act": "attached", "no": agreement.number, "files": files_body(files)}


def with_word(
    body: dict[str, Any], confirmed: Confirmation | None, files: Sequence[AttachedFile] = ()
) -> dict[str, Any]:
    """The same with the producer's word and kept papers, where there are any."""
    if confirmed is not None:
        body = body | {"confirmed": confirmation_body(confirmed)}
    return body | {"files": files_body(files)} if files else body


def keep_word(record_seq: int, confirmed: Confirmation | None, files: Sequence[AttachedFile] = ()) -> None:
    """Keep beside the record what `with_word` put into it."""
    attach_files(record_seq, files)
    if confirmed is not None:
        write_confirmation(confirmed, record_seq)


def _dong(amount: Money | None) -> int | None:
    return amount.dong if amount is not None else None
