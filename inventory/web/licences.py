"""Licences of the shop, such as for liquor: what stands, what ends, entered, corrected, struck out."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from config.reference.bases import licence_kind, licence_kinds
from core.clock import today
from core.database import db
from core.i18n import N_, current_language, gettext
from core.journal.history import Change, history_of
from core.journal.record import Kind
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_day, read_day_if_given, read_one_of, read_reason, read_text
from core.web.history import refuse_stale
from core.web.list_file import Columns, list_file, wants_file
from core.web.once import once
from inventory.catalogue.licence import Licence, add_licence, all_licences
from inventory.catalogue.licence_correction import LicencePaper, correct_licence, product_of_licence, strike_licence
from inventory.catalogue.product import Product, product_of
from inventory.web.history_words import product_words
from inventory.web.names import words

bp = Blueprint("licences", __name__, url_prefix="/inventory/licences", template_folder="../templates")
bp.context_processor(words)


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def index() -> str | Response:
    """Every licence, the one that ends first first, and the form for another."""
    licences = [(one, product_of_licence(one)) for one in all_licences()]
    if wants_file():
        return list_file("giay-phep", N_("Licences of the shop"), COLUMNS, licences)
    return render_template(
        "inventory/licences/page.html",
        licences=licences,
        kind_name=kind_name,
        licence_kinds=[(one.code, one.name(current_language())) for one in licence_kinds()],
        today=today(),
    )


def kind_name(code: str) -> str:
    """A kind of licence in the language of the screen."""
    return licence_kind(code).name(current_language())


COLUMNS: Columns[tuple[Licence, Product | None]] = (
    (N_("Kind"), lambda row: kind_name(row[0].kind)),
    (N_("Number"), lambda row: row[0].number),
    (N_("Issued by"), lambda row: row[0].issuer),
    (N_("For"), lambda row: row[1].full_name if row[1] else gettext("all goods of this kind")),
    (N_("From day"), lambda row: row[0].first_day),
    (N_("Last day"), lambda row: row[0].last_day),
)


@bp.get("/<int:licence_id>")
@for_role(Role.MANAGER, Role.AUDITOR)
def show(licence_id: int) -> str:
    """One licence with its history, and the forms for what can happen to it."""
    row = _find(licence_id)
    return render_template(
        "inventory/licences/licence.html",
        paper=row,
        product=product_of_licence(row),
        kind_name=kind_name,
        today=today(),
        changes=changes_of(row),
        change_words=product_words(),
    )


def changes_of(row: Licence) -> list[Change]:
    """What was done to this paper, the newest first."""
    return history_of(Kind.LICENCE, uid=row.uid)


@bp.post("")
@for_role(Role.MANAGER)
@once
def add() -> Response:
    """Enter a licence, for all goods of its kind or for one product."""
    sku = read_text(request.form, "product", required=False, limit=20, label=N_("Product"))
    add_licence(
        kind=read_one_of(request.form, "kind", [one.code for one in licence_kinds()], label=N_("Kind")),
        product=product_of(sku) if sku else None,
        **read_paper(),
        by=person_here(),
    )
    return _done()


def read_paper() -> LicencePaper:
    """What the form says of a paper."""
    form = request.form
    return {
        "number": read_text(form, "number", limit=80, label=N_("Number")),
        "issuer": read_text(form, "issuer", limit=200, label=N_("Issued by")),
        "first_day": read_day(form, "first_day", label=N_("From day")),
        "last_day": read_day_if_given(form, "last_day", label=N_("Last day")),
    }


@bp.post("/<int:licence_id>/correction")
@for_role(Role.MANAGER)
@once
def correct(licence_id: int) -> Response:
    """Record the paper anew, as it says."""
    correct_licence(_as_seen(licence_id), **read_paper(), reason=read_reason(request.form), by=person_here())
    return redirect(url_for(".show", licence_id=licence_id), 303)


@bp.post("/<int:licence_id>/striking-out")
@for_role(Role.MANAGER)
@once
def strike(licence_id: int) -> Response:
    """Strike out what was entered by mistake."""
    strike_licence(_as_seen(licence_id), reason=read_reason(request.form), by=person_here())
    return _done()


def _find(licence_id: int) -> Licence:
    row = db.session.get(Licence, licence_id)
    if row is None:
        raise NotFound
    return row


def _as_seen(licence_id: int) -> Licence:
    row = _find(licence_id)
    refuse_stale(row.record_seq, request.form, lambda: changes_of(row), product_words())
    return row


def _done() -> Response:
    flash(gettext("Recorded."), "ok")
    return redirect(url_for(".index"), 303)
