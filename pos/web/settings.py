"""Settings that a manager changes while the shop runs: one page, one job, each with its history."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from config.reference.banks import banks
from core.clock import today
from core.current_settings import current_settings
from core.i18n import N_, gettext
from core.money import Money
from core.staff import Role, Staff
from core.web.access import current_staff, for_role, person_here
from core.web.forms import NotAChoice, read_day, read_day_if_given, read_money, read_text, read_whole
from core.web.once import once
from inventory.web.communes import places_found, read_place
from pos.register import register_by_code, registers_in_service
from pos.settings.change import change_settings
from pos.settings.change_table import SettingsChange, all_changes
from pos.settings.names import NAMES
from pos.settings.topic import TOPICS, values_of
from pos.web.paper import picture_of
from pos.web.receipt_preview import preview_of
from pos.web.settings_forms import (
    MOST_LAYOUTS,
    read_layouts,
    read_texts,
    refuse_overwriting,
    seen_of,
)
from pos.web.settings_words import WORDS, history_of_topics, said_choices, said_value
from pos.web.transfer_picture import transfer_picture
from printers.layouts.receipt import lay_out_receipt

bp = Blueprint("settings", __name__, url_prefix="/settings")

TEST_AMOUNT, TEST_WORD = Money(2_000), "KIEMTRA"


@bp.context_processor
def _words() -> dict[str, object]:
    return {
        "names": NAMES,
        "said_value": said_value,
        "said_choices": said_choices,
        "words": WORDS,
        "is_owner": _is_owner(),
    }


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def index() -> str:
    """Every topic with what it says now, and the way to its page."""
    settings = current_settings()
    topics = {name: values_of(settings, topic) for name, topic in TOPICS.items()}
    return render_template(
        "pos/settings/page.html", topics=topics, registers=registers_in_service(), printers=settings.printers
    )


@bp.get("/shop")
@for_role(Role.MANAGER, Role.AUDITOR)
def shop() -> str:
    """Who the shop is, as its papers say it."""
    places = places_found("", current_settings().shop.locality or None)
    return _topic_page("shop", **places)


@bp.post("/shop")
@for_role(Role.MANAGER)
@once
def change_shop() -> AnyResponse:
    """Change who the shop is."""
    texts = read_texts(request.form, "name", "code", "address", "phone", "tax_code", "location_code", "owner_kind")
    return _changed("shop", {**texts, "locality": read_place(request.form)[0] or ""})


@bp.get("/tax")
@for_role(Role.MANAGER, Role.AUDITOR)
def tax() -> str:
    """How the tax is paid: today, and what is decided for later days."""
    return _topic_page("tax", planned=_planned("tax"), today=today())


@bp.post("/tax")
@for_role(Role.OWNER)
@once
def change_tax() -> AnyResponse:
    """Pay the tax otherwise from a day on."""
    from_day = read_day(request.form, "from_day", label=N_("From day"))
    return _changed("tax", read_texts(request.form, "tax_method"), from_day=from_day)


@bp.get("/receipt")
@for_role(Role.MANAGER, Role.AUDITOR)
def receipt() -> str:
    """The words on the customer's paper, with a picture of it."""
    return _topic_page("receipt", asked=_asked_texts())


@bp.post("/receipt")
@for_role(Role.MANAGER)
@once
def change_receipt() -> AnyResponse:
    """Change the words on the customer's paper; receipts sold before keep theirs."""
    return _changed("receipt", read_texts(request.form, *TOPICS["receipt"].fields))


@bp.get("/receipt/preview")
@for_role(Role.MANAGER, Role.AUDITOR)
def preview() -> str:
    """The picture of the receipt as it would be with the words typed so far."""
    return render_template("pos/settings/_preview.html", asked=_asked_texts())


@bp.get("/receipt/preview.png")
@for_role(Role.MANAGER, Role.AUDITOR)
def preview_picture() -> Response:
    """A receipt with these words as the printer draws it."""
    return picture_of(lay_out_receipt(preview_of(current_settings(), _asked_texts())))


@bp.get("/bank")
@for_role(Role.MANAGER, Role.AUDITOR)
def bank() -> str:
    """The account that transfers go to, with a QR to try it by."""
    takes = current_settings().bank.takes_transfers
    picture = transfer_picture(TEST_AMOUNT, TEST_WORD) if takes else None
    return _topic_page("bank", banks=banks(), picture=picture)


@bp.post("/bank")
@for_role(Role.OWNER)
@once
def change_bank() -> AnyResponse:
    """Let transfers go to another account."""
    account = read_texts(request.form, "bin", "account", "holder")
    return _changed("bank", {**account, "sticker": "sticker" in request.form})


@bp.get("/selling")
@for_role(Role.MANAGER, Role.AUDITOR)
def selling() -> str:
    """Habits of the till, and numbers that only this shop understands."""
    settings = current_settings()
    scan = values_of(settings, TOPICS["scan"])
    return _topic_page("selling", "scan", scan=scan, seen_scan=seen_of("scan"), most_layouts=MOST_LAYOUTS)


@bp.post("/selling")
@for_role(Role.MANAGER)
@once
def change_selling() -> AnyResponse:
    """Change the habits of the till."""
    most = read_whole(request.form, "max_quantity", least=1, most=1_000_000, label=NAMES["max_quantity"])
    alone = read_whole(request.form, "clerk_discount_percent", most=100, label=NAMES["clerk_discount_percent"])
    return _changed("selling", {"max_quantity": most, "clerk_discount_percent": alone})


@bp.get("/rounding")
@for_role(Role.MANAGER, Role.AUDITOR)
def rounding() -> str:
    """How cash is rounded: today, and what is decided for later days."""
    return _topic_page("rounding", planned=_planned("rounding"), today=today())


@bp.post("/rounding")
@for_role(Role.MANAGER)
@once
def change_rounding() -> AnyResponse:
    """Round cash otherwise from a day on."""
    from_day = read_day(request.form, "from_day", label=N_("From day"))
    down_to = read_whole(request.form, "cash_rounding", label=NAMES["cash_rounding"])
    return _changed("rounding", {"cash_rounding": down_to}, from_day=from_day)


@bp.post("/scan")
@for_role(Role.MANAGER)
@once
def change_scan() -> AnyResponse:
    """Change how the shop's own numbers and the scale's labels are read."""
    values = {**read_texts(request.form, "in_store_prefix"), "weight_layouts": read_layouts(request.form)}
    return _changed("scan", values, page=".selling")


@bp.get("/returns")
@for_role(Role.MANAGER, Role.AUDITOR)
def returns() -> str:
    """How long the shop takes goods back, and when it sells at a fair."""
    return _topic_page("returns")


@bp.post("/returns")
@for_role(Role.MANAGER)
@once
def change_returns() -> AnyResponse:
    """Change how long the shop takes goods back; what the law grants for a sale at a fair stays."""
    days = read_whole(request.form, "days", most=3650, label=NAMES["days"])
    fair = {name: read_day_if_given(request.form, name, label=NAMES[name]) for name in ("fair_from", "fair_until")}
    registers = read_text(request.form, "fair_registers", required=False, label=NAMES["fair_registers"]).split()
    for code in registers:
        if register_by_code(code) is None:
            raise NotAChoice(field="fair_registers", label=NAMES["fair_registers"], text=code[:40])
    days_of_fair = {name: day.isoformat() if day is not None else "" for name, day in fair.items()}
    return _changed("returns", {"days": days, **days_of_fair, "fair_registers": registers})


@bp.get("/people")
@for_role(Role.MANAGER, Role.AUDITOR)
def people() -> str:
    """When the screen locks, and what a clerk needs a manager for."""
    approval = values_of(current_settings(), TOPICS["approval"])
    cash = values_of(current_settings(), TOPICS["cash"])
    seen = {"seen_approval": seen_of("approval"), "seen_cash": seen_of("cash")}
    return _topic_page("people", "approval", "cash", approval=approval, cash=cash, **seen)


@bp.post("/people")
@for_role(Role.MANAGER)
@once
def change_people() -> AnyResponse:
    """Let the screen lock sooner or later."""
    minutes = read_whole(request.form, "idle_minutes", least=1, most=30, label=NAMES["idle_minutes"])
    return _changed("people", {"idle_minutes": minutes})


@bp.post("/approval")
@for_role(Role.MANAGER)
@once
def change_approval() -> AnyResponse:
    """Say what a clerk needs a manager's PIN for."""
    needed = {name: name in request.form for name in TOPICS["approval"].fields}
    return _changed("approval", needed, page=".people")


@bp.post("/cash")
@for_role(Role.MANAGER)
@once
def change_cash() -> AnyResponse:
    """Say how much cash a clerk may take out of the drawer alone."""
    most = read_money(request.form, "clerk_takes_out", label=NAMES["clerk_takes_out"])
    return _changed("cash", {"clerk_takes_out": most.dong}, page=".people")


def _planned(topic: str) -> list[SettingsChange]:
    """What is decided about a dated topic for days to come."""
    return [change for change in all_changes() if change.topic == topic and (change.first_day or today()) > today()]


def _topic_page(topic: str, *others: str, **more: object) -> str:
    return render_template(
        f"pos/settings/{topic}.html",
        topic=topic,
        values=values_of(current_settings(), TOPICS[topic]),
        seen_seq=seen_of(topic),
        changes=history_of_topics(topic, *others),
        **more,
    )


def _changed(topic: str, values: dict[str, object], *, page: str = "", **when: object) -> AnyResponse:
    refuse_overwriting(topic, request.form)
    done = change_settings(topic, values, by=person_here(), **when)
    flash(gettext("Recorded; it holds from now on.") if done else gettext("Nothing was different."), "ok")
    return redirect(url_for(page or f".{topic}"), 303)


def _asked_texts() -> dict[str, str]:
    """The words typed so far, else those that are kept."""
    kept = values_of(current_settings(), TOPICS["receipt"])
    names = [name for name in TOPICS["receipt"].fields if name in request.args]
    return {**kept, **read_texts(request.args, *names)}


def _is_owner() -> bool:
    staff: Staff | None = current_staff()
    return staff is not None and staff.role is Role.OWNER
