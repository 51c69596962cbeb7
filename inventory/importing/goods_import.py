"""A list of goods becomes goods: products with their producers, numbers, prices, papers and first stock.

Each row goes through the same steps, whether the list is tried out or entered; only the hand differs that does them
(goods_hand.py). A list that comes a second time finds its goods and changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from config.reference.goods_columns import goods_words
from config.reference.groups import product_group
from core.errors import RuleBroken
from core.i18n import N_
from core.staff import Staff
from core.text import fold
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from inventory.catalogue.product_number import WrongPrefix, as_gtin14, is_shops_own
from inventory.importing.goods_hand import GoodsHand
from inventory.importing.goods_import_maker import maker_of
from inventory.importing.goods_import_outcome import Outcome, Said, Standing
from inventory.importing.goods_import_papers import enter_papers
from inventory.importing.goods_import_stock import FirstStock
from inventory.importing.goods_row import Choices, GoodsRow
from inventory.importing.known_goods import KnownGoods
from inventory.importing.shop_hand import ShopHand
from inventory.importing.trial_hand import TrialHand


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
    """A list while it is entered: by which hand, what was chosen above it, what earlier rows brought."""

    hand: GoodsHand
    choices: Choices
    prefix: str
    rows: dict[int, int] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    stock: FirstStock = field(default_factory=FirstStock)


def try_out(rows: Sequence[GoodsRow], choices: Choices, *, prefix: str) -> list[Outcome]:
    """What entering the rows would do; nothing is written. `prefix` is `scan.in_store_prefix`."""
    hand = TrialHand(KnownGoods())
    entering = Entering(hand, choices, prefix)
    outcomes = []
    for row in rows:
        outcome = Outcome(row.number, row.name)
        try:
            with hand.one_row():
                enter_row(entering, row, outcome)
        except RuleBroken as trouble:
            outcome.refuse(Said.of(trouble))
        outcomes.append(outcome)
    return outcomes


def enter_goods(rows: Sequence[GoodsRow], choices: Choices, *, prefix: str, by: Staff) -> list[Outcome]:
    """Enter rows that were tried out, all or none; their first stock comes as one goods receipt for each producer."""
    entering = Entering(ShopHand(by), choices, prefix)
    outcomes = []
    for row in rows:
        outcome = Outcome(row.number, row.name)
        enter_row(entering, row, outcome)
        outcomes.append(outcome)
    entering.stock.receive(by=by)
    return outcomes


def enter_row(entering: Entering, row: GoodsRow, outcome: Outcome) -> None:
    """Enter one row: the product or what is new about it, then its papers, then its stock."""
    hand = entering.hand
    maker = maker_of(hand, row.maker, outcome)
    product = known_product(hand, row, maker)
    refuse_repetition(entering, row, product)
    if product is None:
        product = new_product(entering, row, maker, outcome)
    elif product.unit is not row.unit:
        raise OtherUnit(product=product.full_name)
    elif hand.is_retired(product):
        hand.bring_back_product(product)
        outcome.change(N_("In the range again"))
    enter_price(hand, row, product, outcome)
    enter_number(entering, row, product, outcome)
    enter_papers(hand, row.papers, product, outcome)
    entering.rows.setdefault(product.id, row.number)
    if row.own_code:
        entering.codes[row.own_code] = row.number
    missing = hand.trouble(product)
    if missing is not None:
        outcome.notes.append(Said.of(missing))
    known = hand.has_lots(product)
    entering.stock.bring(row.stock, product, outcome, choices=entering.choices, known=known, sellable=missing is None)


def known_product(hand: GoodsHand, row: GoodsRow, maker: Producer) -> Product | None:
    """The product that a row means: by its barcode, else by producer, name and pack; None for a new one."""
    found = hand.numbered(row.barcode, row.barcode.zfill(14)) if row.barcode else None
    if found is not None:
        if fold(found.name) != fold(row.name):
            raise NumberOfOther(number=row.barcode, product=found.full_name)
        return found
    same = (one for one in hand.products_named(maker, fold(row.name)) if one.name.casefold() == row.name.casefold())
    packed = [one for one in same if one.pack.casefold() == row.pack.casefold()]
    return min(packed, key=hand.is_retired, default=None)


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
    product = entering.hand.add_product(maker, row, group=group)
    outcome.standing = Standing.NEW
    if not row.group:
        outcome.note(N_("Group by its name or the choice above: %(group)s"), group=f"{group} {product.group.vi}")
    tax_class = row.tax_class or tax_of_group(group) or entering.choices.tax_class
    entering.hand.set_tax_class(product, tax_class)
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


def enter_price(hand: GoodsHand, row: GoodsRow, product: Product, outcome: Outcome) -> None:
    """Set the price where it is another one than today's; enter the tax class a list names for goods known before."""
    before = hand.price(product)
    if row.price is not None and row.price != before:
        hand.set_price(product, row.price)
        if before is not None:
            outcome.change(N_("Price %(before)s becomes %(price)s"), before=before, price=row.price)
        else:
            outcome.change(N_("Price %(price)s"), price=row.price)
    elif row.price is None and before is None:
        outcome.note(N_("It has no price yet: the till cannot sell it until one is set."))
    if row.tax_class and row.tax_class != hand.tax_class(product):
        hand.set_tax_class(product, row.tax_class)
        outcome.change(N_("Other tax class"))


def enter_number(entering: Entering, row: GoodsRow, product: Product, outcome: Outcome) -> None:
    """Enter the barcode, as a maker's number or as one of the shop's own."""
    hand = entering.hand
    if row.barcode is None or hand.numbered(row.barcode, row.barcode.zfill(14)) is not None:
        return
    if not is_shops_own(as_gtin14(row.barcode)):
        hand.add_number(product, row.barcode, in_store_prefix=None)
    elif row.barcode.startswith(entering.prefix):
        hand.add_number(product, row.barcode, in_store_prefix=entering.prefix)
    else:
        raise WrongPrefix(prefix=entering.prefix, number=row.barcode)
    outcome.change(N_("Barcode %(number)s"), number=row.barcode)
    if row.zeros_added:
        outcome.note(N_("The spreadsheet had dropped the zeros before the barcode; the check digit proves them."))
