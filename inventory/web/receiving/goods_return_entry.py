"""A goods return while it is gathered: scan lots, say how much, from where and why; then the producer confirms it."""

from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from core.database import db
from core.i18n import N_, gettext
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_choice, read_one_of, read_quantity, read_scan, read_text, read_whole
from core.web.fragments import page_or_fragment
from core.web.once import once
from inventory.lot import lot_of
from inventory.receiving.counter_code import counter_code_of
from inventory.receiving.draft_state import refuse_another, refuse_changed, state_of
from inventory.receiving.goods_return import GoingBack, check_return
from inventory.receiving.goods_return_draft import (
    ReturnDraft,
    ReturnDraftLine,
    add_everything,
    change_return_line,
    drop_return,
    lay_all,
    post_return,
    remove_return_line,
    set_words,
    there_of,
)
from inventory.receiving.goods_return_table import RETURN_REASON_NAMES, ReturnReason
from inventory.receiving.goods_there import lots_there
from inventory.receiving.slip_copies import RETURN_SLIPS, print_copies
from inventory.web.goods_scan import read_goods
from inventory.web.receiving.confirming import read_confirmation
from inventory.web.receiving.delivery_entry import PLACES
from inventory.web.receiving.goods_returns import bp
from inventory.web.receiving.lot_scan import lay_aside


@bp.get("/drafts/<int:draft_id>")
@for_role(Role.MANAGER)
def entry(draft_id: int, n: int | None = None, number: str = "") -> Response:
    """What is gathered, the line that is open, and what else of the producer's is there."""
    gathered = draft_numbered(draft_id)
    asked = request.args.get("line", "")
    wanted = n or (int(asked) if asked.isdecimal() else None)
    last = gathered.lines[-1] if gathered.lines else None
    return page_or_fragment(
        "inventory/goods_returns/draft.html",
        "inventory/goods_returns/_draft.html",
        draft=gathered,
        chosen=(gathered.line(wanted) if wanted else None) or last,
        there={one.lot.id: one for one in lots_there(gathered.producer)},
        reasons=RETURN_REASON_NAMES,
        places=PLACES,
    )


@bp.post("/drafts/<int:draft_id>/words")
@for_role(Role.MANAGER)
@once(again=".entry")
def set_reason(draft_id: int) -> None:
    """Say why the next lines go back, and what stands on the slip."""
    set_words(
        draft_numbered(draft_id),
        reason=read_choice(request.form, "reason", ReturnReason, label=N_("Reason")),
        note=read_text(request.form, "note", required=False, limit=300),
    )


@bp.post("/drafts/<int:draft_id>/scan")
@for_role(Role.MANAGER)
@once(again=".entry")
def scan(draft_id: int) -> None:
    """A scanned lot is laid to what goes back; of a product without its lot, the lot that ends first.

    What was typed for the open line comes along and is kept.
    """
    if line := draft_numbered(draft_id).line(read_whole(request.form, "line")) if "line" in request.form else None:
        write_line(line)
    lay_aside(draft_numbered(draft_id), read_goods(read_scan(request.form)))


@bp.post("/drafts/<int:draft_id>/lots/<number>")
@for_role(Role.MANAGER)
@once(again=".entry")
def take_all(draft_id: int, number: str) -> None:
    """Let all of a lot go back, wherever it lies."""
    gathered = draft_numbered(draft_id)
    there = there_of(gathered.producer, lot_of(number))
    for place in there.places:
        lay_all(gathered, there, place)


@bp.post("/drafts/<int:draft_id>/everything")
@for_role(Role.MANAGER)
@once(again=".entry")
def everything(draft_id: int) -> None:
    """Let everything of the producer's go back."""
    add_everything(draft_numbered(draft_id))


@bp.post("/drafts/<int:draft_id>/lines/<int:n>")
@for_role(Role.MANAGER)
@once(again=".entry")
def change(draft_id: int, n: int) -> None:
    """Say how much of a lot goes back, from where and why."""
    write_line(line_numbered(draft_id, n))


def write_line(line: ReturnDraftLine) -> None:
    """What the form says of the open line."""
    change_return_line(
        line,
        quantity=read_quantity(request.form, "quantity", line.lot.product.unit, label=N_("Quantity")),
        source=read_one_of(request.form, "source", PLACES, label=N_("From")),
        reason=read_choice(request.form, "reason", ReturnReason, label=N_("Reason")),
    )


@bp.post("/drafts/<int:draft_id>/lines/<int:n>/removal")
@for_role(Role.MANAGER)
@once(again=".entry")
def remove(draft_id: int, n: int) -> None:
    """Take a line out."""
    remove_return_line(line_numbered(draft_id, n))


@bp.post("/drafts/<int:draft_id>/giving-up")
@for_role(Role.MANAGER)
@once
def give_up(draft_id: int) -> AnyResponse:
    """Drop what was gathered."""
    drop_return(draft_numbered(draft_id))
    return redirect(url_for(".index"), 303)


@bp.post("/drafts/<int:draft_id>/review")
@for_role(Role.MANAGER)
@once
def review(draft_id: int) -> AnyResponse:
    """Go on to confirming, with what is typed for the open line; refuses what could not be posted."""
    gathered = draft_numbered(draft_id)
    if "line" in request.form:
        write_line(line_numbered(draft_id, read_whole(request.form, "line")))
    check_return(
        gathered.producer,
        [GoingBack(line.lot, line.quantity, line.source, line.reason) for line in gathered.lines],
    )
    return redirect(url_for(".confirm", draft_id=draft_id), 303)


@bp.get("/drafts/<int:draft_id>/confirmation")
@for_role(Role.MANAGER)
def confirm(draft_id: int) -> str:
    """What both sides read before the producer gives his word."""
    gathered = draft_numbered(draft_id)
    return render_template(
        "inventory/goods_returns/confirm.html",
        draft=gathered,
        seen=state_of(gathered),
        has_code=counter_code_of(gathered.producer) is not None,
        reasons=RETURN_REASON_NAMES,
        places=PLACES,
    )


@bp.post("/drafts/<int:draft_id>/posting")
@for_role(Role.MANAGER)
@once
def post(draft_id: int) -> AnyResponse:
    """Give the goods back with the producer's word: moves, one journal record, two slips."""
    gathered, by = draft_numbered(draft_id), person_here()
    refuse_changed(gathered, request.form.get("seen", ""))
    returned = post_return(gathered, confirmed=read_confirmation(request.form, gathered.producer, by=by), by=by)
    if request.form.get("slips"):
        print_copies(RETURN_SLIPS, returned.number, by=by)
    flash(gettext(N_("Return slip %(number)s is recorded.")) % {"number": returned.number}, "ok")
    return redirect(url_for(".show", number=returned.number), 303)


def draft_numbered(draft_id: int) -> ReturnDraft:
    """The return that is being gathered under a number; a page that is not there without one."""
    gathered = db.session.get(ReturnDraft, draft_id)
    if gathered is None:
        raise NotFound
    refuse_another(gathered, request.form.get("opened", ""))
    return gathered


def line_numbered(draft_id: int, n: int) -> ReturnDraftLine:
    """A line of it."""
    line = draft_numbered(draft_id).line(n)
    if line is None:
        raise NotFound
    return line
