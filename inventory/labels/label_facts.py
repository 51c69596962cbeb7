"""What stands on a label, as it is true on a day: stars only while their certificate is in force then.

Stars are said in words. No official mark is imitated; the province's file takes its place where one is used.
"""

from dataclasses import dataclass
from datetime import date

from core.errors import RuleBroken
from core.i18n import N_
from core.money import Money
from core.quantity import ONE
from inventory.catalogue.certificate import standings_for
from inventory.catalogue.price import price_on
from inventory.catalogue.producer_search import place_of
from inventory.catalogue.product import Product
from inventory.catalogue.product_number import NumberKind, ProductNumber, numbers_of
from inventory.labels.label_kind import LabelKind, LabelSymbol
from inventory.labels.net_content import NetContent, net_content_of
from inventory.lot import Lot
from inventory.lot_label import label_number
from printers.labels.symbol import Symbol, bars, data_matrix, qr

LINK = "https://id.gs1.org"


class NoNumberYet(RuleBroken):
    """Nothing to scan could be printed."""

    message = N_("%(product)s has no number that can be printed as bars. Give it an in-store number on its page first.")


class PriceMissing(RuleBroken):
    """A label for people who buy shows what it costs."""

    message = N_("%(product)s has no price today. Set its price first, or print a lot label, which shows none.")


class LotMissing(RuleBroken):
    """A lot label names one lot."""

    message = N_("A lot label needs a lot. Scan the label or choose a receipt, or print a product label.")


@dataclass(frozen=True, slots=True)
class Stars:
    """Stars that may be shown, and the last day of their certificate."""

    stars: int
    until: date


@dataclass(frozen=True, slots=True)
class LabelFacts:
    """Everything a label may say; a design chooses."""

    kind: LabelKind
    name: str
    pack: str
    unit_label: str
    by_measure: bool
    producer: str
    commune: str
    """Today's commune and province; never a district, which is no authority any more."""
    price: Money | None
    price_of_one: Money | None
    content: NetContent | None
    stars: Stars | None
    lot: str
    best_before: date | None
    sell_by: date | None
    symbol: Symbol | None


def facts_of(product: Product, lot: Lot | None, kind: LabelKind, *, day: date, symbol: LabelSymbol) -> LabelFacts:
    """What a label of a kind says on a day; the sentence that is missing where it cannot be printed."""
    price = None if kind is LabelKind.LOT else price_on(product, day)
    if kind is not LabelKind.LOT and price is None:
        raise PriceMissing(product=product.full_name)
    if kind is LabelKind.LOT and lot is None:
        raise LotMissing()
    content = None if product.unit.divisible else net_content_of(product.pack)
    return LabelFacts(
        kind=kind,
        name=product.name,
        pack=product.pack,
        unit_label=product.unit_label,
        by_measure=product.unit.divisible,
        producer=product.producer.name,
        commune=place_of(product.producer.locality_id, product.producer.province_id),
        price=price,
        price_of_one=content.price_of_one(price) if content and price is not None else None,
        content=content,
        stars=stars_shown(product, day),
        lot=lot.number if lot else "",
        best_before=lot.best_before if lot else None,
        sell_by=lot.sell_by if lot else None,
        symbol=symbol_for(product, lot, kind, symbol),
    )


def stars_shown(product: Product, day: date) -> Stars | None:
    """The stars of a certificate in force on the day, or None."""
    standing = standings_for([product.id], day).get(product.id)
    stars = standing.stars_on(day) if standing else None
    return Stars(stars, standing.last_day) if standing is not None and stars is not None else None


def symbol_for(product: Product, lot: Lot | None, kind: LabelKind, wanted: LabelSymbol) -> Symbol | None:
    """What is scanned: the product's number, or with its lot where a lot is labelled.

    Goods without a GTIN carry the shop's own digits; a shelf label may do without any.
    """
    number = best_number(product)
    gtin = number.number if number is not None and number.kind is NumberKind.GTIN else None
    if lot is not None and gtin and wanted is not LabelSymbol.BARS:
        return _with_lot(gtin, lot, wanted)
    if kind is LabelKind.LOT and lot is not None:
        return bars(label_number(lot))
    if number is None:
        if kind is LabelKind.SHELF:
            return None
        raise NoNumberYet(product=product.full_name)
    shown = number.shown
    return bars(shown.zfill(13) if len(shown) == 12 else shown)


def best_number(product: Product) -> ProductNumber | None:
    """The number of one piece that can be drawn as bars: the maker's before the shop's own; none of a carton."""
    fit = [n for n in numbers_of(product) if n.kind is not NumberKind.SCALE and n.pack == ONE and len(n.shown) < 14]
    return min(fit, key=lambda n: n.kind is not NumberKind.GTIN, default=None)


def _with_lot(gtin: str, lot: Lot, wanted: LabelSymbol) -> Symbol:
    """GTIN, last day and lot. Parts of fixed length come first: so no separator is needed that a scanner may drop."""
    day = f"{lot.best_before:%y%m%d}" if lot.best_before else ""
    if wanted is LabelSymbol.DATAMATRIX:
        return data_matrix(f"(01){gtin}" + (f"(17){day}" if day else "") + f"(10){lot.number}")
    return qr(f"{LINK}/01/{gtin}/10/{lot.number}" + (f"?17={day}" if day else ""))
