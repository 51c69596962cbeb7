"""Entering a producer, a product, a licence of the shop."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from config.reference.bases import licence_kinds
from config.reference.forms import subject_forms
from config.reference.groups import leaf_groups
from config.reference.localities import communes_named, provinces_on
from config.reference.tax_rates import tax_classes
from core.clock import today
from core.errors import RuleBroken
from core.i18n import N_, gettext
from core.quantity import Unit
from core.staff import Role
from core.web.access import for_role
from core.web.forms import read_choice, read_day, read_day_if_given, read_money, read_one_of, read_text, read_whole
from core.web.once import once
from inventory.catalogue.licence import add_licence, licences_on
from inventory.catalogue.price import set_price
from inventory.catalogue.producer import add_producer, all_producers, producer_of
from inventory.catalogue.product import add_product
from inventory.catalogue.tax import set_tax_class
from inventory.web.names import person_here, words

bp = Blueprint("new_goods", __name__, url_prefix="/inventory", template_folder="../templates")
bp.context_processor(words)


class CommuneUnclear(RuleBroken):
    """Names of communes repeat, even within a province."""

    message = N_("“%(name)s” is not one commune of %(province)s today. Type it with its kind, or leave it empty.")


@bp.get("/new")
@for_role(Role.MANAGER)
def show() -> str:
    """The forms for a new producer, a new product and a licence."""
    return render_template(
        "inventory/products/new.html",
        producers=all_producers(),
        forms=subject_forms(),
        provinces=provinces_on(today()),
        groups=[group for group in leaf_groups(today()) if group.goods],
        tax_classes=tax_classes(),
        units=list(Unit),
        licence_kinds=licence_kinds(),
        licences=licences_on(today()),
        today=today(),
    )


@bp.post("/producers")
@for_role(Role.MANAGER)
@once
def producer() -> Response:
    """Enter a producer."""
    given = request.form.get("province")
    province = read_one_of(request.form, "province", [one.id for one in provinces_on(today())]) if given else None
    added = add_producer(
        name=read_text(request.form, "name", label=N_("Name")),
        form=read_one_of(request.form, "form", [one.code for one in subject_forms()]),
        province_id=province,
        locality_id=commune_of(read_text(request.form, "commune", required=False), province),
        old_commune=read_text(request.form, "old_commune", required=False),
        old_district=read_text(request.form, "old_district", required=False),
        tax_code=read_text(request.form, "tax_code", required=False, limit=20) or None,
        phone=read_text(request.form, "phone", required=False, limit=40),
        address=read_text(request.form, "address", required=False, limit=300),
        by=person_here(),
    )
    flash(gettext("%(name)s is entered under the code %(code)s.", name=added.name, code=added.code), "ok")
    return redirect(url_for(".show"), 303)


def commune_of(name: str, province_id: str | None) -> str | None:
    """The commune of today that a name means in a province; CommuneUnclear when it is not exactly one."""
    if not name:
        return None
    province = next((one.name for one in provinces_on(today()) if one.id == province_id), None)
    found = communes_named(name, today(), province)
    if len(found) != 1:
        raise CommuneUnclear(name=name, province=province or "?")
    return found[0].id


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
        sell_within_days=read_whole(request.form, "within_days", least=1, most=3650) if days else None,
        by=by,
    )
    set_tax_class(added, read_text(request.form, "tax_class"), from_day=today(), by=by)
    set_price(added, read_money(request.form, "price", label=N_("Price")), from_day=today(), by=by)
    return redirect(url_for("products.show", sku=added.sku), 303)


@bp.post("/licences")
@for_role(Role.MANAGER)
@once
def licence() -> Response:
    """Enter a licence of the shop."""
    first_day = read_day(request.form, "first_day", label=N_("From day"))
    add_licence(
        kind=read_one_of(request.form, "kind", [one.code for one in licence_kinds()]),
        number=read_text(request.form, "number", limit=80, label=N_("Number")),
        issuer=read_text(request.form, "issuer", limit=200, label=N_("Issued by")),
        first_day=first_day,
        last_day=read_day_if_given(request.form, "last_day", label=N_("Last day")),
        by=person_here(),
    )
    flash(gettext("Recorded."), "ok")
    return redirect(url_for(".show"), 303)
