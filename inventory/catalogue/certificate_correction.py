"""Certificates that were typed wrongly: corrected as the paper says, or struck out when it is no paper of this product.

A withdrawal by the authority is something else: it is entered as such, with its own decision and first day.
"""

from datetime import date
from typing import TypedDict, Unpack

from core.database import db
from core.journal.record import Kind
from core.staff import Staff
from core.text import clean
from inventory.catalogue.certificate import (
    Certificate,
    CertificateWithdrawal,
    WithdrawnBeforeIssue,
    certificate_body,
    check_certificate,
)
from inventory.catalogue.correction import refuse_struck
from inventory.catalogue.paper_correction import record_correction, strike_paper
from inventory.catalogue.product import Product


class CertificatePaper(TypedDict, total=False):
    """What stands on the paper."""

    stars: int
    number: str
    decision: str
    decision_date: date
    issuer: str
    first_day: date
    last_day: date


_TEXTS = {"number": 80, "decision": 120, "issuer": 200}


def correct_certificate(
    certificate: Certificate, product: Product, *, reason: str, by: Staff, **paper: Unpack[CertificatePaper]
) -> None:
    """Record a certificate anew as its paper says; what is not named stays, and the history keeps what stood there.

    Receipts and labels printed meanwhile keep the stars they showed.
    """
    before = certificate_body(certificate, product)
    refuse_struck(certificate)
    for name, value in paper.items():
        limit = _TEXTS.get(name)
        setattr(certificate, name, clean(str(value), limit=limit) if limit else value)
    check_certificate(certificate)
    refuse_earlier_withdrawal(certificate)
    after = certificate_body(certificate, product)
    record_correction(certificate, Kind.CERTIFICATE, before=before, after=after, reason=reason, by=by)


def refuse_earlier_withdrawal(certificate: Certificate) -> None:
    """A certificate cannot begin after the day from which it was withdrawn."""
    with db.session.no_autoflush:
        withdrawal = db.session.get(CertificateWithdrawal, certificate.id)
    if withdrawal is not None and withdrawal.from_day < certificate.first_day:
        number = certificate.number or certificate.decision
        raise WithdrawnBeforeIssue(number=number, first_day=certificate.first_day)


def strike_certificate(certificate: Certificate, *, reason: str, by: Staff) -> None:
    """Strike out a certificate that was entered by mistake, such as for another product: it never counted."""
    strike_paper(certificate, Kind.CERTIFICATE, reason=reason, by=by)
