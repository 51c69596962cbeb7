"""Invoices: what the tax office has not accepted, one invoice with its steps, what a person does about it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from lxml import etree
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from core.clock import today
from core.database import db
from core.i18n import N_, gettext
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.download import download
from core.web.forms import read_day_if_given, read_one_of, read_reason, read_text, read_whole
from core.web.fragments import page_or_fragment
from core.web.list_file import at_most, list_file, wants_file
from core.web.once import once
from pos.invoice.answer import LARGEST_ANSWER, Unreadable, read_answer
from pos.invoice.backlog import backlog
from pos.invoice.block import all_blocks, last_code_number, numbers_left, reserve_block
from pos.invoice.buyer import NobodyNamed, buyer_of_invoice
from pos.invoice.correction import BuyerData, give_notice, name_waiting_buyer, replace_invoice, replaced_by
from pos.invoice.data_format import invoice_element
from pos.invoice.drawing_up import document_of
from pos.invoice.invoice_list import MOST_FOUND, all_of_sale, find_invoices, invoice_of_code
from pos.invoice.invoice_table import (
    Invoice,
    InvoiceKind,
    InvoiceMessage,
    InvoiceNotice,
    InvoiceStep,
    Standing,
)
from pos.invoice.issuing import make_what_waits, order_code_of, waiting
from pos.invoice.sending import settle
from pos.invoice.steps import history_of, send_again, standing_of
from pos.web.invoice_words import COLUMNS, KINDS, STANDINGS, STEPS, AnswerNotRead

bp = Blueprint("invoices", __name__, url_prefix="/invoices")

OPEN = "open"


@bp.context_processor
def _words() -> dict[str, object]:
    return {"standings": STANDINGS, "kinds": KINDS, "steps": STEPS, "Standing": Standing, "InvoiceKind": InvoiceKind}


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def index() -> AnyResponse:
    """What is not accepted yet; or the invoices of a day, or those that stand in one way."""
    asked = read_one_of(request.args, "standing", [OPEN, "day", *STANDINGS]) if "standing" in request.args else OPEN
    day = read_day_if_given(request.args, "day") or today()
    found = find_invoices(asked, day, limit=at_most(MOST_FOUND))
    if wants_file():
        return list_file(f"hoa-don-{day.isoformat()}", N_("Invoices"), COLUMNS, found)
    return page_or_fragment(
        "pos/invoices/page.html", "pos/invoices/_list.html",
        found=found, asked=asked, asked_day=day, waits=waiting() if asked in (OPEN, Standing.WAITING) else [],
        state=backlog(),
    )  # fmt: skip


@bp.get("/blocks")
@for_role(Role.MANAGER, Role.AUDITOR)
def blocks() -> str:
    """The codes that are this shop's alone, and how many are left."""
    return render_template(
        "pos/invoices/blocks.html", blocks=all_blocks(), used=last_code_number(), left=numbers_left(), waits=waiting()
    )


@bp.post("/blocks")
@for_role(Role.MANAGER)
@once
def reserve() -> AnyResponse:
    """Enter the next block; what waited for a code is made at once."""
    block = reserve_block(
        given=read_text(request.form, "given", limit=20, label=N_("Five signs of the tax office")),
        first=read_whole(request.form, "first", most=10**11 - 1, label=N_("First number")),
        last=read_whole(request.form, "last", most=10**11 - 1, label=N_("Last number")),
        by=person_here(),
    )
    made = make_what_waits(by=person_here())
    flash(gettext("Block %(first)s to %(last)s is kept.", first=block.first, last=block.last), "ok")
    if made:
        flash(gettext("%(count)s invoices that waited were made.", count=made), "ok")
    return redirect(url_for(".blocks"), 303)


@bp.get("/waiting/<int:sale>")
@for_role(Role.MANAGER)
def waiting_buyer(sale: int) -> str:
    """Who an invoice that waits for its code is made out to, for a buyer who comes back and asks."""
    if sale not in {wait.sale_number for wait in waiting()}:
        raise NotFound
    return render_template("pos/invoices/waiting.html", sale=sale, buyer=buyer_of_invoice(order_code_of(sale)))


@bp.post("/waiting/<int:sale>")
@for_role(Role.MANAGER)
@once
def name_waiting(sale: int) -> AnyResponse:
    """Put a buyer's data on an invoice that still waits for its code."""
    data = read_buyer()
    if data is None:
        raise NobodyNamed()
    name_waiting_buyer(sale, data)
    flash(gettext("The invoice is made out to %(name)s.", name=data.name), "ok")
    return redirect(url_for(".index"), 303)


@bp.post("/answers")
@for_role(Role.MANAGER)
@once
def take_answer() -> AnyResponse:
    """Read the answer that the provider's page gave for a file that was uploaded by hand."""
    file = request.files.get("answer")
    content = file.read(LARGEST_ANSWER + 1) if file is not None else b""
    try:
        answer = read_answer(content, today())
    except Unreadable as trouble:
        raise AnswerNotRead(why=gettext(str(trouble))) from None
    message = db.session.get(InvoiceMessage, answer.message_id)
    if message is None:
        raise AnswerNotRead(why=gettext("it answers a message that this shop did not send"))
    settle(message, answer)
    flash(gettext("The answer was read."), "ok")
    return redirect(url_for(".index"), 303)


@bp.get("/<code>")
@for_role(Role.MANAGER, Role.AUDITOR)
def show(code: str) -> str:
    """One invoice: what stands on it, how it stands, what was done about it."""
    invoice = _invoice(code)
    notices = db.session.query(InvoiceNotice).filter_by(code=code).order_by(InvoiceNotice.number).all()
    return render_template(
        "pos/invoices/invoice.html",
        invoice=invoice,
        document=document_of(invoice),
        standing=standing_of(code),
        history=history_of(invoice),
        others=[one for one in all_of_sale(invoice.sale_number) if one.code != code],
        replaced=replaced_by(invoice),
        notices=notices,
        trial=signed_for_trying(code),
    )


@bp.get("/<code>.xml")
@for_role(Role.MANAGER, Role.AUDITOR)
def as_xml(code: str) -> AnyResponse:
    """The invoice alone in the tax office's format, for whoever asks for it."""
    element = invoice_element(document_of(_invoice(code)), 1)
    return download(etree.tostring(element, encoding="UTF-8", xml_declaration=True), f"{code}.xml")


@bp.post("/<code>/resending")
@for_role(Role.MANAGER)
@once
def resend(code: str) -> AnyResponse:
    """Let a rejected invoice go out once more, as it is."""
    send_again(_invoice(code), by=person_here())
    flash(gettext("The invoice goes out again in a moment."), "ok")
    return redirect(url_for(".show", code=code), 303)


@bp.post("/<code>/replacement")
@for_role(Role.MANAGER)
@once
def replace(code: str) -> AnyResponse:
    """Replace an invoice by one made out to the right buyer."""
    made = replace_invoice(_invoice(code), reason=read_reason(request.form), buyer=read_buyer(), by=person_here())
    if made is None:
        flash(gettext("The new invoice waits for a code. Enter the next block."), "warn")
        return redirect(url_for(".blocks"), 303)
    return redirect(url_for(".show", code=made), 303)


@bp.post("/<code>/notices")
@for_role(Role.MANAGER)
@once
def notify(code: str) -> AnyResponse:
    """Note that name, address or wording were wrong, for form 04/SS-HĐĐT."""
    notice = give_notice(_invoice(code), reason=read_reason(request.form), buyer=read_buyer(), by=person_here())
    return redirect(url_for(".notice", number=notice.number), 303)


@bp.get("/notices/<int:number>")
@for_role(Role.MANAGER, Role.AUDITOR)
def notice(number: int) -> str:
    """The notice, to print, sign and hand in."""
    found = db.session.get(InvoiceNotice, number)
    if found is None:
        raise NotFound
    invoice = _invoice(found.code)
    return render_template("pos/invoices/notice.html", notice=found, invoice=invoice, document=document_of(invoice))


def read_buyer() -> BuyerData | None:
    """The buyer's data as typed; None where no name was."""
    name = read_text(request.form, "name", required=False, limit=400, label=N_("Name"))
    if not name:
        return None
    return BuyerData(
        name=name,
        tax_code=read_text(request.form, "tax_code", required=False, limit=20, label=N_("Tax code")),
        address=read_text(request.form, "address", required=False, limit=400, label=N_("Address")),
        personal_id=read_text(request.form, "personal_id", required=False, limit=20, label=N_("Personal number")),
        phone=read_text(request.form, "phone", required=False, limit=20, label=N_("Phone")),
    )


def signed_for_trying(code: str) -> bool:
    """Whether the newest message with an invoice was signed with the certificate for trying."""
    newest = [step.message_id for step in history_of(_invoice(code)) if step.step is InvoiceStep.PACKED]
    message = db.session.get(InvoiceMessage, newest[-1]) if newest else None
    return message is not None and message.signed_by == "test"


def _invoice(code: str) -> Invoice:
    found = invoice_of_code(code)
    if found is None:
        raise NotFound
    return found
