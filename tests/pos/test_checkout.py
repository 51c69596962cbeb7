import uuid

import pytest
from sqlalchemy import select

from core.database import db, transaction
from core.journal.chain import JournalRecord
from core.journal.record import Kind
from core.journal.slips import Slip
from core.money import ZERO, Money
from core.quantity import Quantity, Unit
from inventory.consignment.owed import OwedLine
from inventory.consignment.owed_reversal import owed_to
from inventory.lot import Terms
from inventory.stock_level import NotEnough
from inventory.stock_move import StockMove
from pos import basket as baskets
from pos.basket import BasketEmpty, BasketFinished, BasketState
from pos.checkout import KeyOfAnotherBasket, complete_sale
from pos.sale import Sale, SaleLine, Tender, sale_of_key
from pos.tender import CardWithoutReference, PaidTooLittle, TenderKind
from printers.spool import PrintJob
from tests.factories import (
    card,
    cash,
    count_of,
    fill_basket,
    on_hand,
    open_shift,
    pay,
    producer,
    receive,
    records,
    sell,
    set_new_price,
    transfer,
)

COMMISSION = Terms.on_commission(1500)


@pytest.fixture
def till(shop):
    """Consigned honey, tea at a delivery price, bought duck and chestnuts by weight; an open shift."""
    receive(shop, "mật ong", 20, terms=COMMISSION, of="HTX Mẫu Sơn")
    receive(shop, "chè Shan", 20, terms=Terms.at_delivery_price(Money(70_000)), of="Hộ Lý A Páo")
    receive(shop, "vịt quay", 20)
    receive(shop, "hạt dẻ", "20", unit=Unit.KILOGRAM, price=180_000)
    open_shift(shop)
    return shop


def test_a_sale_writes_everything_that_follows_from_it(till):
    basket = fill_basket(till, ("mật ong", 2), ("chè Shan", 1), ("vịt quay", 1))

    sale = pay(till, basket, cash(500_000))

    assert (sale.number, sale.total, sale.change) == (1, Money(400_000), Money(100_000))
    assert basket.state is BasketState.SOLD
    assert [(line.owner_code is None, line.due) for line in sale.lines] == [
        (False, Money(170_000)),
        (False, Money(70_000)),
        (True, ZERO),
    ]
    assert owed_to(producer(till, "HTX Mẫu Sơn")) == Money(170_000)
    assert [on_hand(line.lot) for line in sale.lines] == [18, 19, 19]
    assert count_of(Slip) == 2
    (job,) = db.session.scalars(select(PrintJob))
    assert (job.kind, job.number, job.open_drawer) == ("receipt", 1, True)


def test_the_record_carries_what_the_rows_say(till):
    basket = fill_basket(till, ("mật ong", 2), ("hạt dẻ", "0,850"))

    sale = pay(till, basket, cash(100_000), transfer(253_000), key="k-1")

    (record,) = records(Kind.SALE)
    body = record["body"]
    assert (body["no"], body["total"], body["change"], body["key"]) == (1, 353_000, 0, "k-1")
    assert (body["order"], body["reg"], body["day"]) == (basket.order_code, "1", "2026-11-20")
    assert body["pay"] == [
        {"kind": "cash", "amt": 100_000},
        {"kind": "transfer", "amt": 253_000, "ref": basket.order_code},
    ]
    assert [(line["qty"], line["price"], line["amt"]) for line in body["lines"]] == [
        (2000, 100_000, 200_000),
        (850, 180_000, 153_000),
    ]
    assert body["vat"] == [{"rate": "8", "net": 326_852, "vat": 26_148}]
    assert sum(line["vat"] for line in body["lines"]) == 26_148
    assert [slip["own"] for slip in body["slips"]] == [sale.lines[0].owner_code]
    assert record["tot"] == {"gross": 353_000, "ref": 0, "net": 353_000, "n": 1}
    assert (record["usr"], record["shift"], record["seq"]) == (till.clerk.code, 1, sale.record_seq)


def test_receipt_numbers_follow_each_other_without_gap(till):
    for _ in range(3):
        sell(till, "mật ong")
        with pytest.raises(PaidTooLittle):
            sell(till, "chè Shan", 1, cash(1_000))
        with transaction():
            baskets.void_basket(baskets.current_basket(till.register), reason="khách đổi ý", by=till.clerk)

    assert list(db.session.scalars(select(Sale.number).order_by(Sale.number))) == [1, 2, 3]


def test_one_line_becomes_two_when_a_second_lot_of_the_same_owner_is_needed(till):
    first = receive(till, "rượu ngô", 2, terms=COMMISSION, price=99_999)
    second = receive(till, "rượu ngô", 5, terms=COMMISSION)

    sale = sell(till, "rượu ngô", 3)

    assert [(line.lot, line.quantity) for line in sale.lines] == [(first, Quantity(2000)), (second, Quantity(1000))]
    assert sum((line.amount for line in sale.lines), ZERO) == sale.total == Money(299_997)
    assert [record["i"] for record in records(Kind.SALE)[0]["body"]["slips"]] == [1]


def test_goods_sold_below_the_book_say_why(till):
    lot = receive(till, "rượu ngô", 1)
    basket = fill_basket(till, ("rượu ngô", 2))
    with pytest.raises(NotEnough):
        pay(till, basket, cash(200_000))
    with transaction():
        baskets.choose_lot(basket.lines[0], lot, reason="hàng còn trên kệ", by=till.clerk)

    sale = pay(till, basket)

    assert sale.lines[0].why == "below_book: hàng còn trên kệ"
    assert records(Kind.SALE)[0]["body"]["lines"][0]["why"] == "below_book: hàng còn trên kệ"
    assert on_hand(lot) == -1


def test_pressing_twice_gives_one_sale(till):
    basket = fill_basket(till, ("mật ong", 1))
    key = str(uuid.uuid4())

    first = pay(till, basket, cash(100_000), key=key)
    second = pay(till, basket, cash(100_000), key=key)

    assert first.number == second.number
    assert count_of(Sale) == count_of(PrintJob) == len(records(Kind.SALE)) == 1


def test_a_key_belongs_to_one_basket(till):
    key = str(uuid.uuid4())
    pay(till, fill_basket(till, ("mật ong", 1)), key=key)
    other = fill_basket(till, ("chè Shan", 1))

    with pytest.raises(KeyOfAnotherBasket):
        pay(till, other, key=key)
    assert count_of(Sale) == 1


def test_a_sold_basket_is_not_sold_again_under_another_key(till):
    basket = fill_basket(till, ("mật ong", 1))
    pay(till, basket)

    with pytest.raises(BasketFinished, match=basket.order_code), transaction():
        complete_sale(basket, paid=[cash(100_000)], key="another", by=till.clerk)
    assert count_of(Sale) == 1


def test_an_empty_basket_is_not_sold(till):
    with transaction():
        basket = baskets.open_basket(till.register)

    with pytest.raises(BasketEmpty):
        pay(till, basket, cash(1_000))


def nothing_happened(till):
    tables = (Sale, SaleLine, Tender, OwedLine, Slip, PrintJob)
    return [count_of(table) for table in tables] == [0] * len(tables) and records(Kind.SALE) == []


@pytest.mark.parametrize(
    ("paid", "trouble"),
    [([cash(99_000)], PaidTooLittle), ([], PaidTooLittle), ([card(100_000, reference="")], CardWithoutReference)],
)
def test_a_refused_sale_leaves_nothing_behind(till, paid, trouble):
    basket = fill_basket(till, ("mật ong", 1))
    moves, sequence = count_of(StockMove), count_of(JournalRecord)

    with pytest.raises(trouble), transaction():
        complete_sale(basket, paid=paid, key="k", by=till.clerk)

    assert nothing_happened(till)
    assert (count_of(StockMove), count_of(JournalRecord)) == (moves, sequence)
    assert basket.is_live
    assert sale_of_key("k") is None


def test_a_sale_that_fails_after_its_record_leaves_nothing_behind(till, monkeypatch):
    basket = fill_basket(till, ("mật ong", 1))

    def full(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr("pos.checkout.leave_paper", full)

    with pytest.raises(OSError, match="disk full"):
        pay(till, basket)
    assert nothing_happened(till)
    assert basket.is_live


def test_a_price_of_yesterday_is_not_taken(till):
    basket = fill_basket(till, ("mật ong", 1))
    set_new_price(till, "mật ong", 120_000)

    with pytest.raises(Exception, match="changed from"):
        pay(till, basket, cash(100_000))
    assert nothing_happened(till)


@pytest.mark.parametrize(
    ("paid", "drawer"),
    [
        ([cash(100_000)], True),
        ([transfer(100_000)], False),
        ([card(100_000)], False),
        ([cash(50_000), card(50_000)], True),
    ],
)
def test_the_drawer_opens_only_for_cash(till, paid, drawer):
    pay(till, fill_basket(till, ("mật ong", 1)), *paid)

    (job,) = db.session.scalars(select(PrintJob))
    assert job.open_drawer is drawer


def test_each_tender_of_a_split_is_kept_in_its_order(till):
    sale = pay(till, fill_basket(till, ("mật ong", 3)), card(100_000, "ABC-1"), transfer(150_000), cash(60_000))

    assert [(t.n, t.kind, t.amount, t.reference) for t in sale.tenders] == [
        (1, TenderKind.CARD, Money(100_000), "ABC-1"),
        (2, TenderKind.TRANSFER, Money(150_000), sale.order_code),
        (3, TenderKind.CASH, Money(60_000), ""),
    ]
    assert sale.change == Money(10_000)


def test_the_sale_given_back_reads_like_the_row(till):
    given = pay(till, fill_basket(till, ("mật ong", 1)), cash(200_000))
    before = (given.number, given.total, given.change, given.sold_at, given.day, given.record_seq)

    db.session.expire_all()

    assert (given.number, given.total, given.change, given.sold_at, given.day, given.record_seq) == before
