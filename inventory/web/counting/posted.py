"""A stocktake as it was posted: its differences, every lot, the sheets as they were counted."""

from flask import Blueprint, render_template
from sqlalchemy import select
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from core.database import db
from core.i18n import N_
from core.money import ZERO, Money
from core.staff import Role, Staff
from core.web.access import for_role
from core.web.list_file import Columns, list_file, wants_file
from inventory.consignment.claim_table import Claim
from inventory.counting.stock_count_table import StockCount, StockCountLine
from inventory.web.counting.words import words
from inventory.web.names import owner_name

bp = Blueprint("stock_counts", __name__, url_prefix="/inventory/stock-counts", template_folder="../../templates")
bp.context_processor(words)

COLUMNS: Columns[tuple[StockCountLine, Money | None]] = (
    (N_("Product"), lambda row: row[0].lot.product.full_name),
    (N_("Lot"), lambda row: row[0].lot.number),
    (N_("Owner of the goods"), lambda row: owner_name(row[0].lot.owner)),
    (N_("In the book"), lambda row: row[0].book),
    (N_("Counted"), lambda row: row[0].counted),
    (N_("Difference"), lambda row: row[0].difference),
    (N_("Unit"), lambda row: row[0].lot.product.unit_label),
    (N_("Claim"), lambda row: row[1]),
    (N_("Reason"), lambda row: row[0].reason),
)


@bp.get("/<int:number>")
@for_role(Role.MANAGER, Role.AUDITOR)
def show(number: int) -> str | Response:
    """One posted stocktake."""
    count = count_of(number)
    claims = {
        claim.line: claim.due for claim in db.session.scalars(select(Claim).where(Claim.record_seq == count.record_seq))
    }
    if wants_file():
        lines = [(line, claims.get(line.line)) for line in count.lines]
        return list_file(f"kiem-ke-{number}", N_("Stocktake"), COLUMNS, lines)
    return render_template(
        "inventory/counting/count.html",
        count=count,
        differing=[line for line in count.lines if line.difference],
        claims=claims,
        claimed=sum(claims.values(), ZERO),
        people=dict(db.session.execute(select(Staff.code, Staff.name)).all()),
    )


def count_of(number: int) -> StockCount:
    """The stocktake of a number."""
    count = db.session.get(StockCount, number)
    if count is None:
        raise NotFound
    return count
