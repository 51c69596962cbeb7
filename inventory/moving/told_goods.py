"""Goods as another point's file tells of them, read strictly, and found among our own or entered anew."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from core.clock import today
from core.database import db
from core.money import Money
from core.quantity import Quantity, Unit
from core.staff import Staff
from core.text import clean
from inventory.catalogue.certificate import Certificate, add_certificate
from inventory.catalogue.price import set_price
from inventory.catalogue.producer import Producer, add_producer
from inventory.catalogue.product import Product, add_product
from inventory.catalogue.product_number import add_number, find_number
from inventory.catalogue.tax import set_tax_class
from inventory.lot import Terms, TermsKind
from inventory.moving.signed_file import FileUnreadable, SignedFile


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One line of a transfer's file."""

    n: int
    quantity: Quantity
    terms: Terms
    best_before: date | None
    sell_by: date | None
    producer_lot: str
    papers: str
    product: dict[str, Any]
    supplier: dict[str, Any]

    @property
    def name(self) -> str:
        """What people call the goods."""
        pack = clean(self.product["pack"])
        return f"{clean(self.product['name'])}, {pack}" if pack else clean(self.product["name"])


def told_lines(file: SignedFile) -> list[ToldLine]:
    """Every line; FileUnreadable for what no version of this program would have written."""
    try:
        lines = [_line(line) for line in file.says["lines"]]
    except (KeyError, TypeError, ValueError, AttributeError) as trouble:
        raise FileUnreadable() from trouble
    if not lines or [line.n for line in lines] != list(range(1, len(lines) + 1)):
        raise FileUnreadable()
    return lines


def _line(line: dict[str, Any]) -> ToldLine:
    terms = Terms(
        TermsKind(line["terms"]),
        Money(line["cost"]) if line["cost"] is not None else None,
        line["rate"],
        Money(line["delivery"]) if line["delivery"] is not None else None,
    )
    if terms.consigned is not line["consigned"] or line["qty"] <= 0:
        raise ValueError("a lot that contradicts itself")
    for of in (line["product"], line["product"]["producer"], line["supplier"]):
        clean(of["name"] + of["uid"])
    Unit(line["product"]["unit"])
    return ToldLine(
        n=line["n"], quantity=Quantity(line["qty"]), terms=terms, best_before=_day(line["before"]),
        sell_by=_day(line["until"]), producer_lot=clean(line["plot"], limit=40),
        papers=clean(line["papers"], limit=300), product=line["product"], supplier=line["supplier"],
    )  # fmt: skip


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told is not None else None


def our_product(line: ToldLine) -> Product | None:
    """The product as we know it: by its own sign, by a maker's number, or by producer, name and pack."""
    told = line.product
    found = db.session.scalar(select(Product).where(Product.uid == told["uid"]))
    if found is None and told["gtins"]:
        number = find_number(*told["gtins"])
        found = db.session.get(Product, number.product_id) if number is not None else None
    maker = our_producer(told["producer"])
    if found is None and maker is not None:
        named = (Product.name == clean(told["name"]), Product.pack == clean(told["pack"]))
        found = db.session.scalar(select(Product).where(Product.producer_id == maker.id, *named))
    return found


def our_producer(told: dict[str, Any]) -> Producer | None:
    """The producer as we know it: by its own sign, its tax code, or its name and form."""
    found = db.session.scalar(select(Producer).where(Producer.uid == told["uid"]))
    if found is None and told["tax"]:
        found = db.session.scalar(select(Producer).where(Producer.tax_code == told["tax"]))
    if found is None:
        named = (Producer.name == clean(told["name"]), Producer.form == told["form"])
        found = db.session.scalar(select(Producer).where(*named))
    return found


def product_here(line: ToldLine, *, by: Staff) -> Product:
    """Our product, entered with its numbers, papers, tax class and price as the other point has them when it is new."""
    found, told = our_product(line), line.product
    if found is not None:
        return found
    product = add_product(
        producer_here(told["producer"], by=by), name=told["name"], pack=told["pack"], unit=Unit(told["unit"]),
        unit_label=told["label"], group_code=told["group"], sell_within_days=told["within"], uid=told["uid"], by=by,
    )  # fmt: skip
    for number in told["gtins"]:
        if find_number(number) is None:
            add_number(product, number, by=by)
    for paper in told["certificates"]:
        if db.session.scalar(select(Certificate).where(Certificate.uid == paper["uid"])) is None:
            add_certificate(
                product, stars=paper["stars"], number=paper["no"], decision=paper["decision"], issuer=paper["issuer"],
                decision_date=date.fromisoformat(paper["decided"]), first_day=date.fromisoformat(paper["from"]),
                last_day=date.fromisoformat(paper["until"]), uid=paper["uid"], by=by,
            )  # fmt: skip
    if told["tax"]:
        set_tax_class(product, told["tax"], from_day=today(), by=by)
    if told["price"] is not None:
        set_price(product, Money(told["price"]), from_day=today(), by=by)
    return product


def producer_here(told: dict[str, Any], *, by: Staff) -> Producer:
    """Our producer, entered when new."""
    return our_producer(told) or add_producer(
        name=told["name"], form=told["form"], tax_code=told["tax"], uid=told["uid"], by=by
    )  # fmt: skip
