"""A delivery before it is posted: its papers as photos, what both sides read, and the producer's word."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from core.attached_file import keep_file
from core.i18n import gettext
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.attached_files import read_files, takes_files
from core.web.forms import read_whole
from core.web.once import once
from inventory.receiving.counter_code import counter_code_of
from inventory.receiving.delivery_draft import add_files, arrivals_of, post_draft, refused_of, remove_file
from inventory.receiving.draft_state import refuse_changed, state_of
from inventory.receiving.slip_copies import DELIVERY_SLIPS, print_copies
from inventory.web.receiving.confirming import read_confirmation
from inventory.web.receiving.deliveries import bp
from inventory.web.receiving.delivery_entry import draft_numbered, line_numbered, on_the_lines, write_line


@bp.post("/drafts/<int:draft_id>/files")
@for_role(Role.MANAGER)
@takes_files
@once
def attach(draft_id: int) -> AnyResponse:
    """Lay photos or scans of the papers to the delivery."""
    add_files(draft_numbered(draft_id), [keep_file(one, by=person_here()) for one in read_files()])
    return redirect(url_for(".entry", draft_id=draft_id), 303)


@bp.post("/drafts/<int:draft_id>/files/<int:n>/removal")
@for_role(Role.MANAGER)
@once
def detach(draft_id: int, n: int) -> AnyResponse:
    """Take a photo or scan off again."""
    file = next((file for file in draft_numbered(draft_id).files if file.n == n), None)
    if file is None:
        raise NotFound
    remove_file(file)
    return redirect(url_for(".entry", draft_id=draft_id), 303)


@bp.post("/drafts/<int:draft_id>/review")
@for_role(Role.MANAGER)
@once
def review(draft_id: int) -> AnyResponse:
    """Go on to confirming, with what is typed for the open line; refuses what could not be posted."""
    entered = draft_numbered(draft_id)
    if "line" in request.form:
        write_line(line_numbered(draft_id, read_whole(request.form, "line")))
    arrivals_of(entered)
    refused_of(entered)
    return redirect(url_for(".confirm", draft_id=draft_id), 303)


@bp.get("/drafts/<int:draft_id>/confirmation")
@for_role(Role.MANAGER)
def confirm(draft_id: int) -> str:
    """What both sides read before the producer gives his word."""
    entered = draft_numbered(draft_id)
    return render_template(
        "inventory/receipts/confirm.html",
        draft=entered,
        seen=state_of(entered),
        has_code=counter_code_of(entered.supplier) is not None,
        **on_the_lines(entered),
    )


@bp.post("/drafts/<int:draft_id>/posting")
@for_role(Role.MANAGER)
@once
def post(draft_id: int) -> AnyResponse:
    """Accept the delivery with the producer's word: lots, moves, refusals, one journal record, two slips."""
    entered, by = draft_numbered(draft_id), person_here()
    refuse_changed(entered, request.form.get("seen", ""))
    receipt = post_draft(entered, confirmed=read_confirmation(request.form, entered.supplier, by=by), by=by)
    if request.form.get("slips"):
        print_copies(DELIVERY_SLIPS, receipt.number, by=by)
    flash(gettext("Receipt %(number)s is recorded.", number=receipt.number), "ok")
    return redirect(url_for(".show", number=receipt.number), 303)
