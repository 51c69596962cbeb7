"""What the stock of a day was worth as lists: the shop's own goods, and apart from them what it kept for others."""

from collections.abc import Iterable

from core.i18n import gettext, written_day
from core.journal.past_day import records_until
from core.listing import Cell, Heading, Line, Listing, Mark, Written
from core.quantity import NONE
from inventory.catalogue.as_recorded import ProductThen, producers_as_of, products_as_of
from inventory.ledger.valuation import Kept, Valuation, Valued

LEDGER_PAGE = "stock_ledger.index"


def own_goods_list(worth: Valuation) -> Listing:
    """The shop's own goods lot by lot, each at what it cost."""
    then = _names([worth.own], worth)
    return Listing(
        "own-goods",
        gettext("Own goods, at cost"),
        (
            *_of_the_lot(),
            Heading(gettext("Cost of one"), Written.MONEY, width=3),
            Heading(gettext("At cost"), Written.MONEY, width=3),
            Heading(gettext("At that day's price"), Written.MONEY, width=3),
        ),
        tuple(
            _line((*_lot_cells(one, then), one.lot.cost, one.at_cost, _sold_for(one)), one, worth)
            for one in worth.own.lots
        ),
        said=_said(worth),
        totals=(gettext("Together"), *[""] * 6, worth.own.at_cost, worth.own.at_price) if worth.own.lots else (),
        notes=(
            gettext("Each lot is valued at what it cost itself (specific identification)."),
            *_priceless([worth.own]),
        ),
        empty=gettext("None of the goods in the shop were its own."),
        answer=worth.own.at_cost,
    )


def kept_goods_list(worth: Valuation) -> Listing:
    """Goods of others lot by lot: what customers would pay for them, and what the owner would get."""
    then, lots = _names(worth.kept_for, worth), [one for kept in worth.kept_for for one in kept.lots]
    kept_by = _owner_names(worth)
    together: tuple[Cell, ...] = (gettext("Together"), *[""] * 6, worth.kept_at_price, worth.kept_for_owners)
    return Listing(
        "kept-goods",
        gettext("Goods kept for others, by owner"),
        (
            Heading(gettext("Whose goods"), width=5),
            *_of_the_lot(),
            Heading(gettext("At that day's price"), Written.MONEY, width=3),
            Heading(gettext("The owner would get"), Written.MONEY, width=3),
        ),
        tuple(
            _line((kept_by[one.lot.owner_id], *_lot_cells(one, then), _sold_for(one), one.for_owner), one, worth)
            for one in lots
        ),
        said=_said(worth),
        totals=together if lots else (),
        notes=(
            gettext(
                "Goods on consignment belong to their owners and are no stock of the shop: never added to its own."
            ),
            *_priceless(worth.kept_for),
        ),
        empty=gettext("Nothing was kept for others."),
        linked=2,
        answer=worth.kept_at_price,
    )


def owners_list(worth: Valuation) -> Listing:
    """One line an owner: how many articles, what they would bring, what of it is his."""
    owners = _owner_names(worth)
    return Listing(
        "owners",
        gettext("What is kept for whom"),
        (
            Heading(gettext("Whose goods"), width=7),
            Heading(gettext("Articles"), Written.FIGURE, width=2),
            Heading(gettext("At that day's price"), Written.MONEY, width=3),
            Heading(gettext("The owner would get"), Written.MONEY, width=3),
        ),
        tuple(
            Line((owners[kept.owner.id], kept.products, kept.at_price, kept.for_owner))
            for kept in worth.kept_for
            if kept.owner is not None
        ),
        said=_said(worth),
        totals=(gettext("Together"), "", worth.kept_at_price, worth.kept_for_owners) if worth.kept_for else (),
        notes=_priceless(worth.kept_for),
        empty=gettext("Nothing was kept for others."),
        answer=worth.kept_for_owners,
    )


def _owner_names(worth: Valuation) -> dict[int | None, str]:
    owners = {kept.owner for kept in worth.kept_for if kept.owner is not None}
    return {number: then.name for number, then in producers_as_of(owners, records_until(worth.day)).items()}


def _names(kept: Iterable[Kept], worth: Valuation) -> dict[int, ProductThen]:
    products = {one.lot.product for owner in kept for one in owner.lots}
    return products_as_of(products, records_until(worth.day))


def _of_the_lot() -> tuple[Heading, ...]:
    return (
        Heading(gettext("Product"), width=6),
        Heading(gettext("Lot"), width=3),
        Heading(gettext("Received on"), Written.DAY, width=3),
        Heading(gettext("Sell by"), Written.DAY, width=3),
        Heading(gettext("Quantity"), Written.QUANTITY, width=2),
        Heading(gettext("Unit"), width=2),
    )


def _lot_cells(one: Valued, then: dict[int, ProductThen]) -> tuple[Cell, ...]:
    lot, named = one.lot, then[one.lot.product_id]
    return named.full_name, lot.number, lot.received_on, lot.sell_by, one.quantity, named.unit_label


def _sold_for(one: Valued) -> Cell:
    return gettext("no price") if one.lacks_price else one.at_price


def _line(cells: tuple[Cell, ...], one: Valued, worth: Valuation) -> Line:
    odd = one.quantity < NONE or one.lacks_price
    days = {"first": one.lot.received_on.isoformat(), "last": worth.day.isoformat()}
    return Line(cells, Mark.WARN if odd else Mark.NONE, LEDGER_PAGE, {"lot": one.lot.number, **days})


def _said(worth: Valuation) -> str:
    return gettext("At the end of %(day)s.", day=written_day(worth.day))


def _priceless(kept: Iterable[Kept]) -> tuple[str, ...]:
    lots = sum(one.without_price for one in kept)
    said = gettext("%(count)s lots had no price that day and are left out of what they would bring.", count=lots)
    return (said,) if lots else ()
