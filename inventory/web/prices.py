"""Prices: all that were set, the newest first, with who set them; those to come can be taken back."""

from flask import Blueprint, request
from sqlalchemy import Row
from werkzeug.wrappers import Response

from core.clock import today
from core.database import db
from core.i18n import N_
from core.journal.history import who_recorded
from core.staff import Role
from core.web.access import for_role
from core.web.forms import read_text
from core.web.fragments import page_or_fragment
from core.web.history import staff_names
from core.web.list_file import Columns, list_file, wants_file
from inventory.catalogue.price import Price, standing_prices
from inventory.catalogue.product import Product
from inventory.catalogue.product_search import matches_words
from inventory.web.names import words

bp = Blueprint("prices", __name__, url_prefix="/inventory/prices", template_folder="../templates")
bp.context_processor(words)

_MOST = 200
STATE_NAMES = {"coming": N_("To come"), "all": N_("All")}


COLUMNS: Columns[Row[Price, Product]] = (
    (N_("Product code"), lambda row: row.Product.sku),
    (N_("Product"), lambda row: row.Product.full_name),
    (N_("Producer"), lambda row: row.Product.producer.name),
    (N_("Unit"), lambda row: row.Product.unit_label),
    (N_("From day"), lambda row: row.Price.first_day),
    (N_("Price"), lambda row: row.Price.amount),
)


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def index() -> Response:
    """The prices to come, or all that were ever set."""
    text = read_text(request.args, "text", required=False, limit=100)
    state = request.args.get("state", "all")
    query = standing_prices().order_by(Price.first_day.desc(), Price.record_seq.desc())
    if state == "coming":
        query = query.where(Price.first_day > today())
    if text:
        query = query.where(matches_words(text.lower().split()))
    rows = list(db.session.execute(query if wants_file() else query.limit(_MOST)))
    recorded = who_recorded([price.record_seq for price, _ in rows])
    if wants_file():
        return list_file("gia-ban", N_("Prices"), COLUMNS, rows)
    return page_or_fragment(
        "inventory/prices/page.html",
        "inventory/prices/_list.html",
        rows=rows,
        recorded=recorded,
        names=staff_names(code for code, _ in recorded.values()),
        today=today(),
        text=text,
        state=state if state in STATE_NAMES else "all",
        state_names=STATE_NAMES,
        most=_MOST,
    )
