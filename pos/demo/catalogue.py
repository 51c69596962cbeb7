"""Enters the demo's producers, products and papers through the verbs of the catalogue."""

from dataclasses import dataclass
from datetime import date, timedelta

from core.clock import today
from core.current_settings import current_settings
from core.money import Money
from core.quantity import Quantity
from core.staff import Staff
from inventory.catalogue.certificate import add_certificate, last_day_of
from inventory.catalogue.eligibility import grant_eligibility
from inventory.catalogue.licence import add_licence
from inventory.catalogue.price import set_price
from inventory.catalogue.producer import Producer, add_producer
from inventory.catalogue.product import Product, add_product
from inventory.catalogue.product_number import add_in_store_number, add_number, add_scale_item, check_digit
from inventory.catalogue.tax import set_tax_class
from pos.demo.goods import DemoGoods, read_goods, same_producer

_YEAR = timedelta(days=365)
# What the demo does with a product whose certificate has ended: by its row, most get another basis, some none.
_OTHER_BASES = ("local_speciality", "key_product", None, "local_speciality", "rural_farm", "ending")
_CARTON = 12


@dataclass(frozen=True, slots=True)
class Entered:
    """A product of the demo in the shop's catalogue."""

    goods: DemoGoods
    product: Product
    producer: Producer


def fill_catalogue(*, by: Staff, since: date) -> list[Entered]:
    """Every product with its producer, numbers, tax class, first price and papers; prices hold since a year before."""
    producers: list[Producer] = []
    entered = []
    for goods in read_goods():
        producer = known_producer(goods, producers, by)
        product = add_product(
            producer,
            name=goods.name,
            pack=goods.pack,
            unit=goods.unit,
            unit_label=goods.unit_label,
            group_code=goods.group,
            sell_within_days=goods.invented.within_days,
            by=by,
        )
        set_tax_class(product, goods.invented.tax_class, from_day=since - _YEAR, by=by)
        set_price(product, goods.price, from_day=since - _YEAR, by=by)
        add_numbers(goods, product, by)
        add_papers(goods, product, since, by)
        entered.append(Entered(goods, product, producer))
    add_licence(
        kind="liquor_retail",
        number="(demo) 01/GP-BLR",
        issuer="(demo) Phòng kinh tế của xã, phường",
        first_day=since - _YEAR,
        last_day=since + 4 * _YEAR,
        by=by,
    )
    return entered


def known_producer(goods: DemoGoods, producers: list[Producer], by: Staff) -> Producer:
    """The producer of a product, entered when first met."""
    for producer in producers:
        if same_producer(producer.name, goods.producer):
            return producer
    producers.append(
        add_producer(
            name=goods.producer,
            form=goods.form,
            province_id=goods.province_id,
            locality_id=goods.locality_id,
            old_commune=goods.old_commune,
            old_district=goods.old_district,
            by=by,
        )
    )
    return producers[-1]


def add_numbers(goods: DemoGoods, product: Product, by: Staff) -> None:
    """Constructed numbers: the scale's for goods by weight, a GTIN or an in-store one for packs, none for the rest."""
    settings = current_settings().scan
    if goods.unit.divisible:
        if settings.weight_layouts:
            add_scale_item(product, settings.weight_layouts[0], by=by)
    elif goods.place % 2 == 0:
        add_number(product, constructed_gtin(goods.place), by=by)
        if goods.place % 10 == 0:
            add_number(product, constructed_carton(goods.place), pack=Quantity.of(_CARTON), by=by)
    elif goods.invented.within_days is None:
        add_in_store_number(product, prefix=settings.in_store_prefix, by=by)


def constructed_gtin(place: int) -> str:
    """A number that looks like a Vietnamese GTIN-13 and was given to nobody by us."""
    digits = f"8930000{place + 1:05d}"
    return digits + str(check_digit(digits))


def constructed_carton(place: int) -> str:
    """The GTIN-14 of a carton of the same goods."""
    digits = "1" + constructed_gtin(place)[:-1]
    return digits + str(check_digit(digits))


def add_papers(goods: DemoGoods, product: Product, since: date, by: Staff) -> None:
    """The certificate of the source's year, and another basis where that has ended or never was."""
    if goods.stars is not None:
        decided = invented_day(goods, since)
        year = f"năm {goods.year}" if goods.year else "năm không rõ trong nguồn"
        add_certificate(
            product,
            stars=goods.stars,
            number=f"(demo) {goods.place + 1:03d}",
            decision=f"(demo) Quyết định công nhận {year}",
            decision_date=decided,
            issuer="(demo) UBND cấp tỉnh",
            by=by,
        )
        if last_day_of(decided) > since:
            return
    add_other_basis(goods, product, since, by)


def invented_day(goods: DemoGoods, since: date) -> date:
    """A day in the year that the source names; without one, a day within the last two years."""
    if goods.year is None:
        return since - timedelta(days=30 + goods.place * 37 % 600)
    if goods.year >= since.year:
        return since - timedelta(days=30 + goods.place)
    return date(goods.year, 12, 1 + goods.place % 28)


def add_other_basis(goods: DemoGoods, product: Product, since: date, by: Staff) -> None:
    """Another basis for most products without stars in force, by their row; none for the rest."""
    chosen = "rural_industry" if goods.stars is None else _OTHER_BASES[goods.place % len(_OTHER_BASES)]
    if chosen is None:
        return
    ending = chosen == "ending"
    evidence = f"(demo) {goods.note}" if goods.stars is None else "(demo) Văn bản xác nhận của cơ quan địa phương"
    last_day = since + timedelta(days=50) if ending else since + 2 * _YEAR
    grant_eligibility(
        product,
        basis_code="key_product" if ending else chosen,
        evidence=evidence,
        first_day=since - _YEAR,
        last_day=None if chosen == "local_speciality" else last_day,
        by=by,
    )


def raise_prices(entered: list[Entered], *, by: Staff) -> None:
    """A later price for some products, from today on: the earlier one stays readable for its days."""
    for one in entered:
        if one.goods.place % 9 == 4:
            set_price(one.product, one.goods.price + Money(2_000), from_day=today(), by=by)
