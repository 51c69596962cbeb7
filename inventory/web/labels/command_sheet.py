"""The sheet of command barcodes, to be printed and laid beside the scanner."""

from flask import Blueprint, Response

from core.current_settings import current_settings
from core.i18n import N_, gettext
from core.staff import Role
from core.web.access import for_role
from inventory.labels.command_sheet import command_sheet
from printers.web.pdf_answer import answer_pdf

bp = Blueprint("command_sheet", __name__, url_prefix="/inventory/labels/commands.pdf")


@bp.get("")
@for_role(Role.CLERK, Role.AUDITOR)
def show() -> Response:
    """The sheet."""
    return answer_pdf(command_sheet(author=current_settings().shop.name), name=gettext(N_("Command barcodes")))
