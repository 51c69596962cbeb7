"""Slips of moved goods: the newest, one of them with its photos and claims, its paper, and moving it back."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from core.attached_file import files_of
from core.i18n import N_, gettext
from core.quantity import NONE, Quantity
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_quantity, read_reason
from core.web.list_file import Columns, at_most, list_file, wants_file
from core.web.once import once
from inventory.moving.move_back import left_to_move_back, move_back
from inventory.moving.move_names import CAUSE_NAMES
from inventory.moving.move_slip import (
    MoveSlip,
    SlipKind,
    SlipLine,
    latest_slips,
    lines_of,
    slip_answering,
    slip_of,
)
from inventory.moving.slip_paper import slip_document
from inventory.web.moving.words import moving_words, slip_called
from inventory.web.names import words
from printers.web.pdf_answer import answer_document

bp = Blueprint("moves", __name__, url_prefix="/inventory/moves", template_folder="../../templates")
bp.context_processor(words)
bp.context_processor(moving_words)

_LATEST = 50
COLUMNS: Columns[MoveSlip] = (
    (N_("Slip"), slip_called),
    (N_("Day"), lambda slip: slip.day),
    (N_("Why"), lambda slip: gettext(CAUSE_NAMES[slip.cause]) if slip.cause else None),
    (N_("What happened"), lambda slip: slip.reason),
)


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def index() -> str | AnyResponse:
    """The newest slips, of one kind or of all."""
    asked = request.args.get("kind", "")
    kind = SlipKind(asked) if asked in set(SlipKind) else None
    slips = latest_slips(kind, at_most(_LATEST))
    if wants_file():
        return list_file("phieu-kho", N_("Moved, written off, used"), COLUMNS, slips)
    return render_template("inventory/moving/slips.html", slips=slips, kind=kind, kinds=list(SlipKind))


@bp.get("/<kind>/<int:number>")
@for_role(Role.CLERK, Role.AUDITOR)
def show(kind: str, number: int) -> str:
    """One slip: what moved, why, whom it concerns, and how much of it could be moved back."""
    slip = _slip(kind, number)
    lines = lines_of(slip)
    answer = slip_answering(slip)
    can_go = answer is None and slip.kind is not SlipKind.MOVE_BACK
    return render_template(
        "inventory/moving/slip.html",
        slip=slip,
        lines=lines,
        files=files_of(slip.record_seq),
        answer=answer,
        left={line.n: left_to_move_back(line) for line in lines} if can_go else {},
    )


@bp.get("/<kind>/<int:number>.pdf")
@for_role(Role.MANAGER, Role.AUDITOR)
def paper(kind: str, number: int) -> Response:
    """The slip on A4, to be signed."""
    slip = _slip(kind, number)
    return answer_document(slip_document(slip, by=person_here()), name=slip_called(slip))


@bp.post("/<kind>/<int:number>/moving-back")
@for_role(Role.MANAGER)
@once
def back(kind: str, number: int) -> AnyResponse:
    """Move goods of a slip back, with a reason."""
    slip = _slip(kind, number)
    quantities = {line.n: read_back(line) for line in lines_of(slip)}
    answer = move_back(slip, quantities, reason=read_reason(request.form), by=person_here())
    flash(gettext("%(slip)s is recorded.", slip=slip_called(answer)), "ok")
    return redirect(url_for(".show", kind=answer.kind.value, number=answer.number), 303)


def read_back(line: SlipLine) -> Quantity:
    """How much of a line goes back; nothing where the field was left empty."""
    name = f"quantity-{line.n}"
    if not request.form.get(name, "").strip():
        return NONE
    return read_quantity(request.form, name, line.lot.product.unit, label=N_("Quantity"))


def _slip(kind: str, number: int) -> MoveSlip:
    slip = slip_of(SlipKind(kind), number) if kind in set(SlipKind) else None
    if slip is None:
        raise NotFound
    return slip
