"""How goods come: the delivery days of a producer; pack, least, display, season and shelf days of a product."""

import re

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.current_settings import current_settings
from core.i18n import N_, gettext
from core.quantity import Quantity
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_quantity, read_text, read_whole
from core.web.once import once
from inventory.catalogue.producer import producer_of
from inventory.catalogue.product import Product, ServiceNotGoods, product_of
from inventory.reordering.fulfilment import fulfilments, learnt_lead_time
from inventory.reordering.reason import WEEKDAYS
from inventory.reordering.supply import (
    MONTHS,
    ProducerTerms,
    ProductTerms,
    SeasonUnknown,
    producer_terms,
    product_terms,
    set_producer_terms,
    set_product_terms,
)
from inventory.web.names import words

bp = Blueprint("supply", __name__, url_prefix="/inventory", template_folder="../../templates")
bp.context_processor(words)

_MONTH = re.compile(r"[0-9]{1,2}")


@bp.get("/producers/<code>/supply")
@for_role(Role.MANAGER, Role.AUDITOR)
def producer(code: str) -> str:
    """When a producer delivers, and how long it took so far."""
    maker = producer_of(code)
    return render_template(
        "inventory/reordering/producer_supply.html",
        producer=maker,
        terms=producer_terms(maker.id),
        learnt=learnt_lead_time(fulfilments(maker.id)),
        weekdays=list(enumerate(WEEKDAYS, start=1)),
        usual=current_settings().reorder,
    )


@bp.post("/producers/<code>/supply")
@for_role(Role.MANAGER)
@once
def set_producer(code: str) -> AnyResponse:
    """Record when a producer delivers."""
    terms = ProducerTerms(
        lead_days=read_days("lead_days", label=N_("Days from the request to the delivery")),
        weekdays=tuple(day for day in range(1, 8) if f"weekday-{day}" in request.form),
        review_days=read_days("review_days", least=1, label=N_("Days from one delivery to the next")),
    )
    set_producer_terms(producer_of(code), terms, by=person_here())
    flash(gettext("Recorded."), "ok")
    return redirect(url_for(".producer", code=code), 303)


@bp.get("/products/<sku>/supply")
@for_role(Role.MANAGER, Role.AUDITOR)
def product(sku: str) -> str:
    """How a product comes."""
    found = goods_of(sku)
    terms = product_terms([found.id]).get(found.id, ProductTerms())
    return render_template(
        "inventory/reordering/product_supply.html", product=found, terms=terms, stars=None,
        usual=current_settings().reorder,
    )  # fmt: skip


@bp.post("/products/<sku>/supply")
@for_role(Role.MANAGER)
@once
def set_product(sku: str) -> AnyResponse:
    """Record how a product comes."""
    found = goods_of(sku)
    terms = ProductTerms(
        pack=read_amount(found, "pack", label=N_("How many a pack holds")),
        least=read_amount(found, "least", label=N_("The least that comes at once")),
        display=read_amount(found, "display", label=N_("Always on the shelf")),
        months=read_months(),
        shelf_days=read_days("shelf_days", least=1, most=3650, label=N_("Days a delivery can be sold")),
        service_percent=read_days("service_percent", least=50, most=99, label=N_("Service level (percent)")),
    )
    set_product_terms(found, terms, by=person_here())
    flash(gettext("Recorded."), "ok")
    return redirect(url_for(".product", sku=sku), 303)


def goods_of(sku: str) -> Product:
    """The product of a code; nothing of a service is delivered."""
    found = product_of(sku)
    if found.service:
        raise ServiceNotGoods(product=found.full_name)
    return found


def read_amount(found: Product, name: str, *, label: str) -> Quantity:
    """A quantity in the unit of the product."""
    return read_quantity(request.form, name, found.unit, label=label)


def read_days(name: str, *, least: int = 0, most: int = 365, label: str) -> int | None:
    """A whole number; None where the settings of the shop are to hold."""
    if not request.form.get(name, "").strip():
        return None
    return read_whole(request.form, name, least=least, most=most, label=label)


def read_months() -> tuple[int, ...]:
    """Months in any order, separated by anything; as the year has them."""
    text = read_text(request.form, "months", required=False, limit=60, label=N_("Season (months)"))
    if re.search(r"[^0-9\s,;.\-/]", text):
        raise SeasonUnknown()
    months = {int(month) for month in _MONTH.findall(text)}
    if not months <= set(MONTHS):
        raise SeasonUnknown()
    return tuple(sorted(months))
