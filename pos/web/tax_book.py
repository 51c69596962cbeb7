"""Tax for whoever declares it: by rate and day of a month, the turnover of the year, and what changes next."""

import calendar
from datetime import date

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from config.reference.tax_rates import changes_after
from core.clock import today
from core.current_settings import current_settings, settings_for
from core.errors import RuleBroken
from core.i18n import N_, current_language, gettext
from core.money import ZERO
from core.staff import Role
from core.web.access import for_role
from core.web.list_file import Columns, list_file, wants_file
from inventory.catalogue.tax import without_tax_class
from pos.quote import SHOWS_VAT
from pos.reports.tax_book import TaxedAmount, by_rate, tax_by_day
from pos.reports.turnover import turnover_until
from pos.settings.change_table import all_changes

bp = Blueprint("tax_book", __name__, url_prefix="/tax")


class WrongMonth(RuleBroken):
    """A month is typed as on every other page of the shop."""

    message = N_("“%(text)s” is not a month. Type it like 11/2026.")


def said_rate(code: str | None) -> str:
    """A rate as people write it."""
    if code is None:
        return gettext("no VAT separated")
    return gettext("not subject (KCT)") if code == "KCT" else f"{code} %"


COLUMNS: Columns[TaxedAmount] = (
    (N_("Day"), lambda one: one.day),
    (N_("Rate"), lambda one: said_rate(one.rate)),
    (N_("Tax included"), lambda one: one.gross),
    (N_("Before tax"), lambda one: one.net),
    (N_("VAT"), lambda one: one.vat),
)


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def show() -> str | Response:
    """One month by day and rate, and the year up to its end."""
    first = read_month(request.args.get("month", ""))
    last = min(first.replace(day=calendar.monthrange(first.year, first.month)[1]), max(today(), first))
    amounts, shop = tax_by_day(first, last), current_settings().shop
    if wants_file():
        return list_file(f"thue-{first:%Y-%m}", N_("Tax by rate and day"), COLUMNS, amounts)
    return render_template(
        "pos/tax/page.html",
        first=first,
        last=last,
        amounts=amounts,
        totals=by_rate(amounts, last),
        sold=sum((one.gross for one in amounts), ZERO),
        vat=sum((one.vat for one in amounts), ZERO),
        year=turnover_until(last),
        asks_threshold=shop.owner_kind == "household",
        shows_vat=shop.tax_method == SHOWS_VAT,
        changes=changes_after(today(), shop.tax_method),
        classless=without_tax_class(today()) if shows_vat_soon() else [],
        language=current_language(),
        said_rate=said_rate,
    )


def shows_vat_soon() -> bool:
    """Whether VAT is separated today, or from a day on that is decided already."""
    planned = [change.first_day for change in all_changes() if change.first_day and change.first_day > today()]
    return any(settings_for(day).shop.tax_method == SHOWS_VAT for day in (today(), *planned))


def read_month(text: str) -> date:
    """The first day of a month typed as 11/2026; of this month where nothing was typed."""
    if not text.strip():
        return today().replace(day=1)
    month, _, year = text.strip().partition("/")
    if month.isdecimal() and year.isdecimal() and 1 <= int(month) <= 12 and 2000 <= int(year) <= 2200:
        return date(int(year), int(month), 1)
    raise WrongMonth(text=text[:20])
