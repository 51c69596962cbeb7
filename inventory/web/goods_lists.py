"""Lists of goods that were entered: taken back by one press."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from core.i18n import gettext
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_text
from core.web.once import once
from inventory.importing.goods_list import list_of
from inventory.importing.goods_list_back import take_list_back

bp = Blueprint("goods_lists", __name__, url_prefix="/inventory/goods-lists")


@bp.post("/<int:number>/taking-back")
@for_role(Role.MANAGER)
@once
def take_back(number: int) -> Response:
    """Answer everything that a list entered by its opposite."""
    reason = read_text(request.form, "reason", limit=300)
    left = take_list_back(list_of(number), reason=reason, by=person_here())
    flash(gettext("List %(number)s is taken back.", number=number), "ok")
    for said in left:
        flash(said.sentence(gettext), "warn")
    return redirect(url_for("goods_import.index"), 303)
