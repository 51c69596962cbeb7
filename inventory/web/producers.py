"""Producers: the list with search, one producer with goods, money and history, entering, correcting, retiring."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from config.reference.forms import subject_form, subject_forms
from config.reference.localities import provinces_on
from core.clock import today
from core.database import db
from core.i18n import N_, current_language, gettext
from core.staff import Role
from core.web.access import for_role, may, person_here
from core.web.forms import read_one_of, read_reason, read_text
from core.web.fragments import page_or_fragment
from core.web.history import refuse_stale
from core.web.list_file import Columns, list_file, wants_file
from core.web.once import once
from inventory.catalogue.producer import Producer, ProducerPapers, add_producer, has_personal_tax_code, producer_of
from inventory.catalogue.producer_correction import bring_back_producer, correct_producer, retire_producer
from inventory.catalogue.producer_search import find_producers, place_of
from inventory.catalogue.product import Product
from inventory.catalogue.product_search import hits_of
from inventory.producer_goods import leaving, owed_by_producer, products_by_producer
from inventory.stock_level import on_hand_by_product
from inventory.web.communes import places_found, read_place
from inventory.web.history_words import PRODUCER_WORDS, producer_history
from inventory.web.names import words

bp = Blueprint("producers", __name__, url_prefix="/inventory/producers", template_folder="../templates")
bp.context_processor(words)

_MOST, _ALL = 200, 100_000
STATES = {"working": False, "retired": True, "all": None}
STATE_NAMES = {"working": N_("Working with the shop"), "retired": N_("No new goods"), "all": N_("All")}


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def index() -> AnyResponse:
    """The producers that fit the words; without words all of them."""
    text = read_text(request.args, "text", required=False, limit=100)
    state = request.args.get("state", "working")
    province_id = request.args.get("province") or None
    most = _ALL if wants_file() else _MOST
    found = find_producers(text, retired=STATES.get(state, False), province_id=province_id, limit=most)
    if wants_file():
        return list_file("chu-the", N_("Producers"), COLUMNS, found)
    return page_or_fragment(
        "inventory/producers/page.html",
        "inventory/producers/_list.html",
        producers=found,
        products=products_by_producer(),
        owed=owed_by_producer(),
        place_of=place_of,
        form_name=form_name,
        text=text,
        state=state if state in STATES else "working",
        state_names=STATE_NAMES,
        province_id=province_id,
        provinces=provinces_on(today()),
        most=_MOST,
    )


COLUMNS: Columns[Producer] = (
    (N_("Code"), lambda one: one.code),
    (N_("Producer"), lambda one: one.name),
    (N_("Legal form"), lambda one: form_name(one.form)),
    (N_("Place"), lambda one: place_of(one.locality_id, one.province_id)),
    (N_("Old commune"), lambda one: one.old_commune),
    (N_("Tax code"), lambda one: None if has_personal_tax_code(one) else one.tax_code),
    (N_("No new goods since"), lambda one: one.retired_on),
)


def form_name(code: str) -> str:
    """A legal form in the language of the screen."""
    return subject_form(code).name(current_language())


@bp.get("/<code>")
@for_role(Role.MANAGER, Role.AUDITOR)
def show(code: str) -> str:
    """One producer: papers, products with what is on the shelf, what sales owed so far."""
    producer = producer_of(code)
    rows = select(Product).where(Product.producer_id == producer.id)
    hits = hits_of(list(db.session.scalars(rows.order_by(Product.name_folded, Product.id))), today())
    return render_template(
        "inventory/producers/producer.html",
        producer=producer,
        place=place_of(producer.locality_id, producer.province_id),
        form_name=form_name,
        private=text_here if may("producers.correction") else masked,
        hits=hits,
        stock=on_hand_by_product([hit.product.id for hit in hits]),
        left=leaving(producer),
    )


def masked(text: str | None) -> str:
    """A private text for those who only check: its last three signs."""
    return f"••• {text[-3:]}" if text and len(text) > 3 else "•••" if text else "–"


def text_here(text: str | None) -> str:
    """A text, or a dash."""
    return text or "–"


@bp.get("/<code>/history")
@for_role(Role.MANAGER, Role.AUDITOR)
def history(code: str) -> str:
    """Who entered and corrected this producer, when, and what stood there before."""
    producer = producer_of(code)
    return render_template(
        "inventory/producers/history.html",
        producer=producer,
        changes=producer_history(producer),
        change_words=PRODUCER_WORDS,
    )


@bp.get("/new")
@for_role(Role.MANAGER)
def new() -> str:
    """The form for a new producer."""
    return render_template("inventory/producers/new.html", **fields_of(None))


@bp.get("/<code>/correction")
@for_role(Role.MANAGER)
def correction(code: str) -> str:
    """The form for correcting a producer, and what to know before the shop stops working with him."""
    producer = producer_of(code)
    return render_template(
        "inventory/producers/correction.html", producer=producer, left=leaving(producer), **fields_of(producer)
    )


_EMPTY = {"name": "", "form": "", "tax_code": "", "phone": "", "address": "", "locality_id": None, "province_id": "",
          "old_commune": "", "old_district": ""}  # fmt: skip


def fields_of(producer: Producer | None) -> dict[str, Any]:
    """What the fields show, and what they offer."""
    maker = {name: getattr(producer, name) or "" for name in _EMPTY} if producer else dict(_EMPTY)
    return {
        "maker": maker,
        "form_options": [(one.code, one.name(current_language())) for one in subject_forms()],
        "province_options": [("", "–"), *((one.id, one.name) for one in provinces_on(today()))],
        **places_found("", maker["locality_id"] or None),
    }


def read_papers() -> ProducerPapers:
    """What the form says of a producer."""
    form = request.form
    locality_id, province_id = read_place(form)
    return {
        "name": read_text(form, "name", label=N_("Name")),
        "form": read_one_of(form, "legal_form", [one.code for one in subject_forms()], label=N_("Legal form")),
        "locality_id": locality_id,
        "province_id": province_id,
        "old_commune": read_text(form, "old_commune", required=False, label=N_("Old commune")),
        "old_district": read_text(form, "old_district", required=False, label=N_("Old district")),
        "tax_code": read_text(form, "tax_code", required=False, limit=20, label=N_("Tax code")) or None,
        "phone": read_text(form, "phone", required=False, limit=40, label=N_("Telephone")),
        "address": read_text(form, "address", required=False, limit=300, label=N_("Address")),
    }


@bp.post("")
@for_role(Role.MANAGER)
@once
def add() -> AnyResponse:
    """Enter a producer."""
    added = add_producer(**read_papers(), by=person_here())
    flash(gettext("%(name)s is entered under the code %(code)s.", name=added.name, code=added.code), "ok")
    return redirect(url_for(".show", code=added.code), 303)


@bp.post("/<code>/correction")
@for_role(Role.MANAGER)
@once
def correct(code: str) -> AnyResponse:
    """Record what was corrected."""
    producer = _as_seen(code)
    correct_producer(producer, **read_papers(), reason=read_reason(request.form, required=False), by=person_here())
    return _done(code)


@bp.post("/<code>/retirement")
@for_role(Role.MANAGER)
@once
def retire(code: str) -> AnyResponse:
    """Stop working with a producer."""
    retire_producer(_as_seen(code), reason=read_reason(request.form, required=False), by=person_here())
    return _done(code)


@bp.post("/<code>/return")
@for_role(Role.MANAGER)
@once
def bring_back(code: str) -> AnyResponse:
    """Work with a producer again."""
    bring_back_producer(_as_seen(code), reason=read_reason(request.form, required=False), by=person_here())
    return _done(code)


def _as_seen(code: str) -> Producer:
    """The producer, unless somebody changed him while the form was open."""
    producer = producer_of(code)
    refuse_stale(producer.record_seq, request.form, lambda: producer_history(producer), PRODUCER_WORDS)
    return producer


def _done(code: str) -> AnyResponse:
    flash(gettext("Recorded."), "ok")
    return redirect(url_for(".show", code=code), 303)
