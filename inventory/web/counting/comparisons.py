"""The manager's look at a stocktake: what differs, most valuable first; count again, say there is none, post."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from core.errors import RuleBroken
from core.i18n import N_, gettext
from core.money import ZERO
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_text
from core.web.once import once
from inventory.catalogue.product import product_of
from inventory.counting.comparison import Comparison, Uncounted, compare_with_book
from inventory.counting.stock_count import count_as_none, post_stocktake
from inventory.counting.stocktake import ask_to_count_again, give_reason, stocktake_of
from inventory.counting.stocktake_table import Stocktake
from inventory.web.counting.words import lying_at_till, words

bp = Blueprint(
    "stocktake_comparisons",
    __name__,
    url_prefix="/inventory/stocktakes/<int:stocktake_id>/comparison",
    template_folder="../../templates",
)
bp.context_processor(words)

_MOST_RIGHT = 100


class HandInFirst(RuleBroken):
    """Who is still counting would count with the book in mind."""

    message = N_("You are still counting %(zone)s. Hand your sheet in first: whoever counts does not see the book.")


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def show(stocktake_id: int) -> str:
    """Everything counted so far against the book of its minute, and what nobody counted."""
    stocktake = stocktake_of(stocktake_id)
    refuse_who_counts(stocktake)
    comparison = compare_with_book(stocktake)
    right = [one for one in comparison.counted if one.is_right and one.unsure is None]
    return render_template(
        "inventory/counting/comparison.html",
        stocktake=stocktake,
        comparison=comparison,
        right=right[:_MOST_RIGHT],
        right_count=len(right),
        missing=sum((one.value for one in comparison.wrong if one.value < ZERO), ZERO),
        found=sum((one.value for one in comparison.wrong if one.value > ZERO), ZERO),
        still_open=[sheet for sheet in stocktake.sheets if sheet.finished_at is None],
    )


def refuse_who_counts(stocktake: Stocktake) -> None:
    """Whoever has a sheet that is not handed in must not see the book."""
    me = person_here().id
    for sheet in stocktake.sheets:
        if sheet.staff_id == me and sheet.finished_at is None:
            raise HandInFirst(zone=sheet.zone)


@bp.post("/recounts")
@for_role(Role.MANAGER)
@once
def count_again(stocktake_id: int) -> AnyResponse:
    """Ask whoever counts to count a product again, in every zone."""
    product = product_of(read_text(request.form, "sku"))
    ask_to_count_again(stocktake_of(stocktake_id), product)
    flash(gettext("%(product)s is to be counted again.", product=product.full_name), "ok")
    return redirect(url_for(".show", stocktake_id=stocktake_id), 303)


@bp.post("/none")
@for_role(Role.MANAGER)
@once
def none_there(stocktake_id: int) -> AnyResponse:
    """Say of goods that nobody found that there are none."""
    stocktake = stocktake_of(stocktake_id)
    goods = uncounted_goods(compare_with_book(stocktake))
    count_as_none(stocktake, goods, by=person_here(), at_till=lying_at_till(goods.product, stocktake.place))
    return redirect(url_for(".show", stocktake_id=stocktake_id), 303)


def uncounted_goods(comparison: Comparison) -> Uncounted:
    """The goods that the form names, among those nobody counted."""
    named = read_text(request.form, "sku"), read_text(request.form, "whose", limit=20)
    for one in comparison.uncounted:
        if (one.product.sku, one.whose) == named:
            return one
    raise NotFound


@bp.post("/reasons")
@for_role(Role.MANAGER)
@once
def reason(stocktake_id: int) -> AnyResponse:
    """Why it differs, as far as somebody knows."""
    product = product_of(read_text(request.form, "sku"))
    said = read_text(request.form, "reason", required=False, limit=300, label=N_("Reason"))
    give_reason(stocktake_of(stocktake_id), product, said)
    return redirect(url_for(".show", stocktake_id=stocktake_id), 303)


@bp.post("/posting")
@for_role(Role.MANAGER)
@once
def post(stocktake_id: int) -> AnyResponse:
    """Accept it: the book follows what was counted."""
    count = post_stocktake(stocktake_of(stocktake_id), by=person_here())
    flash(gettext("Stocktake %(number)s is posted.", number=count.number), "ok")
    return redirect(url_for("stock_counts.show", number=count.number), 303)
