"""A breach of personal data: two clocks from the minute it was noticed, and a journal without anybody's number."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.clock import now
from core.database import transaction
from core.journal.record import Kind
from pos.buyers.breach import (
    BreachClosed,
    BreachStep,
    NoticedTomorrow,
    PersonalDataInText,
    breaches,
    clocks_of,
    notice_breach,
    take_step,
)
from pos.replay import verify_shop
from tests.factories import records


def notice(shop, what="Mất điện thoại của quầy", ago=timedelta(hours=1)):
    with transaction():
        return notice_breach(noticed_at=now() - ago, what=what, by=shop.manager)


def test_both_clocks_run_from_the_minute_somebody_noticed(shop):
    breach = notice(shop)

    consumer, data = clocks_of(breach)

    assert (consumer.hours, consumer.minutes_left) == (24, 23 * 60)
    assert (data.hours, data.minutes_left) == (72, 71 * 60)


def test_telling_stops_a_clock_and_lateness_stays(shop):
    breach = notice(shop)
    shop.clock.move(timedelta(hours=25))
    with transaction():
        take_step(breach, BreachStep.TOLD_CONSUMER_BODY, note="Sở Công Thương, tiếp nhận 12", by=shop.manager)
    shop.clock.move(timedelta(hours=5))

    consumer, data = clocks_of(breach)

    assert consumer.minutes_left == -2 * 60
    assert data.minutes_left == (72 - 31) * 60


def test_a_closed_breach_takes_no_more(shop):
    breach = notice(shop)
    with transaction():
        take_step(breach, BreachStep.CLOSED, note="", by=shop.manager)

    with pytest.raises(BreachClosed), transaction():
        take_step(breach, BreachStep.NOTE, note="", by=shop.manager)


@pytest.mark.parametrize("what", ["Lộ số 0912345957", "Lộ số 0912 345 957", "Lộ 079.123.456.789"])
def test_no_number_of_a_person_gets_into_the_journal(shop, what):
    with pytest.raises(PersonalDataInText):
        notice(shop, what)

    assert records(Kind.BREACH) == []


def test_nothing_is_noticed_in_the_future(shop):
    with pytest.raises(NoticedTomorrow):
        notice(shop, ago=timedelta(hours=-1))


def test_a_breach_is_told_by_the_journal(shop):
    breach = notice(shop)
    with transaction():
        take_step(breach, BreachStep.CONTAINED, note="Đã khóa", by=shop.manager)

    assert [one.number for one in breaches()] == [1]
    assert verify_shop().clean
