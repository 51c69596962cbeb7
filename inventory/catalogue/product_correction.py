"""What changes about a product: what stands on the pack is corrected; a retired product comes back."""

from typing import TypedDict, Unpack

from config.reference.groups import old_group
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.quantity import Unit
from core.staff import Staff
from core.text import clean
from inventory.catalogue.correction import NothingCorrected, is_traded
from inventory.catalogue.producer import Producer, refuse_retired
from inventory.catalogue.producer_correction import NotRetired
from inventory.catalogue.product import (
    Product,
    ProductUnnamed,
    check_days,
    need_goods_group,
    product_body,
    refuse_twice,
    set_search_keys,
    write_product,
)
from inventory.catalogue.product_number import NumberKind, numbers_of


class UnitInTrade(RuleBroken):
    """Lots, baskets and sales count in the unit; 3 kg must not become 3 pieces."""

    message = N_("%(product)s has been received or sold already, and all of that counts in %(unit)s. Its unit stays: "
                 "take this product out of the range and enter a new one.")  # fmt: skip


class ProducerInTrade(RuleBroken):
    """Lots and what is owed for them stand under the producer."""

    message = N_("%(product)s has been received or sold already under %(producer)s. Its producer stays: take this "
                 "product out of the range and enter a new one.")  # fmt: skip


class ScaleCounts(RuleBroken):
    """The scale prints labels for goods by weight only."""

    message = N_("%(product)s has a number of the scale, which is for goods by kg. Withdraw that number first.")


class PackPrint(TypedDict, total=False):
    """What stands on a pack, and where goods of this kind belong."""

    producer: Producer
    name: str
    pack: str
    unit: Unit
    unit_label: str
    group_code: str
    old_group_code: str | None
    sell_within_days: int | None


def correct_product(product: Product, *, by: Staff, reason: str = "", **print_: Unpack[PackPrint]) -> None:
    """Record a product anew with what was mistyped or has changed; what is not named stays.

    Sales and lots of the past keep what they froze: names, prices, days. Raises UnitInTrade and ProducerInTrade for
    what cannot change any more once goods came, NothingCorrected when nothing differs.
    """
    before = product_body(product)
    refuse_what_trade_rests_on(product, print_)
    set_print(product, print_)
    if product_body(product) == before:
        raise NothingCorrected()
    with db.session.no_autoflush:  # the row must not meet its double before the sentence about it
        refuse_twice(product)
    set_search_keys(product)
    write_product(product, by=by, reason=reason)
    db.session.flush()


def refuse_what_trade_rests_on(product: Product, print_: PackPrint) -> None:
    """Refuse another unit or producer once anything was received, put into a basket or sold."""
    other_unit = print_.get("unit", product.unit) is not product.unit
    other_producer = print_.get("producer", product.producer).id != product.producer_id
    if (other_unit or other_producer) and is_traded(product):
        if other_unit:
            raise UnitInTrade(product=product.full_name, unit=product.unit_label)
        raise ProducerInTrade(product=product.full_name, producer=product.producer.name)
    if other_unit and has_scale_number(product):
        raise ScaleCounts(product=product.full_name)
    if other_producer:
        refuse_retired(print_["producer"])


def has_scale_number(product: Product) -> bool:
    """Whether labels of the scale name it."""
    return any(row.kind is NumberKind.SCALE for row in numbers_of(product))


def set_print(product: Product, print_: PackPrint) -> None:
    """Write what the pack says over what stood there."""
    if "producer" in print_:
        product.producer_id = print_["producer"].id
        product.producer = print_["producer"]
    product.name = clean(print_.get("name", product.name), limit=200)
    product.pack = clean(print_.get("pack", product.pack), limit=80)
    product.unit = print_.get("unit", product.unit)
    product.unit_label = clean(print_.get("unit_label", product.unit_label), limit=20) or product.unit.symbol
    if not product.name:
        raise ProductUnnamed()
    if not product.service:
        set_kind_of_goods(product, print_)


def set_kind_of_goods(product: Product, print_: PackPrint) -> None:
    """Write where goods belong and how long fresh ones are sold, over what stood there."""
    product.group_code = need_goods_group(print_.get("group_code", product.group_code)).code
    old = print_.get("old_group_code", product.old_group_code)
    product.old_group_code = old_group(old).code if old else None
    product.sell_within_days = check_days(print_.get("sell_within_days", product.sell_within_days))


def bring_back_product(product: Product, *, by: Staff, reason: str = "") -> None:
    """Take an article into the range again."""
    if product.retired_on is None:
        raise NotRetired(name=product.full_name)
    refuse_retired(product.producer)
    product.retired_on = None
    write_product(product, by=by, reason=reason)
    db.session.flush()
