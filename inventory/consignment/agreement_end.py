"""How an agreement ends: notice by one side, the last day, and after days of grace a list of goods to fetch.

Unless both agree, it ends at the earliest so many days after a written notice, 60 by law (Luật Thương mại 2005,
Điều 177). What is sold after the last day is owed on the terms the goods came under.
"""

from datetime import date, timedelta

from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind
from core.journal.selling_day import selling_day
from core.staff import Staff
from core.text import clean
from inventory.consignment.agreement import AgreementEndsFirst
from inventory.consignment.agreement_body import end_body, notice_body
from inventory.consignment.agreement_table import Agreement, AgreementEnd, AgreementNotice, EndedBy
from inventory.consignment.loss_cause import Bearer


class EndReasonMissing(RuleBroken):
    """Both sides will ask why."""

    message = N_("Type why the agreement ends.")


class AgreementEnded(RuleBroken):
    """An agreement is ended once."""

    message = N_("Agreement %(paper)s was ended already, with %(day)s as its last day.")


class AgreementOver(RuleBroken):
    """It held until a past day, so there is nothing to end."""

    message = N_("Agreement %(paper)s ended on %(day)s.")


class NoticeToCome(RuleBroken):
    """A notice that nobody has given yet."""

    message = N_("%(day)s is still to come. Type the day on which the notice was handed over.")


class NoticeBeforeAgreement(RuleBroken):
    """Nobody ends what has not begun to exist."""

    message = N_("The agreement began on %(day)s. Type a day since then on which the notice was handed over.")


class EndInThePast(RuleBroken):
    """Goods came under it on days that are over."""

    message = N_("An agreement cannot end on %(day)s: that day is over. Choose today or a later day.")


class EndNotEarlier(RuleBroken):
    """It ends by itself before that."""

    message = N_("The agreement ends on %(day)s by itself. Choose an earlier day.")


class NoticeMissing(RuleBroken):
    """One side alone ends it after notice only."""

    message = N_(
        "There is no notice of this side. Record the notice first: the agreement ends at the earliest %(days)s days "
        "after it, unless both sides agree."
    )


class NoticeTooShort(RuleBroken):
    """The other side needs time to find another partner."""

    message = N_(
        "Notice was given on %(given_on)s, so the agreement ends on %(earliest)s at the earliest, unless both sides "
        "agree. Choose a later day."
    )


def give_notice(agreement: Agreement, *, side: Bearer, given_on: date, reason: str, by: Staff) -> AgreementNotice:
    """Record that one side handed the other its written notice, today or on a past day."""
    refuse_over(agreement)
    if given_on > selling_day():
        raise NoticeToCome(day=given_on)
    if given_on < agreement.first_day:
        raise NoticeBeforeAgreement(day=agreement.first_day)
    notice = AgreementNotice(
        agreement_number=agreement.number, given_on=given_on, given_by=side, reason=_reason(reason)
    )
    notice.record_seq = write_record(Kind.AGREEMENT, notice_body(notice), by=by).seq
    db.session.add(notice)
    db.session.flush()
    db.session.expire(agreement, ["notices"])
    return notice


def end_agreement(agreement: Agreement, *, side: EndedBy, last_day: date, reason: str, by: Staff) -> AgreementEnd:
    """Write down the last day of an agreement, today or later; one side alone only as long after its notice."""
    refuse_over(agreement)
    if last_day < selling_day():
        raise EndInThePast(day=last_day)
    if last_day < agreement.first_day:
        raise AgreementEndsFirst(first_day=agreement.first_day, last_day=last_day)
    if agreement.last_day is not None and last_day >= agreement.last_day:
        raise EndNotEarlier(day=agreement.last_day)
    check_notice(agreement, side, last_day)
    end = AgreementEnd(agreement_number=agreement.number, last_day=last_day, ended_by=side, reason=_reason(reason))
    end.record_seq = write_record(Kind.AGREEMENT, end_body(end), by=by).seq
    db.session.add(end)
    db.session.flush()
    db.session.expire(agreement, ["end"])
    return end


def check_notice(agreement: Agreement, side: EndedBy, last_day: date) -> None:
    """Refuse an end by one side without its notice, or too soon after it."""
    if side is EndedBy.BOTH:
        return
    notice = first_notice(agreement, Bearer(side.value))
    if notice is None:
        raise NoticeMissing(days=agreement.notice_days)
    earliest = earliest_end(agreement, notice)
    if last_day < earliest:
        raise NoticeTooShort(given_on=notice.given_on, earliest=earliest)


def first_notice(agreement: Agreement, side: Bearer) -> AgreementNotice | None:
    """The earliest notice that a side gave."""
    given = [notice for notice in agreement.notices if notice.given_by is side]
    return min(given, key=lambda notice: notice.given_on, default=None)


def earliest_end(agreement: Agreement, notice: AgreementNotice) -> date:
    """The first day that may be the last one after a notice."""
    return notice.given_on + timedelta(days=agreement.notice_days)


def refuse_over(agreement: Agreement) -> None:
    """Refuse an act on an agreement that is ended or over."""
    if agreement.end is not None:
        raise AgreementEnded(paper=agreement.paper, day=agreement.end.last_day)
    if agreement.last_day is not None and agreement.last_day < selling_day():
        raise AgreementOver(paper=agreement.paper, day=agreement.last_day)


def _reason(text: str) -> str:
    reason = clean(text, limit=300)
    if not reason:
        raise EndReasonMissing()
    return reason
