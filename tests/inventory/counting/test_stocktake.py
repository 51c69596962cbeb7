"""Open a stocktake: which goods it counts, and that no two share any."""

import pytest
from sqlalchemy import func, select

from core.database import db, transaction
from core.journal.chain import JournalRecord
from inventory.catalogue.product import ServiceNotGoods
from inventory.catalogue.service_article import add_service_article
from inventory.counting import stocktake as stocktakes
from inventory.counting.count_sheet import (
    NeverReceived,
)
from inventory.counting.scope import CountedElsewhere, NothingToCount, NotInScope, UnknownScope
from inventory.counting.stocktake import StocktakeOver, drop_stocktake
from inventory.counting.stocktake_table import ScopeKind
from inventory.location import STOCKROOM
from inventory.lot import Terms
from inventory.stock_level import on_hand
from tests.inventory.counting.hands import count, pieces, sheet_of

COMMISSION = Terms.on_commission(1500)


def test_several_stocktakes_at_once_never_share_a_product(shop, clerk, begin):
    honey, tea = shop.product("Mật ong"), shop.product("Trà", of="Hộ Hà", group="I.4.a")
    shop.receive(honey, 5)
    shop.receive(tea, 5)
    begin(scope=ScopeKind.PRODUCER, code="0001")
    begin(scope=ScopeKind.GROUP, code="I.4")
    begin(place=STOCKROOM)

    for scope, more in (
        (ScopeKind.ALL, {}),
        (ScopeKind.LIST, {"products": [tea]}),
        (ScopeKind.GROUP, {"code": "I.2"}),
        (ScopeKind.PRODUCER, {"code": "0002"}),
    ):
        with pytest.raises(CountedElsewhere):
            begin(scope=scope, **more)


@pytest.mark.parametrize(
    ("scope", "more", "trouble"),
    [
        (ScopeKind.GROUP, {"code": "X.9"}, UnknownScope),
        (ScopeKind.GROUP, {"code": "III.1"}, UnknownScope),
        (ScopeKind.PRODUCER, {"code": "0099"}, UnknownScope),
        (ScopeKind.PRODUCER, {"code": "%"}, UnknownScope),
        (ScopeKind.LIST, {}, NothingToCount),
        (ScopeKind.ALL, {}, NothingToCount),
    ],
)
def test_a_stocktake_of_nothing_is_refused(begin, scope, more, trouble):
    with pytest.raises((trouble, NothingToCount)):
        begin(scope=scope, **more)


def test_goods_outside_of_the_stocktake_are_left_where_they_are(shop, clerk, begin):
    honey, tea, unseen = shop.product("Mật ong"), shop.product("Trà"), shop.product("Mứt")
    shop.receive(honey, 5)
    shop.receive(tea, 5)
    stocktake = begin(scope=ScopeKind.LIST, products=[honey, unseen, honey])
    sheet = sheet_of(stocktake, clerk)

    with pytest.raises(NotInScope):
        count(sheet, tea, 1)
    with pytest.raises(NeverReceived):
        count(sheet, unseen, 1)
    assert sheet.lines == []


def test_a_dropped_stocktake_leaves_the_book_alone(shop, clerk, begin):
    honey = shop.product("Mật ong")
    lot = shop.receive(honey, 5)
    stocktake = begin()
    sheet = sheet_of(stocktake, clerk)
    count(sheet, honey, 1)
    before = db.session.scalar(select(func.max(JournalRecord.seq)))
    gone = stocktake.id
    with transaction():
        drop_stocktake(stocktake)

    assert on_hand(lot) == pieces(5)
    assert db.session.scalar(select(func.max(JournalRecord.seq))) == before
    with pytest.raises(StocktakeOver):
        stocktakes.stocktake_of(gone)


def test_services_have_nothing_to_count(shop, clerk, begin):
    shop.receive(shop.product("Mật ong"))
    sheet = sheet_of(begin(), clerk)
    with transaction():
        parcel = add_service_article(name="Gửi bưu điện", unit_label="lần", by=shop.by)

    with pytest.raises(ServiceNotGoods):
        count(sheet, parcel, 1)
