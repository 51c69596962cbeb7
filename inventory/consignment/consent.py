"""Consents (chủ thể đồng ý giảm giá): a producer lets his goods be sold below what was agreed, for some days.

What they are sold for and who pays for it is his to say (Luật Thương mại 2005, Điều 170, 171). While a consent holds
the till divides each discount on these lots by its split, down to its price and no further; afterwards, and for all
other lots, the agreement counts again. The past does not change: a consent begins today at the earliest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from core.attached_file import AttachedFile
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind, uuid7
from core.journal.selling_day import selling_day
from core.money import ZERO, Money
from core.staff import Staff
from core.text import clean
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product, need_goods
from inventory.consignment.agreed_terms import WHOLE
from inventory.consignment.agreement_body import keep_word, with_word
from inventory.consignment.consent_table import MarkdownConsent, MarkdownConsentEnd
from inventory.lot import Lot
from inventory.receiving.confirmation import Confirmation


class ConsentReasonMissing(RuleBroken):
    """The producer asks for it on his statement."""

    message = N_("Type why the goods are marked down.")


class ConsentInThePast(RuleBroken):
    """What was sold on a past day was sold as it was."""

    message = N_("A consent cannot begin on %(day)s: that day is over. Choose today or a later day.")


class ConsentEndsFirst(RuleBroken):
    """Two days in the wrong order."""

    message = N_("A consent from %(first_day)s cannot end on %(last_day)s. Type the days again.")


class ConsentPrice(RuleBroken):
    """A price of nothing."""

    message = N_("The price that the producer agrees to is more than 0 ₫. Type it again.")


class ConsentShare(RuleBroken):
    """Less than nothing or more than all of it."""

    message = N_("The producer bears from 0 to 100 percent of what is taken off. Type it again.")


class NotTheirLot(RuleBroken):
    """Nobody agrees for another, and the point needs no consent for its own goods."""

    message = N_("Lot %(lot)s is not a lot of %(product)s on consignment from %(producer)s. Choose another lot.")


class NothingOfTheirs(RuleBroken):
    """A consent about goods that the producer never left here."""

    message = N_("%(producer)s has left no %(product)s here on consignment, so there is nothing to agree to.")


class ConsentOver(RuleBroken):
    """It allows nothing any more, so there is nothing to end."""

    message = N_("This consent is over already.")


@dataclass(frozen=True, slots=True)
class Markdown:
    """What a producer agrees to: down to a price, from a first to a last day, bearing so much of what is taken off."""

    price: Money
    share: int
    first_day: date
    last_day: date
    reason: str


def give_consent(
    producer: Producer,
    product: Product,
    markdown: Markdown,
    *,
    by: Staff,
    lot: Lot | None = None,
    confirmed: Confirmation | None = None,
    files: Sequence[AttachedFile] = (),
) -> MarkdownConsent:
    """Write down that a producer agrees to a markdown of a product of his, or of one lot of it."""
    check_markdown(markdown)
    check_goods(producer, product, lot)
    consent = MarkdownConsent(
        uid=uuid7(),
        producer_id=producer.id,
        product_id=product.id,
        lot_id=lot.id if lot is not None else None,
        price=markdown.price,
        share=markdown.share,
        first_day=markdown.first_day,
        last_day=markdown.last_day,
        reason=clean(markdown.reason, limit=200),
    )
    body = with_word(consent_body(consent, producer, product, lot), confirmed, files)
    consent.record_seq = write_record(Kind.MARKDOWN_CONSENT, body, by=by).seq
    db.session.add(consent)
    db.session.flush()
    keep_word(consent.record_seq, confirmed, files)
    return consent


def check_markdown(markdown: Markdown) -> None:
    """Refuse what cannot be agreed to."""
    if not clean(markdown.reason, limit=200):
        raise ConsentReasonMissing()
    if markdown.first_day < selling_day():
        raise ConsentInThePast(day=markdown.first_day)
    if markdown.last_day < markdown.first_day:
        raise ConsentEndsFirst(first_day=markdown.first_day, last_day=markdown.last_day)
    if markdown.price <= ZERO:
        raise ConsentPrice()
    if not 0 <= markdown.share <= WHOLE:
        raise ConsentShare()


def check_goods(producer: Producer, product: Product, lot: Lot | None) -> None:
    """Refuse goods that are not this producer's to agree about."""
    need_goods(product)
    if lot is not None:
        if (lot.owner_id, lot.product_id) != (producer.id, product.id):
            raise NotTheirLot(lot=lot.number, product=product.name, producer=producer.name)
        return
    theirs = select(Lot.id).where(Lot.owner_id == producer.id, Lot.product_id == product.id).limit(1)
    if db.session.scalar(theirs) is None:
        raise NothingOfTheirs(producer=producer.name, product=product.name)


def consent_body(consent: MarkdownConsent, producer: Producer, product: Product, lot: Lot | None) -> dict[str, Any]:
    """A consent as the journal keeps it (docs/journal.md, MARKDOWN_CONSENT)."""
    return {
        "act": "given",
        "uid": consent.uid,
        "producer": producer.code,
        "sku": product.sku,
        "lot": lot.number if lot is not None else None,
        "price": consent.price.dong,
        "share": consent.share,
        "from": consent.first_day.isoformat(),
        "until": consent.last_day.isoformat(),
        "reason": consent.reason,
    }


def end_consent(consent: MarkdownConsent, *, reason: str, by: Staff) -> MarkdownConsentEnd:
    """End a consent at once: the producer took it back, or it was entered by mistake."""
    reason = clean(reason, limit=200)
    if not reason:
        raise ConsentReasonMissing()
    if consent.end is not None or consent.last_day < selling_day():
        raise ConsentOver()
    record = write_record(Kind.MARKDOWN_CONSENT, {"act": "ended", "uid": consent.uid, "reason": reason}, by=by)
    end = MarkdownConsentEnd(consent_id=consent.id, ended_at=record.ts, reason=reason, record_seq=record.seq)
    db.session.add(end)
    db.session.flush()
    db.session.expire(consent, ["end"])
    return end


def consents_of(producer: Producer) -> list[MarkdownConsent]:
    """Every consent that a producer gave, the newest first."""
    return list(
        db.session.scalars(
            select(MarkdownConsent)
            .where(MarkdownConsent.producer_id == producer.id)
            .order_by(MarkdownConsent.id.desc())
        )
    )
