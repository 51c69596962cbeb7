"""Claims: goods of producers that were lost here, what the shop owes for them and what was found again."""

from flask import Blueprint, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from core.database import db
from core.i18n import N_, gettext
from core.money import ZERO, Money
from core.staff import Role
from core.web.access import for_role
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
def index() -> str:
    """The latest claims, of all producers or of one."""
    typed = request.args.get("producer", "").strip()[:200].split(" ")[0]
    chosen = producer_of(typed) if typed else None
    wanted = select(Claim).options(selectinload(Claim.reversals)).order_by(Claim.id.desc()).limit(_LATEST)
    if chosen is not None:
        wanted = wanted.where(Claim.owner_id == chosen.id)
    claims = list(db.session.scalars(wanted))
    return render_template(
        "inventory/claims/page.html",
        claims=claims,
        chosen=chosen,
        producers=producers_at_work(),
        total=claimed_by(chosen) if chosen is not None else claimed_by_all(),
        owed=owed,
        cause_name=lambda cause: gettext(CAUSE_NAMES[ClaimCause(cause)]),
        bearer_name=lambda bearer: gettext(BEARER_NAMES[bearer]),
    )


def claimed_by_all() -> Money:
    """The same of every producer together."""
    owners = db.session.scalars(select(Producer).where(Producer.id.in_(select(Claim.owner_id))))
    return sum((claimed_by(owner) for owner in owners), ZERO)


def owed(claim: Claim) -> Money:
    """What is left of a claim."""
    return claim.due - sum((back.due for back in claim.reversals), ZERO)
