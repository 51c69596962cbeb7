"""Agreements: made once for some days, changed from a day on only."""

from datetime import date, timedelta

import pytest

from core.clock import today
from core.database import transaction
from core.money import Money
from core.quantity import NONE, Quantity
from inventory.catalogue.producer import ProducerRetired
from inventory.consignment.agreed_terms import Clause, terms_for
from inventory.consignment.agreement import (
    AgreementEndsFirst,
    AgreementsOverlap,
    BatchMissing,
    DaysOutOfBounds,
    NoSuchAgreement,
    PaperUnnamed,
    PayoutNegative,
    TermsInThePast,
    TermsOutsideAgreement,
    agree_losses,
    agree_terms,
    agreement_in_force,
    agreement_of,
)
from inventory.consignment.agreement_table import SettlementRhythm
from inventory.consignment.loss_cause import Bearer, LossCause
from inventory.lot import Terms
from tests.inventory.consignment.agreeing import agree

YESTERDAY, TODAY, TOMORROW = date(2026, 11, 21), date(2026, 11, 22), date(2026, 11, 23)
YEAR_END = date(2026, 12, 31)


def test_an_agreement_holds_from_its_first_to_its_last_day(shop):
    made = agree(shop, first_day=TODAY, last_day=YEAR_END)

    held = {day: agreement_in_force(shop.producer(), day) for day in (YESTERDAY, TODAY, YEAR_END, date(2027, 1, 1))}

    assert held == {YESTERDAY: None, TODAY: made, YEAR_END: made, date(2027, 1, 1): None}


def test_agreements_are_numbered_without_gaps_also_over_a_failure(shop):
    agree(shop)
    with pytest.raises(PaperUnnamed):
        agree(shop, of="HTX Mẫu Sơn", paper=" ")

    assert agree(shop, of="HTX Mẫu Sơn").number == 2


@pytest.mark.parametrize(
    ("first_day", "last_day"),
    [(TODAY, None), (date(2026, 1, 1), TODAY), (date(2026, 1, 1), None), (YEAR_END, YEAR_END), (TOMORROW, YEAR_END)],
)
def test_a_producer_has_one_agreement_at_a_time(shop, first_day, last_day):
    agree(shop, first_day=TODAY, last_day=YEAR_END)

    with pytest.raises(AgreementsOverlap) as refused:
        agree(shop, paper="6/2026", first_day=first_day, last_day=last_day)

    assert "5/2026" in str(refused.value)


@pytest.mark.parametrize(("first_day", "last_day"), [(date(2026, 1, 1), YESTERDAY), (date(2027, 1, 1), None)])
def test_days_before_and_after_an_agreement_are_free(shop, first_day, last_day):
    agree(shop, first_day=TODAY, last_day=YEAR_END)

    assert agree(shop, paper="6/2026", first_day=first_day, last_day=last_day).number == 2


def test_producers_agree_each_for_themselves(shop):
    agree(shop)

    assert agreement_in_force(shop.producer("HTX Mẫu Sơn"), today()) is None
    assert agree(shop, of="HTX Mẫu Sơn").number == 2


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"paper": "\u200b"}, PaperUnnamed),
        ({"first_day": TODAY, "last_day": YESTERDAY}, AgreementEndsFirst),
        ({"grace_days": -1}, DaysOutOfBounds),
        ({"payment_days": 3651}, DaysOutOfBounds),
        ({"notice_days": -60}, DaysOutOfBounds),
        ({"minimum_payout": Money(-1)}, PayoutNegative),
        ({"rhythm": SettlementRhythm.BATCH}, BatchMissing),
        ({"rhythm": SettlementRhythm.BATCH, "batch_quantity": NONE}, BatchMissing),
    ],
)
def test_what_no_paper_says_is_refused(shop, more, refusal):
    with pytest.raises(refusal):
        agree(shop, **more)


def test_only_a_batch_has_a_quantity(shop):
    monthly = agree(shop, rhythm=SettlementRhythm.MONTH, batch_quantity=Quantity.of(50))
    batch = agree(shop, of="HTX Mẫu Sơn", rhythm=SettlementRhythm.BATCH, batch_quantity=Quantity.of(50))

    assert (monthly.batch_quantity, batch.batch_quantity) == (None, Quantity.of(50))


def test_nobody_agrees_with_a_producer_the_shop_has_left(shop):
    left = shop.producer()
    with transaction():
        left.retired_on = today()

    with pytest.raises(ProducerRetired):
        agree(shop)


def test_an_unknown_number_is_no_agreement(shop):
    with pytest.raises(NoSuchAgreement):
        agreement_of(7)


def test_new_terms_hold_from_their_day_on_and_not_before(shop):
    agreement, honey = agree(shop, first_day=date(2026, 1, 1)), shop.product("Mật ong")

    with transaction():
        agree_terms(agreement, [Clause(Terms.on_commission(2000))], first_day=TOMORROW, by=shop.by)

    rates = [terms_for(agreement, honey, day).commission for day in (YESTERDAY, TODAY, TOMORROW, YEAR_END)]
    assert rates == [1500, 1500, 2000, 2000]


@pytest.mark.parametrize(
    ("day", "refusal"),
    [(YESTERDAY, TermsInThePast), (date(2027, 1, 1), TermsOutsideAgreement)],
)
def test_terms_change_forward_and_within_the_agreement_only(shop, day, refusal):
    agreement = agree(shop, first_day=date(2026, 1, 1), last_day=YEAR_END)

    with pytest.raises(refusal), transaction():
        agree_terms(agreement, [Clause(Terms.on_commission(2000))], first_day=day, by=shop.by)
    with pytest.raises(refusal), transaction():
        agree_losses(agreement, {LossCause.THEFT: Bearer.PRODUCER}, first_day=day, by=shop.by)


def test_terms_before_an_agreement_begins_are_refused(shop):
    agreement = agree(shop, first_day=TODAY + timedelta(days=30))

    with pytest.raises(TermsOutsideAgreement), transaction():
        agree_terms(agreement, [Clause(Terms.on_commission(2000))], first_day=TOMORROW, by=shop.by)
