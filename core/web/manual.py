"""The manual on the screen: F1 opens the page that explains what one is looking at."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Flask, current_app, redirect, render_template, request, send_file, url_for
from markupsafe import Markup
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from core.i18n import current_language
from core.manual import Manual, as_html
from core.web.access import public
from core.web.forms import read_text
from core.web.safety import local_path

bp = Blueprint("manual", __name__, url_prefix="/help")


def install_manual(app: Flask, folder: Path) -> None:
    """Give an app its manual, open to everybody: who cannot sign in needs it most."""
    app.extensions["manual"] = Manual(folder)
    app.register_blueprint(bp)
    app.jinja_env.globals["help_url"] = help_url


def help_url(screen: str = "") -> str:
    """Where F1 leads from the screen shown now, or from the one named, and back to it again.

    Nothing of the manual counts as being at the till: a locked screen stays locked behind it.
    """
    if request.blueprint == bp.name:
        return url_for("manual.index", back=request.args.get("back"))
    shown = request.full_path.rstrip("?") if request.method == "GET" else None
    return url_for("manual.index", screen=screen or request.endpoint, back=shown)


def _manual() -> Manual:
    manual = current_app.extensions["manual"]
    assert isinstance(manual, Manual)
    return manual


@bp.get("")
@public
def index() -> Response | str:
    """All questions under their headings, or those that the words fit; `screen` leads to the page that explains it."""
    language, manual = current_language(), _manual()
    back = local_path(request.args.get("back", ""))
    if page := manual.page_for(request.args.get("screen", ""), language):
        return redirect(url_for(".show", name=page.name, back=back), 303)
    text = read_text(request.args, "text", required=False, limit=100)
    groups = [
        (group.headings[language], [page for name in group.pages if (page := manual.page(name, language))])
        for group in manual.groups
    ]
    found = manual.pages_with(text, language) if text else None
    return render_template("manual/index.html", groups=groups, found=found, text=text, back=back)


@bp.get("/<name>")
@public
def show(name: str) -> str:
    """One page, and the way back to where the question came up."""
    page = _manual().page(name, current_language())
    if page is None:
        raise NotFound
    back = local_path(request.args.get("back", ""))
    html = as_html(
        page,
        page_at=lambda name: url_for(".show", name=name, back=back),
        picture_at=lambda name: url_for(".picture", name=name),
    )
    html = Markup(html)  # noqa: S704  # nosec B704 (our own files, rendered with markup switched off)
    return render_template("manual/page.html", page=page, html=html, back=back)


@bp.get("/pictures/<name>")
@public
def picture(name: str) -> Response:
    """A picture of a page."""
    path = _manual().picture(name)
    if path is None:
        raise NotFound
    return send_file(path, mimetype="image/png")
