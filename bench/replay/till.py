"""Playing a file's baskets: shifts opened and closed day by day, each basket rung up as a page would do it.

A basket's acts (goods put in, prices set by right, the sale; goods brought back) stand in one transaction, where the
till's pages need one for each press. The key of a basket is made of the file's content, the day and the basket's name:
what was played is not played again, so a replay that was killed goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, select

from bench.replay.sales_file import FileLine
from bench.replay.shop import REGISTER, owner_here, product_ids
from core.clock import Hand, today
from core.database import db, transaction
from core.money import ZERO, Money
from core.quantity import Quantity
from inventory.catalogue.price import prices_for
from inventory.catalogue.product import Product
from inventory.lot import Lot
from pos.basket import Goods, add_goods, open_basket
from pos.checkout import complete_sale
from pos.discounts.price_by_right import set_price_by_right
from pos.register import Register, register_by_code
from pos.returns.refund import give_back_without_receipt
from pos.returns.refund_table import Refund
from pos.sale import Sale
from pos.shifts.shift import close_shift, open_shift, open_shift_of
from pos.shifts.shift_totals import totals_of
from pos.tender import Paid, TenderKind

BY_RIGHT = "giá ghi trong tệp"
WITHOUT_RECEIPT = "trả lại theo tệp"
FLOAT = Money(1_000_000)


@dataclass(frozen=True, slots=True)
class FileBasket:
    """What one basket of the file holds on one day, at its first time of that day; sold and brought back apart."""

    name: str
    at: datetime
    key: str
    sold: tuple[FileLine, ...]
    brought_back: tuple[FileLine, ...]


def baskets_of(lines: Iterable[FileLine], digest: str) -> list[FileBasket]:
    """The baskets in the order of their times, whatever the order of the lines. One over two days is two baskets."""
    found: dict[tuple[date, str], list[FileLine]] = {}
    for line in lines:
        found.setdefault((line.day, line.basket), []).append(line)
    baskets = [_basket(day, name, held, digest) for (day, name), held in found.items()]
    return sorted(baskets, key=lambda basket: (basket.at, basket.key))


def _basket(day: date, name: str, lines: list[FileLine], digest: str) -> FileBasket:
    return FileBasket(
        name=name,
        at=min(line.at for line in lines),
        key=f"{digest} {day.isoformat()} {name}",
        sold=tuple(line for line in lines if line.thousandths > 0),
        brought_back=tuple(line for line in lines if line.thousandths < 0),
    )


def play(baskets: Iterable[FileBasket], hand: Hand) -> Iterator[FileBasket]:
    """Play what was not played yet, in its order; gives each basket when it is in the books."""
    played, ids = played_keys(), product_ids()
    for _, of_day in groupby(baskets, key=lambda basket: basket.at.date()):
        every = list(of_day)
        missing = [basket for basket in every if basket.key not in played]
        if missing:
            open_for(missing[0].at, hand)
        for basket in missing:
            hand.set(max(hand.instant, basket.at))
            ring_up(basket, ids)
            yield basket
        close_for(every[-1].at, hand)


def played_keys() -> set[str]:
    """The keys of what stands in the books."""
    return {*db.session.scalars(select(Sale.key)), *db.session.scalars(select(Refund.key))}


def counter() -> Register:
    """The only register."""
    register = register_by_code(REGISTER)
    assert register is not None
    return register


def open_for(at: datetime, hand: Hand) -> None:
    """Open the day's shift, unless a replay that was cut off did."""
    hand.set(max(hand.instant, at))
    with transaction():
        if open_shift_of(counter()) is None:
            open_shift(counter(), float_=FLOAT, by=owner_here())
    db.session.remove()


def close_for(at: datetime, hand: Hand) -> None:
    """Count the drawer after the day's last basket: exactly what must be in it, which closes the day too."""
    if open_shift_of(counter()) is None:
        return
    hand.set(max(hand.instant, at))
    with transaction():
        shift = open_shift_of(counter())
        assert shift is not None
        close_shift(shift, counted=max(totals_of(shift).expected_cash, ZERO), by=owner_here())
    db.session.remove()


def ring_up(basket: FileBasket, ids: dict[str, int]) -> None:
    """One basket of the file, whole or not at all."""
    with transaction():
        products = products_in(basket, ids)
        if basket.sold:
            sell(basket, products)
        if basket.brought_back:
            take_back(basket, products)
    db.session.expunge_all()  # as after a request


def products_in(basket: FileBasket, ids: dict[str, int]) -> dict[str, Product]:
    """The products of a basket by the sku of the file."""
    wanted = {line.sku: ids[line.sku] for line in (*basket.sold, *basket.brought_back)}
    found = {one.id: one for one in db.session.scalars(_PRODUCTS, {"ids": list(set(wanted.values()))})}
    return {sku: found[number] for sku, number in wanted.items()}


_PRODUCTS: Any = select(Product).where(Product.id.in_(bindparam("ids", expanding=True)))


def sell(basket: FileBasket, products: dict[str, Product]) -> None:
    """Put the goods in, set the prices that differ from the list, take the money in cash."""
    by, counted = owner_here(), open_basket(counter())
    for turn in in_turns(basket.sold, prices_of_list(products)):
        goods = [Goods(products[line.sku], Quantity(line.thousandths)) for line in turn]
        for line, put_in in zip(turn, add_goods(counted, goods, by=by), strict=True):
            if put_in.price.dong != line.price:
                set_price_by_right(put_in, Money(line.price), reason=BY_RIGHT, by=by)
    complete_sale(counted, paid=[Paid(TenderKind.CASH, counted.total)], key=basket.key, by=by)


def take_back(basket: FileBasket, products: dict[str, Product]) -> None:
    """Take goods back without a receipt at the price in the file, into the lot that the shop has of them."""
    lots = lots_of(products)
    goods = [
        (product, lots.get(product.id), Quantity(-line.thousandths), Money(line.price))
        for line, product in ((line, products[line.sku]) for line in basket.brought_back)
    ]
    give_back_without_receipt(open_basket(counter()), goods, reason=WITHOUT_RECEIPT, key=basket.key, by=owner_here())


def lots_of(products: dict[str, Product]) -> dict[int, Lot]:
    """The newest lot of each product; a service article has none."""
    ids = {"ids": [product.id for product in products.values()]}
    return {lot.product_id: lot for lot in db.session.scalars(_LOTS, ids)}


_LOTS: Any = select(Lot).where(Lot.product_id.in_(bindparam("ids", expanding=True))).order_by(Lot.id)


def prices_of_list(products: dict[str, Product]) -> dict[str, int]:
    """The shop's prices of the day by the sku of the file; a file may set none for an article it did not bring."""
    prices = prices_for([product.id for product in products.values()], today())
    return {sku: prices[product.id].dong for sku, product in products.items()}


def in_turns(lines: Sequence[FileLine], prices: dict[str, int]) -> list[list[FileLine]]:
    """The lines in the turns in which they are rung up: where an article stands at several prices, one a turn.

    The same goods put in again raise their line as long as it stands at the price of the list: that price comes last.
    """
    found: dict[str, list[int]] = {}
    for line in sorted(lines, key=lambda line: line.price == prices[line.sku]):
        if line.price not in found.setdefault(line.sku, []):
            found[line.sku].append(line.price)
    turns: dict[int, list[FileLine]] = {}
    for line in lines:
        turns.setdefault(found[line.sku].index(line.price), []).append(line)
    return [turns[turn] for turn in sorted(turns)]
