"""The count sheet (phiếu kiểm đếm): what the book says of each lot, by owner, beside an empty column for the count."""

from core.i18n import gettext
from core.listing import Heading, Line, Listing, Written
from core.text import sort_key
from pos.inspection.inspected_day import InspectedDay


def count_sheet(seen: InspectedDay) -> Listing:
    """Every lot that the book has in the shop, the shop's own goods first, then owner by owner."""
    own = gettext("the shop itself")
    names = {number: sort_key(then.name) for number, then in seen.owners.items()}
    # the lots come in the order of their products, which sorting by owner keeps
    lots = sorted(seen.lots, key=lambda pair: names.get(pair[1].lot.owner_id or 0, ()))
    lines = tuple(
        Line(
            (
                seen.owner_of(held.lot) or own,
                one.then.full_name,
                held.lot.number,
                held.lot.sell_by,
                held.on_shelf,
                held.in_stockroom,
                one.then.unit_label,
                "",
                "",
            )
        )
        for one, held in lots
    )
    return Listing(
        "count-sheet",
        gettext("Count sheet by owner of the goods"),
        (
            Heading(gettext("Whose goods"), width=5),
            Heading(gettext("Product"), width=7),
            Heading(gettext("Lot"), width=3),
            Heading(gettext("Sell by"), Written.DAY, width=3),
            Heading(gettext("Book: shelf"), Written.QUANTITY, width=2),
            Heading(gettext("Book: stockroom"), Written.QUANTITY, width=2),
            Heading(gettext("Unit"), width=2),
            Heading(gettext("Counted"), width=3),
            Heading(gettext("Note"), width=4),
        ),
        lines,
        empty=gettext("Nothing was in the shop on that day."),
    )
