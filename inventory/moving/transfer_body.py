"""A line of goods as a file to another point tells of it: enough to know product, producer, owner and terms."""

from typing import Any

from core.attached_file import files_of
from core.clock import today
from inventory.catalogue.certificate import certificates_of
from inventory.catalogue.price import price_on
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from inventory.catalogue.product_number import NumberKind, numbers_of
from inventory.catalogue.tax import tax_class_on
from inventory.moving.move_slip import Portion

_PERSONAL = 12
"""A tax code of 12 digits is somebody's personal number and leaves the shop in no file."""


def line_to_send(n: int, one: Portion) -> dict[str, Any]:
    """So much of a lot, with all that stays with it."""
    lot = one.lot
    return {
        "n": n,
        "lot": lot.number,
        "qty": one.quantity.thousandths,
        "product": product_body(lot.product),
        "supplier": producer_body(lot.supplier),
        "consigned": lot.owner_id is not None,
        "terms": lot.terms.value,
        "cost": lot.cost.dong if lot.cost is not None else None,
        "rate": lot.commission,
        "delivery": lot.delivery_price.dong if lot.delivery_price is not None else None,
        "before": lot.best_before.isoformat() if lot.best_before else None,
        "until": lot.sell_by.isoformat() if lot.sell_by else None,
        "plot": lot.producer_lot,
        "papers": lot.papers,
        "files": [file.sha for file in files_of(lot.record_seq)],
    }


def product_body(product: Product) -> dict[str, Any]:
    """The article, its numbers, its price and tax class of today and its certificates."""
    price = price_on(product, today())
    return {
        "uid": product.uid,
        "name": product.name,
        "pack": product.pack,
        "unit": product.unit.value,
        "label": product.unit_label,
        "group": product.group_code,
        "within": product.sell_within_days,
        "producer": producer_body(product.producer),
        "gtins": [row.number for row in numbers_of(product) if row.kind is NumberKind.GTIN],
        "price": price.dong if price is not None else None,
        "tax": tax_class_on(product, today()),
        "certificates": [
            certificate_told(standing) for standing in certificates_of(product) if standing.holds_on(today())
        ],
    }


def certificate_told(standing: Any) -> dict[str, Any]:
    """A certificate as the paper says it."""
    paper = standing.certificate
    return {
        "uid": paper.uid,
        "stars": paper.stars,
        "no": paper.number,
        "decision": paper.decision,
        "decided": paper.decision_date.isoformat(),
        "issuer": paper.issuer,
        "from": paper.first_day.isoformat(),
        "until": paper.last_day.isoformat(),
    }


def producer_body(producer: Producer) -> dict[str, Any]:
    """Who made or owns the goods."""
    tax = producer.tax_code if producer.tax_code and len(producer.tax_code) != _PERSONAL else None
    return {"uid": producer.uid, "name": producer.name, "form": producer.form, "tax": tax}
