"""The pages of the first run."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from config.reference.localities import address_line
from core import clock
from core.errors import RuleBroken
from core.i18n import gettext
from core.text import clean
from core.web.access import public
from core.web.fragments import page_or_fragment
from inventory.catalogue.locality_search import find_communes
from pos.first_run.making import Making
from pos.first_run.steps import PERSON, STEPS, Step, next_open, read_step, shop_of, step_called
from pos.settings.names import CHOICES

bp = Blueprint(
    "first_run", __name__, template_folder="templates", static_folder="static", static_url_path="/static/first_run"
)


@bp.before_app_request
def _only_the_first_run() -> Response | None:
    """Nobody can sign in yet. Once the shop is made, every address leads to it."""
    if _making().made.is_set() and request.endpoint not in {"first_run.static", "shell.static"}:
        return make_response(render_template("first_run/opening.html", name=_making().name))
    if request.blueprint not in (None, "first_run", "shell", "manual"):
        abort(404)
    return None


@bp.get("/")
@public
def begin() -> Response:
    """Go on with the first question that has no answer yet."""
    return redirect(url_for("first_run.ask", name=next_open(_answers()).name), 303)


@bp.get("/steps/<name>")
@public
def ask(name: str) -> Response:
    """One page of questions, with what was answered before."""
    step = step_called(name) or abort(404)
    if step.name == PERSON and next_open(_answers()) is not step:
        return redirect(url_for("first_run.begin"), 303)
    return _page(step, _answers())


@bp.get("/communes")
@public
def communes() -> Response:
    """The communes that the words may mean; the page of the place, or only its list."""
    step = step_called("place")
    assert step is not None
    context = _context(step, _answers()) | {"found": _found(request.args.get("words", ""))}
    return page_or_fragment("first_run/place.html", "first_run/_communes.html", **context)


@bp.post("/answers/<name>")
@public
def answer(name: str) -> Response:
    """Keep the answers of a page and go on; a wrong one is shown beside what was typed."""
    step = step_called(name) or abort(404)
    if step.name == PERSON:
        abort(404)
    try:
        session["answers"] = _answers() | read_step(step, request.form)
    except RuleBroken as trouble:
        return _page(step, request.form, trouble)
    return redirect(url_for("first_run.begin"), 303)


@bp.post("/shop")
@public
def make() -> Response:
    """Make the shop; its pages come in the place of these as soon as it is at work."""
    last = STEPS[-1]
    if next_open(_answers()) is not last:
        return redirect(url_for("first_run.begin"), 303)
    try:
        _making().make(shop_of(_answers(), request.form))
    except RuleBroken as trouble:
        return _page(last, request.form, trouble)
    return redirect(url_for("first_run.begin"), 303)


def _making() -> Making:
    making = current_app.extensions["first_run"]
    assert isinstance(making, Making)
    return making


def _answers() -> dict[str, str]:
    return dict(session.get("answers", {}))


def _page(step: Step, values: dict[str, str], trouble: RuleBroken | None = None) -> Response:
    context = _context(step, values) | {"found": _found(request.args.get("words", ""))}
    if trouble is not None:
        context |= {"trouble_said": trouble.sentence(gettext), "field": getattr(trouble, "field", "")}
    answer = make_response(render_template(f"first_run/{step.name}.html", **context))
    answer.status_code = 200 if trouble is None else 422
    return answer


def _context(step: Step, values: dict[str, str]) -> dict[str, object]:
    answers = _answers()
    return {
        "step": step,
        "steps": STEPS,
        "values": values,
        "answers": answers,
        "done": {each.name for each in STEPS if each.fields and all(field in answers for field in each.fields)},
        "place": address_line(answers["locality"]) if "locality" in answers else "",
        "address_line": address_line,
        "owner_kinds": CHOICES["owner_kind"],
        "tax_methods": CHOICES["tax_method"],
    }


def _found(words: str) -> list[object]:
    return list(find_communes(clean(words, limit=10_000)[:100], clock.today()))
