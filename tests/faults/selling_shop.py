"""A process that sells in a loop until it is killed: `python -m tests.faults.selling_shop FOLDER`.

It writes a line to its output before and after each sale, so that the test knows which sales were promised.
"""

from __future__ import annotations

import sys
import uuid
from pathlib import Path

from core.database import db
from pos.data_folder import DataFolder
from tests.factories import Shop, fill_basket, opened, pay, shop_settings


def sell_until_killed(folder: DataFolder) -> None:
    """Sell two kinds of goods to one customer after the other."""
    with opened(folder, shop_settings()) as app:
        shop = Shop(app, folder)
        while True:
            basket = fill_basket(shop, ("mật ong", 2), ("chè Shan", 1))
            print("basket", basket.order_code, flush=True)  # noqa: T201  (the test reads it)
            sale = pay(shop, basket, key=str(uuid.uuid4()))
            print("sold", sale.number, basket.order_code, flush=True)  # noqa: T201  (the test reads it)
            db.session.remove()


if __name__ == "__main__":
    sell_until_killed(DataFolder(Path(sys.argv[1])))
