"""Lines as they are sold: what a quote becomes in the sale, the journal, the stock and the owner's account."""

from dataclasses import dataclass
from typing import Any

from core.money import ZERO, Money
from core.quantity import Quantity
from inventory.catalogue.product import Product
from inventory.consignment.owed import Owed
from inventory.location import CUSTOMER, SHELF
from inventory.lot import Lot, TermsKind
from inventory.stock_move import Move
from pos.discounts.discount import Off, borne_by_owner, sum_of_offs
from pos.pick import Pick
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
    list_price: Money
    offs: tuple[Off, ...]
    amount: Money
    due: Money
    rate: str | None
    vat: Money
    stars: int | None
    why: str | None

    @property
    def discount(self) -> Money:
        """All that was taken off it."""
        return sum_of_offs(self.offs)

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
            "disc": self.discount.dong,
            "amt": self.amount.dong,
            "due": self.due.dong,
            "vat": self.vat.dong,
            "rate": self.rate,
        }
        if self.list_price != self.price:
            body["list"] = self.list_price.dong
        if self.offs:
            body["offs"] = [off.body() for off in self.offs]
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
            "list_price": self.list_price,
            "discount": self.discount,
            "amount": self.amount,
            "due": self.due,
            "rate": self.rate,
            "vat": self.vat,
            "stars": self.stars,
            "why": self.why,
        }

    def discount_rows(self, sale_number: int) -> list[dict[str, Any]]:
        """Its discounts as rows of `line_discounts`, numbered through."""
        return [
            {
                "sale_number": sale_number,
                "n": self.n,
                "k": k,
                "kind": off.kind,
                "name": off.name,
                "amount": off.amount,
                "bearer": off.bearer,
                "promotion": off.promotion,
            }
            for k, off in enumerate(self.offs, start=1)
        ]


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
            list_price=quoted.line.list_price,
            offs=pick.offs,
            amount=pick.amount,
            due=due_for(pick),
            rate=pick.taxed.rate,
            vat=vat[n - 1],
            stars=quoted.stars,
            why=why_of(quoted),
        )
        for n, (quoted, pick) in enumerate(picks, start=1)
    ]


def due_for(pick: Pick) -> Money:
    """What the owner gets: of what the goods would have brought without the discounts that the shop bears.

    A discount or a low price that the owner never agreed to comes out of the shop's share, even when more is due than
    the customer paid; a price above the shop's own is the owner's gain, too. At a delivery price, which no selling
    price changes, what he bears is taken off it.
    """
    if pick.lot is None:
        return ZERO
    borne = borne_by_owner(pick.offs)
    due = pick.lot.due(max(pick.at_list - borne, pick.amount), pick.quantity)
    return max(due - borne, ZERO) if pick.lot.terms is TermsKind.DELIVERY_PRICE else due


def why_of(quoted: QuotedLine) -> str | None:
    """What was unusual about a line: the clerk took a lot by hand, perhaps one the book calls empty."""
    if not quoted.line.by_hand:
        return None
    return f"{BELOW_BOOK if quoted.below_book else LOT_BY_HAND}: {quoted.line.reason}"
