"""Goods brought back, at the till: find their receipt, say what comes back and how, lay it beside the basket."""

from typing import Any

from flask import Blueprint, g, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from core.approval import Act
from core.database import db
from core.i18n import N_, gettext
from core.journal.selling_day import selling_day
from core.quantity import Quantity
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.approval import asks_for
from core.web.forms import (
    NothingTyped,
    read_day_if_given,
    read_money,
    read_one_of,
    read_quantity,
    read_scan,
    read_text,
    read_whole,
)
from core.web.fragments import page_or_fragment, wants_fragment
from core.web.once import once
from core.web.room_for_selling import goes_on_when_full
from inventory.catalogue.price import price_on
from inventory.catalogue.product import Product, product_of
from inventory.catalogue.product_search import search_products
from inventory.lot import Lot, lot_of_label
from inventory.stock_level import on_hand_by_lot
from pos.basket import open_basket
from pos.receipt_seal import read_seal, sale_of_seal
from pos.returns.basket_return import LotMissing, lay_return, lay_without_receipt, take_return_out
from pos.returns.return_condition import CONDITION_NAMES, OF_GOODS, Condition
from pos.returns.return_window import fair_until, granted_until, is_late
from pos.returns.returned import lines_left
from pos.sale import Sale
from pos.sale_search import find_sales_with
from pos.web.counter import register_here
from pos.web.lines import read_reason
from pos.web.practice_mode import need_word
from pos.web.till_screen import panel_answer, till_answer

bp = Blueprint("returns", __name__, url_prefix="/till/returns")

REASONS = (
    N_("The customer changed their mind"),
    N_("Bought by mistake"),
    N_("The goods are faulty"),
)
RECEIPT_PANEL = "pos/till/_return_receipt.html"


@bp.get("")
@for_role(Role.CLERK)
def show() -> Response:
    """Ask which receipt the goods were bought with; a scanned QR or a number that one receipt has opens it at once."""
    text = read_scan(request.args)
    if (seal := read_seal(text)) is not None:
        return receipt_panel(sale_of_seal(seal))
    found = _found()
    if len(found["sales"]) == 1:
        return receipt_panel(found["sales"][0])
    return panel_answer("pos/till/_return.html", **found)


@bp.get("/receipts")
@for_role(Role.CLERK)
def search() -> Response:
    """The receipts that a number, an amount, a day and a name of goods fit."""
    if not wants_fragment():
        return show()
    return page_or_fragment("pos/till/_return_found.html", "pos/till/_return_found.html", **_found())


@bp.get("/receipts/<int:number>")
@for_role(Role.CLERK)
def receipt(number: int) -> Response:
    """One receipt, each line with what can still come back."""
    if request.method == "POST":
        return till_answer()
    return receipt_panel(_sale(number))


@bp.post("/receipts/<int:number>")
@for_role(Role.CLERK)
@goes_on_when_full
@once(again=".receipt")
def lay(number: int) -> None:
    """Lay what was chosen beside the basket; after the shop's days a clerk asks a manager."""
    sale, basket = _sale(number), open_basket(register_here())
    asked = _asked_of(sale)
    if not asked:
        raise NothingTyped(field="quantity", label=N_("Quantity"))
    for n, quantity, condition in asked:
        lay_return(basket, sale, n, quantity, condition=condition, reason=read_reason())
    if is_late(sale, selling_day()):
        need_word(Act.RETURN_LATE, basket)


@bp.get("/without-receipt")
@for_role(Role.CLERK)
def without_receipt() -> Response:
    """Goods whose receipt is lost: which product, from which lot, and what goes back for one."""
    if request.method == "POST":
        return till_answer()
    text = read_text(request.args, "text", required=False)
    product = product_of(sku) if (sku := read_text(request.args, "sku", required=False)) else None
    hits = search_products(text, selling_day(), limit=6) if text and product is None else []
    if len(hits) == 1:
        product = hits[0].product
    context: dict[str, object] = {"text": text, "hits": hits, "product": product, **_choices()}
    if product is not None:
        context["price"] = price_on(product, selling_day())
        context["stocks"] = on_hand_by_lot([product.id]).get(product.id, [])
    return panel_answer("pos/till/_return_without.html", **context)


@bp.post("/without-receipt")
@for_role(Role.CLERK)
@goes_on_when_full
@once(again=".without_receipt")
def lay_goods() -> None:
    """Lay goods without a receipt beside the basket; a manager allows it, and alone may pay more than today's price."""
    basket, product = open_basket(register_here()), product_of(read_text(request.form, "sku"))
    lay_without_receipt(
        basket,
        product,
        _lot_asked(product),
        read_quantity(request.form, "quantity", product.unit, label=N_("Quantity")),
        price=read_money(request.form, "price", label=N_("Goes back for one")),
        condition=_read_condition("condition"),
        reason=read_reason(),
        any_price=_manager_stands_by(),
    )
    need_word(Act.RETURN_WITHOUT_RECEIPT, basket)


@bp.post("/removal")
@for_role(Role.CLERK)
@goes_on_when_full
@once(again="till.show")
def remove() -> None:
    """The customer keeps it after all."""
    take_return_out(open_basket(register_here()), read_whole(request.form, "return"))


@bp.post("/fair")
@for_role(Role.CLERK)
@goes_on_when_full
@once(again="till.show")
def at_fair() -> None:
    """This basket is sold away from the shop, or in it after all: at a fair the buyer may return goods for 30 days."""
    basket = open_basket(register_here())
    basket.fair = not basket.fair


def receipt_panel(sale: Sale) -> Response:
    """The panel of one receipt."""
    return panel_answer(RECEIPT_PANEL, **receipt_context(sale))


def receipt_context(sale: Sale) -> dict[str, object]:
    """What the panel of a receipt shows; a scan of its QR opens it too."""
    return {
        "sale": sale,
        "left": lines_left(sale),
        "late": is_late(sale, selling_day()),
        "granted": granted_until(sale),
        "fair": fair_until(sale),
        **_choices(),
    }


def _choices() -> dict[str, object]:
    return {
        "conditions": [(condition, CONDITION_NAMES[condition]) for condition in OF_GOODS],
        "reasons": [gettext(reason) for reason in REASONS],
    }


def _found() -> dict[str, Any]:
    """What was asked for, and the receipts that it fits."""
    text = read_text(request.args, "code", required=False, limit=60)
    goods = read_text(request.args, "goods", required=False, limit=60)
    day = read_day_if_given(request.args, "day")
    asked = bool(text or goods or day)
    sales = find_sales_with(text, day, goods) if asked else []
    return {"sales": sales, "text": text, "goods": goods, "asked_day": day, "asked": asked}


def _asked_of(sale: Sale) -> list[tuple[int, Quantity, Condition]]:
    """Line, quantity and condition of what the form says comes back; `all` is whatever has not come back yet."""
    asked = []
    for left in lines_left(sale):
        n, name = left.line.n, f"quantity_{left.line.n}"
        if "all" in request.form:
            quantity = left.left
        elif request.form.get(name, "").strip():
            quantity = read_quantity(request.form, name, left.line.product.unit, label=left.line.name)
        else:
            continue
        if quantity.thousandths:
            condition = Condition.GOOD
            if left.line.lot is not None:
                condition = _read_condition(f"condition_{n}")
            asked.append((n, quantity, condition))
    return asked


def _read_condition(name: str) -> Condition:
    return Condition(read_one_of(request.form, name, [condition.value for condition in OF_GOODS]))


def _lot_asked(product: Product) -> Lot | None:
    number = read_text(request.form, "lot_number", required=False) or read_text(request.form, "lot", required=False)
    if not number:
        return None
    lot = lot_of_label(product, number)
    if lot is None:
        raise LotMissing(product=product.name)
    return lot


def _manager_stands_by() -> bool:
    """Whether a manager is at the screen, or has typed their PIN for just this; else one is asked for afterwards."""
    return (
        person_here().role is not Role.CLERK or "approver" in g or asks_for(Act.RETURN_WITHOUT_RECEIPT, person_here())
    )


def _sale(number: int) -> Sale:
    sale = db.session.get(Sale, number)
    if sale is None:
        raise NotFound
    return sale
