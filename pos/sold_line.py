"""Lines as they are sold: what a quote becomes in the sale, the journal, the stock and the owner's account."""

from dataclasses import dataclass
from typing import Any

from core.money import ZERO, Money
from core.quantity import Quantity
from inventory.catalogue.product import Product
from inventory.location import CUSTOMER, SHELF
from inventory.lot import Lot
from inventory.owed import Owed
from inventory.stock_move import Move
from pos.pricing import vat_of_lines
from pos.quote import Quote, QuotedLine

LOT_BY_HAND = "lot_by_hand"
BELOW_BOOK = "below_book"


@dataclass(frozen=True, slots=True)
class SoldLine:
    """So much of one lot, or of a service, with everything that is true of it at this moment."""

    n: int
    product: Product
    lot: Lot | None
    owner: str | None
    quantity: Quantity
    price: Money
    amount: Money
    due: Money
    rate: str | None
    vat: Money
    stars: int | None
    why: str | None

    def body(self) -> dict[str, Any]:
        """The line as the journal and the producer's slip keep it."""
        body: dict[str, Any] = {
            "n": self.n,
            "sku": self.product.sku,
            "name": self.product.full_name,
            "unit": self.product.unit_label,
            "lot": self.lot.number if self.lot else None,
            "own": self.owner,
            "qty": self.quantity.thousandths,
            "price": self.price.dong,
            "disc": 0,
            "amt": self.amount.dong,
            "due": self.due.dong,
            "vat": self.vat.dong,
            "rate": self.rate,
        }
        if self.stars is not None:
            body["stars"] = self.stars
        if self.why is not None:
            body["why"] = self.why
        return body

    def moves(self) -> list[Move]:
        """The goods go from the shelf to the customer; nothing goes anywhere for a service."""
        return [Move(self.lot, SHELF, CUSTOMER, self.quantity, self.n)] if self.lot else []

    def owed(self) -> list[Owed]:
        """What the shop owes the owner for the line; nothing for the shop's own goods and services."""
        if self.lot is None or self.owner is None:
            return []
        return [Owed(self.lot, self.quantity, self.amount, self.due, self.n)]

    def row(self, sale_number: int) -> dict[str, Any]:
        """The line as a row of `sale_lines`."""
        return {
            "sale_number": sale_number,
            "n": self.n,
            "product_id": self.product.id,
            "lot_id": self.lot.id if self.lot else None,
            "owner_code": self.owner,
            "name": self.product.full_name,
            "unit_label": self.product.unit_label,
            "quantity": self.quantity,
            "price": self.price,
            "discount": ZERO,
            "amount": self.amount,
            "due": self.due,
            "rate": self.rate,
            "vat": self.vat,
            "stars": self.stars,
            "why": self.why,
        }


def sold_lines(offer: Quote) -> list[SoldLine]:
    """One line for each lot of the quote, numbered through, with its share of the VAT."""
    picks = [(quoted, pick) for quoted in offer.lines for pick in quoted.picks]
    vat = vat_of_lines([pick.taxed for _, pick in picks])
    return [
        SoldLine(
            n=n,
            product=quoted.line.product,
            lot=pick.lot,
            owner=pick.lot.owner_code if pick.lot else None,
            quantity=pick.quantity,
            price=quoted.line.price,
            amount=pick.amount,
            due=pick.lot.due(pick.amount, pick.quantity) if pick.lot else ZERO,
            rate=pick.taxed.rate,
            vat=vat[n - 1],
            stars=quoted.stars,
            why=why_of(quoted),
        )
        for n, (quoted, pick) in enumerate(picks, start=1)
    ]


def why_of(quoted: QuotedLine) -> str | None:
    """What was unusual about a line: the clerk took a lot by hand, perhaps one the book calls empty."""
    if not quoted.line.by_hand:
        return None
    return f"{BELOW_BOOK if quoted.below_book else LOT_BY_HAND}: {quoted.line.reason}"
