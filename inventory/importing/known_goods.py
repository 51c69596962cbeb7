"""What the shop knows of goods, read once: for trying out a long list without asking for each of its rows."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select

from core.clock import now, today
from core.database import db
from core.money import Money
from inventory.catalogue.basis import eligibilities_for
from inventory.catalogue.certificate import Certificate, standings_for
from inventory.catalogue.eligibility import Papers
from inventory.catalogue.licence import licences_on
from inventory.catalogue.price import prices_for
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from inventory.catalogue.product_number import ProductNumber
from inventory.catalogue.recall import Recall, recalls_at
from inventory.catalogue.tax import tax_classes_for
from inventory.lot import Lot


class KnownGoods:
    """Producers, products, numbers, prices and papers of today. `..._back` are retired ones taken in again."""

    def __init__(self) -> None:
        self.makers_back: set[int] = set()
        self.products_back: set[int] = set()
        self._read_makers()
        self._read_products()
        self._read_papers()

    def _read_makers(self) -> None:
        self.makers: dict[str, Producer] = {}
        self.by_tax_code: dict[str, Producer] = {}
        self.by_name: dict[str, list[Producer]] = defaultdict(list)
        for maker in db.session.scalars(select(Producer).order_by(Producer.id)):
            self.makers[maker.code] = maker
            self.know_maker(maker)

    def know_maker(self, maker: Producer) -> None:
        """Find a producer by name and tax code from now on; the first of a tax code counts."""
        self.by_name[maker.name_folded].append(maker)
        if maker.tax_code:
            self.by_tax_code.setdefault(maker.tax_code, maker)

    def forget_maker(self, maker: Producer) -> None:
        """Find a producer no more."""
        self.by_name[maker.name_folded].remove(maker)
        if maker.tax_code and self.by_tax_code.get(maker.tax_code) is maker:
            del self.by_tax_code[maker.tax_code]

    def _read_products(self) -> None:
        self.products: dict[tuple[int, str], list[Product]] = defaultdict(list)
        of_id = {product.id: product for product in db.session.scalars(select(Product).order_by(Product.id))}
        for product in of_id.values():
            self.products[product.producer_id, product.name_folded].append(product)
        self.ids = list(of_id)
        numbers = select(ProductNumber.number, ProductNumber.product_id).where(ProductNumber.withdrawn.is_(False))
        self.numbers = {number: of_id[product_id] for number, product_id in db.session.execute(numbers)}
        self.prices: dict[int, Money] = prices_for(self.ids, today())
        self.tax_classes: dict[int, str] = tax_classes_for(self.ids, today())
        self.with_lots = set(db.session.scalars(select(Lot.product_id).distinct()))

    def _read_papers(self) -> None:
        self.certificates: dict[int, set[tuple[int, str]]] = defaultdict(set)
        papers = select(Certificate.product_id, Certificate.stars, Certificate.decision)
        for product_id, stars, decision in db.session.execute(papers.where(Certificate.struck.is_(False))):
            self.certificates[product_id].add((stars, decision))
        recalls: dict[int, list[Recall]] = defaultdict(list)
        for recall in recalls_at(now()):
            recalls[recall.product_id].append(recall)
        self.papers = Papers(
            day=today(),
            standings=standings_for(self.ids, today()),
            eligibilities=eligibilities_for(self.ids, today()),
            licences=licences_on(today()),
            recalls=recalls,
        )
