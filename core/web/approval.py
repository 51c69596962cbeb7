"""Approval on the spot: a clerk's act that a manager must allow asks for the manager's PIN on the clerk's own screen.

    @bp.post("/drawer")
    @for_role(Role.CLERK)
    @once
    def drawer() -> Response:
        opening = open_drawer(…, by=person_here())
        need_approval(Act.OPEN_DRAWER, about=register.code, shift=opening.shift_number)

It is asked after the verb, so that a broken rule is said before anybody is fetched. Without a manager's word
`need_approval` takes the act back, and the screen shows a panel with the form as it was sent. Sent again with name and
PIN, the act is done once, by the clerk, and an APPROVAL record names the manager. The PIN is proved before the act's
transaction begins, and wrong ones count for the manager on this device. What is only looked at asks `need_look`; its
panel sends to a view that calls `need_approval` and leads back with `look_of` in the address.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, g, make_response, render_template, request
from sqlalchemy import select

from core.approval import ACT_NAMES, Act, Approval, write_approval
from core.current_settings import current_settings, has_settings
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.staff import Role, Staff
from core.web.access import current_staff
from core.web.forms import read_text, trouble_sentence
from core.web.fragments import wants_fragment
from core.web.once import KEY_FIELD, new_key
from core.web.safety import local_path
from core.web.signin import NotAManager, managers_at_work, prove_by

APPROVER_FIELD, PIN_FIELD, LOOK_FIELD = "approver", "approver_pin", "look"
_NOT_SENT_AGAIN = {"csrf_token", APPROVER_FIELD, PIN_FIELD}
PLACE = "#approval"


class ApprovalNeeded(RuleBroken):
    """The act has not been done; the screen asks for a manager."""

    message = N_("A manager must approve this.")

    def __init__(self, act: Act, send_to: str | None = None) -> None:
        super().__init__()
        self.act = act
        self.send_to = send_to


def install_approval(app: Flask) -> None:
    """Look at a manager's PIN before the act begins, and ask for it where it is missing."""
    app.before_request(_hear_the_manager)
    app.register_error_handler(ApprovalNeeded, _ask_for_a_manager)


def need_approval(act: Act, *, about: str, shift: int | None = None) -> Approval | None:
    """Write down the manager's word for an act that was just done, inside its transaction; None where nobody is asked.

    Takes the act back with ApprovalNeeded until a manager has typed their PIN.
    """
    by = current_staff()
    assert by is not None, "the access rule lets nobody in unsigned"
    if not asks_for(act, by):
        return None
    if "approver" not in g:
        raise ApprovalNeeded(act)
    return write_approval(act, about=about, by=by, approver=g.approver, shift=shift)


def need_manager(act: Act) -> None:
    """Let a manager stand by before the act is even tried: for a refusal that would tell a clerk what none may know.

    The verb comes next, and `need_approval` after it as everywhere.
    """
    by = current_staff()
    assert by is not None, "the access rule lets nobody in unsigned"
    if asks_for(act, by) and "approver" not in g:
        raise ApprovalNeeded(act)


def need_look(act: Act, *, about: str, send_to: str) -> None:
    """Let the person look at something where nobody need be asked, or where a manager has just allowed it."""
    by = current_staff()
    assert by is not None, "the access rule lets nobody in unsigned"
    if asks_for(act, by) and not has_look(act, about=about):
        raise ApprovalNeeded(act, send_to)


def has_look(act: Act, *, about: str) -> bool:
    """Whether the address names an approval of the last two minutes, given to this person for just this."""
    number, by = request.values.get(LOOK_FIELD, ""), current_staff()
    if by is None or not number.isdecimal() or len(number) > 15:
        return False
    approval = db.session.scalar(select(Approval).where(Approval.record_seq == int(number)))
    return approval is not None and approval.still_shows(act, about, by)


def look_of(approval: Approval | None) -> dict[str, int]:
    """What an address carries to show what was approved."""
    return {LOOK_FIELD: approval.record_seq} if approval is not None else {}


def asks_for(act: Act, by: Staff) -> bool:
    """Whether this person needs a manager for it: only clerks do, and only what the shop does not trust them with."""
    if by.role is not Role.CLERK:
        return False
    return bool(getattr(current_settings().approval, act.value)) if has_settings() else True


def _hear_the_manager() -> None:
    """Prove the manager's PIN outside of the act's transaction; what is wrong with it is said by the panel."""
    if request.method != "POST" or PIN_FIELD not in request.form or current_staff() is None:
        return
    try:
        pin = read_text(request.form, PIN_FIELD, limit=20, label=N_("PIN"))
        manager = prove_by(request.form.get(APPROVER_FIELD, ""), pin)
        if not manager.may_approve:
            raise NotAManager(name=manager.name)
        g.approver = manager
    except RuleBroken as broken:
        g.approval_trouble = trouble_sentence(broken)


def _ask_for_a_manager(needed: ApprovalNeeded) -> Response:
    """The panel over the page the clerk is on; a page of its own without a script."""
    fields = [(KEY_FIELD, new_key())]
    if needed.send_to is None:
        fields = [(name, value) for name, value in request.form.items(multi=True) if name not in _NOT_SENT_AGAIN]
    target, said = request.headers.get("HX-Target", ""), g.get("approval_trouble", "")
    page = render_template(
        "approval/_panel.html" if wants_fragment() else "approval/page.html",
        act_name=ACT_NAMES[needed.act],
        send_to=needed.send_to or request.full_path.rstrip("?"),
        fields=fields,
        target=target if "#" in target and target != f"div{PLACE}" else "",
        people=managers_at_work(),
        said=said,
        chosen=request.form.get(APPROVER_FIELD, ""),
        back=local_path(urlsplit(request.referrer or "").path),
    )
    answer = make_response(page, 422 if said else 403)
    if wants_fragment():
        answer.headers["HX-Retarget"] = PLACE
        answer.headers["HX-Reswap"] = "innerHTML"
    return answer
