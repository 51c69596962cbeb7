"""Devices: who may speak to the shop at all, who is signed in where, and the code that lets a new one in."""

from typing import NamedTuple

from flask import Blueprint, abort, current_app, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from core.database import transaction
from core.devices import (
    CODE_LASTS_MS,
    THE_MACHINE,
    Device,
    all_devices,
    device_by_code,
    end_enrolment_code,
    make_enrolment_code,
    revoke,
)
from core.i18n import N_
from core.journal.history import history_of
from core.journal.record import Kind
from core.sign_in import SignIn, end_sign_in_number, end_sign_ins_at, hash_of, open_sign_ins
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_one_of, read_text, read_whole
from core.web.history import Label, Words
from core.web.once import once
from pos.network.joining import network_of
from pos.register import registers_in_service
from pos.web.other_devices import qr

bp = Blueprint("devices", __name__, url_prefix="/devices")

NO_REGISTER = "-"
WORDS = {
    Kind.DEVICE: Words(
        {"reg": Label(N_("Register")), "revoked": Label(N_("Shut out"))},
        {"enrolled": N_("Let in"), "revoked": N_("Shut out")},
    )
}


class NewCode(NamedTuple):
    """A code that was just made, and where a phone opens the page to type it on."""

    digits: str
    minutes: int
    pages: list[tuple[str, str]]


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def index() -> str:
    """Every device, and everybody who is signed in."""
    return _page()


@bp.post("/codes")
@for_role(Role.MANAGER)
def make_code() -> str:
    """Make the code for one new device and show it, this once: nothing but its fingerprint is kept."""
    registers = {register.code for register in registers_in_service()}
    register = read_one_of(request.form, "register", {NO_REGISTER, *registers}, label=N_("Register"))
    name = read_text(request.form, "name", limit=60, label=N_("Name"))
    with transaction():
        code = make_enrolment_code(name=name, register=None if register == NO_REGISTER else register, by=person_here())
    return _page(NewCode(f"{code[:4]} {code[4:]}", CODE_LASTS_MS // 60_000, _pages_for(code)))


@bp.post("/codes/end")
@for_role(Role.MANAGER)
@once
def end_code() -> Response:
    """Nobody is let in by the code any more."""
    end_enrolment_code()
    return redirect(url_for(".index"), 303)


@bp.get("/<code>")
@for_role(Role.MANAGER, Role.AUDITOR)
def show(code: str) -> str:
    """One device and what was done with it."""
    changes = history_of(Kind.DEVICE, code=code)
    return render_template("pos/devices/device.html", device=_device(code), changes=changes, words=WORDS)


@bp.post("/<code>/revocation")
@for_role(Role.MANAGER)
@once
def shut_out(code: str) -> Response:
    """Shut a device out; whoever is signed in there is so no more."""
    device = _device(code)
    revoke(device, by=person_here())
    end_sign_ins_at(device)
    return redirect(url_for(".index"), 303)


@bp.post("/sign-ins/end")
@for_role(Role.MANAGER)
@once
def end() -> Response:
    """End what somebody left open elsewhere; the next touch there asks who it is."""
    end_sign_in_number(read_whole(request.form, "sign_in"))
    return redirect(url_for(".index"), 303)


def _page(code: NewCode | None = None) -> str:
    return render_template(
        "pos/devices/page.html",
        devices=all_devices(),
        sign_ins=open_sign_ins(),
        mine=_is_mine,
        registers=registers_in_service(),
        no_register=NO_REGISTER,
        the_machine=THE_MACHINE,
        code=code,
        on_network=network_of(current_app) is not None,
    )


def _pages_for(code: str) -> list[tuple[str, str]]:
    """The addresses of the enrolment page, each as QR; the code stands behind the # and reaches no log."""
    network = network_of(current_app)
    pages = [f"{address}device" for address in network.addresses] if network is not None else []
    return [(page, qr(f"{page}#{code}")) for page in pages]


def _is_mine(sign_in: SignIn) -> bool:
    return sign_in.token_hash == hash_of(session.get("token", ""))


def _device(code: str) -> Device:
    device = device_by_code(code)
    if device is None:
        abort(404)
    return device
