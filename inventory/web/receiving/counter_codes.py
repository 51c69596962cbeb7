"""A producer's counter code: he types six digits twice, on the shop's screen, with a manager beside him."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.errors import RuleBroken
from core.i18n import N_, gettext
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_text
from core.web.once import once
from inventory.catalogue.producer import producer_of
from inventory.receiving.counter_code import counter_code_of, set_counter_code
from inventory.web.names import words
from inventory.web.receiving.confirming import hear_the_producer

bp = Blueprint("counter_codes", __name__, url_prefix="/inventory/producers", template_folder="../../templates")
bp.context_processor(words)
bp.before_app_request(hear_the_producer)  # wherever a form takes the word of a producer


class CodesDiffer(RuleBroken):
    """A slip of the finger in a field that nobody can read."""

    message = N_("The two codes are not the same. Let the producer type the code twice.")


@bp.get("/<code>/counter-code")
@for_role(Role.MANAGER)
def show(code: str) -> str:
    """Whether there is a code, since when, and the form for a new one."""
    producer = producer_of(code)
    return render_template("inventory/receiving/counter_code.html", producer=producer, kept=counter_code_of(producer))


@bp.post("/<code>/counter-code")
@for_role(Role.MANAGER)
@once
def set_new(code: str) -> Response:
    """Keep what the producer typed."""
    producer = producer_of(code)
    typed = read_text(request.form, "new_pin", limit=20, label=N_("Counter code"))
    if typed != read_text(request.form, "again_pin", limit=20, label=N_("The same code again")):
        raise CodesDiffer()
    set_counter_code(producer, typed, by=person_here())
    flash(gettext(N_("The counter code of %(producer)s is set.")) % {"producer": producer.name}, "ok")
    return redirect(url_for(".show", code=code), 303)
