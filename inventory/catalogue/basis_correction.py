"""Bases that were typed wrongly: corrected as the paper says, or struck out when it is no paper of this product."""

from datetime import date
from typing import TypedDict, Unpack

from core.database import db
from core.journal.record import Kind
from core.staff import Staff
from core.text import clean
from inventory.catalogue.basis import (
    BasisEndsFirst,
    Eligibility,
    EligibilityEnd,
    check_eligibility,
    eligibility_body,
    need_paper_basis,
)
from inventory.catalogue.correction import refuse_struck
from inventory.catalogue.paper_correction import record_correction, strike_paper
from inventory.catalogue.product import Product


class BasisPaper(TypedDict, total=False):
    """What stands on the paper."""

    basis_code: str
    evidence: str
    first_day: date
    last_day: date | None


def correct_eligibility(
    row: Eligibility, product: Product, *, reason: str, by: Staff, **paper: Unpack[BasisPaper]
) -> None:
    """Record a basis anew as its paper says; what is not named stays, and the history keeps what stood there."""
    before = eligibility_body(row, product)
    refuse_struck(row)
    row.basis_code = need_paper_basis(paper.get("basis_code", row.basis_code)).code
    row.evidence = clean(paper.get("evidence", row.evidence), limit=300)
    row.first_day = paper.get("first_day", row.first_day)
    row.last_day = paper.get("last_day", row.last_day)
    check_eligibility(row)
    refuse_earlier_end(row)
    after = eligibility_body(row, product)
    record_correction(row, Kind.ELIGIBILITY, before=before, after=after, reason=reason, by=by)


def refuse_earlier_end(row: Eligibility) -> None:
    """A basis cannot begin after the day that was entered as its last."""
    with db.session.no_autoflush:
        end = db.session.get(EligibilityEnd, row.id)
    if end is not None and end.last_day < row.first_day:
        raise BasisEndsFirst(first_day=row.first_day, last_day=end.last_day)


def strike_eligibility(row: Eligibility, *, reason: str, by: Staff) -> None:
    """Strike out a basis that was entered by mistake: it never counted."""
    strike_paper(row, Kind.ELIGIBILITY, reason=reason, by=by)
