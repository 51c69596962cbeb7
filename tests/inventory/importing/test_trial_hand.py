"""What trying a list out says is what entering it does, whatever stands in the list and in the shop."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from sqlalchemy import func, select

from core.database import db, transaction
from core.journal.chain import JournalRecord
from core.money import Money
from core.quantity import Quantity, Unit
from inventory.catalogue.producer_correction import retire_producer
from inventory.catalogue.product import Product, retire_product
from inventory.importing.goods_import import enter_goods, try_out
from inventory.importing.goods_import_outcome import Outcome, Standing, as_text
from inventory.importing.goods_row import Choices, GoodsRow, MakerCells, PaperCells, StockCells
from inventory.lot import TermsKind

ROUNDS = 25


class AnyList:
    """Lists in which everything that can go well or wrong stands beside each other."""

    def __init__(self, seed: int) -> None:
        self.one_of = Random(seed).choice
        self.seed = seed

    def rows(self) -> list[GoodsRow]:
        return [self.row(number) for number in range(2, 2 + self.one_of(range(1, 9)))]

    def row(self, number: int) -> GoodsRow:
        one_of = self.one_of
        return GoodsRow(
            number=number,
            name=one_of(["Mật ong rừng", "mật ong rừng", "Mat ong rung", "Chè Shan", "Rượu ngô", "Lạp sườn"]),
            unit=one_of([Unit.PIECE, Unit.PIECE, Unit.KILOGRAM]),
            unit_label=one_of(["hũ", ""]),
            pack=one_of(["", "500 g"]),
            price=one_of([None, Money(0), Money(35_000), Money(40_000)]),
            barcode=one_of([None, None, "8930000000019", "8930000000026", "2000000000015", "2900000000018"]),
            own_code=one_of(["", "", "A1", "A2"]),
            group=one_of([None, "I.2.b", "II.1.a", "V"]),
            tax_class=one_of([None, "farm", "standard"]),
            within_days=one_of([None, 3]),
            maker=self.maker(),
            papers=self.papers(),
            stock=self.stock(),
        )

    def maker(self) -> MakerCells:
        names = ["", "HTX Quảng Lạc", "htx quảng lạc", "Hộ Lường Văn Pò", "0001 HTX Quảng Lạc", "Cơ sở Hà"]
        return MakerCells(called=self.one_of(names), tax_code=self.one_of([None, None, "0100109106"]))

    def papers(self) -> PaperCells:
        one_of = self.one_of
        return PaperCells(
            stars=one_of([None, 2, 3, 4]),
            decision=one_of(["12/QĐ-UBND", "13/QĐ-UBND", ""]),
            decision_date=one_of([date(2026, 3, 15), date(2021, 1, 4), date(2030, 1, 1), None]),
            issuer=one_of(["UBND tỉnh Lạng Sơn", "UBND tỉnh Lạng Sơn", ""]),
            basis=one_of([None, None, "local_speciality", "typical_farm"]),
            evidence=one_of(["QĐ 5", ""]),
            basis_until=one_of([None, date(2027, 1, 1), date(2020, 1, 1)]),
        )

    def stock(self) -> StockCells:
        one_of = self.one_of
        return StockCells(
            quantity=one_of([None, Quantity.of(0), Quantity.of(3), Quantity.of("1,5", Unit.KILOGRAM)]),
            terms=one_of([None, *TermsKind]),
            amount=one_of([None, Money(20_000)]),
            commission=one_of([None, 1500]),
            best_before=one_of([None, date(2027, 9, 15), date(2026, 1, 1)]),
            producer_lot=one_of(["", "L1", "L2"]),
        )

    def choices(self) -> Choices:
        return Choices(
            group=self.one_of(["", "I.2.b"]),
            tax_class="standard_reduced",
            terms=self.one_of([None, TermsKind.BOUGHT, TermsKind.COMMISSION]),
            commission=self.one_of([None, 2000]),
        )


def records() -> int:
    return db.session.scalar(select(func.count()).select_from(JournalRecord)) or 0


def tried_and_entered(shop, wanted: list[GoodsRow], chosen: Choices) -> tuple[list[Outcome], list[Outcome]]:
    """What was said beforehand of the rows that are not refused, and what became of them."""
    before = records()
    tried = try_out(wanted, chosen, prefix="20")
    assert records() == before
    assert not db.session.new, "a row that was only tried hangs in the session"
    refused = {one.row for one in tried if one.standing is Standing.REFUSED}
    with transaction():
        entered = enter_goods([row for row in wanted if row.number not in refused], chosen, prefix="20", by=shop.by)
    return [one for one in tried if one.row not in refused], entered


def retire_one(shop, lists: AnyList) -> None:
    """A product leaves the range, now and then with its producer."""
    known = db.session.scalars(select(Product).where(Product.retired_on.is_(None)).order_by(Product.id)).all()
    if not known:
        return
    product = lists.one_of(known)
    with transaction():
        retire_product(product, by=shop.by)
        if lists.one_of([True, False]) and product.producer.retired_on is None:
            retire_producer(product.producer, by=shop.by)


@pytest.mark.parametrize("seed", range(3))
def test_a_trial_says_what_entering_does(shop, seed):
    lists, standings = AnyList(seed), set()

    for _ in range(ROUNDS):
        rows, chosen = lists.rows(), lists.choices()
        for _again in range(2):
            tried, entered = tried_and_entered(shop, rows, chosen)
            assert as_text(entered) == as_text(tried), f"seed {seed}"
            standings |= {one.standing for one in entered}
        retire_one(shop, lists)

    assert standings == {Standing.NEW, Standing.CHANGED, Standing.SAME}


def test_a_row_that_is_refused_leaves_nothing_for_those_after_it(shop):
    honey = GoodsRow(number=2, name="Lục bình", unit=Unit.PIECE, unit_label="", maker=MakerCells(called="HTX A"))
    tray = GoodsRow(
        number=3, name="Khay", unit=Unit.PIECE, unit_label="", group="IV.1", maker=MakerCells(called="HTX A")
    )

    first, second = try_out([honey, tray], Choices(tax_class="standard"), prefix="2")

    assert first.standing is Standing.REFUSED
    assert [said.message for said in second.did] == ["New producer: %(name)s"]
