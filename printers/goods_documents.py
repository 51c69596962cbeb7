"""What the slips between a producer and the point say, as data: goods that he brought, goods that go back to him.

As in `printers.documents`, everything is frozen and asks nobody anything.
"""

from dataclasses import dataclass
from datetime import date, datetime

from core.money import Money
from core.quantity import Quantity, Unit
from printers.documents import CopyMark, ShopHead

ORIGINAL = CopyMark()
PRODUCERS, SHOPS = "producer", "shop"
"""Whose paper it is: both say the same, and carry the same fingerprint."""


@dataclass(frozen=True, slots=True)
class SlipGoods:
    """One line of goods that went over: its lot, and the terms or the reason in words.

    `announced` is what the producer's paper says, where it differs; `price` what one sells at; `amount` what is paid
    for all of it, where the terms name a price; `before` its last day, `lot` our number and the producer's.
    """

    name: str
    quantity: Quantity
    unit: Unit = Unit.PIECE
    unit_label: str = ""
    words: str = ""
    lot: str = ""
    before: date | None = None
    announced: Quantity | None = None
    price: Money | None = None
    amount: Money | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class SlipRefused:
    """Goods that the point did not take, and why."""

    name: str
    quantity: Quantity
    unit: Unit
    unit_label: str
    why: str
    announced: Quantity | None = None


@dataclass(frozen=True, slots=True)
class GoodsSlip:
    """Phiếu nhập hàng or phiếu xuất trả hàng: two papers with the same fingerprint, one for each side.

    `into`: the goods came to the point; else they went back. `consigned`: they stay, or stayed, the producer's.
    `word` says how he confirmed, `signed` whether he did; `signature` is the picture, for paper that can show it.
    """

    shop: ShopHead
    number: int
    day: date
    at: datetime
    into: bool
    consigned: bool
    producer: str
    producer_code: str
    clerk: str
    goods: tuple[SlipGoods, ...]
    fingerprint: str
    record: int
    refused: tuple[SlipRefused, ...] = ()
    total: Money | None = None
    note: str = ""
    word: str = ""
    signed: bool = False
    signature: bytes | None = None
    side: str = PRODUCERS
    taken_back: bool = False
    mark: CopyMark = ORIGINAL
    demo: bool = False
    language: str = "vi"
