"""Consent: what somebody agreed to and still agrees to, by purpose; each act is a record without the data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select

from config.reference.data_purposes import purpose_on, wording_on
from config.reference.table import UnknownReference
from core.clock import today
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_, current_language
from core.journal.chain import write_record
from core.journal.record import Kind
from core.staff import Staff
from pos.buyers.customer_table import Consent, ConsentAct, Customer


class NoSuchPurpose(RuleBroken):
    """Data is never kept for nothing in particular."""

    message = N_("Choose what the name and phone are for.")


class NotAgreedTo(RuleBroken):
    """There is nothing to take back."""

    message = N_("This buyer has not agreed to that, or has taken it back already. Reload the page.")


def record_consent(
    customer: Customer,
    act: ConsentAct,
    *,
    by: Staff | None,
    purpose: str | None = None,
    wording: int | None = None,
    why: str = "",
) -> Consent:
    """Write one act on somebody's data down (docs/journal.md, CONSENT)."""
    given = act in (ConsentAct.GIVEN, ConsentAct.CORRECTED)
    body = {
        "act": act.value,
        "who": customer.who,
        "purpose": purpose,
        "wording": wording,
        "language": current_language() if wording is not None else None,
        "hash": customer.fingerprint if given else None,
        "why": why,
    }
    record = write_record(Kind.CONSENT, body, by=by)
    row = Consent(
        record_seq=record.seq,
        who=customer.who,
        act=act,
        purpose=purpose,
        wording=wording,
        language=body["language"],
        hash=body["hash"],
        why=why,
        at=record.ts,
        staff_code=by.code if by else None,
    )
    db.session.add(row)
    db.session.flush()
    return row


def give_consent(customer: Customer, purpose: str, *, by: Staff) -> None:
    """Write down that somebody agreed to a purpose after the words of today were read out; once is enough."""
    try:
        purpose_on(purpose, today())
    except UnknownReference:
        raise NoSuchPurpose() from None
    words = wording_on(purpose, today())
    standing = agreed_to(customer.who).get(purpose)
    if standing is None or standing.wording != words.version:
        record_consent(customer, ConsentAct.GIVEN, purpose=purpose, wording=words.version, by=by)


def withdraw_consent(customer: Customer, purpose: str, *, by: Staff | None, why: str = "") -> None:
    """Write down that somebody took their consent to a purpose back. Raises NotAgreedTo."""
    if purpose not in agreed_to(customer.who):
        raise NotAgreedTo()
    record_consent(customer, ConsentAct.WITHDRAWN, purpose=purpose, by=by, why=why)


def acts_on(who: str) -> Sequence[Consent]:
    """Everything that was done with somebody's data, the newest first."""
    rows = select(Consent).where(Consent.who == who).order_by(Consent.record_seq.desc())
    return db.session.scalars(rows).all()


def agreed_to(who: str) -> dict[str, Consent]:
    """The purposes somebody agrees to now, each with the consent it rests on."""
    return _standing(reversed(acts_on(who)))


def agreed_by_all() -> dict[str, dict[str, Consent]]:
    """The same for everybody who is still known, by their signs, in one query."""
    rows = select(Consent).join(Customer, Customer.who == Consent.who).order_by(Consent.record_seq)
    acts: dict[str, list[Consent]] = defaultdict(list)
    for row in db.session.scalars(rows.where(Consent.act.in_([ConsentAct.GIVEN, ConsentAct.WITHDRAWN]))):
        acts[row.who].append(row)
    return {who: _standing(rows_of) for who, rows_of in acts.items()}


def _standing(oldest_first: Iterable[Consent]) -> dict[str, Consent]:
    standing: dict[str, Consent] = {}
    for row in oldest_first:
        if row.purpose is not None and row.act is ConsentAct.GIVEN:
            standing[row.purpose] = row
        elif row.purpose is not None and row.act is ConsentAct.WITHDRAWN:
            standing.pop(row.purpose, None)
    return standing


def months_after(day: date, months: int) -> date:
    """The same day so many months on, or the last one of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - date.resolution).day
    return date(year, month + 1, min(day.day, last))
