"""Products: the list with search, and one product with everything that is true of it today."""

from flask import Blueprint, render_template, request
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from config.reference.bases import bases_on
from config.reference.tax_rates import tax_class as tax_class_row
from config.reference.tax_rates import tax_classes
from core.clock import today
from core.current_settings import current_settings
from core.database import db
from core.i18n import N_, current_language
from core.journal.history import who_recorded
from core.quantity import NONE, Quantity
from core.staff import Role
from core.web.access import for_role
from core.web.forms import read_text
from core.web.fragments import page_or_fragment
from core.web.history import staff_names
from core.web.list_file import Columns, list_file, wants_file
from inventory.catalogue.basis import eligibilities_of
from inventory.catalogue.certificate import certificates_of
from inventory.catalogue.eligibility import papers_for
from inventory.catalogue.price import last_word_on_price, prices_of
from inventory.catalogue.product import Product, product_of
from inventory.catalogue.product_number import numbers_of
from inventory.catalogue.product_search import Hit, hits_of, is_retired, search_products
from inventory.catalogue.tax import last_word_on_tax_class, rate_on, tax_class_on, tax_classes_of
from inventory.stock_level import on_hand_by_lot, on_hand_by_product
from inventory.web.history_words import product_history
from inventory.web.names import words

bp = Blueprint("products", __name__, url_prefix="/inventory/products", template_folder="../templates")
bp.context_processor(words)

_MOST, _ALL = 100, 100_000
STATES = {"in_range": False, "retired": True, "all": None}
STATE_NAMES = {"in_range": N_("In the range"), "retired": N_("Out of the range"), "all": N_("All")}


@bp.get("")
@for_role(Role.CLERK, Role.AUDITOR)
def index() -> Response:
    """The products that fit the words; without words the first ones by name."""
    text = read_text(request.args, "text", required=False, limit=100)
    state = request.args.get("state", "in_range")
    retired = STATES.get(state, False)
    most = _ALL if wants_file() else _MOST
    hits = search_products(text, today(), limit=most, retired=retired) if text else first_products(retired, most)
    stock = on_hand_by_product([hit.product.id for hit in hits])
    if wants_file():
        return list_file("san-pham", N_("Products"), COLUMNS, [(hit, stock.get(hit.product.id, NONE)) for hit in hits])
    return page_or_fragment(
        "inventory/products/page.html",
        "inventory/products/_list.html",
        hits=hits,
        stock=stock,
        text=text,
        count=db.session.scalar(select(func.count()).select_from(Product).where(is_retired(retired))),
        most=_MOST,
        state=state if state in STATES else "in_range",
        state_names=STATE_NAMES,
    )


COLUMNS: Columns[tuple[Hit, Quantity]] = (
    (N_("Product code"), lambda row: row[0].product.sku),
    (N_("Product"), lambda row: row[0].product.name),
    (N_("Pack"), lambda row: row[0].product.pack),
    (N_("Producer"), lambda row: row[0].product.producer.name),
    (N_("Unit"), lambda row: row[0].product.unit_label),
    (N_("Product group"), lambda row: row[0].product.group_code),
    (N_("Price"), lambda row: row[0].price),
    (N_("Stars today"), lambda row: row[0].stars),
    (N_("On the shelf"), lambda row: row[1]),
    (N_("May be sold"), lambda row: row[0].trouble is None),
)


def first_products(retired: bool | None, most: int) -> list[Hit]:
    """The first products by name without marks."""
    products = select(Product).where(is_retired(retired)).order_by(Product.name_folded, Product.id)
    return hits_of(list(db.session.scalars(products.limit(most))), today())


@bp.get("/<sku>")
@for_role(Role.CLERK, Role.AUDITOR)
def show(sku: str) -> str:
    """One product: numbers, prices, tax, certificates and bases with their days, lots on hand."""
    product, day = product_of(sku), today()
    papers = papers_for([product], day)
    prices, classes = prices_of(product), tax_classes_of(product)
    recorded = who_recorded([row.record_seq for row in (*prices, *classes)])
    return render_template(
        "inventory/products/product.html",
        product=product,
        today=day,
        papers=papers,
        stars=papers.stars(product),
        basis=papers.basis(product),
        trouble=papers.trouble(product),
        numbers=numbers_of(product),
        prices=prices,
        tax_rows=classes,
        class_name=class_name,
        recorded=recorded,
        names=staff_names(code for code, _ in recorded.values()),
        price_seen=last_word_on_price(product),
        tax_seen=last_word_on_tax_class(product),
        rate=rate_of(tax_class_on(product, day)),
        certificates=certificates_of(product),
        bases=eligibilities_of(product),
        lots=on_hand_by_lot([product.id]).get(product.id, []),
        recalls=papers.recalls.get(product.id, []),
        **choices(),
    )


@bp.get("/<sku>/history")
@for_role(Role.MANAGER, Role.AUDITOR)
def history(sku: str) -> str:
    """Who entered, corrected and ended what about this product and its papers, when, and what stood there before."""
    product = product_of(sku)
    changes, change_words = product_history(product)
    return render_template(
        "inventory/products/history.html", product=product, changes=changes, change_words=change_words
    )


def rate_of(tax_class: str | None) -> object:
    """The rate of today for this shop; None while the product has no class."""
    return rate_on(tax_class, today(), current_settings().shop.tax_method) if tax_class else None


def class_name(code: str) -> str:
    """A tax class in the language of the screen."""
    return tax_class_row(code).name(current_language())


def choices() -> dict[str, object]:
    """What the manager's forms offer."""
    return {
        "bases_offered": [one for one in bases_on(today()) if not one.proved_by_certificate],
        "tax_classes": tax_classes(),
        "layouts": current_settings().scan.weight_layouts,
    }
