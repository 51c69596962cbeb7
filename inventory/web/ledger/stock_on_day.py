"""The stock of any day: what was there, whose it was, and what it was worth."""

from datetime import date

from flask import Blueprint, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from core.clock import today
from core.i18n import N_, gettext, written_day
from core.listing import Listing
from core.staff import Role
from core.web.access import for_role
from core.web.download import download
from core.web.forms import Form, read_day_if_given
from inventory.ledger.valuation import Valuation, valuation_on
from inventory.ledger.value_lists import kept_goods_list, own_goods_list, owners_list
from inventory.web.listing_files import listing_file, paper
from printers.a4.pdf import as_pdf

bp = Blueprint("stock_on_day", __name__, url_prefix="/inventory/stock-on-day", template_folder="../../templates")

_LISTS = {"owners": owners_list, "own-goods": own_goods_list, "kept-goods": kept_goods_list}


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def show() -> str:
    """The stock of a day; today where nobody chose another."""
    worth = valuation_on(read_the_day(request.args))
    return render_template(
        "inventory/ledger/stock_on_day.html",
        worth=worth,
        lists=_lists(worth),
        today=today(),
        address=lambda ending: url_for(".file", name="stock", ending=ending, day=worth.day.isoformat()),
        address_of=lambda name: lambda ending: url_for(".file", name=name, ending=ending, day=worth.day.isoformat()),
    )


@bp.get("/<name>.<ending>")
@for_role(Role.MANAGER, Role.AUDITOR)
def file(name: str, ending: str) -> Response:
    """One of the lists as a file, or all of them as one PDF."""
    worth = valuation_on(read_the_day(request.args))
    if name == "stock" and ending == "pdf":
        title = gettext("Stock at the end of %(day)s", day=written_day(worth.day))
        return download(as_pdf(paper(title, _lists(worth))), f"ton-kho-{worth.day}.pdf")
    if name not in _LISTS:
        raise NotFound
    return listing_file(_LISTS[name](worth), ending, days=worth.day.isoformat())


def _lists(worth: Valuation) -> list[Listing]:
    return [make(worth) for make in _LISTS.values()]


def read_the_day(form: Form) -> date:
    """The day that was chosen."""
    return read_day_if_given(form, "day", label=N_("Day")) or today()
