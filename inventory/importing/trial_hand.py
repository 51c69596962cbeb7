"""The hand that tries a list of goods out: it reads the shop once, writes nothing, and remembers what it would do.

It asks the same checks as the verbs do, of rows that never reach the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TypeVar

from core.clock import today
from core.errors import RuleBroken
from core.money import ZERO, Money
from core.text import fold
from inventory.catalogue.basis import as_granted
from inventory.catalogue.certificate import Standing, as_on_paper
from inventory.catalogue.price import PriceNotPositive
from inventory.catalogue.producer import Producer, refuse_retired, set_papers
from inventory.catalogue.product import Product, as_on_pack
from inventory.catalogue.product_number import makers_number, shops_number
from inventory.catalogue.tax import known_tax_class
from inventory.importing.goods_row import GoodsRow, MakerCells, PaperCells
from inventory.importing.known_goods import KnownGoods

Key = TypeVar("Key")
Value = TypeVar("Value")


class TrialHand:
    """Remembers; each of its acts is one of `GoodsHand`. What a refused row would have done is forgotten again."""

    def __init__(self, known: KnownGoods) -> None:
        self.known = known
        self.day = today()
        self.made = 0
        self.back: list[Callable[[], object]] = []

    @contextmanager
    def one_row(self) -> Iterator[None]:
        """What is done inside counts, unless it ends with a broken rule."""
        self.back = []
        try:
            yield
        except RuleBroken:
            for undo in reversed(self.back):
                undo()
            raise

    def maker_by_code(self, code: str) -> Producer | None:
        return self.known.makers.get(code)

    def maker_by_tax_code(self, tax_code: str) -> Producer | None:
        return self.known.by_tax_code.get(tax_code)

    def makers_named(self, folded: str) -> list[Producer]:
        return self.known.by_name.get(folded, [])

    def add_maker(self, cells: MakerCells, *, name: str, form: str) -> Producer:
        maker = Producer(id=self._next_id(), code="", retired_on=None)
        set_papers(
            maker,
            {
                "name": name,
                "form": form,
                "locality_id": cells.locality_id,
                "province_id": cells.province_id,
                "old_commune": cells.old_commune,
                "tax_code": cells.tax_code,
                "phone": cells.phone,
                "address": cells.address,
            },
        )
        self.known.know_maker(maker)
        self.back.append(lambda: self.known.forget_maker(maker))
        return maker

    def has_left(self, maker: Producer) -> bool:
        return maker.retired_on is not None and maker.id not in self.known.makers_back

    def bring_back_maker(self, maker: Producer) -> None:
        self._add(self.known.makers_back, maker.id)

    def numbered(self, *numbers: str) -> Product | None:
        known = self.known.numbers
        return next((known[number] for number in numbers if number in known), None)

    def products_named(self, maker: Producer, folded: str) -> list[Product]:
        return self.known.products.get((maker.id, folded), [])

    def add_product(self, maker: Producer, row: GoodsRow, *, group: str) -> Product:
        product = as_on_pack(
            maker,
            name=row.name,
            pack=row.pack,
            unit=row.unit,
            unit_label=row.unit_label,
            group_code=group,
            days=row.within_days,
        )
        product.id = self._next_id()
        same = self.known.products[maker.id, fold(product.name)]
        same.append(product)
        self.back.append(same.pop)
        return product

    def is_retired(self, product: Product) -> bool:
        return product.retired_on is not None and product.id not in self.known.products_back

    def bring_back_product(self, product: Product) -> None:
        if self.has_left(product.producer):
            refuse_retired(product.producer)
        self._add(self.known.products_back, product.id)

    def price(self, product: Product) -> Money | None:
        return self.known.prices.get(product.id)

    def set_price(self, product: Product, price: Money) -> None:
        if price <= ZERO:
            raise PriceNotPositive(product=product.name)
        self._put(self.known.prices, product.id, price)

    def tax_class(self, product: Product) -> str | None:
        return self.known.tax_classes.get(product.id)

    def set_tax_class(self, product: Product, tax_class: str) -> None:
        self._put(self.known.tax_classes, product.id, known_tax_class(tax_class))

    def add_number(self, product: Product, number: str, *, in_store_prefix: str | None) -> None:
        kept = makers_number(number) if in_store_prefix is None else shops_number(number, prefix=in_store_prefix)
        self._put(self.known.numbers, kept, product)

    def certificates(self, product: Product) -> set[tuple[int, str]]:
        return self.known.certificates[product.id]

    def add_certificate(self, product: Product, cells: PaperCells) -> date:
        assert cells.stars is not None
        assert cells.decision_date is not None
        paper = as_on_paper(
            product,
            stars=cells.stars,
            number=cells.number,
            decision=cells.decision,
            decision_date=cells.decision_date,
            issuer=cells.issuer,
        )
        self._add(self.known.certificates[product.id], (paper.stars, paper.decision))
        latest = self.known.papers.standings.get(product.id)
        if paper.first_day <= self.day and (latest is None or latest.first_day <= paper.first_day):
            standing = Standing(paper.stars, paper.first_day, paper.last_day, None)
            self._put(self.known.papers.standings, product.id, standing)
        return paper.last_day

    def bases(self, product: Product) -> set[tuple[str, str]]:
        return {(row.basis_code, row.evidence) for row, _ in self.known.papers.eligibilities.get(product.id, [])}

    def grant_basis(self, product: Product, cells: PaperCells, *, first_day: date) -> None:
        assert cells.basis is not None
        row = as_granted(
            product,
            basis_code=cells.basis,
            evidence=cells.evidence,
            first_day=first_day,
            last_day=cells.basis_until,
        )
        if first_day <= self.day:
            before = self.known.papers.eligibilities.get(product.id, [])
            self._put(self.known.papers.eligibilities, product.id, [*before, (row, row.last_day)])

    def trouble(self, product: Product) -> RuleBroken | None:
        return self.known.papers.trouble(product)

    def has_lots(self, product: Product) -> bool:
        return product.id in self.known.with_lots

    def _next_id(self) -> int:
        self.made += 1
        return -self.made

    def _put(self, table: dict[Key, Value], key: Key, value: Value) -> None:
        if key in table:
            before = table[key]
            self.back.append(lambda: table.update({key: before}))
        else:
            self.back.append(lambda: table.pop(key))
        table[key] = value

    def _add(self, group: set[Value], value: Value) -> None:
        if value not in group:
            group.add(value)
            self.back.append(lambda: group.discard(value))
