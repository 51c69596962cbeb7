"""Bases besides OCOP: entered with their evidence, corrected when mistyped, ended, struck out."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from config.reference.bases import bases_on
from core.clock import today
from core.database import db
from core.i18n import N_
from core.journal.history import Change, history_of
from core.journal.record import Kind
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_day, read_day_if_given, read_reason, read_text
from core.web.history import refuse_stale
from core.web.once import once
from inventory.catalogue.basis import Eligibility, EligibilityEnd, end_eligibility, grant_eligibility
from inventory.catalogue.basis_correction import BasisPaper, correct_eligibility, strike_eligibility
from inventory.catalogue.product import Product, product_of
from inventory.web.history_words import product_words
from inventory.web.names import words
from inventory.web.product_acts import back_to

bp = Blueprint("bases", __name__, url_prefix="/inventory/products", template_folder="../templates")
bp.context_processor(words)


@bp.post("/<sku>/bases")
@for_role(Role.MANAGER)
@once
def add(sku: str) -> Response:
    """Enter another basis with its evidence."""
    paper = read_paper()
    grant_eligibility(product_of(sku), **paper, by=person_here())
    return back_to(sku)


def read_paper() -> BasisPaper:
    """What the form says of a paper."""
    form = request.form
    return {
        "basis_code": read_text(form, "basis", label=N_("Basis")),
        "evidence": read_text(form, "evidence", limit=300, label=N_("Evidence")),
        "first_day": read_day(form, "first_day", label=N_("From day")),
        "last_day": read_day_if_given(form, "last_day", label=N_("Last day")),
    }


@bp.get("/<sku>/bases/<int:basis_id>")
@for_role(Role.MANAGER, Role.AUDITOR)
def show(sku: str, basis_id: int) -> str:
    """One basis with its history, and the forms for what can happen to it."""
    product, row = _find(sku, basis_id)
    offered = [one for one in bases_on(today()) if not one.proved_by_certificate or one.code == row.basis_code]
    return render_template(
        "inventory/papers/basis.html",
        product=product,
        paper=row,
        end=db.session.get(EligibilityEnd, row.id),
        bases_offered=offered,
        today=today(),
        changes=changes_of(row),
        change_words=product_words(),
    )


def changes_of(row: Eligibility) -> list[Change]:
    """What was done to this paper, the newest first."""
    return history_of(Kind.ELIGIBILITY, uid=row.uid)


@bp.post("/<sku>/bases/<int:basis_id>/correction")
@for_role(Role.MANAGER)
@once
def correct(sku: str, basis_id: int) -> Response:
    """Record the paper anew, as it says."""
    product, row = _as_seen(sku, basis_id)
    correct_eligibility(row, product, **read_paper(), reason=read_reason(request.form), by=person_here())
    return redirect(url_for(".show", sku=sku, basis_id=basis_id), 303)


@bp.post("/<sku>/bases/<int:basis_id>/end")
@for_role(Role.MANAGER)
@once
def end(sku: str, basis_id: int) -> Response:
    """Enter the last day of a basis whose paper was withdrawn or replaced."""
    _, row = _as_seen(sku, basis_id)
    last_day = read_day(request.form, "last_day", label=N_("Last day"))
    end_eligibility(row, last_day=last_day, reason=read_reason(request.form), by=person_here())
    return back_to(sku)


@bp.post("/<sku>/bases/<int:basis_id>/striking-out")
@for_role(Role.MANAGER)
@once
def strike(sku: str, basis_id: int) -> Response:
    """Strike out what was entered by mistake."""
    _, row = _as_seen(sku, basis_id)
    strike_eligibility(row, reason=read_reason(request.form), by=person_here())
    return back_to(sku)


def _find(sku: str, basis_id: int) -> tuple[Product, Eligibility]:
    product, row = product_of(sku), db.session.get(Eligibility, basis_id)
    if row is None or row.product_id != product.id:
        raise NotFound
    return product, row


def _as_seen(sku: str, basis_id: int) -> tuple[Product, Eligibility]:
    product, row = _find(sku, basis_id)
    refuse_stale(row.record_seq, request.form, lambda: changes_of(row), product_words())
    return product, row
