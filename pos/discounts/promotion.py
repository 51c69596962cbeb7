"""Promotions (chương trình khuyến mãi): entered by a manager for days to come, ended, or taken back before they begin.

The past does not change: no promotion begins before today, and one that has begun is not taken back but ended. From
that moment on it gives nothing more; what was sold with it stays as it was sold.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from config.reference.groups import all_groups
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind
from core.journal.selling_day import selling_day
from core.money import ZERO, Money
from core.staff import Staff
from core.text import clean
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from pos.correction import ReasonMissing
from pos.discounts.promotion_table import Promotion, PromotionEnd, PromotionKind
from pos.pricing import WHOLE

LONGEST_NAME = 60  # it stands on the receipt
MOST_OF_A_SET = 100


class PromotionWithoutName(RuleBroken):
    """The receipt says which promotion it was."""

    message = N_("Type a name for the promotion; it stands on the receipt.")


class PromotionPercent(RuleBroken):
    """Nothing, or more than everything."""

    message = N_("A promotion takes off more than 0 and at most 100 percent. Type it again.")


class PromotionPrice(RuleBroken):
    """Nothing is sold for nothing."""

    message = N_("A promotional price is more than 0 ₫. Type it again.")


class PromotionSet(RuleBroken):
    """Buy n, get m free."""

    message = N_("Type how many are to be bought and how many of them come free: whole numbers from 1 to 100.")


class PromotionForNothing(RuleBroken):
    """A promotion is for one product, one group or one producer's goods."""

    message = N_("Choose what the promotion is for: one product, one group, or the goods of one producer.")


class PromotionInThePast(RuleBroken):
    """What was sold on a past day was sold as it was."""

    message = N_("A promotion cannot begin on %(day)s: that day is over. Choose today or a later day.")


class PromotionEndsBeforeItBegins(RuleBroken):
    """The last day lies before the first."""

    message = N_("The last day lies before the first day. Type the days again.")


class PromotionOver(RuleBroken):
    """It gives nothing any more, so there is nothing to end."""

    message = N_("The promotion “%(name)s” is over already.")


@dataclass(frozen=True, slots=True)
class Terms:
    """What a promotion gives: a percent in hundredths (1500 is 15 %), a price, or `free` with every `buy` of one."""

    kind: PromotionKind
    percent: int | None = None
    price: Money | None = None
    buy: int | None = None
    free: int | None = None

    @classmethod
    def percent_off(cls, hundredths: int) -> "Terms":
        """So many hundredths of a percent off."""
        if not 0 < hundredths <= WHOLE:
            raise PromotionPercent()
        return cls(PromotionKind.PERCENT, percent=hundredths)

    @classmethod
    def at_price(cls, price: Money) -> "Terms":
        """One unit for so much, where that is less than the shop's price."""
        if price <= ZERO:
            raise PromotionPrice()
        return cls(PromotionKind.PRICE, price=price)

    @classmethod
    def some_free(cls, *, buy: int, free: int) -> "Terms":
        """Buy n, get m free: of every n + m of one product, m cost nothing."""
        if not (1 <= buy <= MOST_OF_A_SET and 1 <= free <= MOST_OF_A_SET):
            raise PromotionSet()
        return cls(PromotionKind.FREE, buy=buy, free=free)


@dataclass(frozen=True, slots=True)
class ForGoods:
    """What a promotion is for: exactly one of them."""

    product: Product | None = None
    group: str | None = None
    producer: Producer | None = None


def enter_promotion(
    name: str, terms: Terms, goods: ForGoods, *, first_day: date, last_day: date, by: Staff
) -> Promotion:
    """Let a promotion run from a first to a last day, today or later."""
    name = clean(name, limit=LONGEST_NAME)
    if not name:
        raise PromotionWithoutName()
    if [goods.product, goods.group, goods.producer].count(None) != 2:
        raise PromotionForNothing()
    if first_day < selling_day():
        raise PromotionInThePast(day=first_day)
    if last_day < first_day:
        raise PromotionEndsBeforeItBegins()
    promotion = Promotion(
        number=(db.session.scalar(select(func.max(Promotion.number))) or 0) + 1,
        name=name,
        kind=terms.kind,
        percent=terms.percent,
        price=terms.price,
        buy=terms.buy,
        free=terms.free,
        product_id=goods.product.id if goods.product else None,
        group_code=_known_group(goods.group),
        producer_id=goods.producer.id if goods.producer else None,
        first_day=first_day,
        last_day=last_day,
    )
    promotion.record_seq = write_record(Kind.PROMOTION, promotion_body(promotion, goods), by=by).seq
    db.session.add(promotion)
    db.session.flush()
    return promotion


def _known_group(code: str | None) -> str | None:
    """A group, set or sub-set of the coding; what is for a whole group counts for all that stands below it."""
    if code is not None and not any(group.code == code and group.goods for group in all_groups()):
        raise PromotionForNothing()
    return code


def promotion_body(promotion: Promotion, goods: ForGoods) -> dict[str, Any]:
    """The promotion as the journal keeps it (docs/journal.md, PROMOTION)."""
    return {
        "act": "entered",
        "no": promotion.number,
        "name": promotion.name,
        "kind": promotion.kind.value,
        "percent": promotion.percent,
        "price": promotion.price.dong if promotion.price is not None else None,
        "buy": promotion.buy,
        "free": promotion.free,
        "sku": goods.product.sku if goods.product else None,
        "group": promotion.group_code,
        "producer": goods.producer.code if goods.producer else None,
        "from": promotion.first_day.isoformat(),
        "to": promotion.last_day.isoformat(),
    }


def end_promotion(promotion: Promotion, *, reason: str, by: Staff) -> PromotionEnd:
    """End a promotion at once; one that is still to come is taken back, and never runs."""
    reason = clean(reason, limit=200)
    if not reason:
        raise ReasonMissing()
    if promotion.end is not None or promotion.last_day < selling_day():
        raise PromotionOver(name=promotion.name)
    record = write_record(Kind.PROMOTION, {"act": "ended", "no": promotion.number, "reason": reason}, by=by)
    end = PromotionEnd(
        promotion_number=promotion.number,
        ended_at=record.ts,
        staff_id=by.id,
        reason=reason,
        record_seq=record.seq,
    )
    db.session.add(end)
    db.session.flush()
    db.session.expire(promotion, ["end"])
    return end


def all_promotions() -> list[Promotion]:
    """Every promotion there ever was, the newest first."""
    return list(db.session.scalars(select(Promotion).order_by(Promotion.first_day.desc(), Promotion.number.desc())))
