"""The receipt that shows a manager what the words on it look like: the last one sold, or an example."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select

from config.settings import Settings
from core.clock import now
from core.database import db
from core.i18n import N_, gettext, use
from core.money import Money
from core.quantity import Quantity
from pos.receipt import receipt_of, shop_head
from pos.register import registers_in_service
from pos.sale import Sale
from printers.documents import CASH, Payment, Receipt, ReceiptLine, ShopHead

EXAMPLE_GOODS, EXAMPLE_UNIT = N_("Forest honey, an example"), N_("jar")
PRICE = Money(120_000)


def preview_of(settings: Settings, texts: Mapping[str, str]) -> Receipt:
    """The newest receipt, or an example before the first sale, with the shop of today and these words."""
    sale = db.session.scalars(select(Sale).order_by(Sale.number.desc()).limit(1)).first()
    receipt = receipt_of(sale) if sale is not None else example()
    return replace(
        receipt,
        shop=shop_head(settings),
        language=texts["language"] if texts["language"] in ("vi", "en") else settings.receipt.language,
        return_terms=texts["return_terms"],
        footer=texts["footer"],
        demo=settings.demo,
    )


def example() -> Receipt:
    """A receipt that nobody was given."""
    with use("vi"):
        goods, jar = gettext(EXAMPLE_GOODS), gettext(EXAMPLE_UNIT)
    return Receipt(
        shop=ShopHead(""),
        number=0,
        at=now(),
        register=next((register.name for register in registers_in_service()), "–"),
        clerk="–",
        lines=(ReceiptLine(goods, Quantity(1_000), PRICE, PRICE, unit_label=jar),),
        total=PRICE,
        payments=(Payment(CASH, PRICE),),
    )
