"""Service articles: products that the shop itself does, with a price and a tax class and nothing to keep."""

from datetime import date

import pytest

from core.database import transaction
from core.money import Money
from core.quantity import Quantity
from inventory.catalogue.basis import grant_eligibility
from inventory.catalogue.certificate import add_certificate
from inventory.catalogue.eligibility import check_sellable
from inventory.catalogue.price import set_price
from inventory.catalogue.product import ProductExists, ServiceNotGoods, product_body
from inventory.catalogue.product_correction import correct_product
from inventory.catalogue.service_article import add_service_article
from inventory.lot import Terms
from inventory.receiving.delivery import Arrival, receive_goods
from tests.inventory.conftest import BOUGHT

TODAY = date(2026, 11, 22)


@pytest.fixture
def parcel(shop):
    with transaction():
        service = add_service_article(name="Gửi bưu kiện", pack="trong tỉnh", unit_label="kiện", by=shop.by)
        set_price(service, Money(25_000), from_day=TODAY, by=shop.by)
        return service


def test_it_may_be_sold_without_any_paper(shop, parcel):
    check_sellable(parcel, None, TODAY)

    assert parcel.service
    assert parcel.licence_needed is None


def test_the_record_says_what_it_is_and_that_it_stands_in_no_group(shop, parcel):
    body = product_body(parcel)

    assert (body["service"], body["group"], body["old_group"], body["within"]) == (True, "", None, None)
    assert "service" not in product_body(shop.product("Mật ong"))


def test_all_service_articles_are_the_shops_own(shop, parcel):
    with transaction():
        wrapping = add_service_article(name="Gói quà", by=shop.by)

    assert wrapping.producer_id == parcel.producer_id
    assert wrapping.producer.form == "other"


def test_the_same_one_is_not_entered_twice(shop, parcel):
    with transaction(), pytest.raises(ProductExists):
        add_service_article(name="Gửi bưu kiện", pack="trong tỉnh", by=shop.by)


def certificate(service, by):
    add_certificate(service, stars=4, number="1", decision="QĐ 1", decision_date=TODAY, issuer="UBND", by=by)


def basis(service, by):
    grant_eligibility(
        service, basis_code="local_speciality", evidence="CV 1", first_day=TODAY, last_day=None, by=by
    )  # fmt: skip


def delivery(terms: Terms):
    def receive(service, by):
        receive_goods(supplier=service.producer, lines=[Arrival(service, Quantity.of(1), terms)], by=by)

    return receive


@pytest.mark.parametrize("act", [certificate, basis, delivery(BOUGHT), delivery(Terms.on_commission(1500))])
def test_what_is_only_true_of_goods_is_refused(shop, parcel, act):
    with transaction(), pytest.raises(ServiceNotGoods) as refused:
        act(parcel, shop.by)

    assert str(refused.value).startswith("Gửi bưu kiện, trong tỉnh is a service: nothing of it is received")


def test_its_name_is_corrected_without_any_group(shop, parcel):
    with transaction():
        correct_product(parcel, name="Gửi hàng", by=shop.by)

    assert (parcel.full_name, parcel.group_code, parcel.service) == ("Gửi hàng, trong tỉnh", "", True)
