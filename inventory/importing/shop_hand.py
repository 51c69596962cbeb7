"""The hand that enters a list of goods into the shop's books, inside a transaction, by the verbs of the pages."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from core.clock import today
from core.database import db
from core.errors import RuleBroken
from core.money import Money
from core.staff import Staff
from inventory.catalogue.basis import eligibilities_for, grant_eligibility
from inventory.catalogue.certificate import add_certificate, certificates_of
from inventory.catalogue.eligibility import papers_for
from inventory.catalogue.price import price_on, set_price
from inventory.catalogue.producer import Producer, add_producer
from inventory.catalogue.producer_correction import bring_back_producer
from inventory.catalogue.product import Product, add_product
from inventory.catalogue.product_correction import bring_back_product
from inventory.catalogue.product_number import add_in_store_number, add_number, find_number
from inventory.catalogue.tax import set_tax_class, tax_class_on
from inventory.importing.goods_row import GoodsRow, MakerCells, PaperCells
from inventory.lot import Lot


class ShopHand:
    """Writes for somebody; each of its acts is one of `GoodsHand`."""

    def __init__(self, by: Staff) -> None:
        self.by = by

    def maker_by_code(self, code: str) -> Producer | None:
        return db.session.scalar(select(Producer).where(Producer.code == code))

    def maker_by_tax_code(self, tax_code: str) -> Producer | None:
        same = select(Producer).where(Producer.tax_code == tax_code).order_by(Producer.id).limit(1)
        return db.session.scalar(same)

    def makers_named(self, folded: str) -> list[Producer]:
        return list(db.session.scalars(select(Producer).where(Producer.name_folded == folded).order_by(Producer.id)))

    def add_maker(self, cells: MakerCells, *, name: str, form: str) -> Producer:
        return add_producer(
            name=name,
            form=form,
            province_id=cells.province_id,
            locality_id=cells.locality_id,
            old_commune=cells.old_commune,
            tax_code=cells.tax_code,
            phone=cells.phone,
            address=cells.address,
            by=self.by,
        )

    def has_left(self, maker: Producer) -> bool:
        return maker.retired_on is not None

    def bring_back_maker(self, maker: Producer) -> None:
        bring_back_producer(maker, by=self.by)

    def numbered(self, *numbers: str) -> Product | None:
        found = find_number(*numbers)
        return found.product if found is not None else None

    def products_named(self, maker: Producer, folded: str) -> list[Product]:
        same = select(Product).where(Product.producer_id == maker.id, Product.name_folded == folded)
        return list(db.session.scalars(same.order_by(Product.id)))

    def add_product(self, maker: Producer, row: GoodsRow, *, group: str) -> Product:
        return add_product(
            maker,
            name=row.name,
            pack=row.pack,
            unit=row.unit,
            unit_label=row.unit_label,
            group_code=group,
            sell_within_days=row.within_days,
            by=self.by,
        )

    def is_retired(self, product: Product) -> bool:
        return product.retired_on is not None

    def bring_back_product(self, product: Product) -> None:
        bring_back_product(product, by=self.by)

    def price(self, product: Product) -> Money | None:
        return price_on(product, today())

    def set_price(self, product: Product, price: Money) -> None:
        set_price(product, price, from_day=today(), by=self.by)

    def tax_class(self, product: Product) -> str | None:
        return tax_class_on(product, today())

    def set_tax_class(self, product: Product, tax_class: str) -> None:
        set_tax_class(product, tax_class, from_day=today(), by=self.by)

    def add_number(self, product: Product, number: str, *, in_store_prefix: str | None) -> None:
        if in_store_prefix is None:
            add_number(product, number, by=self.by)
        else:
            add_in_store_number(product, prefix=in_store_prefix, number=number, by=self.by)

    def certificates(self, product: Product) -> set[tuple[int, str]]:
        return {(one.stars, one.certificate.decision) for one in certificates_of(product) if one.certificate}

    def add_certificate(self, product: Product, cells: PaperCells) -> date:
        assert cells.stars is not None
        assert cells.decision_date is not None
        return add_certificate(
            product,
            stars=cells.stars,
            number=cells.number,
            decision=cells.decision,
            decision_date=cells.decision_date,
            issuer=cells.issuer,
            by=self.by,
        ).last_day

    def bases(self, product: Product) -> set[tuple[str, str]]:
        found = eligibilities_for([product.id], today()).get(product.id, [])
        return {(row.basis_code, row.evidence) for row, _ in found}

    def grant_basis(self, product: Product, cells: PaperCells, *, first_day: date) -> None:
        assert cells.basis is not None
        grant_eligibility(
            product,
            basis_code=cells.basis,
            evidence=cells.evidence,
            first_day=first_day,
            last_day=cells.basis_until,
            by=self.by,
        )

    def trouble(self, product: Product) -> RuleBroken | None:
        return papers_for([product], today()).trouble(product)

    def has_lots(self, product: Product) -> bool:
        return db.session.scalar(select(Lot.id).where(Lot.product_id == product.id).limit(1)) is not None
