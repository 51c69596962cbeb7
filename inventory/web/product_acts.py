"""What a manager enters for a product: price, tax class, numbers, certificates, other papers, recalls."""

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from core.current_settings import current_settings
from core.database import db
from core.i18n import N_, gettext
from core.quantity import Unit
from core.staff import Role
from core.web.access import for_role
from core.web.forms import read_day, read_day_if_given, read_money, read_quantity, read_text, read_whole
from core.web.once import once
from inventory.catalogue.basis import grant_eligibility
from inventory.catalogue.certificate import Certificate, add_certificate, withdraw_certificate
from inventory.catalogue.price import set_price
from inventory.catalogue.product import product_of, retire_product
from inventory.catalogue.product_number import ProductNumber, add_in_store_number, add_number, withdraw_number
from inventory.catalogue.recall import Recall, lift_recall, recall
from inventory.catalogue.tax import set_tax_class
from inventory.web.names import person_here

bp = Blueprint("product_acts", __name__, url_prefix="/inventory/products")


def _back(sku: str) -> Response:
    flash(gettext("Recorded."), "ok")
    return redirect(url_for("products.show", sku=sku), 303)


@bp.post("/<sku>/prices")
@for_role(Role.MANAGER)
@once
def price(sku: str) -> Response:
    """Set the price from a day on."""
    amount = read_money(request.form, "amount", label=N_("Price"))
    set_price(
        product_of(sku), amount, from_day=read_day(request.form, "from_day", label=N_("From day")), by=person_here()
    )
    return _back(sku)


@bp.post("/<sku>/tax-classes")
@for_role(Role.MANAGER)
@once
def tax_class(sku: str) -> Response:
    """Put the product into a tax class from a day on."""
    chosen = read_text(request.form, "tax_class", label=N_("Tax class"))
    set_tax_class(
        product_of(sku), chosen, from_day=read_day(request.form, "from_day", label=N_("From day")), by=person_here()
    )
    return _back(sku)


@bp.post("/<sku>/numbers")
@for_role(Role.MANAGER)
@once
def number(sku: str) -> Response:
    """Enter a number; left empty, the shop gives one of its own."""
    product, typed = product_of(sku), read_text(request.form, "number", required=False, limit=20)
    prefix = current_settings().scan.in_store_prefix
    if not typed or (len(typed) in (8, 13) and typed.startswith(prefix)):
        add_in_store_number(product, prefix=prefix, number=typed or None, by=person_here())
    else:
        pack = read_quantity(request.form, "pack", Unit.PIECE, label=N_("How many a carton holds"))
        add_number(product, typed, pack=pack, by=person_here())
    return _back(sku)


@bp.post("/<sku>/numbers/<int:number_id>/withdrawal")
@for_role(Role.MANAGER)
@once
def drop_number(sku: str, number_id: int) -> Response:
    """Let a number mean nothing any more."""
    row = db.session.get(ProductNumber, number_id)
    if row is None or row.product.sku != sku:
        raise NotFound
    withdraw_number(row, by=person_here())
    return _back(sku)


@bp.post("/<sku>/certificates")
@for_role(Role.MANAGER)
@once
def certificate(sku: str) -> Response:
    """Enter an OCOP certificate as the paper says."""
    add_certificate(
        product_of(sku),
        stars=read_whole(request.form, "stars", least=1, most=5, label=N_("Stars")),
        number=read_text(request.form, "number", required=False, limit=80),
        decision=read_text(request.form, "decision", limit=120, label=N_("Decision")),
        decision_date=read_day(request.form, "decision_date", label=N_("Day of the decision")),
        issuer=read_text(request.form, "issuer", limit=200, label=N_("Issued by")),
        last_day=read_day_if_given(request.form, "last_day", label=N_("Last day")),
        by=person_here(),
    )
    return _back(sku)


@bp.post("/<sku>/certificates/<int:certificate_id>/withdrawal")
@for_role(Role.MANAGER)
@once
def withdraw(sku: str, certificate_id: int) -> Response:
    """Enter that a certificate was withdrawn."""
    row = db.session.get(Certificate, certificate_id)
    if row is None or row.product_id != product_of(sku).id:
        raise NotFound
    withdraw_certificate(
        row,
        from_day=read_day(request.form, "from_day", label=N_("From day")),
        decision=read_text(request.form, "decision", limit=120, label=N_("Decision")),
        reason=read_text(request.form, "reason", limit=300, label=N_("Reason")),
        by=person_here(),
    )
    return _back(sku)


@bp.post("/<sku>/bases")
@for_role(Role.MANAGER)
@once
def basis(sku: str) -> Response:
    """Enter another basis with its evidence."""
    grant_eligibility(
        product_of(sku),
        basis_code=read_text(request.form, "basis", label=N_("Basis")),
        evidence=read_text(request.form, "evidence", limit=300, label=N_("Evidence")),
        first_day=read_day(request.form, "first_day", label=N_("From day")),
        last_day=read_day_if_given(request.form, "last_day", label=N_("Last day")),
        by=person_here(),
    )
    return _back(sku)


@bp.post("/<sku>/recalls")
@for_role(Role.MANAGER)
@once
def recall_goods(sku: str) -> Response:
    """Block the product, or one lot of it, from now on."""
    recall(
        product_of(sku),
        lot_number=read_text(request.form, "lot", required=False, limit=40) or None,
        reason=read_text(request.form, "reason", limit=300, label=N_("Reason")),
        issuer=read_text(request.form, "issuer", required=False, limit=200),
        by=person_here(),
    )
    return _back(sku)


@bp.post("/<sku>/recalls/<int:recall_id>/lift")
@for_role(Role.MANAGER)
@once
def lift(sku: str, recall_id: int) -> Response:
    """Let recalled goods be sold again from now on."""
    row = db.session.get(Recall, recall_id)
    if row is None or row.product_id != product_of(sku).id:
        raise NotFound
    lift_recall(row, reason=read_text(request.form, "reason", limit=300, label=N_("Reason")), by=person_here())
    return _back(sku)


@bp.post("/<sku>/retirement")
@for_role(Role.MANAGER)
@once
def retire(sku: str) -> Response:
    """Take the product out of the range from today on."""
    retire_product(product_of(sku), by=person_here())
    return _back(sku)
