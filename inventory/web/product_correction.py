"""Correcting a product, taking it out of the range and bringing it back."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from config.reference.groups import leaf_groups, old_groups
from core.clock import today
from core.i18n import N_
from core.journal.history import history_of
from core.journal.record import Kind
from core.quantity import Unit
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_choice, read_reason, read_text, read_whole
from core.web.history import refuse_stale
from core.web.once import once
from inventory.catalogue.correction import is_traded
from inventory.catalogue.producer import producer_of, producers_at_work
from inventory.catalogue.product import Product, product_of, retire_product
from inventory.catalogue.product_correction import PackPrint, bring_back_product, correct_product
from inventory.stock_level import on_hand_by_lot
from inventory.web.history_words import product_words
from inventory.web.names import words
from inventory.web.new_goods import read_old_group
from inventory.web.product_acts import back_to

bp = Blueprint("product_correction", __name__, url_prefix="/inventory/products", template_folder="../templates")
bp.context_processor(words)


@bp.get("/<sku>/correction")
@for_role(Role.MANAGER)
def show(sku: str) -> str:
    """The form for correcting a product, and what to know before it leaves the range."""
    product = product_of(sku)
    return render_template(
        "inventory/products/correction.html",
        product=product,
        traded=is_traded(product),
        producers=producers_at_work(),
        groups=[group for group in leaf_groups(today()) if group.goods],
        old_groups=old_groups(),
        units=list(Unit),
        lots=on_hand_by_lot([product.id]).get(product.id, []),
    )


@bp.post("/<sku>/correction")
@for_role(Role.MANAGER)
@once
def correct(sku: str) -> Response:
    """Record what was corrected."""
    product = as_seen(sku)
    correct_product(product, **read_print(product), reason=read_reason(request.form, required=False), by=person_here())
    return back_to(sku)


def read_print(product: Product) -> PackPrint:
    """What the form says of a pack; unit and producer only where they may still change."""
    return read_name() if product.service else read_name() | read_kind_of_goods()


def read_name() -> PackPrint:
    """What every product is called."""
    form = request.form
    return {
        "name": read_text(form, "name", label=N_("Name")),
        "pack": read_text(form, "pack", required=False, limit=80, label=N_("Pack")),
        "unit_label": read_text(form, "unit_label", required=False, limit=20, label=N_("Word for one")),
    }


def read_kind_of_goods() -> PackPrint:
    """Where goods belong, and what of them may still change."""
    form = request.form
    days = form.get("within_days", "").strip()
    print_: PackPrint = {
        "group_code": read_text(form, "group", label=N_("Group")),
        "old_group_code": read_old_group(form),
        "sell_within_days": read_whole(form, "within_days", least=1, most=3650) if days else None,
    }
    if "unit" in form:
        print_["unit"] = read_choice(form, "unit", Unit)
    if "producer" in form:
        print_["producer"] = producer_of(read_text(form, "producer", label=N_("Producer")).split(" ")[0])
    return print_


@bp.post("/<sku>/retirement")
@for_role(Role.MANAGER)
@once
def retire(sku: str) -> Response:
    """Take the product out of the range from today on."""
    retire_product(as_seen(sku), reason=read_reason(request.form, required=False), by=person_here())
    return back_to(sku)


@bp.post("/<sku>/return")
@for_role(Role.MANAGER)
@once
def bring_back(sku: str) -> Response:
    """Take the product into the range again."""
    bring_back_product(as_seen(sku), reason=read_reason(request.form, required=False), by=person_here())
    return back_to(sku)


def as_seen(sku: str) -> Product:
    """The product, unless somebody changed it while the form was open."""
    product = product_of(sku)
    refuse_stale(product.record_seq, request.form, lambda: history_of(Kind.PRODUCT, sku=product.sku), product_words())
    return product
