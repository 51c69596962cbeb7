"""The movement ledger: choose goods and days, look at every move, take it away, print it."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import today
from core.current_settings import current_settings
from core.i18n import N_, gettext, written_day
from core.listing import Listing, stacked
from core.staff import Role
from core.web.access import for_role
from core.web.document_name import document_names
from core.web.download import download
from core.web.forms import Form, read_day_if_given, read_scan, read_text
from inventory.catalogue.barcode import read_scan as read_label
from inventory.catalogue.producer import Producer, producer_of, producers_at_work
from inventory.catalogue.product import Product, product_of
from inventory.catalogue.product_search import find_products
from inventory.ledger.ledger_list import ledger_list
from inventory.ledger.stock_ledger import Ledger, Scope, ledgers
from inventory.lot import Lot, lot_of, lot_of_label
from inventory.web.listing_files import listing_file, paper
from printers.a4.pdf import as_pdf

bp = Blueprint("stock_ledger", __name__, url_prefix="/inventory/ledger", template_folder="../../templates")

OWN, ALL = "own", ""
_MOST_HITS = 12
_MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the ledger is asked about, and over which days; both belong to it."""

    product: Product | None
    lot: Lot | None
    owner: Producer | None
    own: bool
    first: date
    last: date

    @property
    def scope(self) -> Scope:
        """The goods."""
        return Scope(self.product, self.lot, self.owner, own=self.own)

    @property
    def is_narrow(self) -> bool:
        """Whether something was chosen; the moves of everything are shown only when asked for."""
        return self.product is not None or self.lot is not None or self.owner is not None or self.own

    def address(self) -> dict[str, str]:
        """As the address of the page."""
        chosen = {
            "sku": self.product.sku if self.product and not self.lot else "",
            "lot": self.lot.number if self.lot else "",
            "owner": OWN if self.own else self.owner.code if self.owner else "",
        }
        days = {"first": self.first.isoformat(), "last": self.last.isoformat()}
        return {name: value for name, value in (chosen | days).items() if value}

    def said(self) -> str:
        """The goods and days in words, for papers."""
        goods = [self.product.full_name] if self.product else []
        goods += [gettext("lot %(lot)s", lot=self.lot.number)] if self.lot else []
        goods += [self.owner.name] if self.owner else [gettext("the shop itself")] if self.own else []
        days = gettext("from %(first)s to %(last)s", first=written_day(self.first), last=written_day(self.last))
        return ", ".join([*goods, days])


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def index() -> str:
    """The ledger of what was chosen; before that, the fields to choose by."""
    return page(read_asked(request.args), read_text(request.args, "text", required=False, limit=100))


def page(asked: Asked, typed: str) -> str:
    """The page of the ledger, with the products that fit what was typed."""
    return render_template(
        "inventory/ledger/page.html",
        asked=asked,
        lists=ledger_lists(asked) if asked.is_narrow else [],
        hits=find_products(typed, limit=_MOST_HITS, retired=None) if typed else [],
        text=typed,
        producers=producers_at_work(),
        own=OWN,
        address=lambda ending: url_for(".file", ending=ending, **asked.address()),
    )


@bp.get("/scans")
@for_role(Role.MANAGER, Role.AUDITOR)
def scan() -> Response | str:
    """What a label leads to: the ledger of its lot or product; words are answered with the products that fit."""
    code, days = read_scan(request.args), {name: request.args.get(name, "") for name in ("first", "last")}
    kept = {name: value for name, value in days.items() if value}
    read = read_label(code, layouts=current_settings().scan.weight_layouts)
    if read.product is not None:
        named = lot_of_label(read.product, read.lot) if read.lot else None
        goods = {"lot": named.number} if named is not None else {"sku": read.product.sku}
        return redirect(url_for(".index", **goods, **kept))
    return page(read_asked(request.args), code.strip()[:100])


@bp.get("/ledger.<ending>")
@for_role(Role.MANAGER, Role.AUDITOR)
def file(ending: str) -> Response:
    """The same as a file: one table for a spreadsheet, or a PDF with one table a product."""
    asked = read_asked(request.args)
    lists, days = ledger_lists(asked), f"{asked.first}-{asked.last}"
    if ending == "pdf":
        book = paper(gettext("Movement ledger"), lists, subtitle=asked.said())
        return download(as_pdf(book), f"so-kho-{days}.pdf")
    return listing_file(stacked("so-kho", gettext("Movement ledger"), gettext("Product"), lists), ending, days=days)


def ledger_lists(asked: Asked) -> list[Listing]:
    """The ledgers with the names of their documents."""
    found: list[Ledger] = ledgers(asked.scope, asked.first, asked.last)
    names = document_names({line.record_seq for ledger in found for line in ledger.lines})
    return [ledger_list(ledger, asked.first, asked.last, names) for ledger in found]


def read_asked(form: Form) -> Asked:
    """What was chosen, strictly; without days the last month until today."""
    last = read_day_if_given(form, "last", label=N_("To day")) or today()
    first = read_day_if_given(form, "first", label=N_("From day")) or last - _MONTH
    sku, number, owner = (form.get(name, "").strip() for name in ("sku", "lot", "owner"))
    lot = lot_of(number) if number else None
    product = lot.product if lot else product_of(sku) if sku else None
    return Asked(product, lot, producer_of(owner[:20]) if owner not in (OWN, ALL) else None, owner == OWN, first, last)
