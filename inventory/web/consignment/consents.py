"""Consents of a producer to markdowns: what he agreed to, a new one, and the end of one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from core.attached_file import files_of
from core.clock import today
from core.database import db
from core.i18n import N_, gettext
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.attached_files import takes_files
from core.web.forms import read_day, read_money, read_reason, read_text
from core.web.list_file import Columns, list_file, wants_file
from core.web.once import once
from inventory.catalogue.producer import Producer, producer_of
from inventory.catalogue.product import Product, product_of
from inventory.consignment.consent import Markdown, consents_of, end_consent, give_consent
from inventory.consignment.consent_table import MarkdownConsent
from inventory.lot import Lot, lot_of
from inventory.receiving.confirmation import CONFIRMED_NAMES, confirmation_of
from inventory.receiving.counter_code import counter_code_of
from inventory.receiving.goods_there import LotThere, lots_there
from inventory.web.consignment.agreements import kept_files
from inventory.web.consignment.clause_form import PRODUCT, read_percentage
from inventory.web.names import percent, words
from inventory.web.receiving.confirming import read_confirmation

bp = Blueprint("consents", __name__, url_prefix="/inventory/consents", template_folder="../../templates")
bp.context_processor(words)
LOT = "lot:"
COLUMNS: Columns[MarkdownConsent] = (
    (N_("Product"), lambda consent: consent.product.full_name),
    (N_("Lot"), lambda consent: consent.lot.number if consent.lot else gettext("all lots")),
    (N_("Down to"), lambda consent: consent.price),
    (N_("The producer bears"), lambda consent: percent(consent.share)),
    (N_("First day"), lambda consent: consent.first_day),
    (N_("Last day"), lambda consent: consent.last_day),
    (N_("Reason"), lambda consent: consent.reason),
    (N_("Ended"), lambda consent: consent.end.ended_at if consent.end else None),
)


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def index() -> str | Response:
    """What a producer agreed to, and the form for more; `goods` may name what the page was opened for."""
    producer = producer_of(request.args.get("producer", "")[:20])
    if wants_file():
        given = consents_of(producer)
        return list_file(f"dong-y-giam-gia-{producer.code}", N_("Consents to markdowns"), COLUMNS, given)
    goods = left_of(producer)
    products = {one.lot.product_id: one.lot.product for one in goods}
    return render_template(
        "inventory/consignment/consents.html",
        producer=producer,
        consents=consents_of(producer),
        goods=goods,
        products=list(products.values()),
        wanted=request.args.get("goods", ""),
        files_of=files_of,
        word_of=confirmation_of,
        confirmed_names=CONFIRMED_NAMES,
        has_code=counter_code_of(producer) is not None,
        today=today(),
    )


def left_of(producer: Producer) -> list[LotThere]:
    """Lots of his own that are still here."""
    return [one for one in lots_there(producer) if one.lot.owner_id == producer.id]


@bp.post("")
@for_role(Role.MANAGER)
@takes_files
@once
def give() -> Response:
    """Enter what a producer agreed to."""
    form = request.form
    producer = producer_of(read_text(form, "producer", limit=20, label=N_("Producer")))
    product, lot = read_goods()
    markdown = Markdown(
        read_money(form, "price", label=N_("Down to")),
        read_percentage("share", N_("The producer bears")) or 0,
        read_day(form, "first_day", label=N_("First day")),
        read_day(form, "last_day", label=N_("Last day")),
        read_reason(form),
    )
    confirmed = read_confirmation(form, producer, by=person_here())
    give_consent(producer, product, markdown, by=person_here(), lot=lot, confirmed=confirmed, files=kept_files())
    flash(gettext("The consent is entered."), "ok")
    return redirect(url_for(".index", producer=producer.code), 303)


def read_goods() -> tuple[Product, Lot | None]:
    """The product that the form names, or the lot with its product."""
    given = read_text(request.form, "goods", limit=60, label=N_("Goods"))
    if given.startswith(LOT):
        lot = lot_of(given.removeprefix(LOT))
        return lot.product, lot
    return product_of(given.removeprefix(PRODUCT)), None


@bp.post("/<uid>/end")
@for_role(Role.MANAGER)
@once
def end(uid: str) -> Response:
    """End a consent at once."""
    consent = db.session.scalar(select(MarkdownConsent).where(MarkdownConsent.uid == uid))
    if consent is None:
        raise NotFound
    end_consent(consent, reason=read_reason(request.form), by=person_here())
    flash(gettext("The consent has ended."), "ok")
    return redirect(url_for(".index", producer=consent.producer.code), 303)
