"""OCOP certificates: entered as the paper says, corrected when mistyped, struck out, withdrawn by the authority."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from core.clock import today
from core.database import db
from core.i18n import N_
from core.journal.history import Change, history_of
from core.journal.record import Kind
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_day, read_day_if_given, read_reason, read_text, read_whole
from core.web.history import refuse_stale
from core.web.once import once
from inventory.catalogue.certificate import (
    Certificate,
    CertificateWithdrawal,
    add_certificate,
    last_day_of,
    withdraw_certificate,
)
from inventory.catalogue.certificate_correction import CertificatePaper, correct_certificate, strike_certificate
from inventory.catalogue.product import Product, product_of
from inventory.web.history_words import product_words
from inventory.web.names import words
from inventory.web.product_acts import back_to

bp = Blueprint("certificates", __name__, url_prefix="/inventory/products", template_folder="../templates")
bp.context_processor(words)


@bp.post("/<sku>/certificates")
@for_role(Role.MANAGER)
@once
def add(sku: str) -> Response:
    """Enter a certificate as the paper says."""
    paper = read_paper()
    add_certificate(product_of(sku), **paper, by=person_here())
    return back_to(sku)


def read_paper() -> CertificatePaper:
    """What the form says of a paper. Without days of its own it stands 36 months from its decision."""
    form = request.form
    decided = read_day(form, "decision_date", label=N_("Day of the decision"))
    first = read_day_if_given(form, "first_day", label=N_("From day")) or decided
    return {
        "stars": read_whole(form, "stars", least=1, most=5, label=N_("Stars")),
        "number": read_text(form, "number", required=False, limit=80, label=N_("Number")),
        "decision": read_text(form, "decision", limit=120, label=N_("Decision")),
        "decision_date": decided,
        "issuer": read_text(form, "issuer", limit=200, label=N_("Issued by")),
        "first_day": first,
        "last_day": read_day_if_given(form, "last_day", label=N_("Last day")) or last_day_of(first),
    }


@bp.get("/<sku>/certificates/<int:certificate_id>")
@for_role(Role.MANAGER, Role.AUDITOR)
def show(sku: str, certificate_id: int) -> str:
    """One certificate with its history, and the forms for what can happen to it."""
    product, row = _find(sku, certificate_id)
    return render_template(
        "inventory/papers/certificate.html",
        product=product,
        paper=row,
        withdrawal=db.session.get(CertificateWithdrawal, row.id),
        today=today(),
        changes=changes_of(row),
        change_words=product_words(),
    )


def changes_of(row: Certificate) -> list[Change]:
    """What was done to this paper, the newest first."""
    return history_of(Kind.CERTIFICATE, uid=row.uid)


@bp.post("/<sku>/certificates/<int:certificate_id>/correction")
@for_role(Role.MANAGER)
@once
def correct(sku: str, certificate_id: int) -> Response:
    """Record the paper anew, as it says."""
    product, row = _as_seen(sku, certificate_id)
    correct_certificate(row, product, **read_paper(), reason=read_reason(request.form), by=person_here())
    return redirect(url_for(".show", sku=sku, certificate_id=certificate_id), 303)


@bp.post("/<sku>/certificates/<int:certificate_id>/striking-out")
@for_role(Role.MANAGER)
@once
def strike(sku: str, certificate_id: int) -> Response:
    """Strike out what was entered by mistake."""
    _, row = _as_seen(sku, certificate_id)
    strike_certificate(row, reason=read_reason(request.form), by=person_here())
    return back_to(sku)


@bp.post("/<sku>/certificates/<int:certificate_id>/withdrawal")
@for_role(Role.MANAGER)
@once
def withdraw(sku: str, certificate_id: int) -> Response:
    """Enter that the authority withdrew it."""
    _, row = _as_seen(sku, certificate_id)
    withdraw_certificate(
        row,
        from_day=read_day(request.form, "from_day", label=N_("From day")),
        decision=read_text(request.form, "decision", limit=120, label=N_("Decision")),
        reason=read_reason(request.form),
        by=person_here(),
    )
    return back_to(sku)


def _find(sku: str, certificate_id: int) -> tuple[Product, Certificate]:
    product, row = product_of(sku), db.session.get(Certificate, certificate_id)
    if row is None or row.product_id != product.id:
        raise NotFound
    return product, row


def _as_seen(sku: str, certificate_id: int) -> tuple[Product, Certificate]:
    product, row = _find(sku, certificate_id)
    refuse_stale(row.record_seq, request.form, lambda: changes_of(row), product_words())
    return product, row
