"""The papers of a list of goods: certificates with their stars, and other bases."""

from __future__ import annotations

from core.clock import today
from core.i18n import N_
from inventory.catalogue.product import Product
from inventory.importing.goods_hand import GoodsHand
from inventory.importing.goods_import_outcome import Outcome
from inventory.importing.goods_row import PaperCells


def enter_papers(hand: GoodsHand, cells: PaperCells, product: Product, outcome: Outcome) -> None:
    """Enter the papers that a row names in full and the product does not have yet."""
    enter_certificate(hand, cells, product, outcome)
    enter_basis(hand, cells, product, outcome)


def enter_certificate(hand: GoodsHand, cells: PaperCells, product: Product, outcome: Outcome) -> None:
    """Enter the certificate. Stars without their decision are nobody's proof and are not taken over."""
    if not cells.stars:
        return
    if not cells.decision or cells.decision_date is None or not cells.issuer:
        outcome.note(N_("The stars are not taken over: number, day and issuer of the decision are missing."))
        return
    if (cells.stars, cells.decision) in hand.certificates(product):
        return
    last_day = hand.add_certificate(product, cells)
    outcome.change(N_("Certificate of %(stars)s stars until %(day)s"), stars=cells.stars, day=f"{last_day:%d/%m/%Y}")


def enter_basis(hand: GoodsHand, cells: PaperCells, product: Product, outcome: Outcome) -> None:
    """Enter another basis with its paper, from its first day or from today."""
    if cells.basis is None or (cells.basis, cells.evidence) in hand.bases(product):
        return
    first = cells.basis_from or today()
    hand.grant_basis(product, cells, first_day=first)
    outcome.change(N_("Basis with its paper from %(day)s"), day=f"{first:%d/%m/%Y}")
