"""What a paper says, as data: filled by the packages that know, laid out by `printers.layouts`.

Everything here is text, Money, Quantity and plain numbers, frozen. A document asks nobody
anything: stars, prices, names and rates are those of the day on which it was true.
"""

from dataclasses import dataclass
from datetime import date, datetime

from config.settings import ShopSettings
from core.money import ZERO, Money
from core.quantity import Quantity, Unit

CASH, TRANSFER, CARD, EXCHANGE = "cash", "transfer", "card", "exchange"


@dataclass(frozen=True, slots=True)
class ShopHead:
    """The point's head of a paper: who sells, where, under which numbers."""

    name: str
    address: str = ""
    location_code: str = ""
    tax_code: str = ""
    phone: str = ""
    slogan: str = ""

    @classmethod
    def of(cls, shop: ShopSettings) -> "ShopHead":
        """As the settings say who the shop is."""
        return cls(shop.name, shop.address, shop.location_code, shop.tax_code, shop.phone)


@dataclass(frozen=True, slots=True)
class CopyMark:
    """What tells a second paper from the first: nothing on the original.

    `copy` counts copies asked for after the first paper came out (BẢN SAO n), `again` marks a
    paper printed anew because nobody could say whether the first came out (IN LẠI).
    """

    copy: int = 0
    again: bool = False
    at: datetime | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Seal:
    """Where the paper stands in the journal: record number, 16 base32 characters, text of the QR."""

    seq: int
    short_hash: str
    qr: str
    signed: bool = True


@dataclass(frozen=True, slots=True)
class Discount:
    """So much taken off: kind is promotion, line, basket or rounding; a promotion is called by its name."""

    kind: str
    amount: Money
    name: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One kind of goods on a receipt: `amount` is what is asked for it, its discount taken off.

    `discounts` are those that stand below the line; the rest of `discount` is its part of what the whole paper bears.
    `list_price` is the shop's price, where somebody set another one by right.
    """

    name: str
    quantity: Quantity
    price: Money
    amount: Money
    unit: Unit = Unit.PIECE
    unit_label: str = ""
    discount: Money = ZERO
    stars: int | None = None
    note: str = ""
    discounts: tuple[Discount, ...] = ()
    list_price: Money | None = None


@dataclass(frozen=True, slots=True)
class TaxLine:
    """Tax of one rate contained in the total; `rate` as people write it: "8", "5", "0"."""

    rate: str
    net: Money
    tax: Money


@dataclass(frozen=True, slots=True)
class Payment:
    """Money taken: kind is cash, transfer or card; the reference is the bank's or the slip's."""

    kind: str
    amount: Money
    reference: str = ""


@dataclass(frozen=True, slots=True)
class InvoiceMark:
    """The invoice of a sale as its receipt names it; without a code while it waits for one.

    `is_trial`: signed with the certificate for trying, or made in a demo: worth nothing before the law.
    """

    series: str = ""
    number: int = 0
    code: str = ""
    qr: str = ""
    lookup: str = ""
    is_trial: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """Biên lai bán hàng: the numbered paper of a sale, which is not an invoice and says so.

    `discounts` were taken off all the lines together; `saved` is what the customer paid less than the shop's prices.
    """

    shop: ShopHead
    number: int
    at: datetime
    register: str
    clerk: str
    lines: tuple[ReceiptLine, ...]
    total: Money
    payments: tuple[Payment, ...]
    change: Money = ZERO
    taxes: tuple[TaxLine, ...] = ()
    discounts: tuple[Discount, ...] = ()
    saved: Money = ZERO
    order_code: str = ""
    buyer: str = ""
    invoice: InvoiceMark | None = None
    seal: Seal | None = None
    return_terms: str = ""
    fair_until: date | None = None
    footer: str = ""
    mark: CopyMark = CopyMark()
    demo: bool = False
    language: str = "vi"


@dataclass(frozen=True, slots=True)
class ReturnSlip:
    """Phiếu trả hàng: the numbered paper of goods brought back and of the money given for them.

    `receipt` is the number of the receipt they were bought with, or None without one. In an exchange one of the
    payments names the receipt of the goods that were taken instead.
    """

    shop: ShopHead
    number: int
    at: datetime
    register: str
    clerk: str
    receipt: int | None
    sold_at: datetime | None
    lines: tuple[ReceiptLine, ...]
    total: Money
    payments: tuple[Payment, ...]
    reason: str
    taxes: tuple[TaxLine, ...] = ()
    seal: Seal | None = None
    mark: CopyMark = CopyMark()
    demo: bool = False
    language: str = "vi"


@dataclass(frozen=True, slots=True)
class DrillCertificate:
    """A restore tried beside the running shop; `trouble` is empty when all was well.

    `head` is where the backup's journal ends (record `seq`), `file` the fingerprint of the backup's file.
    """

    shop: ShopHead
    number: int
    at: datetime
    by: str
    record: int
    made_at: datetime | None
    seq: int | None
    head: str
    file: str
    gross: Money | None
    refunded: Money | None
    sales: int | None
    compared: int
    took: str
    trouble: str = ""
    mark: CopyMark = CopyMark()
    demo: bool = False
    language: str = "vi"


@dataclass(frozen=True, slots=True)
class BankSticker:
    """The printed QR for the counter: where transfers go, without an amount."""

    shop: ShopHead
    bank: str
    account: str
    holder: str
    qr: str
    demo: bool = False
    language: str = "vi"
