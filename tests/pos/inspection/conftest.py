"""A shop with a past: a day of trade, and a day on which a certificate, a price, names and a place were changed.

It is made once and copied for each test; the clock of a test stands in the morning of the second day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from config.reference.localities import communes_on, provinces_on
from core.clock import stopped_at, today
from core.database import db, transaction
from inventory.catalogue.basis import grant_eligibility
from inventory.catalogue.certificate import certificates_of, withdraw_certificate
from inventory.catalogue.producer_correction import correct_producer
from inventory.catalogue.product_correction import correct_product
from inventory.lot import Lot, Terms
from pos.data_folder import DataFolder
from pos.returns.return_condition import Condition
from pos.shifts.visitor import count_visitor
from tests.factories import (
    MAKER,
    MORNING,
    Shop,
    cash,
    copy_of,
    enter_goods,
    goods,
    open_shift,
    opened,
    producer,
    receive,
    sell,
    set_new_price,
    shop_settings,
)
from tests.returning import refund

DAY = timedelta(days=1)
COMMISSION = Terms.on_commission(1500)
LANG_SON = next(one for one in provinces_on(date(2025, 7, 1)) if one.name == "Lạng Sơn")
COMMUNE = communes_on(date(2025, 7, 1), LANG_SON.id)[0]
OTHER = "HTX Trà Bản"


@dataclass
class Past:
    """What happened: `then` is the day that is asked about, `lot` the honey of that day."""

    shop: Shop
    then: date
    lot: Lot


@pytest.fixture(scope="session")
def past_folder(template: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """The shop after both days, as a folder to be copied."""
    folder = copy_of(template, tmp_path_factory.mktemp("past") / "shop")
    with stopped_at(MORNING) as hand, opened(folder, shop_settings()) as app:
        shop = Shop(app, folder, hand)
        trade_for_a_day(shop)
        hand.move(DAY)
        change_everything(shop)
    return folder


@pytest.fixture
def folder(past_folder: DataFolder, tmp_path: Path) -> DataFolder:
    """Every shop of these tests has that past."""
    return copy_of(past_folder, tmp_path / "shop")


@pytest.fixture
def shop(folder: DataFolder) -> Iterator[Shop]:
    """The shop in the morning after."""
    with stopped_at(MORNING + DAY) as hand, opened(folder, shop_settings()) as app:
        yield Shop(app, folder, hand)


@pytest.fixture
def past(shop: Shop) -> Past:
    """The shop and its first day."""
    lot = db.session.scalars(select(Lot).order_by(Lot.id)).first()
    assert lot is not None
    return Past(shop, today() - DAY, lot)


def trade_for_a_day(shop: Shop) -> None:
    """Honey on commission and bought tea are sold; one jar comes back broken; somebody only looks."""
    correct_the_maker(shop, reason="theo giấy", locality_id=COMMUNE.id, old_district="huyện Chi Lăng")
    receive(shop, "mật ong", 10, terms=COMMISSION, papers="phiếu giao hàng 01", best_before=date(2026, 12, 1))
    enter_goods(shop, "trà", of=OTHER, price=50_000, stars=None)
    give_basis(shop, "trà")
    receive(shop, "trà", 5, of=OTHER, price=50_000)
    open_shift(shop)
    sale = sell(shop, "mật ong", 3, cash(300_000))
    sell(shop, "trà", 2, cash(100_000))
    refund(shop, sale, "mật ong", 1, cash(100_000), condition=Condition.DAMAGED)
    with transaction():
        count_visitor(shop.register, by=shop.clerk)


def change_everything(shop: Shop) -> None:
    """The day after: certificate withdrawn, price raised, names changed, more tea sold."""
    honey = goods(shop, "mật ong")
    paper = certificates_of(honey)[0].certificate
    assert paper is not None
    with transaction():
        withdraw_certificate(paper, from_day=today(), decision="QĐ 99", reason="không đạt", by=shop.manager)
    set_new_price(shop, "mật ong", 150_000)
    correct_the_maker(shop, reason="đổi tên", name="HTX Tên Mới", form="company_limited")
    with transaction():
        correct_product(honey, name="mật ong mới", reason="đổi nhãn", by=shop.manager)
    sell(shop, "trà", 1, cash(50_000))


def give_basis(shop: Shop, name: str) -> None:
    """Another paper than stars."""
    paper = {"evidence": "CV 12/SCT", "first_day": date(2026, 1, 1), "last_day": None}
    with transaction():
        grant_eligibility(goods(shop, name), basis_code="local_speciality", **paper, by=shop.manager)


def correct_the_maker(shop: Shop, *, reason: str, **papers: str) -> None:
    """The producer of the honey is recorded anew."""
    maker = producer(shop, MAKER)
    with transaction():
        correct_producer(maker, reason=reason, by=shop.manager, **papers)
