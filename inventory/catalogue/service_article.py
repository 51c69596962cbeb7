"""Service articles (dịch vụ bán kèm) sold beside the goods: a parcel posted, a gift wrapped.

A service article is a product that the shop itself does. It has a price, a tax class and a line on the receipt, and
nothing to keep: no lot, so no stock move and nobody to whom anything is owed; and no paper, for what may be sold at the
point is a question about goods. Brought back, money goes back and nothing else.
"""

from sqlalchemy import select

from core.current_settings import current_settings
from core.database import db
from core.journal.record import uuid7
from core.quantity import Unit
from core.staff import Staff
from core.text import clean
from inventory.catalogue.producer import Producer, add_producer
from inventory.catalogue.product import Product, enter_product, next_sku

IN_NO_GROUP = ""
_FORM = "other"


def add_service_article(*, name: str, by: Staff, pack: str = "", unit_label: str = "") -> Product:
    """Enter a service article under the next sku; its tax class and price follow as for goods."""
    provider = house(by=by)
    service = Product(
        sku=next_sku(),
        uid=uuid7(),
        producer_id=provider.id,
        producer=provider,
        name=clean(name, limit=200),
        pack=clean(pack, limit=80),
        unit=Unit.PIECE,
        unit_label=clean(unit_label, limit=20) or Unit.PIECE.symbol,
        group_code=IN_NO_GROUP,
        old_group_code=None,
        sell_within_days=None,
        service=True,
        retired_on=None,
    )
    return enter_product(service, by=by)


def house(*, by: Staff) -> Producer:
    """The shop itself among the producers, for every product has its maker; entered with its first service article."""
    known = db.session.scalar(_HOUSE)
    return known or add_producer(name=current_settings().shop.name, form=_FORM, by=by)


_HOUSE = select(Producer).join(Product, Product.producer_id == Producer.id).where(Product.service).limit(1)
