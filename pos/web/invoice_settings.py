"""Settings of the invoices: whether each sale makes one, from which day on; how they are called and leave the shop."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.clock import today
from core.current_settings import current_settings
from core.i18n import N_, gettext
from core.staff import Role, Staff
from core.web.access import current_staff, for_role, person_here
from core.web.forms import read_day, read_whole
from core.web.once import once
from pos.invoice.block import numbers_left
from pos.settings.change import change_settings
from pos.settings.change_table import all_changes
from pos.settings.names import NAMES
from pos.settings.topic import INVOICE, INVOICE_DUTY, TOPICS, values_of
from pos.web.settings_forms import read_texts, refuse_overwriting, seen_of
from pos.web.settings_words import WORDS, history_of_topics, said_choices, said_value

bp = Blueprint("invoice_settings", __name__, url_prefix="/settings/invoices")
TEXTS = ("letters", "after_return", "provider", "folder", "url", "signed_by", "lookup")


@bp.context_processor
def _words() -> dict[str, object]:
    staff: Staff | None = current_staff()
    is_owner = staff is not None and staff.role is Role.OWNER
    return {
        "names": NAMES, "said_value": said_value, "said_choices": said_choices, "words": WORDS, "is_owner": is_owner,
    }  # fmt: skip


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def show() -> str:
    """The duty today and on days to come; series, provider, signature."""
    settings, day = current_settings(), today()
    changes = all_changes()
    planned = [one for one in changes if one.topic == INVOICE_DUTY and (one.first_day or day) > day]
    return render_template(
        "pos/settings/invoices.html",
        duty=settings.invoice.duty,
        values=values_of(settings, TOPICS[INVOICE]),
        shop=settings.shop,
        planned=planned,
        today=day,
        left=numbers_left(),
        seen_duty=seen_of(INVOICE_DUTY),
        seen_seq=seen_of(INVOICE),
        changes=history_of_topics(INVOICE_DUTY, INVOICE),
    )


@bp.post("/duty")
@for_role(Role.OWNER)
@once
def change_duty() -> Response:
    """Make invoices, or make none any more, from a day on."""
    from_day = read_day(request.form, "from_day", label=N_("From day"))
    refuse_overwriting(INVOICE_DUTY, request.form)
    return _said(change_settings(INVOICE_DUTY, read_texts(request.form, "duty"), by=person_here(), from_day=from_day))


@bp.post("")
@for_role(Role.OWNER)
@once
def change() -> Response:
    """Change how invoices are called and how they leave."""
    few = read_whole(request.form, "few_left", least=1, most=1_000_000, label=NAMES["few_left"])
    refuse_overwriting(INVOICE, request.form)
    return _said(change_settings(INVOICE, {**read_texts(request.form, *TEXTS), "few_left": few}, by=person_here()))


def _said(done: object) -> Response:
    flash(gettext("Recorded; it holds from now on.") if done else gettext("Nothing was different."), "ok")
    return redirect(url_for(".show"), 303)
