"""Consignment agreements (hợp đồng ký gửi, đại lý): made with a producer, changed from a day on, ended after notice.

The point sells in its own name for a commission or a margin (Luật Thương mại 2005, Điều 166, 171); the goods and the
money for them stay the producer's (170); the agreement is in writing (168) and ends at the earliest 60 days after one
side's written notice, unless both agree (177). What was agreed is never edited: new terms hold from a later day on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from core.attached_file import AttachedFile
from core.current_settings import current_settings
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind
from core.journal.selling_day import selling_day
from core.money import ZERO, Money
from core.quantity import NONE, Quantity
from core.skipped_number import Series, last_skipped
from core.staff import Staff
from core.text import clean
from inventory.catalogue.producer import Producer, refuse_retired
from inventory.consignment.agreed_loss import AgreedLoss, LossRules, bearer_of_loss
from inventory.consignment.agreed_terms import AgreedTerms, Clause, terms_for
from inventory.consignment.agreement_body import (
    attached_body,
    keep_word,
    losses_body,
    made_body,
    rows_of_clauses,
    terms_body,
    with_word,
)
from inventory.consignment.agreement_table import Agreement, ProducerTax, SettlementRhythm
from inventory.consignment.clause_check import check_clauses
from inventory.receiving.confirmation import Confirmation

__all__ = ["agreement_in_force", "agreement_of", "bearer_of_loss", "make_agreement", "terms_for"]

NOTICE_DAYS = 60
MOST_DAYS = 3650


class NoSuchAgreement(RuleBroken):
    """A number that no agreement has."""

    message = N_("There is no agreement %(number)s. Choose one from the list.")


class PaperUnnamed(RuleBroken):
    """An agreement is in writing, and the paper has a name."""

    message = N_("Type the number of the signed agreement, as it stands on the paper.")


class AgreementEndsFirst(RuleBroken):
    """Two days in the wrong order."""

    message = N_("An agreement from %(first_day)s cannot end on %(last_day)s. Check both days on the paper.")


class AgreementsOverlap(RuleBroken):
    """Two answers to the question what a producer gets."""

    message = N_(
        "Agreement %(paper)s with %(producer)s holds in these days already. End it first, or choose days after it."
    )


class DaysOutOfBounds(RuleBroken):
    """Not a number of days that people agree on."""

    message = N_("Days of grace, payment and notice are from 0 to %(most)s. Check the number.")


class PayoutNegative(RuleBroken):
    """Less than nothing."""

    message = N_("The smallest payout cannot be below 0 ₫. Type it again.")


class BatchMissing(RuleBroken):
    """A batch is settled when so much was sold."""

    message = N_("After how many goods sold is a batch settled? Type a quantity above 0.")


class TermsInThePast(RuleBroken):
    """What came or was sold on a past day came on the terms of that day."""

    message = N_("New terms cannot hold from %(day)s: that day is over. Choose today or a later day.")


class TermsOutsideAgreement(RuleBroken):
    """Terms hold while their agreement does."""

    message = N_("Agreement %(paper)s does not hold on %(day)s. Choose a day from %(first_day)s to %(last_day)s.")


@dataclass(frozen=True, slots=True)
class Conditions:
    """What an agreement says beside its terms; `paper` is the number of the signed contract."""

    paper: str
    first_day: date
    last_day: date | None = None
    grace_days: int = 30
    rhythm: SettlementRhythm = SettlementRhythm.MONTH
    batch_quantity: Quantity | None = None
    minimum_payout: Money = ZERO
    payment_days: int = 15
    notice_days: int = NOTICE_DAYS
    tax: ProducerTax = ProducerTax.HOUSEHOLD
    note: str = ""


def make_agreement(
    producer: Producer,
    conditions: Conditions,
    clauses: Sequence[Clause],
    *,
    losses: LossRules,
    by: Staff,
    confirmed: Confirmation | None = None,
    files: Sequence[AttachedFile] = (),
) -> Agreement:
    """Write down an agreement with its first terms and with who bears which loss.

    It may have begun on a past day: what came before it was entered stays on the terms that were typed then.
    """
    refuse_retired(producer)
    check_conditions(conditions)
    check_clauses(clauses)
    refuse_overlap(producer, conditions)
    agreement = new_agreement(producer, conditions)
    rows = rows_of_clauses(agreement, clauses, conditions.first_day)
    body = with_word(made_body(agreement, producer, rows, losses), confirmed, files)
    agreement.record_seq = write_record(Kind.AGREEMENT, body, by=by).seq
    write_rows(agreement, rows, losses, conditions.first_day, agreement.record_seq)
    keep_word(agreement.record_seq, confirmed, files)
    return agreement


def check_conditions(conditions: Conditions) -> None:
    """Refuse what no paper can say."""
    if not clean(conditions.paper, limit=60):
        raise PaperUnnamed()
    if conditions.last_day is not None and conditions.last_day < conditions.first_day:
        raise AgreementEndsFirst(first_day=conditions.first_day, last_day=conditions.last_day)
    for days in (conditions.grace_days, conditions.payment_days, conditions.notice_days):
        if not 0 <= days <= MOST_DAYS:
            raise DaysOutOfBounds(most=MOST_DAYS)
    if conditions.minimum_payout < ZERO:
        raise PayoutNegative()
    if conditions.rhythm is SettlementRhythm.BATCH and (conditions.batch_quantity or NONE) <= NONE:
        raise BatchMissing()


def refuse_overlap(producer: Producer, conditions: Conditions) -> None:
    """Refuse days in which another agreement with the producer holds; an earlier end frees the days after it."""
    for other in agreements_of(producer):
        begins_before_it_ends = other.ends_on is None or conditions.first_day <= other.ends_on
        ends_after_it_begins = conditions.last_day is None or conditions.last_day >= other.first_day
        if begins_before_it_ends and ends_after_it_begins:
            raise AgreementsOverlap(paper=other.paper, producer=producer.name)


def new_agreement(producer: Producer, conditions: Conditions) -> Agreement:
    """The agreement under its own number; a batch has a quantity, every other rhythm has none."""
    is_batch = conditions.rhythm is SettlementRhythm.BATCH
    return Agreement(
        number=next_agreement_number(),
        producer_id=producer.id,
        producer=producer,
        paper=clean(conditions.paper, limit=60),
        point=current_settings().shop.name,
        first_day=conditions.first_day,
        last_day=conditions.last_day,
        grace_days=conditions.grace_days,
        rhythm=conditions.rhythm,
        batch_quantity=conditions.batch_quantity if is_batch else None,
        minimum_payout=conditions.minimum_payout,
        payment_days=conditions.payment_days,
        notice_days=conditions.notice_days,
        tax=conditions.tax,
        note=clean(conditions.note, limit=300),
    )


def next_agreement_number() -> int:
    """One more than the last; gap-free but for a restore, because a failed one gives its number back."""
    last = db.session.scalar(select(func.max(Agreement.number))) or 0
    return max(last, last_skipped(Series.AGREEMENT)) + 1


def write_rows(
    agreement: Agreement, rows: Sequence[AgreedTerms], losses: LossRules, first_day: date, record_seq: int
) -> None:
    """Write an agreement's rows with the number of their record."""
    for row in rows:
        row.record_seq = record_seq
    db.session.add(agreement)
    db.session.flush()
    db.session.add_all(rows)
    db.session.add_all(
        AgreedLoss(
            record_seq=record_seq, cause=cause, agreement_number=agreement.number, first_day=first_day, bearer=bearer
        )
        for cause, bearer in losses.items()
    )
    db.session.flush()


def agree_terms(
    agreement: Agreement,
    clauses: Sequence[Clause],
    *,
    first_day: date,
    by: Staff,
    confirmed: Confirmation | None = None,
) -> list[AgreedTerms]:
    """Agree on new terms from today or a later day on; for the same goods they take the place of the older ones."""
    check_clauses(clauses)
    check_forward(agreement, first_day)
    rows = rows_of_clauses(agreement, clauses, first_day)
    record = write_record(Kind.AGREEMENT, with_word(terms_body(agreement, rows, first_day), confirmed), by=by)
    write_rows(agreement, rows, {}, first_day, record.seq)
    keep_word(record.seq, confirmed)
    return rows


def agree_losses(agreement: Agreement, losses: LossRules, *, first_day: date, by: Staff) -> None:
    """Agree anew on who bears losses, from today or a later day on."""
    check_forward(agreement, first_day)
    record = write_record(Kind.AGREEMENT, losses_body(agreement, losses, first_day), by=by)
    write_rows(agreement, [], losses, first_day, record.seq)


def attach_to_agreement(agreement: Agreement, files: Sequence[AttachedFile], *, by: Staff) -> None:
    """Keep scans of the signed paper with an agreement that was entered earlier."""
    if files:
        keep_word(write_record(Kind.AGREEMENT, attached_body(agreement, files), by=by).seq, None, files)


def check_forward(agreement: Agreement, first_day: date) -> None:
    """Terms change from today on at the earliest, and only while the agreement holds."""
    if first_day < selling_day():
        raise TermsInThePast(day=first_day)
    if not agreement.is_in_force(first_day):
        last_day = agreement.ends_on or first_day + timedelta(days=MOST_DAYS)
        raise TermsOutsideAgreement(
            paper=agreement.paper, day=first_day, first_day=agreement.first_day, last_day=last_day
        )


def agreement_in_force(producer: Producer, day: date) -> Agreement | None:
    """The agreement with a producer that holds on a day; None without one."""
    return next((one for one in agreements_of(producer) if one.is_in_force(day)), None)


def agreements_of(producer: Producer) -> list[Agreement]:
    """Every agreement there was, is or will be with a producer, the latest to begin first."""
    rows = select(Agreement).where(Agreement.producer_id == producer.id)
    return list(db.session.scalars(rows.order_by(Agreement.first_day.desc())))


def agreement_of(number: int) -> Agreement:
    """The agreement of a number, or the sentence that there is none."""
    agreement = db.session.get(Agreement, number)
    if agreement is None:
        raise NoSuchAgreement(number=number)
    return agreement
