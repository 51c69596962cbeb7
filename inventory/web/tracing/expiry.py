"""What ends soon: by lot and owner, what it is worth, and what to do about it; on the screen, on paper, as a table."""

from flask import Blueprint, Response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.clock import today
from core.current_settings import current_settings
from core.i18n import N_, gettext, ngettext
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.foot import FootItem
from core.web.list_file import Columns, list_file, wants_file
from inventory.tracing.expiry import HORIZONS, EndingLot, Expiry, Proposal, count_ending, expiry_on
from inventory.tracing.expiry_paper import expiry_paper
from inventory.web.names import owner_name
from inventory.web.tracing.words import tracing_words
from printers.web.pdf_answer import answer_document

bp = Blueprint("expiry", __name__, url_prefix="/inventory/expiry", template_folder="../../templates")
bp.context_processor(tracing_words)

PROPOSAL_NAMES = {
    Proposal.SELLS: N_("Sells in time"),
    Proposal.WATCH: N_("Wait and see"),
    Proposal.MARK_DOWN: N_("Lower the price"),
    Proposal.GIVE_BACK: N_("Give it back to the producer"),
    Proposal.WRITE_OFF: N_("Write off"),
}


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def show() -> str | AnyResponse:
    """The lots that ended or end within 7, 14 or 30 days, those that end first before the others."""
    found = expiry_on(today(), chosen_days())
    if wants_file():
        return list_file(f"han-su-dung-{found.day.isoformat()}", N_("Ends soon"), COLUMNS, found.lots)
    return render_template(
        "inventory/tracing/expiry.html",
        found=found,
        parts=parts_of(found),
        horizons=HORIZONS,
        proposal_name=proposal_name,
        said=said,
    )


def ending_item() -> FootItem | None:
    """The line on the menu page: how many lots end within a week."""
    count = count_ending(today())
    if not count:
        return None
    label = ngettext("%(num)s lot ends within %(days)s days", "%(num)s lots end within %(days)s days", count,
                     days=HORIZONS[0])  # fmt: skip
    return FootItem(label, "ok", url_for("expiry.show", within=HORIZONS[0]))


def chosen_days() -> int:
    """How far to look: one of the horizons, by default the longest."""
    asked = request.args.get("within", "")
    return int(asked) if asked in map(str, HORIZONS) else HORIZONS[-1]


def parts_of(found: Expiry) -> list[tuple[str, tuple[EndingLot, ...]]]:
    """What is over, then what ends within each of the horizons, those without a lot left out."""
    parts = [(gettext("Past their day: take them off the shelf"), found.over)]
    least = 0
    for most in (one for one in HORIZONS if one <= found.within):
        parts.append((gettext("Within %(days)s days", days=most), found.ending(least, most)))
        least = most + 1
    return [(heading, lots) for heading, lots in parts if lots]


def proposal_name(one: EndingLot) -> str:
    """The proposal in the language of the screen."""
    return gettext(PROPOSAL_NAMES[one.advice.proposal])


def said(one: EndingLot) -> str:
    """The reason of a proposal in the language of the screen."""
    return gettext(one.advice.reason, **one.advice.values)


COLUMNS: Columns[EndingLot] = (
    (N_("Product"), lambda one: one.lot.product.full_name),
    (N_("Lot"), lambda one: one.lot.number),
    (N_("Producer's lot"), lambda one: one.lot.producer_lot),
    (N_("Whose"), lambda one: owner_name(one.lot.owner)),
    (N_("Sell by"), lambda one: one.lot.sell_by),
    (N_("Days left"), lambda one: one.days_left),
    (N_("Shelf"), lambda one: one.held.on_shelf),
    (N_("Stockroom"), lambda one: one.held.in_stockroom),
    (N_("Unit"), lambda one: one.lot.product.unit_label),
    (N_("Value at risk"), lambda one: one.at_risk),
    (N_("At selling price"), lambda one: one.valued.at_price),
    (N_("Proposal"), proposal_name),
    (N_("Reason"), said),
)


@bp.get("/list.pdf")
@for_role(Role.MANAGER, Role.AUDITOR)
def paper() -> Response:
    """The list on paper, to walk along the shelves with."""
    found = expiry_on(today(), chosen_days())
    rows = [(one, owner_name(one.lot.owner), proposal_name(one), said(one)) for one in found.lots]
    document = expiry_paper(found, rows, current_settings(), by=person_here())
    return answer_document(document, name=f"han su dung {found.day.isoformat()}")
