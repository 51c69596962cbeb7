"""Products: the list with search, and one product with everything that is true of it today."""

from flask import Blueprint, Response, render_template, request
from sqlalchemy import func, select

from config.reference.bases import bases_on
from config.reference.tax_rates import tax_classes
from core.clock import today
from core.current_settings import current_settings
from core.database import db
from core.staff import Role
from core.web.access import for_role
from core.web.forms import read_text
from core.web.fragments import page_or_fragment
from inventory.catalogue.basis import eligibilities_for
from inventory.catalogue.certificate import certificates_of
from inventory.catalogue.eligibility import papers_for
from inventory.catalogue.price import Price
from inventory.catalogue.product import Product, product_of
from inventory.catalogue.product_number import numbers_of
from inventory.catalogue.product_search import Hit, hits_of, search_products
from inventory.catalogue.tax import rate_on, tax_class_on
from inventory.stock_level import on_hand_by_lot, on_hand_by_product
from inventory.web.names import words

bp = Blueprint("products", __name__, url_prefix="/inventory/products", template_folder="../templates")
bp.context_processor(words)

_MOST = 100


@bp.get("")
@for_role(Role.CLERK, Role.AUDITOR)
def index() -> Response:
    """The products that fit the words; without words the first ones by name."""
    text = read_text(request.args, "text", required=False, limit=100)
    hits = search_products(text, today(), limit=_MOST) if text else first_products()
    return page_or_fragment(
        "inventory/products/page.html",
        "inventory/products/_list.html",
        hits=hits,
        stock=on_hand_by_product([hit.product.id for hit in hits]),
        text=text,
        count=db.session.scalar(select(func.count()).select_from(Product).where(Product.retired_on.is_(None))),
        most=_MOST,
    )


def first_products() -> list[Hit]:
    """The first products by name without marks."""
    products = select(Product).where(Product.retired_on.is_(None)).order_by(Product.name_folded, Product.id)
    return hits_of(list(db.session.scalars(products.limit(_MOST))), today())


@bp.get("/<sku>")
@for_role(Role.CLERK, Role.AUDITOR)
def show(sku: str) -> str:
    """One product: numbers, prices, tax, certificates and bases with their days, lots on hand."""
    product, day = product_of(sku), today()
    papers = papers_for([product], day)
    tax_class = tax_class_on(product, day)
    prices = (
        select(Price).where(Price.product_id == product.id).order_by(Price.first_day.desc(), Price.record_seq.desc())
    )
    return render_template(
        "inventory/products/product.html",
        product=product,
        today=day,
        papers=papers,
        stars=papers.stars(product),
        basis=papers.basis(product),
        trouble=papers.trouble(product),
        numbers=numbers_of(product),
        prices=list(db.session.scalars(prices)),
        rate=rate_of(tax_class),
        certificates=certificates_of(product),
        bases=eligibilities_for([product.id], day).get(product.id, []),
        lots=on_hand_by_lot([product.id]).get(product.id, []),
        recalls=papers.recalls.get(product.id, []),
        **choices(),
    )


def rate_of(tax_class: str | None) -> object:
    """The rate of today for this shop; None while the product has no class."""
    return rate_on(tax_class, today(), current_settings().shop.tax_method) if tax_class else None


def choices() -> dict[str, object]:
    """What the manager's forms offer."""
    return {
        "bases_offered": [one for one in bases_on(today()) if not one.proved_by_certificate],
        "tax_classes": tax_classes(),
    }
