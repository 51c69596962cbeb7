"""Backups for the manager: how they stand, where they lie, their passphrase, and the restore drill."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import segno
from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from config.settings import Settings
from core.backup_folder import Backup
from core.backup_key import propose_passphrase, read_key
from core.current_settings import current_settings
from core.database import after_commit, db
from core.errors import RuleBroken
from core.i18n import N_, gettext
from core.journal.seal import current_terminal
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import TEXT_LIMIT, read_text, read_whole
from core.web.fragments import page_or_fragment
from core.web.once import once
from pos.backups.backup import all_backups, same_disk
from pos.backups.passphrase import set_passphrase
from pos.backups.words import said_of, written_age, written_size
from pos.backups.worker import Backups, backups_of, is_there
from pos.restoring.drill_certificate import certificate_of, is_drill_due, print_certificate, written_span
from pos.restoring.drill_table import Drill, latest_drills
from pos.restoring.drill_worker import Drills, NoBackupYet, drills_of
from pos.restoring.opened_backup import is_encrypted
from pos.settings.change import change_settings
from pos.settings.topic import BACKUP
from pos.web.paper import picture_of
from printers.layouts.restore_drill import lay_out_drill

bp = Blueprint("backups", __name__, url_prefix="/backups")

MOST_SHOWN = 40


class NoSuchFolder(RuleBroken):
    message = N_("There is no folder %(place)s on the shop's computer. Plug the stick in, or make the folder first.")


@dataclass(frozen=True)
class Place:
    """The second place as it is now."""

    path: Path | None
    is_there: bool = False
    same_disk: bool = False
    free: int = 0


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def show() -> Response:
    """How the backups stand; the part that changes comes again every few seconds while one is made."""
    working, settings, folder = _backups(), current_settings(), _backups().folder
    place = _place(settings)
    here, there = all_backups(folder, current_terminal().tid, place.path)
    return page_or_fragment(
        "pos/backups/page.html",
        "pos/backups/_state.html",
        state=working.state,
        is_working=working.is_working,
        place=place,
        rules=settings.backup,
        is_encrypted=folder.backup_key.exists(),
        backups=[(each, each in there) for each in sorted([*there, *here], key=_newest_first)][:MOST_SHOWN],
        is_drill_due=is_drill_due(),
        said_of=said_of,
        written_age=written_age,
        written_size=written_size,
    )


def _newest_first(backup: Backup) -> tuple[int, ...]:
    told = backup.manifest
    return (-told.ep, -told.seq, -int(told.made_at.timestamp()))


def _place(settings: Settings) -> Place:
    if not settings.backup.place:
        return Place(None)
    path, folder = Path(settings.backup.place), _backups().folder
    if not is_there(path, current_terminal().tid):
        return Place(path)
    return Place(path, True, same_disk(path, folder), shutil.disk_usage(path).free)


@bp.post("/now")
@for_role(Role.MANAGER)
@once
def make_now() -> Response:
    """Make one now; the page shows when it is done."""
    after_commit(_backups().make_now)
    return redirect(url_for(".show"), 303)


@bp.post("/place")
@for_role(Role.MANAGER)
@once
def choose_place() -> Response:
    """Say where the second place is, how often, and what stays."""
    form = request.form
    place = read_text(form, "place", required=False, limit=TEXT_LIMIT)
    if place and not Path(place).is_dir():
        raise NoSuchFolder(place=place)
    numbers = {name: read_whole(form, name) for name in _NUMBERS}
    change_settings(BACKUP, {"place": place.rstrip("/") or place, **numbers}, by=person_here())
    after_commit(_backups().make_now)
    return redirect(url_for(".show"), 303)


_NUMBERS = ("every_minutes", "keep_hours", "keep_days", "keep_weeks", "keep_months")


@bp.get("/passphrase")
@for_role(Role.MANAGER)
def passphrase() -> str:
    """Set or change the passphrase; one that nobody guesses is proposed."""
    is_set = _backups().folder.backup_key.exists()
    return render_template("pos/backups/passphrase.html", is_set=is_set, proposed=propose_passphrase())


@bp.post("/passphrase")
@for_role(Role.MANAGER)
@once
def change_passphrase() -> Response:
    """Encrypt from now on, or change the passphrase. It is kept nowhere."""
    form, folder = request.form, _backups().folder
    set_passphrase(
        folder,
        current_settings(),
        form.get("new_passphrase", ""),
        form.get("again_passphrase", ""),
        before=form.get("old_passphrase", ""),
        lost="lost" in form,
    )
    after_commit(_backups().make_now)
    return redirect(url_for(".key_page"), 303)


@bp.get("/key")
@for_role(Role.MANAGER)
def key_page() -> str:
    """The locked key on a page to be printed: paper outlives sticks."""
    key = read_key(_backups().folder.backup_key)
    if key is None:
        raise NotFound
    code = segno.make(key.locked_identity, error="m").svg_data_uri(scale=3)
    return render_template("pos/backups/key.html", key=key, code=code)


# the drill


@bp.get("/drills")
@for_role(Role.MANAGER, Role.AUDITOR)
def drills() -> Response:
    """Earlier drills, and the form that begins one."""
    working, newest = _drills(), _newest_backup()
    return page_or_fragment(
        "pos/backups/drills.html",
        "pos/backups/_drills.html",
        drills=latest_drills(),
        is_working=working.is_working,
        refused=working.refused,
        newest=newest,
        needs_passphrase=bool(newest and is_encrypted(newest.path)),
        is_due=is_drill_due(),
        written_size=written_size,
        span=written_span,
    )


@bp.post("/drills")
@for_role(Role.MANAGER)
@once
def begin_drill() -> Response:
    """Restore the newest backup on trial, beside the running shop."""
    newest = _newest_backup()
    if newest is None:
        raise NoBackupYet()
    _drills().begin(newest.path, passphrase=request.form.get("passphrase", ""), by=person_here())
    flash(gettext("The drill has begun; the till goes on meanwhile."))
    return redirect(url_for(".drills"), 303)


@bp.get("/drills/<int:number>")
@for_role(Role.MANAGER, Role.AUDITOR)
def certificate(number: int) -> str:
    """The certificate of a drill, to be looked at and printed on A4."""
    return render_template("pos/backups/certificate.html", drill=db.get_or_404(Drill, number), span=written_span)


@bp.get("/drills/<int:number>.png")
@for_role(Role.MANAGER, Role.AUDITOR)
def picture(number: int) -> Response:
    """The certificate as the receipt printer draws it."""
    return picture_of(lay_out_drill(certificate_of(db.get_or_404(Drill, number))))


@bp.post("/drills/<int:number>/copies")
@for_role(Role.MANAGER)
@once
def copy(number: int) -> Response:
    """Print the certificate again; the paper says that it is a copy."""
    print_certificate(db.get_or_404(Drill, number), by=person_here())
    return redirect(url_for(".certificate", number=number), 303)


def _newest_backup() -> Backup | None:
    place = current_settings().backup.place
    here, there = all_backups(_backups().folder, current_terminal().tid, Path(place) if place else None)
    return next(iter([*there, *here]), None)


def _backups() -> Backups:
    return backups_of(current_app)


def _drills() -> Drills:
    return drills_of(current_app)
