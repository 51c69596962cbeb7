"""A shop that has the duty to make invoices from the till, with honey and chestnuts on its shelf and an open shift."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.clock import stopped_at
from core.database import transaction
from core.quantity import Unit
from pos.data_folder import DataFolder
from pos.invoice.block import reserve_block
from pos.invoice.invoice_table import InvoiceBlock
from tests.factories import MORNING, Shop, open_shift, opened, receive, shop_settings


@pytest.fixture
def shop(folder: DataFolder) -> Iterator[Shop]:
    """As everywhere, but each sale makes an invoice."""
    with stopped_at(MORNING) as hand, opened(folder, shop_settings(invoice={"duty": "till"})) as app:
        yield Shop(app, folder, hand)


@pytest.fixture
def till(shop: Shop) -> Shop:
    """An open shift, goods on the shelf, and no block of codes yet."""
    receive(shop, "mật ong", 50)
    receive(shop, "hạt dẻ", "20", unit=Unit.KILOGRAM, price=180_000)
    open_shift(shop)
    return shop


@pytest.fixture
def numbered(till: Shop) -> Shop:
    """The same with a block of a thousand codes."""
    block(till)
    return till


def block(shop: Shop, first: int = 1, last: int = 1000, *, given: str = "A1B2C") -> InvoiceBlock:
    """Enter a block, as the manager does."""
    with transaction():
        return reserve_block(given=given, first=first, last=last, by=shop.manager)
