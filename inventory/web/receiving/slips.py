"""A fingerprint typed or scanned from a slip leads to its document: two papers that differ are told apart here."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.errors import RuleBroken
from core.staff import Role
from core.web.access import for_role
from core.web.forms import read_scan
from inventory.receiving.fingerprint import slip_of_fingerprint
from inventory.receiving.receipt_table import GoodsReceipt
from inventory.web.names import words

bp = Blueprint("slips", __name__, url_prefix="/inventory/slips", template_folder="../../templates")
bp.context_processor(words)


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def find() -> str | Response | tuple[str, int]:
    """The field for the digits; with digits, the document that carries them, or the sentence that none does."""
    text = read_scan(request.args, "digits")
    if not text:
        return render_template("inventory/receiving/slips.html", trouble=None, text="")
    try:
        document = slip_of_fingerprint(text).document
    except RuleBroken as trouble:
        return render_template("inventory/receiving/slips.html", trouble=trouble, text=text[:40]), 404
    endpoint = "deliveries.show" if isinstance(document, GoodsReceipt) else "goods_returns.show"
    return redirect(url_for(endpoint, number=document.number), 303)
