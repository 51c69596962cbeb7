"""Notice, end and grace: one side ends an agreement only so long after its notice, both together at once."""

from datetime import date, timedelta

import pytest

from core.clock import today
from core.database import transaction
from inventory.consignment.agreement import AgreementEndsFirst, agreement_in_force
from inventory.consignment.agreement_end import (
    AgreementEnded,
    AgreementOver,
    EndInThePast,
    EndNotEarlier,
    EndReasonMissing,
    NoticeBeforeAgreement,
    NoticeMissing,
    NoticeToCome,
    NoticeTooShort,
    end_agreement,
    give_notice,
)
from inventory.consignment.agreement_table import EndedBy
from inventory.consignment.loss_cause import Bearer
from tests.inventory.consignment.agreeing import agree

LONG_AGO, TODAY, YEAR_END = date(2026, 1, 1), date(2026, 11, 22), date(2026, 12, 31)
DAY = timedelta(days=1)


def notify(shop, agreement, *, given_on=TODAY, side=Bearer.SHOP, reason="bán chậm"):
    with transaction():
        return give_notice(agreement, side=side, given_on=given_on, reason=reason, by=shop.by)


def end(shop, agreement, last_day, *, side=EndedBy.BOTH, reason="hai bên đồng ý"):
    with transaction():
        return end_agreement(agreement, side=side, last_day=last_day, reason=reason, by=shop.by)


def test_both_sides_end_an_agreement_at_once(shop):
    agreement = agree(shop, first_day=LONG_AGO, grace_days=30)

    end(shop, agreement, TODAY)

    assert (agreement.ends_on, agreement.fetch_by) == (TODAY, TODAY + 30 * DAY)
    assert agreement_in_force(shop.producer(), TODAY) == agreement
    assert agreement_in_force(shop.producer(), TODAY + DAY) is None


def test_without_an_end_in_sight_nothing_is_to_be_fetched(shop):
    agreement = agree(shop)

    assert (agreement.ends_on, agreement.fetch_by) == (None, None)


@pytest.mark.parametrize(
    ("given_on", "last_day", "allowed"),
    [
        (TODAY, TODAY + 60 * DAY, True),
        (TODAY, TODAY + 59 * DAY, False),
        (TODAY - 60 * DAY, TODAY, True),
        (TODAY - 59 * DAY, TODAY, False),
    ],
)
def test_one_side_ends_it_60_days_after_its_notice(shop, given_on, last_day, allowed):
    agreement = agree(shop, first_day=LONG_AGO)
    notify(shop, agreement, given_on=given_on)

    if allowed:
        assert end(shop, agreement, last_day, side=EndedBy.SHOP).last_day == last_day
    else:
        with pytest.raises(NoticeTooShort):
            end(shop, agreement, last_day, side=EndedBy.SHOP)


def test_an_agreement_may_name_another_time_of_notice(shop):
    agreement = agree(shop, first_day=LONG_AGO, notice_days=7)
    notify(shop, agreement)

    assert end(shop, agreement, TODAY + 7 * DAY, side=EndedBy.SHOP).last_day == TODAY + 7 * DAY


def test_the_notice_of_one_side_does_not_serve_the_other(shop):
    agreement = agree(shop, first_day=LONG_AGO)
    notify(shop, agreement, side=Bearer.PRODUCER, given_on=LONG_AGO)

    with pytest.raises(NoticeMissing):
        end(shop, agreement, TODAY, side=EndedBy.SHOP)


def test_the_days_count_from_the_first_of_several_notices(shop):
    agreement = agree(shop, first_day=LONG_AGO)
    for given_on in (TODAY, TODAY - 60 * DAY):
        notify(shop, agreement, given_on=given_on)

    assert end(shop, agreement, TODAY, side=EndedBy.SHOP).ended_by is EndedBy.SHOP


@pytest.mark.parametrize(
    ("given_on", "reason", "refusal"),
    [
        (TODAY + DAY, "x", NoticeToCome),
        (LONG_AGO - DAY, "x", NoticeBeforeAgreement),
        (TODAY, " ", EndReasonMissing),
    ],
)
def test_a_notice_that_cannot_be_is_refused(shop, given_on, reason, refusal):
    agreement = agree(shop, first_day=LONG_AGO)

    with pytest.raises(refusal):
        notify(shop, agreement, given_on=given_on, reason=reason)


@pytest.mark.parametrize(
    ("last_day", "reason", "refusal"),
    [
        (TODAY - DAY, "x", EndInThePast),
        (YEAR_END, "x", EndNotEarlier),
        (TODAY, "", EndReasonMissing),
    ],
)
def test_an_end_that_cannot_be_is_refused(shop, last_day, reason, refusal):
    agreement = agree(shop, first_day=LONG_AGO, last_day=YEAR_END)

    with pytest.raises(refusal):
        end(shop, agreement, last_day, reason=reason)


def test_an_agreement_is_ended_once(shop):
    agreement = agree(shop, first_day=LONG_AGO)
    end(shop, agreement, TODAY)

    with pytest.raises(AgreementEnded):
        end(shop, agreement, TODAY + DAY)
    with pytest.raises(AgreementEnded):
        notify(shop, agreement)


def test_what_is_over_is_not_ended(shop):
    agreement = agree(shop, first_day=LONG_AGO, last_day=TODAY - DAY)

    with pytest.raises(AgreementOver):
        end(shop, agreement, TODAY)


def test_an_agreement_to_come_does_not_end_before_it_begins(shop):
    agreement = agree(shop, first_day=TODAY + 30 * DAY)

    with pytest.raises(AgreementEndsFirst):
        end(shop, agreement, TODAY)


def test_days_after_an_early_end_are_free_for_another_agreement(shop):
    agreement = agree(shop, first_day=LONG_AGO, last_day=YEAR_END)
    end(shop, agreement, today())

    assert agree(shop, paper="6/2026", first_day=TODAY + DAY).number == 2
