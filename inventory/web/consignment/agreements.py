"""Consignment agreements: all of them with what ends soon, one with what it means, and a new one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from config.reference.groups import all_groups
from core.attached_file import AttachedFile, files_of, keep_file
from core.clock import today
from core.i18n import N_, current_language, gettext
from core.journal.history import history_of
from core.journal.record import Kind
from core.money import ZERO
from core.quantity import Unit
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.attached_files import read_files, takes_files
from core.web.forms import read_choice, read_day, read_day_if_given, read_money, read_quantity, read_text, read_whole
from core.web.list_file import Columns, list_file, wants_file
from core.web.once import once
from inventory.catalogue.producer import Producer, producer_of, producers_at_work
from inventory.consignment.agreed_loss import loss_rules
from inventory.consignment.agreed_terms import AgreedTerms, all_terms, terms_in_force
from inventory.consignment.agreement import MOST_DAYS, Conditions, agreement_of, make_agreement
from inventory.consignment.agreement_list import (
    ListedAgreement,
    agreements_by_standing,
    producers_without_agreement,
    products_to_agree_on,
    standing_of,
)
from inventory.consignment.agreement_table import Agreement, EndedBy, ProducerTax, SettlementRhythm
from inventory.consignment.loss_cause import Bearer, LossCause
from inventory.web.consignment.agreement_history import AGREEMENT_WORDS
from inventory.web.consignment.agreement_words import STANDING_NAMES, agreement_words, said_all_terms, said_rhythm
from inventory.web.consignment.clause_form import ALL_GOODS, GROUP, PRODUCT, ROWS, read_clauses, read_losses
from inventory.web.names import words

bp = Blueprint("agreements", __name__, url_prefix="/inventory/agreements", template_folder="../../templates")
bp.context_processor(words)
bp.context_processor(agreement_words)

COLUMNS: Columns[ListedAgreement] = (
    (N_("Producer"), lambda one: one.agreement.producer.name),
    (N_("Agreement"), lambda one: one.agreement.paper),
    (N_("Terms today"), lambda one: said_all_terms(terms_today(one.agreement))),
    (N_("Settled"), lambda one: said_rhythm(one.agreement)),
    (N_("First day"), lambda one: one.agreement.first_day),
    (N_("Last day"), lambda one: one.agreement.ends_on),
    (N_("Unsold goods are fetched by"), lambda one: one.agreement.fetch_by),
    (N_("Today"), lambda one: gettext(STANDING_NAMES[one.standing])),
)


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def index() -> str | Response:
    """Every agreement: goods to be fetched and what ends soon first; and whose goods stand here without one."""
    listed = agreements_by_standing(today())
    if wants_file():
        return list_file("hop-dong-ky-gui", N_("Consignment agreements"), COLUMNS, listed)
    return render_template(
        "inventory/consignment/agreements.html",
        listed=listed,
        without=producers_without_agreement(today()),
        terms_today=terms_today,
    )


def terms_today(agreement: Agreement) -> list[AgreedTerms]:
    """The terms of today; of an agreement to come, those of its first day."""
    return terms_in_force(agreement, max(today(), agreement.first_day))


@bp.get("/<int:number>")
@for_role(Role.MANAGER, Role.AUDITOR)
def show(number: int) -> str:
    """One agreement: what it means in plain words, what changes later, its papers, and what can be done with it."""
    agreement = agreement_of(number)
    day = max(today(), agreement.first_day)
    return render_template(
        "inventory/consignment/agreement.html",
        agreement=agreement,
        standing=standing_of(agreement, today()),
        terms=terms_in_force(agreement, day),
        later=[row for row in all_terms(agreement) if row.first_day > day],
        losses=loss_rules(agreement, day),
        files=papers_of(agreement),
        changes=history_of(Kind.AGREEMENT, no=agreement.number),
        change_words={Kind.AGREEMENT: AGREEMENT_WORDS},
        today=today(),
        **choices_for(agreement.producer),
    )


def papers_of(agreement: Agreement) -> list[AttachedFile]:
    """Every scan that was kept with an agreement, at once or later."""
    changes = history_of(Kind.AGREEMENT, no=agreement.number)
    return [file for change in reversed(changes) if "files" in change.body for file in files_of(change.seq)]


def choices_for(producer: Producer) -> dict[str, object]:
    """What the rows of terms offer: all goods, groups, and the products of this producer."""
    groups = [(f"{GROUP}{one.code}", f"{one.code} {one.name(current_language())}") for one in all_groups() if one.goods]
    products = [(f"{PRODUCT}{one.sku}", one.full_name) for one in products_to_agree_on(producer)]
    return {
        "all_goods": ALL_GOODS,
        "groups": groups,
        "products": products,
        "rows": range(1, ROWS + 1),
        "causes": list(LossCause),
        "bearers": list(Bearer),
        "sides": list(EndedBy),
    }


@bp.get("/new")
@for_role(Role.MANAGER)
def new() -> str:
    """The form of a new agreement; the producer is chosen first, because the products are his."""
    code = request.args.get("producer", "").split(" ")[0]
    if not code:
        return render_template("inventory/consignment/new_producer.html", producers=producers_at_work())
    producer = producer_of(code[:20])
    return render_template(
        "inventory/consignment/new.html",
        producer=producer,
        today=today(),
        usual=Conditions(paper="", first_day=today()),
        rhythms=list(SettlementRhythm),
        taxes=list(ProducerTax),
        **choices_for(producer),
    )


@bp.post("")
@for_role(Role.MANAGER)
@takes_files
@once
def make() -> Response:
    """Enter an agreement with its first terms."""
    producer = producer_of(read_text(request.form, "producer", limit=20, label=N_("Producer")))
    agreement = make_agreement(
        producer, read_conditions(), read_clauses(), losses=read_losses(), by=person_here(), files=kept_files()
    )
    flash(gettext("Agreement %(paper)s is entered.", paper=agreement.paper), "ok")
    return redirect(url_for(".show", number=agreement.number), 303)


def kept_files() -> list[AttachedFile]:
    """The files of the form, kept."""
    return [keep_file(one, by=person_here()) for one in read_files()]


def read_conditions() -> Conditions:
    """What the form says beside the terms."""
    form = request.form
    rhythm = read_choice(form, "rhythm", SettlementRhythm, label=N_("Settled"))
    is_batch = rhythm is SettlementRhythm.BATCH
    return Conditions(
        paper=read_text(form, "paper", limit=60, label=N_("Number of the signed agreement")),
        first_day=read_day(form, "first_day", label=N_("First day")),
        last_day=read_day_if_given(form, "last_day", label=N_("Last day")),
        grace_days=read_whole(form, "grace_days", most=MOST_DAYS, label=N_("Days of grace")),
        rhythm=rhythm,
        batch_quantity=read_quantity(form, "batch", Unit.KILOGRAM, label=N_("Quantity of a batch"))
        if is_batch
        else None,
        minimum_payout=read_money(form, "minimum_payout", required=False, label=N_("Smallest payout")) or ZERO,
        payment_days=read_whole(form, "payment_days", most=MOST_DAYS, label=N_("Days until it is paid")),
        notice_days=read_whole(form, "notice_days", most=MOST_DAYS, label=N_("Days of notice")),
        tax=read_choice(form, "tax", ProducerTax, label=N_("How the producer pays VAT")),
        note=read_text(form, "note", required=False, limit=300, label=N_("Note")),
    )
