"""The papers of a list of goods: certificates with their stars, and other bases."""

from __future__ import annotations

from core.clock import today
from core.i18n import N_
from core.staff import Staff
from inventory.catalogue.basis import eligibilities_for, grant_eligibility
from inventory.catalogue.certificate import add_certificate, certificates_of
from inventory.catalogue.product import Product
from inventory.importing.goods_import_outcome import Outcome
from inventory.importing.goods_row import PaperCells


def enter_papers(cells: PaperCells, product: Product, outcome: Outcome, *, by: Staff) -> None:
    """Enter the papers that a row names in full and the product does not have yet."""
    enter_certificate(cells, product, outcome, by=by)
    enter_basis(cells, product, outcome, by=by)


def enter_certificate(cells: PaperCells, product: Product, outcome: Outcome, *, by: Staff) -> None:
    """Enter the certificate. Stars without their decision are nobody's proof and are not taken over."""
    if not cells.stars:
        return
    if not cells.decision or cells.decision_date is None or not cells.issuer:
        outcome.note(N_("The stars are not taken over: number, day and issuer of the decision are missing."))
        return
    known = {(one.stars, one.certificate.decision) for one in certificates_of(product) if one.certificate}
    if (cells.stars, cells.decision) in known:
        return
    added = add_certificate(
        product,
        stars=cells.stars,
        number=cells.number,
        decision=cells.decision,
        decision_date=cells.decision_date,
        issuer=cells.issuer,
        by=by,
    )
    outcome.change(
        N_("Certificate of %(stars)s stars until %(day)s"), stars=cells.stars, day=f"{added.last_day:%d/%m/%Y}"
    )


def enter_basis(cells: PaperCells, product: Product, outcome: Outcome, *, by: Staff) -> None:
    """Enter another basis with its paper, from its first day or from today."""
    if cells.basis is None:
        return
    day = today()
    known = {(row.basis_code, row.evidence) for row, _ in eligibilities_for([product.id], day).get(product.id, [])}
    if (cells.basis, cells.evidence) in known:
        return
    first = cells.basis_from or day
    grant_eligibility(
        product, basis_code=cells.basis, evidence=cells.evidence, first_day=first, last_day=cells.basis_until, by=by
    )
    outcome.change(N_("Basis with its paper from %(day)s"), day=f"{first:%d/%m/%Y}")
