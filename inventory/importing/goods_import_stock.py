"""The first stock of a list of goods: what is in the shop already becomes goods receipts, one for each producer.

Only goods that the book knows no lot of get one: a list that is entered again must not double the stock.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from core.clock import today
from core.errors import RuleBroken
from core.i18n import N_, VIETNAMESE, translator
from core.quantity import NONE
from core.staff import Staff
from inventory.catalogue.eligibility import ArrivedPastItsDay
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product, need_goods
from inventory.importing.goods_import_maker import is_unknown
from inventory.importing.goods_import_outcome import Outcome, Said
from inventory.importing.goods_row import Choices, StockCells
from inventory.lot import Terms, TermsKind
from inventory.receiving.delivery import Arrival, QuantityNotReceived, receive_goods, sell_by_of
from inventory.receiving.draft_terms import CommissionMissing
from inventory.receiving.receipt_table import GoodsReceipt

FIRST_STOCK = N_("First stock, from a list")


class TermsUnknown(RuleBroken):
    """Whose goods these are decides what is owed for them."""

    message = N_("Nobody said how these goods came: bought or on consignment. Choose it above the list.")


class AmountMissing(RuleBroken):
    """What cannot be settled later is not taken in."""

    message = N_("The list does not say what one cost, or its delivery price. Fill in that column.")


class OwnerUnknown(RuleBroken):
    """Consigned goods belong to somebody."""

    message = N_("Goods on consignment belong to their producer, and this row names none.")


Key = tuple[int, bool]


@dataclass
class FirstStock:
    """What the rows bring, by producer and by whether it is the producer's until it is sold."""

    suppliers: dict[Key, Producer] = field(default_factory=dict)
    arrivals: dict[Key, list[Arrival]] = field(default_factory=lambda: defaultdict(list))
    lots: set[tuple[int, str, date | None]] = field(default_factory=set)

    def bring(
        self, cells: StockCells, product: Product, outcome: Outcome, *, choices: Choices, known: bool, sellable: bool
    ) -> None:
        """Take the stock of a row down, or say why it is left out; the row itself stands either way.

        `known` are goods that the book has lots of already, `sellable` those whose papers are there.
        """
        if cells.quantity is None or cells.quantity <= NONE:
            return
        if known:
            outcome.note(N_("Its stock is in the book already; what the list says of it changes nothing."))
            return
        if not sellable:
            outcome.note(N_("Its stock is not taken in until that paper is there; then choose the list once more."))
            return
        try:
            arrival = arrival_of(cells, product, choices)
            check_arrival(arrival, today())
        except RuleBroken as trouble:
            outcome.note(N_("Its stock is not taken in:"))
            outcome.notes.append(Said.of(trouble))
            return
        key = (product.producer_id, arrival.terms.consigned)
        self.suppliers[key] = product.producer
        self.arrivals[key].append(arrival)
        self.lots.add((product.id, cells.producer_lot, cells.best_before))
        outcome.change(N_("Stock %(quantity)s %(label)s"), quantity=cells.quantity, label=product.unit_label)

    def is_another_lot(self, cells: StockCells, product: Product) -> bool:
        """Whether a row brings a lot of a product that no earlier row brought: another day or lot number."""
        told_apart = bool(cells.producer_lot or cells.best_before)
        return told_apart and (product.id, cells.producer_lot, cells.best_before) not in self.lots

    def receive(self, *, by: Staff) -> Sequence[GoodsReceipt]:
        """Accept everything that was taken down: one goods receipt for each producer and kind of terms."""
        note = translator(VIETNAMESE)(FIRST_STOCK)
        return [
            receive_goods(supplier=self.suppliers[key], lines=arrivals, by=by, note=note)
            for key, arrivals in self.arrivals.items()
        ]


def arrival_of(cells: StockCells, product: Product, choices: Choices) -> Arrival:
    """The stock of a row as a line of a goods receipt."""
    assert cells.quantity is not None
    terms = terms_of(cells, choices)
    if terms.consigned and is_unknown(product.producer.name):
        raise OwnerUnknown()
    return Arrival(product, cells.quantity, terms, best_before=cells.best_before, producer_lot=cells.producer_lot)


def check_arrival(line: Arrival, day: date) -> None:
    """Refuse what a goods receipt would refuse of goods whose papers are there."""
    need_goods(line.product)
    if not line.product.unit.takes(line.quantity):
        raise QuantityNotReceived(product=line.product.name)
    sell_by = sell_by_of(line, day)
    if sell_by is not None and sell_by < day:
        raise ArrivedPastItsDay(product=line.product.name, day=sell_by)


def terms_of(cells: StockCells, choices: Choices) -> Terms:
    """The terms of a row, or those chosen above the list."""
    kind = cells.terms or choices.terms
    if kind is None:
        raise TermsUnknown()
    if kind is TermsKind.COMMISSION:
        rate = cells.commission if cells.commission is not None else choices.commission
        if rate is None:
            raise CommissionMissing()
        return Terms.on_commission(rate)
    if cells.amount is None:
        raise AmountMissing()
    return Terms.bought(cells.amount) if kind is TermsKind.BOUGHT else Terms.at_delivery_price(cells.amount)
