"""The day book and the cash book: any past day or days, on the screen, on paper, and as tables to take away."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from core.clock import today
from core.i18n import N_, gettext
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import Form, read_day, read_day_if_given, read_money, read_one_of, read_text
from core.web.list_file import table_file, wants_file
from core.web.once import once
from pos.cash.cash_move import move_safe_cash, see_deposit
from pos.cash.cash_move_table import Place, Way, cash_move_of_record
from pos.reports.day_book import day_book
from pos.reports.day_book_paper import print_day_book
from pos.reports.day_book_tables import cash_table, sales_table
from pos.web.cash_moves import offered, read_told
from pos.web.counter import register_here

bp = Blueprint("cash_book", __name__, url_prefix="/day-book")

_FILES = {"sales": ("so-ban-hang", sales_table), "cash": ("so-quy", cash_table)}


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def show() -> str | AnyResponse:
    """What was sold, taken and counted on these days; today where nobody chose others.

    Two of its lists are taken away: every receipt, a row each, and every line of the cash book, with what was left.
    """
    first, last = read_days(request.args)
    if wants_file():
        name, make = _FILES[read_one_of(request.args, "list", list(_FILES))]
        return table_file(f"{name}-{first}-{last}", gettext("Day book and cash book"), *make(first, last))
    return render_template("pos/cash/book.html", book=day_book(first, last), today=today(), **offered(Place.SAFE))


@bp.post("/prints")
@for_role(Role.MANAGER)
@once
def print_() -> AnyResponse:
    """Print the book on the receipt printer."""
    first, last = read_days(request.form)
    print_day_book(first, last, at=register_here(), by=person_here())
    flash(gettext("The day book is being printed."), "ok")
    return _back(first, last)


@bp.post("/safe-in")
@for_role(Role.MANAGER)
@once
def put_in() -> AnyResponse:
    """Put cash into the safe."""
    move_safe_cash(Way.IN, read_told(request.form), by=person_here())
    flash(gettext("Recorded."), "ok")
    return redirect(url_for(".show"), 303)


@bp.post("/safe-out")
@for_role(Role.MANAGER)
@once
def take_out() -> AnyResponse:
    """Take cash out of the safe."""
    move_safe_cash(Way.OUT, read_told(request.form), by=person_here())
    flash(gettext("Recorded."), "ok")
    return redirect(url_for(".show"), 303)


@bp.post("/deposits/<int:record>/statement")
@for_role(Role.MANAGER)
@once
def statement(record: int) -> AnyResponse:
    """A deposit was found on the bank's statement."""
    move = cash_move_of_record(record)
    if move is None:
        raise NotFound
    day = read_day(request.form, "day", label=N_("Day on the statement"))
    amount = read_money(request.form, "amount", label=N_("Amount on the statement"))
    note = read_text(request.form, "note", required=False, label=N_("Note"))
    see_deposit(move, day=day, amount=amount, note=note, by=person_here())
    flash(gettext("Recorded."), "ok")
    return redirect(url_for(".show"), 303)


def read_days(form: Form) -> tuple[date, date]:
    """From which day to which; one day where only one was typed, today where none was."""
    first = read_day_if_given(form, "first", label=N_("From day"))
    last = read_day_if_given(form, "last", label=N_("To day"))
    return first or last or today(), last or first or today()


def _back(first: date, last: date) -> AnyResponse:
    return redirect(url_for(".show", first=first.isoformat(), last=last.isoformat()), 303)
