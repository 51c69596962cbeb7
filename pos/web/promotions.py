"""Promotions: what runs, what is to come and what is over; entered, ended, and what they cost so far."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import func, select
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from config.reference.groups import all_groups, product_group
from core.database import db
from core.i18n import N_, current_language, gettext
from core.journal.history import who_recorded
from core.journal.selling_day import selling_day
from core.money import ZERO, Money
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_choice, read_day, read_money, read_reason, read_text, read_whole
from core.web.history import staff_names
from core.web.list_file import Columns, list_file, wants_file
from core.web.once import once
from inventory.catalogue.producer import producer_of, producers_at_work
from inventory.catalogue.product import Product, product_of
from inventory.web.names import percent
from pos.discounts.discount import LineDiscount
from pos.discounts.promotion import MOST_OF_A_SET, ForGoods, Terms, all_promotions, end_promotion, enter_promotion
from pos.discounts.promotion_table import Promotion, PromotionKind
from pos.web.percentage import read_percent

bp = Blueprint("promotions", __name__, url_prefix="/promotions")

KIND_NAMES = {
    PromotionKind.PERCENT: N_("Percent off"),
    PromotionKind.PRICE: N_("Promotional price"),
    PromotionKind.FREE: N_("Buy some, get some free"),
}
GOODS_NAMES = {"product": N_("One product"), "group": N_("A group of goods"), "producer": N_("Goods of one producer")}
STATE_NAMES = {"running": N_("Running"), "coming": N_("To come"), "ended": N_("Ended"), "over": N_("Over")}


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def index() -> str | Response:
    """Every promotion with its state and what it took off so far, and the form for another."""
    promotions, given = all_promotions(), given_by_promotion()
    if wants_file():
        rows = [(one, given.get(one.number, ZERO)) for one in promotions]
        return list_file("khuyen-mai", N_("Promotions"), COLUMNS, rows)
    return render_template(
        "pos/promotions/page.html",
        promotions=promotions,
        state_of=state_of,
        state_names=STATE_NAMES,
        kind_names=KIND_NAMES,
        goods_names=GOODS_NAMES,
        given=given,
        said_terms=said_terms,
        said_goods=said_goods,
        today=selling_day(),
        products=db.session.scalars(select(Product).where(Product.retired_on.is_(None)).order_by(Product.name)).all(),
        groups=[
            (group.code, f"{group.code} {group.name(current_language())}") for group in all_groups() if group.goods
        ],
        producers=[(producer.code, producer.name) for producer in producers_at_work()],
    )


COLUMNS: Columns[tuple[Promotion, Money]] = (
    (N_("Name"), lambda row: row[0].name),
    (N_("Gives"), lambda row: said_terms(row[0])),
    (N_("For"), lambda row: said_goods(row[0])),
    (N_("First day"), lambda row: row[0].first_day),
    (N_("Last day of it"), lambda row: row[0].last_day),
    (N_("Today"), lambda row: gettext(STATE_NAMES[state_of(row[0])])),
    (N_("Taken off so far"), lambda row: row[1]),
)


@bp.get("/<int:number>")
@for_role(Role.MANAGER, Role.AUDITOR)
def show(number: int) -> str:
    """One promotion: what it gives, who entered it, what it took off, and the form that ends it."""
    promotion = _find(number)
    code, entered_at = who_recorded([promotion.record_seq])[promotion.record_seq]
    return render_template(
        "pos/promotions/promotion.html",
        promotion=promotion,
        state=state_of(promotion),
        state_names=STATE_NAMES,
        terms=said_terms(promotion),
        goods=said_goods(promotion),
        given=given_by_promotion().get(number, ZERO),
        entered_by=staff_names([code]).get(code, code),
        entered_at=entered_at,
    )


@bp.post("")
@for_role(Role.MANAGER)
@once
def enter() -> Response:
    """Enter a promotion for today or days to come."""
    form = request.form
    promotion = enter_promotion(
        read_text(form, "name", limit=60, label=N_("Name of the promotion")),
        read_terms(),
        read_goods(),
        first_day=read_day(form, "first_day", label=N_("First day")),
        last_day=read_day(form, "last_day", label=N_("Last day of it")),
        by=person_here(),
    )
    flash(gettext("The promotion “%(name)s” is entered.") % {"name": promotion.name}, "ok")
    return redirect(url_for(".index"), 303)


@bp.post("/<int:number>/end")
@for_role(Role.MANAGER)
@once
def end(number: int) -> Response:
    """End a promotion at once, or take one back that is still to come."""
    promotion = _find(number)
    end_promotion(promotion, reason=read_reason(request.form), by=person_here())
    flash(gettext("The promotion “%(name)s” gives nothing more from now on.") % {"name": promotion.name}, "ok")
    return redirect(url_for(".index"), 303)


def read_terms() -> Terms:
    """What the form says that it gives."""
    form = request.form
    match read_choice(form, "kind", PromotionKind, label=N_("What it gives")):
        case PromotionKind.PERCENT:
            return Terms.percent_off(read_percent(form, "percent", label=N_("Percent off")))
        case PromotionKind.PRICE:
            return Terms.at_price(read_money(form, "price", label=N_("Promotional price")))
        case PromotionKind.FREE:
            buy, free = (read_whole(form, name, most=10 * MOST_OF_A_SET) for name in ("buy", "free"))
            return Terms.some_free(buy=buy, free=free)


def read_goods() -> ForGoods:
    """What the form says that it is for; what was typed for another choice is left alone."""
    form = request.form
    match form.get("goods"):
        case "product":
            return ForGoods(product=product_of(read_text(form, "product", limit=20, label=N_("One product"))))
        case "group":
            return ForGoods(group=read_text(form, "group", limit=20, label=N_("A group of goods")))
        case "producer":
            code = read_text(form, "producer", limit=20, label=N_("Goods of one producer"))
            return ForGoods(producer=producer_of(code))
    return ForGoods()


def state_of(promotion: Promotion) -> str:
    """Whether it runs today: a key of STATE_NAMES."""
    if promotion.end is not None:
        return "ended"
    today = selling_day()
    if promotion.last_day < today:
        return "over"
    return "running" if promotion.first_day <= today else "coming"


def said_terms(promotion: Promotion) -> str:
    """What it gives, in a few words."""
    if promotion.percent is not None:
        return gettext("%(percent)s off") % {"percent": percent(promotion.percent)}
    if promotion.price is not None:
        return gettext("%(price)s each") % {"price": promotion.price}
    return gettext("buy %(buy)s, get %(free)s free") % {"buy": promotion.buy, "free": promotion.free}


def said_goods(promotion: Promotion) -> str:
    """What it is for, in a few words."""
    if promotion.product is not None:
        return promotion.product.full_name
    if promotion.producer is not None:
        return gettext("goods of %(producer)s") % {"producer": promotion.producer.name}
    assert promotion.group_code is not None, "the database holds it"
    return f"{promotion.group_code} {product_group(promotion.group_code).name(current_language())}"


def given_by_promotion() -> dict[int, Money]:
    """What each promotion took off sales so far."""
    rows = (
        select(LineDiscount.promotion, func.sum(LineDiscount.amount))
        .where(LineDiscount.promotion.is_not(None))
        .group_by(LineDiscount.promotion)
    )
    return {number: amount for number, amount in db.session.execute(rows) if number is not None}


def _find(number: int) -> Promotion:
    promotion = db.session.get(Promotion, number)
    if promotion is None:
        raise NotFound
    return promotion
