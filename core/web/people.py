"""The people of the shop: who works here, in which role, since when; hired, renamed, promoted, retired, unlocked."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from core.database import db
from core.devices import THE_MACHINE, all_devices
from core.errors import RuleBroken
from core.i18n import N_, gettext
from core.journal.history import Change, history_of
from core.journal.record import Kind
from core.pin_tries import locked_out, unlock
from core.sign_in import end_sign_ins_of
from core.staff import Role, Staff, change_pin, change_role, correct_name, hire, retire_staff, take_back
from core.web.access import for_oneself, for_role, person_here
from core.web.forms import read_choice, read_text
from core.web.history import Label, Words, refuse_stale, said_as_instant
from core.web.list_file import Columns, list_file, wants_file
from core.web.once import once
from core.web.role_names import ROLE_NAMES
from core.web.room_for_selling import goes_on_when_full
from core.web.signin import prove_by

bp = Blueprint("people", __name__, url_prefix="/people")

WORDS = {
    Kind.STAFF: Words(
        {
            "name": Label(N_("Name"), hidden=True),
            "role": Label(N_("Role"), lambda role: gettext(ROLE_NAMES[role])),
            "retired": Label(N_("Left"), said_as_instant),
        },
        {
            "hired": N_("Hired"),
            "name": N_("Name corrected"),
            "role": N_("Role changed"),
            "pin": N_("PIN changed"),
            "retired": N_("Has left"),
            "back": N_("Taken back"),
        },
    ),
    Kind.LOCKOUT: Words(
        {"device": Label(N_("Device"))},
        {"locked": N_("Locked out after ten wrong PINs"), "unlocked": N_("Unlocked")},
    ),
}


class PinsDiffer(RuleBroken):
    """A slip of the finger in a field that nobody can read would lock the person out."""

    message = N_("The two PINs are not the same. Type the new PIN twice.")


# Who works here in which role; nothing by which somebody signs in, and nothing of anybody's private life.
COLUMNS: Columns[Staff] = (
    (N_("Code"), lambda person: person.code),
    (N_("Name"), lambda person: person.name),
    (N_("Role"), lambda person: gettext(ROLE_NAMES[person.role])),
    (N_("Left"), lambda person: person.retired_at),
)


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def index() -> str | Response:
    """Who works here, who did, and who is locked out where."""
    people = list(db.session.scalars(select(Staff).order_by(Staff.retired_at.is_not(None), Staff.code)))
    if wants_file():
        return list_file("nhan-vien", N_("Staff"), COLUMNS, people)
    return render_template(
        "people/page.html",
        people=people,
        by_code={person.code: person for person in people},
        locked=locked_out(),
        device_names=_device_names(),
    )


@bp.get("/new")
@for_role(Role.MANAGER)
def new() -> str:
    """The form by which somebody is hired."""
    return render_template("people/new.html", roles=_roles_to_give())


@bp.post("")
@for_role(Role.MANAGER)
@once
def take_on() -> Response:
    """Hire somebody."""
    name = read_text(request.form, "name", limit=80, label=N_("Name"))
    person = hire(name=name, role=read_choice(request.form, "role", Role), pin=_new_pin(), by=person_here())
    return redirect(url_for(".show", code=person.code), 303)


@bp.get("/<code>")
@for_role(Role.MANAGER, Role.AUDITOR)
def show(code: str) -> str:
    """One person: what can be changed, and what was."""
    person = _person(code)
    return render_template(
        "people/person.html",
        person=person,
        roles=_roles_to_give(),
        mine=person_here().role is Role.OWNER or (person_here().role is Role.MANAGER and person.role is Role.CLERK),
        me=person_here(),
        locked=[tries for tries in locked_out() if tries.person == code],
        device_names=_device_names(),
        changes=_changes(code),
        words=WORDS,
    )


@bp.post("/<code>/name")
@for_role(Role.MANAGER)
@once
def rename(code: str) -> Response:
    """Write somebody's name as it is."""
    person = _unchanged(code)
    correct_name(person, read_text(request.form, "name", limit=80, label=N_("Name")), by=person_here())
    return _back_to(person)


@bp.post("/<code>/role")
@for_role(Role.OWNER)
@once
def give_role(code: str) -> Response:
    """Let somebody do more or less from now on."""
    person = _unchanged(code)
    change_role(person, read_choice(request.form, "role", Role), by=person_here())
    return _back_to(person)


@bp.post("/<code>/pin")
@for_role(Role.MANAGER)
@once
def give_pin(code: str) -> Response:
    """Give somebody a new PIN; whoever is signed in under the old one is so no more."""
    person = _person(code)
    change_pin(person, _new_pin(), by=person_here())
    end_sign_ins_of(person, but=session.get("token") if person is person_here() else None)
    return _back_to(person)


@bp.post("/<code>/retirement")
@for_role(Role.MANAGER)
@once
def retire(code: str) -> Response:
    """Somebody has left."""
    person = _unchanged(code)
    retire_staff(person, by=person_here())
    end_sign_ins_of(person)
    return _back_to(person)


@bp.post("/<code>/return")
@for_role(Role.MANAGER)
@once
def bring_back(code: str) -> Response:
    """Somebody works here again, with a new PIN."""
    person = _unchanged(code)
    take_back(person, pin=_new_pin(), by=person_here())
    return _back_to(person)


@bp.post("/<code>/unlocking")
@for_role(Role.MANAGER)
@goes_on_when_full
@once
def open_lock(code: str) -> Response:
    """Give somebody their tries back on a device."""
    unlock(_person(code).code, read_text(request.form, "device", limit=20), by=person_here())
    return redirect(url_for(".index"), 303)


@bp.get("/my-pin")
@for_oneself
def my_pin() -> str:
    """Change one's own PIN."""
    return render_template("people/my_pin.html")


@bp.post("/my-pin")
@for_oneself
def change_my_pin() -> Response:
    """Take the new PIN for the old one; elsewhere one is signed in no more."""
    prove_by(str(person_here().id), read_text(request.form, "old_pin", limit=20, label=N_("PIN until now")))
    return _take_my_pin()


@once
def _take_my_pin() -> Response:
    change_pin(person_here(), _new_pin(), by=person_here())
    end_sign_ins_of(person_here(), but=session.get("token"))
    flash(gettext("Your PIN is changed."))
    return redirect(url_for(".my_pin"), 303)


def _new_pin() -> str:
    pin = read_text(request.form, "pin", limit=20, label=N_("New PIN"))
    if pin != read_text(request.form, "again_pin", limit=20, label=N_("New PIN, again")):
        raise PinsDiffer()
    return pin


def _person(code: str) -> Staff:
    person = db.session.scalar(select(Staff).where(Staff.code == code))
    if person is None:
        abort(404)
    return person


def _unchanged(code: str) -> Staff:
    """The person, unless somebody else changed them after the form was drawn."""
    person = _person(code)
    refuse_stale(person.record_seq, request.form, lambda: _changes(code), WORDS)
    return person


def _changes(code: str) -> list[Change]:
    return history_of(Kind.STAFF, Kind.LOCKOUT, code=code)


def _roles_to_give() -> list[Role]:
    return list(Role) if person_here().role is Role.OWNER else [Role.CLERK]


def _device_names() -> dict[str, str]:
    return {THE_MACHINE: gettext("this computer"), **{device.code: device.name for device in all_devices()}}


def _back_to(person: Staff) -> Response:
    return redirect(url_for(".show", code=person.code), 303)
