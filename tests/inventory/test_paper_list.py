"""What ends and what is missing, told before the till refuses; judged by the till's own rule."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from core.clock import today
from core.database import db, transaction
from inventory.catalogue.basis import end_eligibility, grant_eligibility
from inventory.catalogue.certificate import certificates_of, last_day_of, withdraw_certificate
from inventory.catalogue.certificate_correction import strike_certificate
from inventory.catalogue.eligibility import papers_for
from inventory.catalogue.licence import add_licence
from inventory.catalogue.paper_list import PaperState, _read_book, paper_states
from inventory.catalogue.product import Product

DAY = timedelta(days=1)


def state_of(product: Product) -> PaperState:
    return paper_states([product], today())[0]


def ending_in(days: int) -> date:
    """The first day of a certificate whose last day is so many days from today."""
    wanted = today() + days * DAY
    return wanted.replace(year=wanted.year - 3)


def grant(shop, product, **days):
    with transaction():
        return grant_eligibility(product, basis_code="local_speciality", evidence="CV 1", by=shop.by,
                                 **{"first_day": date(2026, 1, 1), "last_day": None, **days})  # fmt: skip


def test_a_certificate_that_ends_soon_is_told_with_the_day_of_refusal(shop):
    honey = shop.product("Mật ong", certified=ending_in(20))

    state = state_of(honey)

    assert state.refused_from == today() + 21 * DAY
    assert (state.days_left, state.star_days_left, state.ends_in, state.stars) == (21, 21, 21, 4)
    assert "hết hạn" not in str(state.why)
    assert type(state.why).__name__ == "CertificateLapsed"


@pytest.mark.parametrize(("days", "told"), [(0, True), (89, True), (90, False), (400, False)])
def test_only_what_ends_within_ninety_days_is_told(shop, days, told):
    assert (state_of(shop.product("Mật ong", certified=ending_in(days))).refused_from is not None) is told


def test_what_is_missing_today_has_no_days_left(shop):
    state = state_of(shop.product("Mật ong", stars=None))

    assert (state.days_left, state.refused_from, state.stars) == (0, today(), None)


def test_goods_with_another_basis_lose_only_their_stars(shop):
    honey = shop.product("Mật ong", certified=ending_in(20))
    grant(shop, honey)

    state = state_of(honey)

    assert (state.refused_from, state.stars_until, state.ends_in) == (None, today() + 20 * DAY, 21)


def test_the_next_certificate_already_entered_leaves_nothing_to_tell(shop):
    honey = shop.product("Mật ong", certified=ending_in(20))
    shop.certify(honey, 3, today() + 20 * DAY)

    assert state_of(honey).ends_in is None


def test_a_gap_between_two_papers_is_told(shop):
    honey = shop.product("Mật ong", certified=ending_in(20))
    shop.certify(honey, 4, today() + 30 * DAY)

    assert state_of(honey).refused_from == today() + 21 * DAY


def test_a_withdrawal_and_an_end_to_come_count(shop):
    honey, tea = shop.product("Mật ong"), shop.product("Trà", stars=None)
    paper = certificates_of(honey)[0].certificate
    basis = grant(shop, tea)
    with transaction():
        withdraw_certificate(paper, from_day=today() + 7 * DAY, decision="QĐ 8", reason="x", by=shop.by)
        end_eligibility(basis, last_day=today() + 8 * DAY, reason="x", by=shop.by)

    assert [state.days_left for state in paper_states([honey, tea], today())] == [7, 9]


def test_liquor_ends_with_the_licence_of_the_shop(shop):
    liquor = shop.product("Rượu ngô", group="II.1.a")
    with transaction():
        add_licence(kind="liquor_retail", number="1", issuer="UBND", first_day=date(2026, 1, 1),
                    last_day=today() + 5 * DAY, by=shop.by)  # fmt: skip

    state = state_of(liquor)

    assert (state.days_left, state.star_days_left, type(state.why).__name__) == (6, None, "LicenceMissing")


def test_the_list_reads_papers_as_the_till_does(shop):
    chance = random.Random(4)
    goods = [
        shop.product(f"Hàng {n}", stars=None, group="II.1.a" if n % 5 == 0 else "I.2.b", price=None) for n in range(12)
    ]
    for product in goods:
        for _ in range(chance.randrange(3)):
            first = today() + chance.randrange(-1200, 60) * DAY
            paper = shop.certify(product, chance.randrange(2, 6), first, last_day=min(
                last_day_of(first), first + chance.randrange(30, 1000) * DAY))  # fmt: skip
            with transaction():
                if chance.random() < 0.2:
                    strike_certificate(paper, reason="x", by=shop.by)
                elif chance.random() < 0.3:
                    withdraw_certificate(paper, from_day=first + chance.randrange(900) * DAY, decision="x", reason="x",
                                         by=shop.by)  # fmt: skip
        if chance.random() < 0.6:
            first = today() + chance.randrange(-300, 40) * DAY
            grant(shop, product, first_day=first, last_day=first + chance.randrange(400) * DAY)
    with transaction():
        add_licence(kind="liquor_retail", number="1", issuer="UBND", first_day=date(2026, 1, 1),
                    last_day=today() + 30 * DAY, by=shop.by)  # fmt: skip
    book = _read_book()

    for days in range(0, 95, 5):
        day = today() + days * DAY
        read = papers_for(goods, day)
        for product in goods:
            listed = book.papers_on(product, day)
            assert listed.stars(product) == read.stars(product)
            assert str(listed.missing_paper(product)) == str(read.missing_paper(product))
            assert (listed.basis(product) or (0, 0)) == (read.basis(product) or (0, 0))


def test_many_products_are_read_with_as_few_queries_as_one(shop, counted):
    for n in range(10):
        shop.product(f"Hàng {n}")
    goods = list(db.session.scalars(select(Product)))
    with counted() as few:
        paper_states(goods[:1], today())
    with counted() as many:
        paper_states(goods, today())

    assert len(few) == len(many) == 3
