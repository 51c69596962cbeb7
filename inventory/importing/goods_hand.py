"""The hand that enters a list of goods: it asks the shop what it knows and does what the steps say.

There are two. One goes through the verbs that a manager's page uses (`shop_hand.py`), the other only remembers what it
would have done (`trial_hand.py`), so that a list can be tried out in seconds while the tills go on selling. The steps
(`goods_import.py`) cannot tell which of them they hold, and a test holds that both come to the same.
"""

from __future__ import annotations

from datetime import date
from typing import Protocol

from core.errors import RuleBroken
from core.money import Money
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from inventory.importing.goods_row import GoodsRow, MakerCells, PaperCells


class GoodsHand(Protocol):
    """What the steps ask and do. A maker or product that was only remembered has a number below 0."""

    def maker_by_code(self, code: str) -> Producer | None:
        """The producer of a code."""

    def maker_by_tax_code(self, tax_code: str) -> Producer | None:
        """The producer of a tax code; the first entered of several."""

    def makers_named(self, folded: str) -> list[Producer]:
        """The producers of a name without its marks."""

    def add_maker(self, cells: MakerCells, *, name: str, form: str) -> Producer:
        """Enter a producer with what the list says."""

    def has_left(self, maker: Producer) -> bool:
        """Whether the shop stopped working with a producer."""

    def bring_back_maker(self, maker: Producer) -> None:
        """Work with a producer again."""

    def numbered(self, *numbers: str) -> Product | None:
        """What the first known of these barcodes means."""

    def products_named(self, maker: Producer, folded: str) -> list[Product]:
        """The products of a producer with a name without its marks, retired ones too."""

    def add_product(self, maker: Producer, row: GoodsRow, *, group: str) -> Product:
        """Enter a product."""

    def is_retired(self, product: Product) -> bool:
        """Whether a product is out of the range."""

    def bring_back_product(self, product: Product) -> None:
        """Take a product into the range again."""

    def price(self, product: Product) -> Money | None:
        """What it costs today."""

    def set_price(self, product: Product, price: Money) -> None:
        """Set its price from today on."""

    def tax_class(self, product: Product) -> str | None:
        """Its tax class today."""

    def set_tax_class(self, product: Product, tax_class: str) -> None:
        """Set its tax class from today on."""

    def add_number(self, product: Product, number: str, *, in_store_prefix: str | None) -> None:
        """Enter a barcode: a maker's, or with a prefix one of the shop's own."""

    def certificates(self, product: Product) -> set[tuple[int, str]]:
        """Stars and decision of each certificate it has."""

    def add_certificate(self, product: Product, cells: PaperCells) -> date:
        """Enter a certificate; gives its last day."""

    def bases(self, product: Product) -> set[tuple[str, str]]:
        """Code and evidence of each other basis begun by today."""

    def grant_basis(self, product: Product, cells: PaperCells, *, first_day: date) -> None:
        """Enter another basis."""

    def trouble(self, product: Product) -> RuleBroken | None:
        """Why it may not be sold today."""

    def has_lots(self, product: Product) -> bool:
        """Whether goods of it ever came."""
