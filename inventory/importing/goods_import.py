"""A list of goods becomes goods: products with their producers, numbers, prices, papers and first stock.

Each row goes through the verbs that a manager's page uses. Trying a list out is entering it and taking everything back,
so what the preview says is what happens. A list that comes a second time finds its goods and changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from config.reference.goods_columns import goods_words
from config.reference.groups import product_group
from core.clock import today
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.staff import Staff
from core.text import fold
from inventory.catalogue.eligibility import papers_for
from inventory.catalogue.price import price_on, set_price
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product, add_product
from inventory.catalogue.product_correction import bring_back_product
from inventory.catalogue.product_number import (
    WrongPrefix,
    add_in_store_number,
    add_number,
    as_gtin14,
    find_number,
    is_shops_own,
)
from inventory.catalogue.tax import set_tax_class, tax_class_on
from inventory.importing.goods_import_maker import maker_of
from inventory.importing.goods_import_outcome import Outcome, Said, Standing
from inventory.importing.goods_import_papers import enter_papers
from inventory.importing.goods_import_stock import FirstStock
from inventory.importing.goods_row import Choices, GoodsRow


class GroupMissing(RuleBroken):
    """Statistics, licences and taxes follow from the group."""

    message = N_("No product group is named and the name does not hint at one. Choose a group for such rows above.")


class RowTwice(RuleBroken):
    """The same goods twice would be a slip, unless another lot of them stands in the second row."""

    message = N_("Row %(other)s already names this product. Keep one of the two, or give each its own lot or day.")


class CodeTwice(RuleBroken):
    """One code means one product."""

    message = N_("Row %(other)s has the same code %(code)s. Correct one of the two.")


class NumberOfOther(RuleBroken):
    """A barcode that means other goods here."""

    message = N_("Barcode %(number)s belongs to %(product)s. Check the barcode, or the name.")


class OtherUnit(RuleBroken):
    """A price for a jar is no price for a kilogram."""

    message = N_("%(product)s is sold by another unit here than the list says. Correct the unit in the list.")


@dataclass
class Entering:
    """A list while it is entered: who enters it, what was chosen above it, what earlier rows brought."""

    choices: Choices
    prefix: str
    by: Staff
    rows: dict[int, int] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    stock: FirstStock = field(default_factory=FirstStock)


def try_out(rows: Sequence[GoodsRow], choices: Choices, *, prefix: str, by: Staff) -> list[Outcome]:
    """What entering the rows would do; everything is taken back. `prefix` is `scan.in_store_prefix`."""
    entering = Entering(choices, prefix, by)
    outcomes = []
    with db.session.begin_nested() as everything:
        for row in rows:
            outcome = Outcome(row.number, row.name)
            try:
                with db.session.begin_nested():
                    enter_row(entering, row, outcome)
            except RuleBroken as trouble:
                outcome.refuse(Said.of(trouble))
            outcomes.append(outcome)
        everything.rollback()
    db.session.expire_all()
    return outcomes


def enter_goods(rows: Sequence[GoodsRow], choices: Choices, *, prefix: str, by: Staff) -> list[Outcome]:
    """Enter rows that were tried out, all or none; their first stock comes as one goods receipt for each producer."""
    entering = Entering(choices, prefix, by)
    outcomes = []
    for row in rows:
        outcome = Outcome(row.number, row.name)
        enter_row(entering, row, outcome)
        outcomes.append(outcome)
    entering.stock.receive(by=by)
    return outcomes


def enter_row(entering: Entering, row: GoodsRow, outcome: Outcome) -> None:
    """Enter one row: the product or what is new about it, then its papers, then its stock."""
    maker = maker_of(row.maker, outcome, by=entering.by)
    product = known_product(row, maker)
    refuse_repetition(entering, row, product)
    if product is None:
        product = new_product(entering, row, maker, outcome)
    elif product.unit is not row.unit:
        raise OtherUnit(product=product.full_name)
    elif product.retired_on is not None:
        bring_back_product(product, by=entering.by)
        outcome.change(N_("In the range again"))
    enter_price(row, product, outcome, by=entering.by)
    enter_number(entering, row, product, outcome)
    enter_papers(row.papers, product, outcome, by=entering.by)
    entering.rows.setdefault(product.id, row.number)
    if row.own_code:
        entering.codes[row.own_code] = row.number
    missing = papers_for([product], today()).trouble(product)
    if missing is not None:
        outcome.notes.append(Said.of(missing))
    entering.stock.bring(row.stock, product, outcome, choices=entering.choices, sellable=missing is None)


def known_product(row: GoodsRow, maker: Producer) -> Product | None:
    """The product that a row means: by its barcode, else by producer, name and pack; None for a new one."""
    found = find_number(row.barcode, row.barcode.zfill(14)) if row.barcode else None
    if found is not None:
        if fold(found.product.name) != fold(row.name):
            raise NumberOfOther(number=row.barcode, product=found.product.full_name)
        return found.product
    wanted = select(Product).where(Product.producer_id == maker.id, Product.name_folded == fold(row.name))
    same = (one for one in db.session.scalars(wanted) if one.name.casefold() == row.name.casefold())
    packed = [one for one in same if one.pack.casefold() == row.pack.casefold()]
    return min(packed, key=lambda one: one.retired_on is not None, default=None)


def refuse_repetition(entering: Entering, row: GoodsRow, product: Product | None) -> None:
    """Refuse a product that an earlier row named, unless this row brings another lot of it."""
    if row.own_code in entering.codes:
        raise CodeTwice(other=entering.codes[row.own_code], code=row.own_code)
    other = entering.rows.get(product.id) if product is not None else None
    if product is not None and other is not None and not entering.stock.is_another_lot(row.stock, product):
        raise RowTwice(other=other)


def new_product(entering: Entering, row: GoodsRow, maker: Producer, outcome: Outcome) -> Product:
    """Enter the product of a row with its group and tax class."""
    group = row.group or hinted_group(row.name) or entering.choices.group
    if not group:
        raise GroupMissing()
    product = add_product(
        maker,
        name=row.name,
        pack=row.pack,
        unit=row.unit,
        unit_label=row.unit_label,
        group_code=group,
        sell_within_days=row.within_days,
        by=entering.by,
    )
    outcome.standing = Standing.NEW
    if not row.group:
        outcome.note(N_("Group by its name or the choice above: %(group)s"), group=f"{group} {product.group.vi}")
    tax_class = row.tax_class or tax_of_group(group) or entering.choices.tax_class
    set_tax_class(product, tax_class, from_day=today(), by=entering.by)
    return product


def hinted_group(name: str) -> str | None:
    """The group that a name hints at; the word that stands first in it counts: dried beef is beef."""
    words = f" {name.casefold()} "
    found = [(words.find(f" {word} "), -len(word), group) for word, group in goods_words("group").items()]
    return min((one for one in found if one[0] >= 0), default=(0, 0, None))[2]


def tax_of_group(group: str) -> str | None:
    """The tax class that most goods of a group have; None where the group says nothing about it.

    Fresh and plainly prepared farm goods, and liquor, have classes of their own (config/reference/tax_classes.csv).
    """
    known = goods_words("tax")
    return known.get(product_group(group).code.rpartition(".")[0]) or None


def enter_price(row: GoodsRow, product: Product, outcome: Outcome, *, by: Staff) -> None:
    """Set the price where it is another one than today's; enter the tax class a list names for goods known before."""
    day = today()
    before = price_on(product, day)
    if row.price is not None and row.price != before:
        set_price(product, row.price, from_day=day, by=by)
        if before is not None:
            outcome.change(N_("Price %(before)s becomes %(price)s"), before=before, price=row.price)
        else:
            outcome.change(N_("Price %(price)s"), price=row.price)
    elif row.price is None and before is None:
        outcome.note(N_("It has no price yet: the till cannot sell it until one is set."))
    if row.tax_class and row.tax_class != tax_class_on(product, day):
        set_tax_class(product, row.tax_class, from_day=day, by=by)
        outcome.change(N_("Other tax class"))


def enter_number(entering: Entering, row: GoodsRow, product: Product, outcome: Outcome) -> None:
    """Enter the barcode, as a maker's number or as one of the shop's own."""
    if row.barcode is None or find_number(row.barcode, row.barcode.zfill(14)) is not None:
        return
    gtin = as_gtin14(row.barcode)
    if not is_shops_own(gtin):
        add_number(product, row.barcode, by=entering.by)
    elif row.barcode.startswith(entering.prefix):
        add_in_store_number(product, prefix=entering.prefix, number=row.barcode, by=entering.by)
    else:
        raise WrongPrefix(prefix=entering.prefix, number=row.barcode)
    outcome.change(N_("Barcode %(number)s"), number=row.barcode)
    if row.zeros_added:
        outcome.note(N_("The spreadsheet had dropped the zeros before the barcode; the check digit proves them."))
