"""A clerk who counts, and a stocktake to count in."""

import pytest

from core.database import transaction
from core.staff import Role, hire
from inventory.counting.stocktake import open_stocktake
from inventory.counting.stocktake_table import ScopeKind
from inventory.location import SHELF


@pytest.fixture
def clerk(shop):
    with transaction():
        return hire(name="Hà", role=Role.CLERK, pin="246801", by=shop.by)


@pytest.fixture
def begin(shop, clerk):
    def begin(*, place=SHELF, scope=ScopeKind.ALL, **more):
        with transaction():
            return open_stocktake(place=place, scope=scope, by=shop.by, **more)

    return begin
