"""The shop of the tests of goods, and honey with a number, a price and four stars."""

import pytest

from core.database import transaction
from inventory.catalogue.product_number import add_number


@pytest.fixture
def honey(shop):
    product = shop.product("Mật ong bạc hà", pack="hũ 500 g", price=120_000)
    with transaction():
        add_number(product, "8930000000019", by=shop.by)
    return product
