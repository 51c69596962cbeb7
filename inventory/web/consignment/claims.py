"""Claims: goods of producers that were lost here, what the shop owes for them and what was found again."""

from flask import Blueprint, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import selectinload
from werkzeug.wrappers import Response

from core.database import db
from core.i18n import N_, gettext
from core.money import ZERO, Money
from core.quantity import NONE
from core.staff import Role
from core.web.access import for_role
from core.web.list_file import Columns, at_most, list_file, wants_file
from inventory.catalogue.producer import Producer, producer_of, producers_at_work
from inventory.consignment.claim import claimed_by
from inventory.consignment.claim_table import Claim
from inventory.consignment.loss_cause import Bearer, ClaimCause

bp = Blueprint("claims", __name__, url_prefix="/inventory/claims", template_folder="../../templates")

_LATEST = 200

CAUSE_NAMES = {
    ClaimCause.THEFT: N_("Theft"),
    ClaimCause.EXPIRY: N_("Past its day"),
    ClaimCause.BREAKAGE: N_("Breakage"),
    ClaimCause.COUNT: N_("Missing in a stocktake"),
    ClaimCause.USED: N_("Own use and tasting"),
    ClaimCause.RECALL: N_("Recalled"),
    ClaimCause.OTHER: N_("Another reason"),
}
BEARER_NAMES = {Bearer.SHOP: N_("The shop"), Bearer.PRODUCER: N_("The producer")}


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def index() -> str | Response:
    """The latest claims, of all producers or of one."""
    typed = request.args.get("producer", "").strip()[:200].split(" ")[0]
    chosen = producer_of(typed) if typed else None
    wanted = select(Claim).options(selectinload(Claim.reversals)).order_by(Claim.id.desc()).limit(at_most(_LATEST))
    if chosen is not None:
        wanted = wanted.where(Claim.owner_id == chosen.id)
    claims = list(db.session.scalars(wanted))
    if wants_file():
        return list_file("hang-mat-phai-tra", N_("Claims for lost goods"), COLUMNS, claims)
    return render_template(
        "inventory/claims/page.html",
        claims=claims,
        chosen=chosen,
        producers=producers_at_work(),
        total=claimed_by(chosen) if chosen is not None else claimed_by_all(),
        owed=owed,
        cause_name=cause_name,
        bearer_name=bearer_name,
    )


def cause_name(cause: str) -> str:
    """Why goods were lost."""
    return gettext(CAUSE_NAMES[ClaimCause(cause)])


def bearer_name(bearer: Bearer) -> str:
    """Who answers for them."""
    return gettext(BEARER_NAMES[bearer])


def claimed_by_all() -> Money:
    """The same of every producer together."""
    owners = db.session.scalars(select(Producer).where(Producer.id.in_(select(Claim.owner_id))))
    return sum((claimed_by(owner) for owner in owners), ZERO)


def owed(claim: Claim) -> Money:
    """What is left of a claim."""
    return claim.due - sum((back.due for back in claim.reversals), ZERO)


COLUMNS: Columns[Claim] = (
    (N_("Day"), lambda claim: claim.day),
    (N_("Producer"), lambda claim: claim.owner.name),
    (N_("Product"), lambda claim: claim.lot.product.full_name),
    (N_("Lot"), lambda claim: claim.lot.number),
    (N_("Cause"), lambda claim: cause_name(claim.cause)),
    (N_("Quantity"), lambda claim: claim.quantity),
    (N_("Unit"), lambda claim: claim.lot.product.unit_label),
    (N_("Found again"), lambda claim: sum((back.quantity for back in claim.reversals), NONE)),
    (N_("Borne by"), lambda claim: bearer_name(claim.bearer)),
    (N_("Value"), lambda claim: claim.amount),
    (N_("Owed"), owed),
)
