"""The rows of the demo: what the sources say of each product, and the invented rule for its kind."""

import csv
import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from config.reference.forms import form_written_as
from config.reference.localities import communes_named, provinces_on, same_name
from core.money import Money
from core.quantity import Unit

_FOLDER = Path(__file__).parent
_SERVICE = "VI"
_WITH_OLD = re.compile(r"(?P<old>.+) \(cũ\)(?: → (?P<now>.+))?")
# Communes, provinces and forms are looked up as they are called since the reform.
_REFORMED = date(2025, 7, 1)
_BY_WEIGHT = "kg"
_THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Invented:
    """Made up for one kind of goods: price, tax class, shelf life, how much comes at once."""

    price: Money
    tax_class: str
    shelf_days: int | None
    within_days: int | None
    quantity: int


@dataclass(frozen=True, slots=True)
class DemoGoods:
    """One product of the demo; `place` is its place in the list, which spreads prices and days a little."""

    place: int
    name: str
    pack: str
    unit_label: str
    group: str
    stars: int | None
    year: int | None
    note: str
    producer: str
    form: str
    province_id: str
    locality_id: str | None
    old_commune: str
    old_district: str
    invented: Invented

    @property
    def unit(self) -> Unit:
        """By weight, or by the piece."""
        return Unit.KILOGRAM if self.unit_label == _BY_WEIGHT else Unit.PIECE

    @property
    def price(self) -> Money:
        """An invented price, rounded to thousands, up to a fifth around that of its kind."""
        tilted = self.invented.price.share(Fraction(80 + self.place * 7 % 45, 100))
        return Money(max(1, tilted.dong // _THOUSAND) * _THOUSAND)


def read_goods() -> list[DemoGoods]:
    """Every product that can be sold over a counter, in the order of the file; services are left out."""
    rules, goods = read_invented(), list[DemoGoods]()
    with (_FOLDER / "products.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, strict=True):
            if row["group"].startswith(_SERVICE):
                continue
            labels = re.sub(r" \(.*\)", "", row["unit"]).split("; ")
            for label in labels:
                pack = label if len(labels) > 1 else ""
                goods.append(goods_of(row, len(goods), label, pack, rules[row["group"], label]))
    return goods


def goods_of(row: dict[str, str], place: int, label: str, pack: str, invented: Invented) -> DemoGoods:
    """One pack of a row."""
    old_commune, now = places_of(row["place"])
    province = next(one for one in provinces_on(_REFORMED) if one.name == row["province"])
    found = communes_named(now, _REFORMED, province.name) if now else ()
    form = form_written_as(row["producer_form"])
    return DemoGoods(
        place=place,
        name=row["name"],
        pack=pack,
        unit_label=label,
        group=row["group"],
        stars=int(row["stars"]) if row["stars"] else None,
        year=int(row["certified_year"]) if row["certified_year"] else None,
        note=row["note"],
        producer=row["producer"] or unnamed_producer(row, now),
        form=form.code if form else "other",
        province_id=province.id,
        locality_id=found[0].id if len(found) == 1 else None,
        old_commune=old_commune,
        old_district=row["old_district"],
        invented=invented,
    )


def places_of(text: str) -> tuple[str, str]:
    """The old commune and the commune of today in "xã A (cũ) → xã B"; a single name is taken for one of today."""
    found = _WITH_OLD.fullmatch(text)
    return (found["old"], found["now"] or "") if found else ("", text)


def unnamed_producer(row: dict[str, str], now: str) -> str:
    """What stands for a producer whom the source does not name: nobody is made up."""
    district = row["old_district"]
    kind = "" if district.startswith(("Thành phố", "Thị xã")) else "huyện "
    where = now or (f"{kind}{district} (cũ)" if district else f"tỉnh {row['province']}")
    return f"Hộ sản xuất (chưa rõ tên) – {where}"


def same_producer(one: str, other: str) -> bool:
    """Whether two written names mean one producer: "DORI" and "Dori" do."""
    return same_name(one) == same_name(other)


def read_invented() -> dict[tuple[str, str], Invented]:
    """The invented rules by group and unit."""
    with (_FOLDER / "invented.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["group"], row["unit"]): Invented(
                price=Money(int(row["price"])),
                tax_class=row["tax_class"],
                shelf_days=int(row["shelf_days"]) if row["shelf_days"] else None,
                within_days=int(row["within_days"]) if row["within_days"] else None,
                quantity=int(row["quantity"]),
            )
            for row in csv.DictReader(file, strict=True)
        }
