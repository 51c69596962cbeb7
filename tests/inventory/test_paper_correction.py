"""What was entered wrongly is put right: prices to come taken back, papers corrected or struck out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.clock import today
from core.database import db, transaction
from core.journal.history import history_of
from core.journal.record import Kind
from core.journal.replay import compare
from core.money import Money
from inventory.catalogue.basis import end_eligibility, grant_eligibility
from inventory.catalogue.basis_correction import correct_eligibility, strike_eligibility
from inventory.catalogue.certificate import (
    CertificateTooLong,
    WithdrawnBeforeIssue,
    certificates_of,
    stars_on,
    withdraw_certificate,
)
from inventory.catalogue.certificate_correction import correct_certificate, strike_certificate
from inventory.catalogue.correction import NothingCorrected, PaperStruck, ReasonMissing
from inventory.catalogue.eligibility import basis_on
from inventory.catalogue.licence import add_licence, licences_on
from inventory.catalogue.licence_correction import correct_licence, strike_licence
from inventory.catalogue.price import price_on, prices_of, set_price, take_back_price
from inventory.catalogue.taken_back import AlreadyBegun, NothingToTakeBack
from inventory.catalogue.tax import set_tax_class, take_back_tax_class, tax_class_on
from inventory.replay import REPLAY

TOMORROW = timedelta(days=1)


def verified() -> bool:
    """Whether journal and tables agree on everything of goods."""
    found = [one for one in compare(REPLAY, db.session) if one.table != "journal_records"]
    db.session.rollback()
    return found == []


def test_a_future_price_is_taken_back_and_the_one_before_goes_on(shop):
    honey = shop.product("Mật ong", price=100_000)
    begin, later = today() + TOMORROW, today() + 2 * TOMORROW
    with transaction():
        set_price(honey, Money(200), from_day=later, by=shop.by)
        set_price(honey, Money(2_000), from_day=later, by=shop.by)
        take_back_price(honey, first_day=later, reason="thiếu số không", by=shop.by)
        set_price(honey, Money(110_000), from_day=begin, by=shop.by)

    assert [price_on(honey, day).dong for day in (today(), begin, later)] == [100_000, 110_000, 110_000]
    assert [price.amount.dong for price in prices_of(honey)] == [110_000, 100_000]
    with transaction():
        set_price(honey, Money(120_000), from_day=later, by=shop.by)
    assert price_on(honey, later) == Money(120_000)
    assert verified()


def test_what_has_begun_is_never_taken_back(shop):
    honey = shop.product("Mật ong")
    with transaction():
        set_price(honey, Money(120_000), from_day=today(), by=shop.by)

    with pytest.raises(AlreadyBegun), transaction():
        take_back_price(honey, first_day=today(), reason="x", by=shop.by)
    with pytest.raises(NothingToTakeBack), transaction():
        take_back_price(honey, first_day=today() + TOMORROW, reason="x", by=shop.by)


def test_a_future_tax_class_is_taken_back_too(shop):
    honey, later = shop.product("Mật ong"), today() + TOMORROW
    with transaction():
        set_tax_class(honey, "exempt", from_day=later, by=shop.by)
        take_back_tax_class(honey, first_day=later, reason="nhầm", by=shop.by)
    with pytest.raises(NothingToTakeBack), transaction():
        take_back_tax_class(honey, first_day=later, reason="nhầm", by=shop.by)

    assert tax_class_on(honey, later) == "farm"
    assert verified()


def test_a_mistyped_certificate_is_corrected_and_the_history_keeps_what_stood_there(shop):
    honey = shop.product("Mật ong", stars=5)
    paper = certificates_of(honey)[0].certificate
    with transaction():
        correct_certificate(paper, honey, stars=4, decision=" QĐ 99 ", reason="gõ nhầm sao", by=shop.by)

    newest = history_of(Kind.CERTIFICATE, uid=paper.uid)[0]

    assert stars_on(honey, today()) == 4
    assert (newest.act, newest.before) == ("corrected", {"stars": 5, "decision": "QĐ 1"})
    assert newest.after == {"stars": 4, "decision": "QĐ 99", "reason": "gõ nhầm sao"}
    assert verified()


def test_a_correction_of_a_certificate_keeps_to_its_rules(shop):
    honey = shop.product("Mật ong")
    paper = certificates_of(honey)[0].certificate
    with transaction():
        withdraw_certificate(paper, from_day=date(2026, 1, 1), decision="QĐ 8", reason="không đạt", by=shop.by)
    for trouble, change in (
        (CertificateTooLong, {"last_day": date(2030, 1, 1)}),
        (WithdrawnBeforeIssue, {"first_day": date(2026, 2, 1), "last_day": date(2028, 2, 1)}),
        (ReasonMissing, {"stars": 3, "reason": " "}),
        (NothingCorrected, {"stars": 4}),
    ):
        with pytest.raises(trouble), transaction():
            correct_certificate(paper, honey, **{"reason": "x", **change}, by=shop.by)
    assert verified()


def test_a_certificate_entered_for_the_wrong_product_never_counted(shop):
    honey = shop.product("Mật ong", stars=3, certified=date(2025, 1, 1))
    wrong = shop.certify(honey, 5, date(2026, 1, 1))
    with transaction():
        strike_certificate(wrong, reason="của sản phẩm khác", by=shop.by)
    with pytest.raises(PaperStruck), transaction():
        correct_certificate(wrong, honey, stars=4, reason="x", by=shop.by)
    with pytest.raises(PaperStruck), transaction():
        withdraw_certificate(wrong, from_day=today(), decision="QĐ 8", reason="x", by=shop.by)

    assert stars_on(honey, today()) == 3
    assert len(certificates_of(honey)) == 1
    assert verified()


def test_other_bases_and_licences_are_corrected_and_struck_out_likewise(shop):
    tea = shop.product("Trà", stars=None)
    with transaction():
        basis = grant_eligibility(tea, basis_code="local_speciality", evidence="CV 1", first_day=date(2026, 1, 1),
                                  last_day=None, by=shop.by)  # fmt: skip
        licence = add_licence(kind="liquor_retail", number="1", issuer="UBND", first_day=today(), last_day=None,
                              by=shop.by)  # fmt: skip
        correct_eligibility(basis, tea, evidence="CV 11", last_day=date(2027, 1, 1), reason="thiếu số", by=shop.by)
        correct_licence(licence, number="01/GP", last_day=date(2030, 1, 1), reason="gõ nhầm", by=shop.by)
    assert basis_on(tea, today()).last_day == date(2027, 1, 1)
    assert licences_on(today())[0].number == "01/GP"
    assert verified()
    with transaction():
        strike_eligibility(basis, reason="nhầm", by=shop.by)
        strike_licence(licence, reason="nhầm", by=shop.by)
    with pytest.raises(PaperStruck), transaction():
        end_eligibility(basis, last_day=date(2026, 12, 1), reason="x", by=shop.by)

    assert basis_on(tea, today()) is None
    assert licences_on(today()) == []
    assert verified()
