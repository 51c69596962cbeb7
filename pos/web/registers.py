"""Registers: which there are, what they are called, where their papers come out; retired, never deleted."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.current_settings import current_settings
from core.i18n import N_, gettext
from core.journal.history import history_of
from core.journal.record import Kind
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_one_of, read_text
from core.web.history import refuse_stale
from core.web.once import once
from pos.register import Register, add_register, all_registers, change_register, register_by_code
from pos.register_retirement import bring_back_register, retire_register
from pos.shifts.shift_table import latest_shifts, open_shift_of
from pos.web.settings_words import WORDS, said_printer
from printers.spool import RECEIPT_PRINTER

bp = Blueprint("registers", __name__, url_prefix="/settings/registers")


@bp.context_processor
def _words() -> dict[str, object]:
    return {"words": WORDS, "said_printer": said_printer, "printers": receipt_printers()}


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def index() -> str:
    """Every register there was, and a form for another."""
    registers = all_registers()
    open_ = {register.code: open_shift_of(register) for register in registers}
    return render_template("pos/registers/page.html", registers=registers, open_shifts=open_)


@bp.post("")
@for_role(Role.MANAGER)
@once
def add() -> Response:
    """Put a register into service."""
    code = read_text(request.form, "code", limit=8, label=N_("Number of the register"))
    register = add_register(code=code, name=_name(), printer=_printer(None), by=person_here())
    flash(gettext("%(register)s is in service.", register=register.name), "ok")
    return redirect(url_for(".show", code=register.code), 303)


@bp.get("/<code>")
@for_role(Role.MANAGER, Role.AUDITOR)
def show(code: str) -> str:
    """One register: its name, its printer, and who changed what."""
    register = _register(code)
    return render_template(
        "pos/registers/register.html",
        register=register,
        shift=open_shift_of(register),
        shifts=latest_shifts(register, limit=5),
        changes=history_of(Kind.REGISTER, code=code),
    )


@bp.post("/<code>")
@for_role(Role.MANAGER)
@once
def change(code: str) -> Response:
    """Call it otherwise, or let its papers come out elsewhere."""
    register = _unchanged(code)
    change_register(register, name=_name(), printer=_printer(register.printer), by=person_here())
    return _back(code)


@bp.post("/<code>/retirement")
@for_role(Role.MANAGER)
@once
def retire(code: str) -> Response:
    """Take it out of service."""
    retire_register(_unchanged(code), by=person_here())
    return _back(code)


@bp.post("/<code>/return")
@for_role(Role.MANAGER)
@once
def bring_back(code: str) -> Response:
    """Put it into service again."""
    bring_back_register(_unchanged(code), by=person_here())
    return _back(code)


def receipt_printers() -> list[tuple[str, str]]:
    """What the papers of a register may come out of; nothing chosen is the first one."""
    entered = [one for one in current_settings().printers if one.role == RECEIPT_PRINTER and one.code]
    return [("", gettext("the first one for receipts")), *((one.code, one.name) for one in entered)]


def _name() -> str:
    return read_text(request.form, "name", limit=60, label=N_("Name"))


def _printer(before: str | None) -> str | None:
    """The printer chosen; a register may keep one that is out of use just now."""
    if not request.form.get("printer"):
        return None
    offered = {code for code, _ in receipt_printers()} | {before or ""}
    return read_one_of(request.form, "printer", offered, label=N_("Its papers come out at"))


def _register(code: str) -> Register:
    return register_by_code(code) or abort(404)


def _unchanged(code: str) -> Register:
    """The register, unless somebody changed it after the form was drawn."""
    register = _register(code)
    refuse_stale(register.record_seq, request.form, lambda: history_of(Kind.REGISTER, code=code), WORDS)
    return register


def _back(code: str) -> Response:
    flash(gettext("Recorded."), "ok")
    return redirect(url_for(".show", code=code), 303)
