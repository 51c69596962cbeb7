"""What can be done with an agreement: new terms and rules of losses from a day on, notice, end, more papers."""

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from core.i18n import N_, gettext
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.attached_files import takes_files
from core.web.forms import read_choice, read_day, read_reason
from core.web.once import once
from inventory.consignment.agreement import agree_losses, agree_terms, agreement_of, attach_to_agreement
from inventory.consignment.agreement_end import end_agreement, give_notice
from inventory.consignment.agreement_table import EndedBy
from inventory.consignment.loss_cause import Bearer
from inventory.web.consignment.agreements import kept_files
from inventory.web.consignment.clause_form import read_clauses, read_losses

bp = Blueprint("agreement_acts", __name__, url_prefix="/inventory/agreements")


@bp.post("/<int:number>/terms")
@for_role(Role.MANAGER)
@once
def terms(number: int) -> Response:
    """Agree on new terms from today or a later day on."""
    agreement = agreement_of(number)
    first_day = read_day(request.form, "first_day", label=N_("From day"))
    agree_terms(agreement, read_clauses(), first_day=first_day, by=person_here())
    return _back(number, gettext("The new terms are entered. Goods that are here keep the terms they came under."))


@bp.post("/<int:number>/losses")
@for_role(Role.MANAGER)
@once
def losses(number: int) -> Response:
    """Agree anew on who bears which loss."""
    agreement = agreement_of(number)
    first_day = read_day(request.form, "first_day", label=N_("From day"))
    agree_losses(agreement, read_losses(), first_day=first_day, by=person_here())
    return _back(number, gettext("Who bears which loss is entered anew."))


@bp.post("/<int:number>/notices")
@for_role(Role.MANAGER)
@once
def notice(number: int) -> Response:
    """Record that one side told the other in writing that it wants to end the agreement."""
    agreement = agreement_of(number)
    side = read_choice(request.form, "side", Bearer, label=N_("Given by"))
    given_on = read_day(request.form, "given_on", label=N_("Handed over on"))
    give_notice(agreement, side=side, given_on=given_on, reason=read_reason(request.form), by=person_here())
    return _back(number, gettext("The notice is recorded."))


@bp.post("/<int:number>/end")
@for_role(Role.MANAGER)
@once
def end(number: int) -> Response:
    """Write down the last day of an agreement."""
    agreement = agreement_of(number)
    side = read_choice(request.form, "side", EndedBy, label=N_("Ended by"))
    last_day = read_day(request.form, "last_day", label=N_("Last day"))
    end_agreement(agreement, side=side, last_day=last_day, reason=read_reason(request.form), by=person_here())
    return _back(number, gettext("The last day of the agreement is recorded."))


@bp.post("/<int:number>/papers")
@for_role(Role.MANAGER)
@takes_files
@once
def papers(number: int) -> Response:
    """Keep scans of the signed paper."""
    attach_to_agreement(agreement_of(number), kept_files(), by=person_here())
    return _back(number, gettext("The papers are kept."))


def _back(number: int, said: str) -> Response:
    flash(said, "ok")
    return redirect(url_for("agreements.show", number=number), 303)
