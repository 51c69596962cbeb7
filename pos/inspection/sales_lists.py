"""Sales of some days by group, stars, subject form, commune of today, old district and province of origin.

What customers paid is no revenue of the shop: of consigned goods only its commission is. So no list calls it that.
"""

from collections.abc import Callable
from datetime import date

from config.reference.forms import subject_form
from config.reference.groups import product_group
from core.i18n import N_, current_language, gettext, written_day
from core.listing import Cell, Heading, Line, Listing, Written
from core.money import ZERO, Money
from core.text import sort_key
from pos.inspection.sold_goods import SoldGoods, Trade

_UNKNOWN = N_("not recorded")
Told = Callable[[SoldGoods], str]


def sales_lists(trade: Trade) -> list[Listing]:
    """One list for each way of looking at the same sum."""
    ways: tuple[tuple[str, str, Told], ...] = (
        ("by-group", N_("Sales by product group"), _group),
        ("by-stars", N_("Sales by stars at the sale"), _stars),
        ("by-form", N_("Sales by legal form of the producer"), _form),
        ("by-province", N_("Sales by province of origin"), lambda one: _province(one, trade.last)),
        ("by-commune", N_("Sales by commune of today"), lambda one: _commune(one, trade.last)),
        ("by-old-district", N_("Sales by district of before 1/7/2025 (historical)"), _old_district),
    )
    return [_listing(name, gettext(title), trade, told) for name, title, told in ways]


def sales_sum(trade: Trade) -> Listing:
    """The days in one table: receipts, what customers paid, visitors."""
    rows: tuple[tuple[str, Cell], ...] = (
        (gettext("Receipts"), trade.receipts),
        (gettext("Articles sold"), len({one.then.sku for one in trade.goods})),
        (gettext("Customers paid, less what came back"), trade.amount),
        (gettext("Visitors counted"), trade.visitors),
    )
    return Listing(
        "sales",
        gettext("Sales and visitors"),
        (Heading(gettext("What"), width=6), Heading(gettext("Figure"), Written.MONEY, width=4)),
        tuple(Line(cells) for cells in rows),
        said=days_said(trade.first, trade.last),
        answer=trade.amount,
        notes=(gettext("What customers paid is not the shop's revenue: of consigned goods only its commission is."),),
    )


def days_said(first: date, last: date) -> str:
    """The exact days of a list."""
    return gettext("From %(first)s to %(last)s, both included.", first=written_day(first), last=written_day(last))


def _listing(name: str, title: str, trade: Trade, told: Told) -> Listing:
    sums: dict[str, tuple[set[str], int, Money]] = {}
    for one in trade.goods:
        articles, lines, amount = sums.setdefault(told(one), (set(), 0, ZERO))
        articles.add(one.then.sku)
        sums[told(one)] = (articles, lines + one.lines, amount + one.amount)
    ordered = sorted(sums.items(), key=lambda row: (-row[1][2].dong, sort_key(row[0])))
    rows = [
        Line((said, len(articles), lines, amount, _share(amount, trade.amount)))
        for said, (articles, lines, amount) in ordered
    ]
    return Listing(
        name,
        title,
        (
            Heading(gettext("Grouped by"), width=8),
            Heading(gettext("Articles"), Written.FIGURE, width=2),
            Heading(gettext("Lines on receipts"), Written.FIGURE, width=2),
            Heading(gettext("Customers paid"), Written.MONEY, width=3),
            Heading(gettext("Share"), Written.FIGURE, width=2),
        ),
        tuple(rows),
        said=days_said(trade.first, trade.last),
        totals=(gettext("Together"), "", "", trade.amount, "") if rows else (),
        empty=gettext("Nothing was sold on these days."),
    )


def _share(amount: Money, whole: Money) -> str:
    tenths = amount.dong * 1000 // whole.dong if whole > ZERO else 0
    return f"{tenths // 10},{tenths % 10} %"


def _group(one: SoldGoods) -> str:
    if one.service:
        return gettext("services of the shop")
    group = product_group(product_group(one.then.group_code).top)
    return f"{group.code}. {group.name(current_language())}"


def _stars(one: SoldGoods) -> str:
    return "★" * one.stars if one.stars else gettext("without stars")


def _form(one: SoldGoods) -> str:
    return subject_form(one.then.producer.form).name(current_language())


def _province(one: SoldGoods, day: date) -> str:
    return one.then.producer.province_on(day) or gettext(_UNKNOWN)


def _commune(one: SoldGoods, day: date) -> str:
    maker = one.then.producer
    if maker.locality_id is None:
        return gettext(_UNKNOWN)
    return maker.place_on(day)


def _old_district(one: SoldGoods) -> str:
    return one.then.producer.old_district or gettext(_UNKNOWN)
