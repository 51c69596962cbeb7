"""A list of goods taken back (hoàn tác danh sách) by one press: each of its records is answered by its opposite.

Goods that it brought go back, barcodes mean nothing again, papers are struck out, prices are what they were, new
products and producers leave the range. What somebody changed since stays as it is now, and is named.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from core.clock import today
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import JournalRecord, write_record
from core.journal.record import Kind
from core.money import Money
from core.staff import Staff
from inventory.catalogue.basis import Eligibility
from inventory.catalogue.basis_correction import strike_eligibility
from inventory.catalogue.certificate import Certificate
from inventory.catalogue.certificate_correction import strike_certificate
from inventory.catalogue.correction import need_reason
from inventory.catalogue.price import Price, last_word_on_price, prices_of, set_price, take_back_price
from inventory.catalogue.producer import Producer, producer_of
from inventory.catalogue.producer_correction import retire_producer
from inventory.catalogue.product import Product, product_of, retire_product
from inventory.catalogue.product_number import find_number, withdraw_number
from inventory.catalogue.taken_back import AlreadyBegun, Dated, word_before
from inventory.catalogue.tax import (
    ProductTaxClass,
    last_word_on_tax_class,
    set_tax_class,
    take_back_tax_class,
    tax_classes_of,
)
from inventory.importing.goods_import_outcome import Said
from inventory.importing.goods_list import GoodsList, GoodsListBack
from inventory.receiving.receipt_reversal import reverse_receipt
from inventory.receiving.receipt_table import GoodsReceipt


class ListTakenBack(RuleBroken):
    """Once is enough."""

    message = N_("This list was taken back already.")


@dataclass
class Undoing:
    """A list while it is taken back: what it had made new, and what stays because it was touched since."""

    reason: str
    by: Staff
    new_products: set[str] = field(default_factory=set)
    left: list[Said] = field(default_factory=list)

    def leave(self, message: str, **values: object) -> None:
        """Say what stays as it is."""
        self.left.append(Said(message, {name: str(value) for name, value in values.items()}))


def take_list_back(entered: GoodsList, *, reason: str, by: Staff) -> list[Said]:
    """Take back all that a list entered, the last record first; gives what had to stay, as sentences.

    Raises GoodsMovedOn where something of its goods was sold or moved: then nothing at all is taken back.
    """
    if entered.back is not None:
        raise ListTakenBack()
    undoing = Undoing(need_reason(reason), by)
    records = list(records_of(entered))
    undoing.new_products = {body["sku"] for kind, body in records if kind is Kind.PRODUCT and not body["retired"]}
    for kind, body in records:
        if kind in _OPPOSITES:
            _OPPOSITES[kind](undoing, body)
    body = {"act": "taken_back", "no": entered.number, "day": today().isoformat(), "reason": undoing.reason}
    row = GoodsListBack(list_number=entered.number, day=today(), reason=undoing.reason, staff_code=by.code)
    row.record_seq = write_record(Kind.GOODS_LIST, body, by=by).seq
    db.session.add(row)
    db.session.flush()
    db.session.refresh(entered, ["back"])
    return undoing.left


def records_of(entered: GoodsList) -> Iterator[tuple[Kind, dict[str, Any]]]:
    """What the list wrote, the last record first."""
    columns: Any = JournalRecord.__table__.c
    between = columns.seq.between(entered.first_seq, entered.last_seq)
    query = select(columns.typ, columns.record).where(between).order_by(columns.seq.desc())
    for kind, text in db.session.connection().execute(query).all():
        yield kind, json.loads(text)["body"]


def _receipt_back(undoing: Undoing, body: dict[str, Any]) -> None:
    receipt = db.session.get_one(GoodsReceipt, body["no"])
    reverse_receipt(receipt, reason=undoing.reason, by=undoing.by)


def _number_back(undoing: Undoing, body: dict[str, Any]) -> None:
    number = find_number(body["no"])
    if number is not None and number.product.sku == body["sku"]:
        withdraw_number(number, by=undoing.by)


def _certificate_back(undoing: Undoing, body: dict[str, Any]) -> None:
    paper = db.session.scalar(select(Certificate).where(Certificate.uid == body["uid"]))
    if paper is not None and not paper.struck:
        strike_certificate(paper, reason=undoing.reason, by=undoing.by)


def _basis_back(undoing: Undoing, body: dict[str, Any]) -> None:
    paper = db.session.scalar(select(Eligibility).where(Eligibility.uid == body["uid"]))
    if paper is not None and not paper.struck:
        strike_eligibility(paper, reason=undoing.reason, by=undoing.by)


def _price_back(undoing: Undoing, body: dict[str, Any]) -> None:
    """The price of before, unless somebody set another one since. A price that has begun is followed by the old one."""
    product = product_of(body["sku"])
    if body["sku"] in undoing.new_products:
        return
    rows = prices_of(product)
    if not rows or rows[0].record_seq != last_word_on_price(product) or rows[0].amount != Money(body["price"]):
        undoing.leave(N_("%(product)s: its price was set anew since and stays."), product=product.full_name)
        return
    before = word_before(Dated.PRICE, Price, product, record_seq=rows[0].record_seq, day=today())
    try:
        take_back_price(product, first_day=rows[0].first_day, reason=undoing.reason, by=undoing.by)
    except AlreadyBegun:
        if before is None:
            undoing.leave(N_("%(product)s: it had no price before, so the list's stays."), product=product.full_name)
        else:
            set_price(product, before.amount, from_day=today(), by=undoing.by)


def _tax_class_back(undoing: Undoing, body: dict[str, Any]) -> None:
    product = product_of(body["sku"])
    if body["sku"] in undoing.new_products:
        return
    rows = tax_classes_of(product)
    if not rows or rows[0].record_seq != last_word_on_tax_class(product):
        undoing.leave(N_("%(product)s: its tax class was set anew since and stays."), product=product.full_name)
        return
    before = word_before(Dated.TAX_CLASS, ProductTaxClass, product, record_seq=rows[0].record_seq, day=today())
    try:
        take_back_tax_class(product, first_day=rows[0].first_day, reason=undoing.reason, by=undoing.by)
    except AlreadyBegun:
        if before is not None:
            set_tax_class(product, before.tax_class, from_day=today(), by=undoing.by)


def _product_back(undoing: Undoing, body: dict[str, Any]) -> None:
    product = product_of(body["sku"])
    if product.retired_on is None:
        retire_product(product, by=undoing.by, reason=undoing.reason)


def _producer_back(undoing: Undoing, body: dict[str, Any]) -> None:
    """A producer whom the list brought leaves again, unless other goods of his are in the range."""
    producer = producer_of(body["code"])
    if producer.retired_on is not None:
        return
    if _products_at_work(producer):
        undoing.leave(N_("%(producer)s stays: other products of theirs are in the range."), producer=producer.name)
        return
    retire_producer(producer, by=undoing.by, reason=undoing.reason)


def _products_at_work(producer: Producer) -> int:
    at_work = select(func.count()).where(Product.producer_id == producer.id, Product.retired_on.is_(None))
    return db.session.scalar(at_work) or 0


_OPPOSITES: dict[Kind, Callable[[Undoing, dict[str, Any]], None]] = {
    Kind.GOODS_IN: _receipt_back,
    Kind.CONSIGN_IN: _receipt_back,
    Kind.NUMBER: _number_back,
    Kind.CERTIFICATE: _certificate_back,
    Kind.ELIGIBILITY: _basis_back,
    Kind.PRICE: _price_back,
    Kind.TAX_CLASS: _tax_class_back,
    Kind.PRODUCT: _product_back,
    Kind.PRODUCER: _producer_back,
}
