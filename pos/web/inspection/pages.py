"""The inspector's pages: plain answers that lead to their lists; one product looked into; everything as a booklet."""

from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from core import clock
from core.clock import Period, today
from core.current_settings import current_settings
from core.i18n import N_, gettext, written_day
from core.listing import Listing
from core.staff import Role
from core.web.access import for_role
from core.web.download import download
from core.web.forms import Form, read_day_if_given, read_scan, read_text
from inventory.catalogue.barcode import read_scan as read_label
from inventory.catalogue.product import Product, product_of
from inventory.catalogue.product_search import find_products
from inventory.ledger.stock_on_day import need_past
from inventory.web.listing_files import listing_file, paper
from pos.inspection.inspection import Inspection
from pos.inspection.product_trace import product_trace
from pos.inspection.sales_lists import days_said
from pos.web.inspection.changes import change_list
from printers.a4.document import A4NewPage, A4Part, A4Text
from printers.a4.listing import listing_parts
from printers.a4.pdf import as_pdf

bp = Blueprint("inspection", __name__, url_prefix="/inspection")

CHANGES, PRODUCERS = "changes", "producers"
NOT_ASKED = frozenset({"own-goods", "kept-goods"})
"""Lot by lot what goods were worth: a matter of the shop's own books, and no part of the booklet."""
_MOST_HITS = 12
_PERIODS = (
    (N_("month to the 14th"), clock.state_month),
    (N_("quarter to the 14th"), clock.state_quarter),
    (N_("year to 14 December"), clock.state_year),
    (N_("calendar month"), clock.calendar_month),
    (N_("calendar quarter"), clock.calendar_quarter),
    (N_("calendar year"), clock.calendar_year),
)


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def show() -> str:
    """The whole view of a day in one page."""
    asked = read_asked(request.args)
    groups = asked.groups()
    groups[-1][1].append(change_list(asked.first, asked.last))
    return render_template(
        "pos/inspection/page.html",
        asked=asked,
        groups=groups,
        today=today(),
        days=address_of(asked),
        periods=periods(asked.day),
    )


@bp.get("/<name>")
@for_role(Role.MANAGER, Role.AUDITOR)
def listing(name: str) -> str:
    """One list."""
    asked = read_asked(request.args)
    return render_template(
        "pos/inspection/list.html",
        asked=asked,
        one=need_listing(asked, name),
        days=address_of(asked),
        over_days=name in over_days(asked),
        periods=periods(asked.day),
        address=lambda ending: url_for(".file", name=name, ending=ending, **address_of(asked)),
    )


@bp.get("/<name>.<ending>")
@for_role(Role.MANAGER, Role.AUDITOR)
def file(name: str, ending: str) -> Response:
    """One list as a file."""
    asked = read_asked(request.args)
    days = f"{asked.first}-{asked.last}" if name in over_days(asked) else asked.day.isoformat()
    return listing_file(need_listing(asked, name), ending, days=days, subtitle=as_of(asked))


@bp.get("/products")
@for_role(Role.MANAGER, Role.AUDITOR)
def find() -> Response | str:
    """What was scanned leads to its product; words to the products that fit."""
    asked, code = read_asked(request.args), read_scan(request.args) if "code" in request.args else ""
    read = read_label(code, layouts=current_settings().scan.weight_layouts) if code.strip() else None
    if read is not None and read.product is not None:
        return redirect(url_for(".product", sku=read.product.sku, **address_of(asked)))
    hits: list[Product] = find_products(read_text(request.args, "code", required=False), limit=_MOST_HITS, retired=None)
    return render_template("pos/inspection/found.html", asked=asked, hits=hits, days=address_of(asked))


@bp.get("/products/<sku>")
@for_role(Role.MANAGER, Role.AUDITOR)
def product(sku: str) -> str:
    """One product: its papers on the day, all its lots and what became of them."""
    asked, article = read_asked(request.args), product_of(sku)
    return render_template(
        "pos/inspection/product.html",
        asked=asked,
        product=article,
        one=next((one for one in asked.seen.shelf if one.product.id == article.id), None),
        trace=product_trace(article, asked.day),
        days=address_of(asked),
        address=lambda ending: url_for(".product_file", sku=sku, ending=ending, **address_of(asked)),
    )


@bp.get("/products/<sku>.<ending>")
@for_role(Role.MANAGER, Role.AUDITOR)
def product_file(sku: str, ending: str) -> Response:
    """The lots of one product as a file."""
    asked, article = read_asked(request.args), product_of(sku)
    trace = product_trace(article, asked.day)
    return listing_file(trace, ending, days=asked.day.isoformat(), title=article.full_name, subtitle=as_of(asked))


@bp.get("/booklet.pdf")
@for_role(Role.MANAGER, Role.AUDITOR)
def booklet() -> Response:
    """Everything on A4, question by question."""
    asked = read_asked(request.args)
    groups = asked.groups()
    groups[-1][1].append(change_list(asked.first, asked.last))
    parts: list[A4Part] = [*listing_parts(asked.in_short(groups))]
    for question, lists in groups:
        parts += [A4NewPage(), A4Text(gettext(question), bold=True)]
        for one in lists:
            parts += listing_parts(one) if one.name not in NOT_ASKED else ()
    subtitle = f"{as_of(asked)} {days_said(asked.first, asked.last)}"
    book = paper(gettext("The shop as an inspector asks about it"), [], subtitle=subtitle, parts=parts)
    return download(as_pdf(book), f"thanh-tra-{asked.day}.pdf")


def read_asked(form: Form) -> Inspection:
    """Day and days as they were chosen; without any, today, and the reporting month so far."""
    day = need_past(read_day_if_given(form, "day", label=N_("Day")) or today())
    month = clock.state_month(day)
    last = read_day_if_given(form, "last", label=N_("To day")) or day
    first = read_day_if_given(form, "first", label=N_("From day")) or min(month.first, last)
    return Inspection(day, first, need_past(last), current_settings())


def address_of(asked: Inspection) -> dict[str, str]:
    """Day and days as they stand in addresses."""
    return {"day": asked.day.isoformat(), "first": asked.first.isoformat(), "last": asked.last.isoformat()}


def need_listing(asked: Inspection, name: str) -> Listing:
    """A list that there is."""
    found = change_list(asked.first, asked.last) if name == CHANGES else asked.listing(name)
    if found is None:
        raise NotFound
    return found


def over_days(asked: Inspection) -> frozenset[str]:
    """The lists that tell of days and not of one evening."""
    return frozenset({CHANGES, PRODUCERS, *asked.sales})


def periods(day: date) -> list[tuple[str, Period]]:
    """The stretches that reports are asked for, up to the chosen day."""
    found = ((name, stretch(day)) for name, stretch in _PERIODS)
    return [(name, Period(period.first, min(period.last, day))) for name, period in found]


def as_of(asked: Inspection) -> str:
    """The day in words, for papers."""
    return gettext("As it was at the end of %(day)s.", day=written_day(asked.day))
