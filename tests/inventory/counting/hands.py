"""What people do in the tests of counting, each in a transaction of its own."""

from core.database import transaction
from core.journal.chain import write_record
from core.journal.record import Kind
from core.quantity import Quantity
from inventory.counting.comparison import compare_with_book
from inventory.counting.count_sheet import (
    count_goods,
    finish_sheet,
    open_sheet,
)
from inventory.counting.stock_count import (
    post_stocktake,
)
from inventory.location import CUSTOMER, SHELF
from inventory.stock_move import Move, post_moves


def move(shop, lot, number, source=SHELF, target=CUSTOMER):
    with transaction():
        seq = write_record(Kind.WRITE_OFF, {"lot": lot.number}, by=shop.by).seq
        post_moves([Move(lot, source, target, pieces(number), 1)], seq)


def pieces(number):
    return Quantity.of(number)


def sheet_of(stocktake, by, zone="Kệ 1"):
    with transaction():
        return open_sheet(stocktake, zone=zone, by=by)


def count(sheet, product, number, **more):
    with transaction():
        return count_goods(sheet, product, None if number is None else Quantity.of(number, product.unit), **more)


def finish(*sheets):
    with transaction():
        for sheet in sheets:
            finish_sheet(sheet)


def post(stocktake, by):
    with transaction():
        return post_stocktake(stocktake, by=by)


def differences(stocktake):
    return {
        (one.product.name, one.owner.code if one.owner else None): one.difference.thousandths // 1000
        for one in compare_with_book(stocktake).counted
    }
