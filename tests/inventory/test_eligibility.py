"""What may be sold today, and which paper is missing."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.clock import today
from core.database import transaction
from core.i18n import translator
from core.money import Money
from inventory.catalogue.basis import (
    AlreadyEnded,
    BasisEndsFirst,
    EvidenceMissing,
    LastDayMissing,
    NoSuchBasis,
)
from inventory.catalogue.certificate import certificates_of, withdraw_certificate
from inventory.catalogue.eligibility import (
    ArrivedPastItsDay,
    BasisEnded,
    CertificateGone,
    CertificateLapsed,
    LicenceMissing,
    NotEligible,
    PastItsDay,
    Recalled,
    TooFewStars,
    basis_on,
    check_receivable,
    check_sellable,
    eligible_on,
    end_eligibility,
    grant_eligibility,
    papers_for,
)
from inventory.catalogue.licence import LicenceEndsFirst, LicencePaperMissing, NoSuchLicence, add_licence
from inventory.catalogue.product import ProductRetired, retire_product
from inventory.catalogue.recall import AlreadyLifted, LiftedBeforeRecall, RecallReasonMissing, lift_recall, recall

LAPSED = date(2022, 5, 1)


def grant(shop, product, basis="local_speciality", *, first=date(2026, 1, 1), last=None):
    with transaction():
        return grant_eligibility(
            product, basis_code=basis, evidence="CV 12/UBND", first_day=first, last_day=last, by=shop.by
        )


def trouble(product, day=None, lot=None):
    return papers_for([product], day or today()).trouble(product, lot)


def test_three_stars_in_force_are_a_basis(shop):
    honey = shop.product("Mật ong", stars=3)

    assert eligible_on(honey, today()).code == "ocop"
    assert trouble(honey) is None


@pytest.mark.parametrize(
    ("stars", "certified", "missing"),
    [(None, LAPSED, NotEligible), (4, LAPSED, CertificateLapsed), (2, date(2025, 1, 1), TooFewStars)],
)
def test_without_a_basis_the_sentence_says_what_is_missing(shop, stars, certified, missing):
    honey = shop.product("Mật ong", stars=stars, certified=certified)

    with pytest.raises(missing) as refused:
        check_sellable(honey, None, today())

    assert type(refused.value) is missing
    assert "quản lý" in refused.value.sentence(translator("vi")).lower()


def test_a_withdrawn_certificate_is_no_basis_from_its_day(shop):
    honey = shop.product("Mật ong", stars=4)
    with transaction():
        paper = certificates_of(honey)[0].certificate
        withdraw_certificate(paper, from_day=today(), decision="QĐ 9", reason="không đạt", by=shop.by)

    assert isinstance(trouble(honey), CertificateGone)
    assert trouble(honey, today() - timedelta(days=1)) is None


def test_another_basis_carries_a_product_whose_certificate_has_lapsed(shop):
    honey = shop.product("Mật ong", stars=4, certified=LAPSED)
    grant(shop, honey, "key_product", last=date(2026, 11, 22))

    assert basis_on(honey, today()).basis.code == "key_product"
    assert papers_for([honey], today()).stars(honey) is None
    assert isinstance(trouble(honey, date(2026, 11, 23)), CertificateLapsed)
    assert trouble(honey, date(2025, 12, 31)) is not None


def test_an_ended_basis_is_named_with_who_gives_a_new_paper(shop):
    tea = shop.product("Trà Ô Long", stars=None)
    paper = grant(shop, tea, "rural_industry", last=date(2027, 1, 1))
    with transaction():
        end_eligibility(paper, last_day=date(2026, 11, 21), reason="thu hồi giấy", by=shop.by)

    found = trouble(tea)

    assert isinstance(found, BasisEnded)
    assert "Bộ Công Thương" in found.sentence(translator("vi"))
    assert trouble(tea, date(2026, 11, 21)) is None
    with pytest.raises(AlreadyEnded), transaction():
        end_eligibility(paper, last_day=date(2026, 11, 25), reason="", by=shop.by)


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"basis_code": "nothing"}, NoSuchBasis),
        ({"basis_code": "ocop"}, NoSuchBasis),  # stars come from a certificate only
        ({"evidence": " "}, EvidenceMissing),
        ({"basis_code": "key_product"}, LastDayMissing),
        ({"last_day": date(2025, 12, 31)}, BasisEndsFirst),
    ],
)
def test_a_basis_without_its_paper_is_refused(shop, change, missing):
    honey = shop.product("Mật ong", stars=None)
    said = {"basis_code": "local_speciality", "evidence": "CV 1", "first_day": date(2026, 1, 1), "last_day": None}

    with pytest.raises(missing), transaction():
        grant_eligibility(honey, **{**said, **change}, by=shop.by)


def licence(shop, product=None, *, last=None):
    with transaction():
        add_licence(
            kind="liquor_retail", number="GP 7", issuer="UBND xã", first_day=date(2026, 1, 1), last_day=last,
            product=product, by=shop.by,
        )  # fmt: skip


def test_liquor_needs_a_licence_of_the_shop_or_of_the_product(shop):
    spirit, other = (shop.product(name, group="II.1.a", stars=4) for name in ("Rượu men lá", "Rượu ngô"))

    assert isinstance(trouble(spirit), LicenceMissing)
    assert trouble(shop.product("Mật ong")) is None
    licence(shop, spirit)
    assert trouble(spirit) is None
    assert isinstance(trouble(other), LicenceMissing)
    licence(shop, last=date(2026, 11, 22))
    assert trouble(other) is None
    assert isinstance(trouble(other, date(2026, 11, 23)), LicenceMissing)
    assert isinstance(trouble(other, date(2025, 12, 31)), LicenceMissing)


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"kind": "nothing"}, NoSuchLicence),
        ({"number": ""}, LicencePaperMissing),
        ({"last_day": date(2025, 1, 1)}, LicenceEndsFirst),
    ],
)
def test_a_licence_without_its_paper_is_refused(shop, change, missing):
    said = {"kind": "liquor_retail", "number": "1", "issuer": "UBND", "first_day": date(2026, 1, 1), "last_day": None}

    with pytest.raises(missing), transaction():
        add_licence(**{**said, **change}, by=shop.by)


def test_a_recall_counts_from_its_instant_on_and_ends_when_it_is_lifted(shop):
    honey = shop.product("Mật ong")
    noon = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)
    with transaction():
        row = recall(honey, reason="nhãn sai", since=noon, by=shop.by)
    with transaction():
        lift_recall(row, reason="đã dán nhãn mới", since=noon + timedelta(hours=2), by=shop.by)

    def at(instant):
        return papers_for([honey], today(), at=instant).trouble(honey)

    before, after = noon - timedelta(milliseconds=1), noon + timedelta(hours=2)
    assert at(before) is None
    assert isinstance(at(noon), Recalled)
    assert isinstance(at(after - timedelta(milliseconds=1)), Recalled)
    assert at(after) is None
    assert "12:30" in at(noon).sentence(translator("vi"))
    with pytest.raises(AlreadyLifted), transaction():
        lift_recall(row, reason="lần nữa", by=shop.by)


def test_a_recall_of_one_lot_by_either_number_leaves_the_others_alone(shop):
    honey = shop.product("Mật ong")
    bad, good = shop.receive(honey, producer_lot="B7"), shop.receive(honey, producer_lot="B8")
    with transaction():
        recall(honey, lot_number="b7", reason="vi sinh", by=shop.by)

    assert isinstance(trouble(honey, lot=bad), Recalled)
    assert trouble(honey, lot=good) is None
    assert trouble(honey) is None
    with transaction():
        recall(honey, lot_number=good.number, reason="vi sinh", by=shop.by)
    assert isinstance(trouble(honey, lot=good), Recalled)


def test_a_recall_needs_its_reason_and_cannot_be_lifted_before_it_began(shop):
    honey = shop.product("Mật ong")
    with pytest.raises(RecallReasonMissing), transaction():
        recall(honey, reason=" ", by=shop.by)
    with transaction():
        row = recall(honey, reason="nhãn sai", by=shop.by)
    with pytest.raises(LiftedBeforeRecall), transaction():
        lift_recall(row, reason="x", since=row.since - timedelta(seconds=1), by=shop.by)


def test_a_lot_is_sold_on_its_last_day_and_never_after_it(shop):
    honey = shop.product("Mật ong")
    lot = shop.receive(honey, best_before=date(2026, 11, 25))

    assert trouble(honey, date(2026, 11, 25), lot) is None
    assert isinstance(trouble(honey, date(2026, 11, 26), lot), PastItsDay)


def test_what_may_not_be_sold_is_not_taken_in(shop):
    lapsed, honey = shop.product("Na", stars=4, certified=LAPSED), shop.product("Mật ong")
    with pytest.raises(CertificateLapsed):
        check_receivable(lapsed, today())
    with pytest.raises(ArrivedPastItsDay):
        check_receivable(honey, today(), sell_by=today() - timedelta(days=1))
    with transaction():
        retire_product(honey, by=shop.by)
    with pytest.raises(ProductRetired):
        check_receivable(honey, today())


def test_the_papers_of_many_products_are_read_in_three_queries(shop, counted):
    goods = [shop.product(f"Mật ong {n}") for n in range(12)]
    spirit = shop.product("Rượu", group="II.1.a")
    ids = [(product.id, product.group_code) for product in [*goods, spirit]]
    assert ids

    with counted() as statements:
        papers = papers_for([*goods, spirit], today())
        found = [papers.trouble(product) for product in [*goods, spirit]]

    assert len(statements) == 3  # recalls, certificates, licences; no other basis where the certificate does
    assert found[:-1] == [None] * 12
    assert isinstance(found[-1], LicenceMissing)


def test_a_price_alone_does_not_make_goods_sellable(shop):
    honey = shop.product("Mật ong", stars=None, price=10_000)

    assert isinstance(trouble(honey), NotEligible)
    assert Money(10_000)
