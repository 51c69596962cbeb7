"""Entering a service article with its tax class and first price: a parcel posted, a gift wrapped."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from config.reference.tax_rates import tax_classes
from core.clock import today
from core.i18n import N_
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_money, read_text
from core.web.once import once
from inventory.catalogue.price import set_price
from inventory.catalogue.service_article import add_service_article
from inventory.catalogue.tax import set_tax_class
from inventory.web.names import words

bp = Blueprint("service_articles", __name__, url_prefix="/inventory/service-articles", template_folder="../templates")
bp.context_processor(words)


@bp.get("/new")
@for_role(Role.MANAGER)
def new() -> str:
    """The form for a new service article."""
    return render_template("inventory/service_articles/new.html", tax_classes=tax_classes())


@bp.post("")
@for_role(Role.MANAGER)
@once
def add() -> Response:
    """Enter a service article; it can be sold at once."""
    by, form = person_here(), request.form
    added = add_service_article(
        name=read_text(form, "name", label=N_("Name")),
        pack=read_text(form, "pack", required=False, limit=80, label=N_("What it covers")),
        unit_label=read_text(form, "unit_label", required=False, limit=20, label=N_("Word for one")),
        by=by,
    )
    set_tax_class(added, read_text(form, "tax_class", label=N_("Tax class")), from_day=today(), by=by)
    set_price(added, read_money(form, "price", label=N_("Price")), from_day=today(), by=by)
    return redirect(url_for("products.show", sku=added.sku), 303)
