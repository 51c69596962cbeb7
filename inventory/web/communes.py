"""The commune of today in a form: found by letters of its name or of what it was called before, sent by our own id."""

from flask import Blueprint, render_template, request

from config.reference.localities import Commune, address_line, communes_named, provinces_on
from core.clock import today
from core.errors import RuleBroken
from core.i18n import N_
from core.staff import Role
from core.web.access import for_role
from core.web.forms import Form, read_one_of, read_text
from inventory.catalogue.locality import need_locality
from inventory.catalogue.locality_search import find_communes, is_called, places_before

bp = Blueprint("communes", __name__, url_prefix="/inventory/communes", template_folder="../templates")

_MOST = 8
_NAMED = 4


class CommuneUnclear(RuleBroken):
    """Names of communes repeat, even within a province."""

    message = N_("“%(name)s” may mean several communes of today: %(found)s … Choose one of those shown below the "
                 "field, type more of it, or leave it empty.")  # fmt: skip


class CommuneUnknown(RuleBroken):
    """Mistyped, or a place of another kind."""

    message = N_("No commune of today is found by “%(name)s”. Type a part of its name or of its old name, "
                 "or leave it empty.")  # fmt: skip


@bp.get("")
@for_role(Role.MANAGER)
def index() -> str:
    """The communes that what was typed may mean, to choose one; `now` is the one that stands there."""
    typed = read_text(request.args, "commune", required=False, limit=100)
    return render_template("inventory/producers/_communes.html", **places_found(typed, request.args.get("now")))


def places_found(typed: str, chosen: str | None) -> dict[str, object]:
    """What the field offers: the communes found, or the one that stands there already."""
    found = find_communes(typed, today(), limit=_MOST) if typed else []
    if chosen and not typed:
        found = [need_locality(chosen)]
    return {"places": found, "chosen_place": chosen, "address_line": address_line, "places_before": places_before,
            "typed": typed}  # fmt: skip


def read_place(form: Form) -> tuple[str | None, str | None]:
    """Commune and province of a form. Typed letters count before what stood there; without a commune the province may.

    Raises CommuneUnclear or CommuneUnknown when what was typed is not one commune.
    """
    typed, sent = read_text(form, "commune", required=False, limit=100), form.get("locality", "")
    provinces = {one.id: one.name for one in provinces_on(today())}
    given = read_one_of(form, "province", list(provinces)) if form.get("province") else None
    if not typed:
        return (need_locality(sent).id if sent else None), given
    place = meant_by(typed, provinces[given] if given else None, sent)
    return place.id, place.province_id


def meant_by(typed: str, province_name: str | None, sent: str = "") -> Commune:
    """The one commune that typed letters mean: the one chosen among those found, or the only one called so today."""
    found = find_communes(typed, today(), limit=_MOST)
    for one in found:
        if one.id == sent:
            return one
    named = communes_named(typed, today(), province_name)
    if len(named) == 1:
        return named[0]
    found = list(named) or found
    today_so = [one for one in found if is_called(one, typed)] or found
    if len(today_so) == 1:
        return today_so[0]
    if not found:
        raise CommuneUnknown(name=typed)
    raise CommuneUnclear(name=typed, found="; ".join(address_line(one.id) for one in found[:_NAMED]))
