"""Raise a claim for lost goods of a producer, take it back, and say what all of them come to.

Who keeps the goods answers for them unless the agreement says otherwise (Luật Thương mại 2005, Điều 173, 174). The
owner is then owed what a sale at the price of that day would have brought him, by the terms frozen on the lot.
Amounts here are no part of what sales owe (`owed_to`): a statement shows both.
"""

from datetime import date
from fractions import Fraction

from sqlalchemy import func, select

from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.money import ZERO, Money
from core.quantity import NONE, Quantity
from inventory.catalogue.price import price_on
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from inventory.consignment.agreed_loss import bearer_of_loss
from inventory.consignment.claim_table import Claim, ClaimReversal
from inventory.consignment.loss_cause import Bearer, ClaimCause, LossCause
from inventory.lot import Lot, TermsKind

_AGREED = {cause.value for cause in LossCause}


class ClaimNeedsPrice(RuleBroken):
    """Consigned on commission, and nobody ever said what it costs: nobody can say what the producer is owed."""

    message = N_("%(product)s has no price yet, so nobody can say what its producer is owed for what is missing. "
                 "Set its price first.")  # fmt: skip


class MoreThanClaimed(RuleBroken):
    """More of a claim is taken back than is left of it."""

    message = N_("Only %(left)s of %(product)s are still claimed. Take back at most that much.")


def raise_claim(
    lot: Lot, quantity: Quantity, cause: LossCause | ClaimCause, *, record_seq: int, line: int, day: date
) -> Claim | None:
    """Write what is claimed for so much of a lot, inside the transaction that loses it; None for the point's own goods.

    The record's line carries `claim.as_body()`, so the rows are written first (`core.journal.chain.next_seq`).
    """
    assert quantity > NONE, f"a claim of {quantity}"
    if lot.owner_id is None:
        return None
    cause = ClaimCause(cause.value)
    bearer = who_bears(lot, cause, day)
    amount, due = value_lost(lot, quantity, day)
    claim = Claim(
        owner_id=lot.owner_id, lot_id=lot.id, lot=lot, day=day, quantity=quantity, cause=cause, bearer=bearer,
        amount=amount, due=due if bearer is Bearer.SHOP else ZERO, record_seq=record_seq, line=line,
    )  # fmt: skip
    db.session.add(claim)
    db.session.flush()
    return claim


def who_bears(lot: Lot, cause: ClaimCause, day: date) -> Bearer:
    """By the agreement where it names the cause; faulty goods are the producer's matter, everything else the shop's."""
    if cause.value in _AGREED:
        return bearer_of_loss(lot, LossCause(cause.value), day)
    return Bearer.PRODUCER if cause is ClaimCause.RECALL else Bearer.SHOP


def value_lost(lot: Lot, quantity: Quantity, day: date) -> tuple[Money, Money]:
    """What customers would have paid for it on that day, and what of it the owner would have had."""
    price = price_on(lot.product, day)
    if price is None and lot.terms is TermsKind.COMMISSION:
        raise ClaimNeedsPrice(product=lot.product.name)
    amount = price.times(quantity) if price is not None else lot.due(ZERO, quantity)
    return amount, lot.due(amount, quantity)


def claim_of(record_seq: int, line: int) -> Claim | None:
    """The claim that a line of a record raised; None where it lost nothing of a producer."""
    return db.session.scalar(select(Claim).where(Claim.record_seq == record_seq, Claim.line == line))


def left_of(claim: Claim) -> Quantity:
    """How much of a claim has not been taken back."""
    back = db.session.scalar(select(func.sum(ClaimReversal.quantity)).where(ClaimReversal.claim_id == claim.id))
    return claim.quantity - (back or NONE)


def reverse_claim(claim: Claim, quantity: Quantity, *, record_seq: int, line: int, day: date) -> ClaimReversal:
    """Take so much of a claim back, inside the transaction that brings the goods back into the book.

    As with goods brought back, each reversal is reckoned from the whole claim: any order of parts adds up to it.
    """
    left = left_of(claim)
    if not NONE < quantity <= left:
        raise MoreThanClaimed(left=left, product=claim.lot.product.name)
    part = Fraction((claim.quantity - left + quantity).thousandths, claim.quantity.thousandths)
    amount, due = db.session.execute(
        select(func.sum(ClaimReversal.amount), func.sum(ClaimReversal.due)).where(ClaimReversal.claim_id == claim.id)
    ).one()
    reversal = ClaimReversal(
        claim_id=claim.id, claim=claim, day=day, quantity=quantity, amount=claim.amount.share(part) - (amount or ZERO),
        due=claim.due.share(part) - (due or ZERO), record_seq=record_seq, line=line,
    )  # fmt: skip
    db.session.add(reversal)
    db.session.flush()
    return reversal


def take_back_for_surplus(
    product: Product, owner_id: int, quantity: Quantity, *, record_seq: int, line: int, day: date
) -> list[ClaimReversal]:
    """Goods of an owner that a count found after all: what earlier counts claimed for them, the newest first.

    More than was ever claimed is simply his, and on the shelf again.
    """
    claims = db.session.scalars(
        select(Claim)
        .join(Lot, Lot.id == Claim.lot_id)
        .where(Lot.product_id == product.id, Claim.owner_id == owner_id, Claim.cause == ClaimCause.COUNT)
        .order_by(Claim.record_seq.desc(), Claim.line.desc())
    )
    taken: list[ClaimReversal] = []
    for claim in claims:
        part = min(quantity, left_of(claim))
        if part > NONE:
            taken.append(reverse_claim(claim, part, record_seq=record_seq, line=line, day=day))
            quantity -= part
    return taken


def claimed_by(producer: Producer) -> Money:
    """What the shop owes a producer for lost goods so far, less what was taken back; paid or not."""
    due = db.session.scalar(select(func.sum(Claim.due)).where(Claim.owner_id == producer.id)) or ZERO
    back = db.session.scalar(
        select(func.sum(ClaimReversal.due))
        .join(Claim, Claim.id == ClaimReversal.claim_id)
        .where(Claim.owner_id == producer.id)
    )
    return due - (back or ZERO)
