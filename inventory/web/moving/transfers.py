"""Goods between points: sent with a signed file, taken in from one, closed by the answer that comes back."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from core.database import db
from core.errors import RuleBroken
from core.i18n import N_, gettext
from core.journal.record import parse
from core.quantity import NONE, Quantity, Unit
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.download import download
from core.web.forms import read_one_of, read_quantity, read_text
from core.web.list_file import Columns, at_most, list_file, wants_file
from core.web.once import once
from inventory.location import SHELF, STOCKROOM
from inventory.moving.arrival import Accepted, arrived, latest_arrivals, lay_by, look_at, take_in, waiting_files
from inventory.moving.move_draft import Purpose, draft_of, drop_draft, open_draft, portions_of
from inventory.moving.other_point import (
    end_trust,
    own_card,
    own_fingerprint,
    point_of,
    read_card,
    trust_point,
    trusted_points,
)
from inventory.moving.signed_file import BIGGEST, SignedFile
from inventory.moving.told_goods import our_product, told_lines
from inventory.moving.transfer import latest_transfers, send_goods, sent_portions, take_answer
from inventory.moving.transfer_table import ArrivedTransfer, Transfer, WaitingFile
from inventory.web.moving.words import moving_words
from inventory.web.names import words

bp = Blueprint("point_transfers", __name__, url_prefix="/inventory/transfers", template_folder="../../templates")
bp.context_processor(words)
bp.context_processor(moving_words)


_LATEST = 50


def _called(one: Transfer | ArrivedTransfer) -> str:
    if isinstance(one, Transfer):
        return gettext("Sent: %(number)s", number=one.number)
    return gettext("Came: %(number)s", number=one.number)


def _state(one: Transfer | ArrivedTransfer) -> str:
    if isinstance(one, ArrivedTransfer):
        return N_("taken in")
    return N_("closed") if one.answer else N_("on the way")


COLUMNS: Columns[Transfer | ArrivedTransfer] = (
    (N_("Transfer"), _called),
    (N_("Day"), lambda one: one.day),
    (N_("Point"), lambda one: one.to_tid if isinstance(one, Transfer) else one.from_tid),
    (N_("State"), lambda one: gettext(_state(one))),
)


class NoFileGiven(RuleBroken):
    message = N_("No file was chosen. Choose the file that the other point gave you.")


def given_file() -> bytes:
    """The file of the form."""
    file = request.files.get("file")
    data = file.stream.read(BIGGEST + 1) if file is not None else b""
    if not data:
        raise NoFileGiven()
    return data


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def index() -> str | AnyResponse:
    """What was sent and what came, what waits, and the points whose files are believed."""
    sent, came = latest_transfers(at_most(_LATEST)), latest_arrivals(at_most(_LATEST))
    if wants_file():
        return list_file("hang-giua-cac-diem", N_("Goods between points"), COLUMNS, [*sent, *came])
    return render_template(
        "inventory/moving/transfers.html",
        sent=sent,
        arrived=came,
        waiting=waiting_files(),
        points=trusted_points(),
        own=own_fingerprint(),
    )


@bp.get("/new")
@for_role(Role.MANAGER)
def new() -> str | AnyResponse:
    """Where the goods on the draft are to go."""
    draft = draft_of(person_here(), Purpose.TRANSFER)
    if draft is None or not draft.lines:
        return redirect(url_for("transfer_draft.draft"), 303)
    return render_template("inventory/moving/transfer_new.html", draft=draft, points=trusted_points())


@bp.post("")
@for_role(Role.MANAGER)
@once
def send() -> AnyResponse:
    """Send the goods off."""
    draft = open_draft(person_here(), Purpose.TRANSFER)
    to = point_of(read_text(request.form, "to", label=N_("To which point")))
    transfer = send_goods(portions_of(draft), source=draft.source, to=to, by=person_here())
    drop_draft(draft)
    flash(
        gettext("Transfer %(number)s is on its way. Hand its file over with the goods.", number=transfer.number), "ok"
    )
    return redirect(url_for(".show", number=transfer.number), 303)


@bp.get("/<int:number>")
@for_role(Role.MANAGER, Role.AUDITOR)
def show(number: int) -> str:
    """One transfer: what was sent, and what became of it."""
    transfer = _transfer(number)
    told = {}
    if transfer.answer is not None:
        told = {line["n"]: line for line in parse(transfer.answer.text)["lines"]}
    return render_template(
        "inventory/moving/transfer.html", transfer=transfer, lines=sent_portions(transfer), told=told,
        accepted={n: Quantity(line["qty"]) for n, line in told.items()},
    )  # fmt: skip


@bp.get("/<int:number>/file")
@for_role(Role.MANAGER)
def file(number: int) -> Response:
    """The signed file that goes along with the goods."""
    transfer = _transfer(number)
    return download(SignedFile(transfer.text, transfer.signature, {}).line, f"chuyen-hang-{number}.json")


@bp.post("/answers")
@for_role(Role.MANAGER)
@once
def answer() -> AnyResponse:
    """Close a transfer by the answer that came back."""
    rest = read_one_of(request.form, "rest", ("back", "lost"), label=N_("What was not accepted"))
    transfer = take_answer(given_file(), rest_is_lost=rest == "lost", by=person_here())
    flash(gettext("Transfer %(number)s is closed.", number=transfer.number), "ok")
    return redirect(url_for(".show", number=transfer.number), 303)


def _transfer(number: int) -> Transfer:
    transfer = db.session.scalar(select(Transfer).where(Transfer.number == number))
    if transfer is None:
        raise NotFound
    return transfer


# what comes from others


@bp.post("/arrivals")
@for_role(Role.MANAGER)
@once
def bring() -> AnyResponse:
    """Look at another point's file; nothing is taken in yet."""
    return redirect(url_for(".arrival", uid=lay_by(given_file()).uid), 303)


@bp.get("/arrivals/<uid>")
@for_role(Role.MANAGER)
def arrival(uid: str) -> str | AnyResponse:
    """Each line as it was sent, to be counted; taken in already: the answer to hand over."""
    before = arrived(uid)
    if before is not None:
        return render_template("inventory/moving/arrived.html", row=before)
    waiting = _waiting(uid)
    seen = look_at(waiting.line)
    lines = told_lines(seen)
    return render_template(
        "inventory/moving/arrival.html", uid=uid, file=seen, lines=lines, point=point_of(seen.says["from"]["tid"]),
        ours={line.n: our_product(line) for line in lines}, places=(STOCKROOM, SHELF),
    )  # fmt: skip


@bp.post("/arrivals/<uid>/posting")
@for_role(Role.MANAGER)
@once
def post(uid: str) -> AnyResponse:
    """Take the goods in, all or a part of each line."""
    waiting = _waiting(uid)
    lines = told_lines(look_at(waiting.line))
    accepted = {}
    for line in lines:
        unit = Unit(line.product["unit"])
        given = request.form.get(f"quantity-{line.n}", "").strip()
        quantity = read_quantity(request.form, f"quantity-{line.n}", unit, label=line.name) if given else NONE
        accepted[line.n] = Accepted(quantity, read_text(request.form, f"why-{line.n}", required=False, limit=300))
    target = read_one_of(request.form, "place", (STOCKROOM, SHELF), label=N_("Laid to"))
    take_in(waiting.line, accepted, target=target, by=person_here())
    flash(gettext("The goods are taken in. Hand the answer over: it closes the transfer there."), "ok")
    return redirect(url_for(".arrival", uid=uid), 303)


@bp.get("/arrivals/<uid>/answer")
@for_role(Role.MANAGER)
def answer_file(uid: str) -> Response:
    """The signed answer that closes the transfer at the other point."""
    before = arrived(uid)
    if before is None:
        raise NotFound
    return download(SignedFile(before.answer_text, before.answer_signature, {}).line, f"tra-loi-{before.number}.json")


def _waiting(uid: str) -> WaitingFile:
    row = db.session.get(WaitingFile, uid)
    if row is None:
        raise NotFound
    return row


# keys


@bp.get("/card")
@for_role(Role.MANAGER)
def card() -> Response:
    """This point's card, for another point to know its key."""
    return download(own_card().line, "the-diem-ban.json")


@bp.post("/points")
@for_role(Role.MANAGER)
@once
def trust() -> AnyResponse:
    """Believe another point's files, once its fingerprint was compared."""
    group = read_text(request.form, "group", limit=10, label=N_("Last group of its fingerprint"))
    point = trust_point(read_card(given_file()), last_group=group, by=person_here())
    flash(gettext("Files of %(name)s are believed from now on.", name=point.name), "ok")
    return redirect(url_for(".index"), 303)


@bp.post("/points/<tid>/end")
@for_role(Role.MANAGER)
@once
def end(tid: str) -> AnyResponse:
    """Believe nothing of a point any more."""
    point = end_trust(point_of(tid), by=person_here())
    flash(gettext("Files of %(name)s are not believed any more.", name=point.name), "ok")
    return redirect(url_for(".index"), 303)
