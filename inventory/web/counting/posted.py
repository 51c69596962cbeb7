"""A stocktake as it was posted: its differences, every lot, the sheets as they were counted."""

from flask import Blueprint, render_template
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from core.database import db
from core.money import ZERO
from core.staff import Role, Staff
from core.web.access import for_role
from inventory.consignment.claim_table import Claim
from inventory.counting.stock_count_table import StockCount
from inventory.web.counting.words import words

bp = Blueprint("stock_counts", __name__, url_prefix="/inventory/stock-counts", template_folder="../../templates")
bp.context_processor(words)


@bp.get("/<int:number>")
@for_role(Role.MANAGER, Role.AUDITOR)
def show(number: int) -> str:
    """One posted stocktake."""
    count = count_of(number)
    claims = {
        claim.line: claim.due for claim in db.session.scalars(select(Claim).where(Claim.record_seq == count.record_seq))
    }
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
