"""One product looked into: every lot that ever came by a day, where from, on which papers, and what became of it."""

from datetime import date

from core.i18n import gettext, written_day
from core.journal.past_day import records_until
from core.listing import Heading, Line, Listing, Mark, Written, or_nothing
from core.quantity import NONE, Quantity
from inventory.catalogue.as_recorded import producers_as_of
from inventory.catalogue.product import Product
from inventory.ledger.flow import Flow, flows
from inventory.ledger.stock_on_day import lots_of, need_past
from inventory.lot import Lot

LEDGER_PAGE = "stock_ledger.index"


def product_trace(product: Product, day: date) -> Listing:
    """All lots of a product up to the end of a day, the oldest first, each with all that became of it."""
    records = records_until(need_past(day))
    moved = flows(records, products=[product.id])
    lots = lots_of(moved)
    people = producers_as_of({lot.supplier for lot in lots} | {lot.owner for lot in lots if lot.owner}, records)
    names = {number: then.name for number, then in people.items()}
    quantity = Written.QUANTITY
    return Listing(
        f"trace-{product.sku}",
        gettext("All lots until %(day)s", day=written_day(day)),
        (
            Heading(gettext("Lot"), width=4),
            Heading(gettext("Whose goods"), width=4),
            Heading(gettext("Came from"), width=4),
            Heading(gettext("Received on"), Written.DAY, width=4),
            Heading(gettext("Producer's lot"), width=3),
            Heading(gettext("Papers of the lot"), width=4),
            Heading(gettext("Sell by"), Written.DAY, width=4),
            Heading(gettext("Received"), quantity, width=2),
            Heading(gettext("Sold"), quantity, width=2),
            Heading(gettext("Brought back"), quantity, width=2),
            Heading(gettext("To the producer"), quantity, width=2),
            Heading(gettext("Destroyed"), quantity, width=2),
            Heading(gettext("Used"), quantity, width=2),
            Heading(gettext("Missing in counts"), quantity, width=2),
            Heading(gettext("Left over"), quantity, width=2),
        ),
        tuple(_line(lot, moved[lot.id], names, day) for lot in lots),
        empty=gettext("No lot of it had come by that day."),
        linked=0,
    )


def _ways(flow: Flow) -> tuple[Quantity, ...]:
    return flow.received, flow.sold, flow.brought_back, flow.given_back, flow.lost, flow.used, flow.missing


def _line(lot: Lot, flow: Flow, names: dict[int, str], day: date) -> Line:
    owner = names[lot.owner_id] if lot.owner_id is not None else gettext("the shop itself")
    past = lot.expires_before(day) and flow.in_care > NONE
    cells = (
        lot.number, owner, names[lot.supplier_id], lot.received_on, lot.producer_lot, lot.papers, lot.sell_by,
        *map(or_nothing, _ways(flow)), flow.in_care,
    )  # fmt: skip
    address = {"lot": lot.number, "first": lot.received_on.isoformat(), "last": day.isoformat()}
    return Line(cells, Mark.ACT if past else Mark.NONE, LEDGER_PAGE, address)
