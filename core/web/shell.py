"""The shell around every page: security, languages, trouble, templates, menu. Both apps install it.

The app factory sets `secret_key` and, where they differ, TRUSTED_HOSTS before `install_shell(app)`;
afterwards it gives the app a first page at "/" and fills `app.extensions["menu"]` (MenuItem),
`app.extensions["foot_bar"]` (callables giving a FootItem), `app.extensions["home_lines"]` (the same for the menu page,
asked only there) and `app.extensions["banners"]` (templates over each page).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from core import i18n
from core.current_settings import current_settings, has_settings
from core.discreet_log import keep_secrets_out_of_the_log
from core.i18n import N_, gettext
from core.listing import said
from core.practice import is_practising
from core.web import enrolment, foot, people, screen_lock, signin
from core.web.access import current_staff, install_access, may, public
from core.web.approval import install_approval
from core.web.attached_files import make_room_for_files
from core.web.fixed_part import fixed_part
from core.web.fragments import move_page_on
from core.web.history import history_rows
from core.web.list_file import same_page_as
from core.web.once import new_key
from core.web.role_names import ROLE_NAMES
from core.web.safety import install_safety, local_path
from core.web.trouble import install_trouble

bp = Blueprint("shell", __name__, static_folder="static", static_url_path="/static/shell", template_folder="templates")

STYLES = (
    "tokens",
    "base",
    "bars",
    "buttons",
    "forms",
    "tables",
    "history",
    "tiles",
    "dialogs",
    "messages",
    "people",
    "manual",
    "attached_files",
    "practice",
    "print",
)
# hotkeys before scanner: it must see every key, also those that the scanner takes away; scan_command before scan_queue:
# a command is no goods.
SCRIPTS = (
    "htmx.min",
    "keys",
    "messages",
    "connection",
    "sound",
    "scan_guard",
    "hotkeys",
    "arrival",
    "scan_field",
    "scanner",
    "scan_command",
    "scan_queue",
    "pinpad",
    "lock",
    "approval",
)


# The menu page in the order in which people look for things; each word is the heading of its tiles.
SELLING, STOCK, STOCK_BOOKS = N_("Selling"), N_("Stock"), N_("Stock books and agreements")
GOODS = N_("Goods and producers")
SHOP, SAFETY = N_("The shop"), N_("Safety and records")
MENU_GROUPS = (SELLING, STOCK, STOCK_BOOKS, GOODS, SHOP, SAFETY)


@dataclass(frozen=True)
class MenuItem:
    """One entry of the menu; it is shown to whoever may open its page.

    The bar at the top has room for what is used all day (`in_bar`); everything stands on the menu page.
    """

    endpoint: str
    label: str  # marked with N_
    key: str = ""
    group: str = SELLING
    in_bar: bool = True


def install_shell(app: Flask) -> None:
    """Put the shell around all pages of an app."""
    assert app.secret_key, "the app factory sets secret_key first"
    keep_secrets_out_of_the_log()
    app.extensions.setdefault("menu", [])
    app.extensions.setdefault("foot_bar", [])
    app.extensions.setdefault("home_lines", [])
    app.extensions.setdefault("banners", [])
    app.before_request(_choose_language)  # first of all: refusals are said in it too
    app.teardown_request(_leave_language)
    app.before_request(make_room_for_files)  # before the form's token is looked for in what was sent
    install_safety(app)
    install_access(app)
    install_approval(app)
    app.after_request(move_page_on)
    install_trouble(app)
    _install_templates(app)
    for blueprint in (bp, enrolment.bp, signin.bp, screen_lock.bp, people.bp, foot.bp):
        app.register_blueprint(blueprint)


def _choose_language() -> None:
    """The language of the screen: asked for in the address, else chosen before, else Vietnamese."""
    g.language_before = i18n.current_language()
    i18n.speak(request.args.get("lang") or session.get("language", i18n.VIETNAMESE))


def _leave_language(error: BaseException | None) -> None:
    """The thread goes on to other people's requests."""
    i18n.speak(g.pop("language_before", i18n.VIETNAMESE))


@bp.post("/language")
@public
def change_language() -> Response:
    """Vietnamese or English, until someone changes it back or closes the browser."""
    language = request.form.get("language", "")
    session["language"] = language if language in i18n.LANGUAGES else i18n.VIETNAMESE
    return redirect(local_path(request.form.get("back", "")), 303)


def _install_templates(app: Flask) -> None:
    environment = app.jinja_env
    environment.policies["ext.i18n.trimmed"] = True
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(gettext, i18n.ngettext, newstyle=True)
    environment.filters.update(
        dong=i18n.written,
        qty=i18n.written_quantity,
        day=i18n.written_day,
        moment=i18n.written_moment,
        instant=i18n.written_instant,
        listed=said,
        file_size=i18n.written_file_size,
    )
    environment.globals.update(asset=asset, new_key=new_key, may=may, history_rows=history_rows)
    environment.globals.update(practising=is_practising, fixed_part=fixed_part, same_page_as=same_page_as)
    app.context_processor(_screen)


def _screen() -> dict[str, object]:
    """What the shell shows around every page."""
    settings = current_settings() if has_settings() else None
    return {
        "language": i18n.current_language(),
        "staff": current_staff(),
        "menu_bar": menu_bar,
        "site_name": settings.shop.name if settings else current_app.config.get("SITE_NAME", current_app.name),
        "demo": bool(settings and settings.demo),
        "foot_items": foot.foot_items,
        "banners": current_app.extensions["banners"],
        "styles": STYLES,
        "scripts": SCRIPTS,
        "role_names": ROLE_NAMES,
    }


def menu() -> list[MenuItem]:
    """The entries that the person at the screen may open."""
    return [item for item in current_app.extensions["menu"] if may(item.endpoint)]


def menu_bar() -> list[MenuItem]:
    """Those of them that stand in the bar at the top."""
    return [item for item in menu() if item.in_bar]


def menu_groups() -> dict[str, list[MenuItem]]:
    """All of them by heading, for the menu page; a heading without entries is left out."""
    items = menu()
    found = {group: [item for item in items if item.group == group] for group in MENU_GROUPS}
    return {group: entries for group, entries in found.items() if entries}


def asset(name: str, blueprint: str = "shell") -> str:
    """The address of a style sheet, script or picture; it changes with the content, so browsers may keep it."""
    folder = current_app.blueprints[blueprint].static_folder
    assert folder, f"{blueprint} has no static folder"
    return url_for(f"{blueprint}.static", filename=name, v=_fingerprint(Path(folder) / name))


@cache
def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
