"""Stars are a dated paper."""

from datetime import UTC, date, datetime

import pytest

from core.clock import business_day, today
from core.database import transaction
from inventory.catalogue.certificate import (
    AlreadyWithdrawn,
    CertificateTooLong,
    DecisionMissing,
    WithdrawnBeforeIssue,
    WrongStars,
    certificates_of,
    last_day_of,
    stars_for,
    stars_on,
    withdraw_certificate,
)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2023, 3, 15), date(2026, 3, 15)),
        (date(2024, 2, 29), date(2027, 2, 28)),  # no such day three years on: the month's last day
        (date(2021, 2, 28), date(2024, 2, 28)),  # not the 29th: the same day of the month
        (date(2023, 12, 31), date(2026, 12, 31)),
        (date(2023, 11, 30), date(2026, 11, 30)),
    ],
)
def test_a_certificate_ends_36_calendar_months_later(first, last):
    assert last_day_of(first) == last


def test_both_the_first_and_the_last_day_belong_to_a_certificate(shop):
    honey = shop.product("Mật ong ngũ gia bì", stars=4, certified=date(2023, 3, 15))

    assert stars_on(honey, date(2023, 3, 14)) is None
    assert stars_on(honey, date(2023, 3, 15)) == 4
    assert stars_on(honey, date(2026, 3, 15)) == 4
    assert stars_on(honey, date(2026, 3, 16)) is None


def test_stars_end_at_midnight_in_viet_nam_not_in_utc(shop):
    honey = shop.product("Mật ong ngũ gia bì", stars=4, certified=date(2023, 11, 22))
    before, after = datetime(2026, 11, 22, 16, 59, tzinfo=UTC), datetime(2026, 11, 22, 17, 0, tzinfo=UTC)

    assert stars_on(honey, business_day(before)) == 4
    assert stars_on(honey, business_day(after)) is None


def test_one_and_two_stars_are_never_shown(shop):
    rice = shop.product("Gạo Nhật", stars=2)

    assert stars_on(rice, today()) is None


def test_a_new_rating_counts_from_its_day_and_the_older_one_never_comes_back(shop):
    brocade = shop.product("Thổ cẩm", group="IV.2", stars=4, certified=date(2024, 1, 10))
    lower = shop.certify(brocade, 3, date(2025, 6, 1))
    with transaction():
        withdraw_certificate(lower, from_day=date(2026, 1, 1), decision="QĐ 9", reason="không đạt", by=shop.by)

    assert stars_on(brocade, date(2025, 5, 31)) == 4
    assert stars_on(brocade, date(2025, 12, 31)) == 3
    assert stars_on(brocade, date(2026, 1, 1)) is None


def test_a_withdrawn_certificate_counts_until_the_day_before(shop):
    honey = shop.product("Mật ong", stars=5, certified=date(2025, 3, 15))
    certificate = certificates_of(honey)[0].certificate

    with transaction():
        withdraw_certificate(certificate, from_day=date(2026, 5, 1), decision="QĐ 8", reason="thu hồi", by=shop.by)

    assert stars_on(honey, date(2026, 4, 30)) == 5
    assert stars_on(honey, date(2026, 5, 1)) is None
    with pytest.raises(AlreadyWithdrawn), transaction():
        withdraw_certificate(certificate, from_day=date(2026, 6, 1), decision="", reason="", by=shop.by)


def test_a_withdrawal_before_the_issue_is_refused(shop):
    honey = shop.product("Mật ong", stars=5, certified=date(2025, 3, 15))
    certificate = certificates_of(honey)[0].certificate

    with pytest.raises(WithdrawnBeforeIssue), transaction():
        withdraw_certificate(certificate, from_day=date(2025, 3, 14), decision="QĐ 8", reason="", by=shop.by)


def test_the_stars_of_many_products_are_those_of_each(shop):
    names = [("A", 3, date(2023, 1, 1)), ("B", 4, date(2025, 1, 1)), ("C", None, date(2025, 1, 1))]
    goods = [shop.product(name, stars=stars, certified=day) for name, stars, day in names]

    found = stars_for([product.id for product in goods], today())

    assert found == {goods[1].id: 4}
    assert {product.id: stars_on(product, today()) for product in goods} == {goods[0].id: None, goods[1].id: 4,
                                                                            goods[2].id: None}  # fmt: skip


@pytest.mark.parametrize(
    ("paper", "trouble"),
    [
        ({"stars": 6}, WrongStars),
        ({"stars": 0}, WrongStars),
        ({"issuer": "  "}, DecisionMissing),
        ({"decision": "\u200b"}, DecisionMissing),
        ({"last_day": date(2028, 3, 16)}, CertificateTooLong),
        ({"last_day": date(2025, 3, 14)}, CertificateTooLong),
    ],
)
def test_what_no_certificate_can_say_is_refused(shop, paper, trouble):
    from inventory.catalogue.certificate import add_certificate

    honey = shop.product("Mật ong", stars=None)
    said = {"stars": 4, "number": "1", "decision": "QĐ 1", "decision_date": date(2025, 3, 15), "issuer": "UBND tỉnh"}

    with pytest.raises(trouble), transaction():
        add_certificate(honey, **{**said, **paper}, by=shop.by)
