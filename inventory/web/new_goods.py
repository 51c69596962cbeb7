"""Entering a product with its tax class and first price."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from config.reference.groups import leaf_groups, old_groups
from config.reference.tax_rates import tax_classes
from core.clock import today
from core.i18n import N_
from core.quantity import Unit
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import Form, read_choice, read_money, read_one_of, read_text, read_whole
from core.web.once import once
from inventory.catalogue.price import set_price
from inventory.catalogue.producer import producer_of, producers_at_work
from inventory.catalogue.product import add_product
from inventory.catalogue.tax import set_tax_class
from inventory.web.names import words

bp = Blueprint("new_goods", __name__, url_prefix="/inventory", template_folder="../templates")
bp.context_processor(words)


@bp.get("/new")
@for_role(Role.MANAGER)
def show() -> str:
    """The form for a new product."""
    return render_template(
        "inventory/products/new.html",
        producers=producers_at_work(),
        groups=[group for group in leaf_groups(today()) if group.goods],
        old_groups=old_groups(),
        tax_classes=tax_classes(),
        units=list(Unit),
    )


def read_old_group(form: Form) -> str | None:
    """The group of the older coding, or None to let it follow from the group of today."""
    return read_one_of(form, "old_group", [one.code for one in old_groups()]) if form.get("old_group") else None


@bp.post("/products")
@for_role(Role.MANAGER)
@once
def product() -> Response:
    """Enter a product with its tax class and first price; papers and numbers follow on its page."""
    by = person_here()
    days = request.form.get("within_days", "").strip()
    added = add_product(
        producer_of(read_text(request.form, "producer", label=N_("Producer")).split(" ")[0]),
        name=read_text(request.form, "name", label=N_("Name")),
        pack=read_text(request.form, "pack", required=False, limit=80),
        unit=read_choice(request.form, "unit", Unit),
        unit_label=read_text(request.form, "unit_label", required=False, limit=20),
        group_code=read_text(request.form, "group", label=N_("Group")),
        old_group_code=read_old_group(request.form),
        sell_within_days=read_whole(request.form, "within_days", least=1, most=3650) if days else None,
        by=by,
    )
    set_tax_class(added, read_text(request.form, "tax_class"), from_day=today(), by=by)
    set_price(added, read_money(request.form, "price", label=N_("Price")), from_day=today(), by=by)
    return redirect(url_for("products.show", sku=added.sku), 303)
