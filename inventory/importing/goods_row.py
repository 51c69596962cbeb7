"""One row of a list of goods, read: a product with its producer, its papers and what of it is in the shop."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from core.money import Money
from core.quantity import Quantity, Unit
from inventory.lot import TermsKind


@dataclass(frozen=True, slots=True)
class MakerCells:
    """Who makes it: a name or a code, and what else is said of a producer who is not known yet."""

    called: str = ""
    form: str | None = None
    province_id: str | None = None
    locality_id: str | None = None
    old_commune: str = ""
    tax_code: str | None = None
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class PaperCells:
    """Which papers it has: a certificate with its stars, or another basis."""

    stars: int | None = None
    decision: str = ""
    decision_date: date | None = None
    issuer: str = ""
    number: str = ""
    basis: str | None = None
    evidence: str = ""
    basis_from: date | None = None
    basis_until: date | None = None


@dataclass(frozen=True, slots=True)
class StockCells:
    """What of it is in the shop now, and on which terms it came. `commission` is in hundredths of a percent."""

    quantity: Quantity | None = None
    terms: TermsKind | None = None
    amount: Money | None = None
    commission: int | None = None
    best_before: date | None = None
    producer_lot: str = ""


@dataclass(frozen=True, slots=True)
class GoodsRow:
    """One row: `number` is the row in the list, `barcode` the digits as they are to be entered."""

    number: int
    name: str
    unit: Unit
    unit_label: str
    pack: str = ""
    price: Money | None = None
    barcode: str | None = None
    zeros_added: bool = False
    own_code: str = ""
    group: str | None = None
    tax_class: str | None = None
    within_days: int | None = None
    maker: MakerCells = field(default_factory=MakerCells)
    papers: PaperCells = field(default_factory=PaperCells)
    stock: StockCells = field(default_factory=StockCells)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the manager chose above the list, for rows that do not say it themselves.

    Without a group a name may hint at one; without a tax class it follows from the group.
    """

    group: str = ""
    tax_class: str = ""
    terms: TermsKind | None = None
    commission: int | None = None
