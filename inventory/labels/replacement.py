"""Labels that say what is no longer true: another price, or stars whose certificate ended. They are to be replaced."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import func, select

from core.database import db
from core.i18n import N_
from core.money import Money
from inventory.catalogue.certificate import stars_for
from inventory.catalogue.price import prices_for
from inventory.catalogue.product import Product
from inventory.labels.label_kind import LabelKind
from inventory.labels.label_run_table import LabelLine


class Why(StrEnum):
    """What on the label is not true any more."""

    PRICE = "price"
    STARS = "stars"


WHY_NAMES = {Why.PRICE: N_("another price"), Why.STARS: N_("other stars, or none")}


@dataclass(frozen=True, slots=True)
class Replacement:
    """The last label of a kind that was printed for a product, and why it must come down."""

    product: Product
    kind: LabelKind
    line: LabelLine
    why: tuple[Why, ...]
    price: Money | None
    stars: int | None


def labels_to_replace(day: date) -> list[Replacement]:
    """Priced labels whose price or stars are not those of a day, the latest printed first.

    A newer label of the same kind and product answers for the older ones: whoever printed it put it in their place.
    """
    lines = _latest_lines()
    ids = {line.product_id for line in lines}
    prices, stars = prices_for(ids, day), stars_for(ids, day)
    found = [_compared(line, prices.get(line.product_id), stars.get(line.product_id)) for line in lines]
    return [one for one in found if one.why and one.product.retired_on is None]


def _compared(line: LabelLine, price: Money | None, stars: int | None) -> Replacement:
    why = [Why.PRICE] if line.price is not None and price is not None and price != line.price else []
    why += [Why.STARS] if line.stars is not None and stars != line.stars else []
    return Replacement(line.product, line.kind, line, tuple(why), price, stars)


def _latest_lines() -> list[LabelLine]:
    place = func.row_number().over(
        partition_by=(LabelLine.product_id, LabelLine.kind),
        order_by=(LabelLine.run_number.desc(), LabelLine.n.desc()),
    )
    ranked = select(LabelLine.run_number, LabelLine.n, place.label("place")).subquery()
    latest = select(LabelLine).join(
        ranked, (ranked.c.run_number == LabelLine.run_number) & (ranked.c.n == LabelLine.n) & (ranked.c.place == 1)
    )
    return list(db.session.scalars(latest.order_by(LabelLine.run_number.desc(), LabelLine.n)))
