"""Every product in the shop with its producer, stars, certificate or other basis, as they stood that day."""

from dataclasses import dataclass
from datetime import date

from core.i18n import current_language, gettext, ngettext, written_day
from core.listing import Heading, Line, Listing, Mark, Written
from inventory.catalogue.certificate import FEWEST_STARS_SHOWN, Certificate, Standing
from inventory.catalogue.eligibility import OCOP
from pos.inspection.inspected_day import InspectedDay, ShelfProduct

PRODUCT_PAGE = "inspection.product"


@dataclass(frozen=True, slots=True)
class Said:
    """A state of papers in words, and how urgent it is."""

    words: str
    mark: Mark = Mark.NONE


def certificate_state(standing: Standing | None, day: date, *, soon_days: int) -> Said:
    """How a product's latest certificate stood on a day."""
    if standing is None:
        return Said(gettext("no certificate"))
    if standing.withdrawn_from is not None and standing.withdrawn_from <= day:
        return Said(gettext("withdrawn from %(day)s on", day=written_day(standing.withdrawn_from)), Mark.ACT)
    if standing.last_day < day:
        return Said(gettext("ended on %(day)s", day=written_day(standing.last_day)), Mark.ACT)
    if standing.stars < FEWEST_STARS_SHOWN:
        return Said(gettext("rated below 3 stars"), Mark.WARN)
    left = (standing.last_day - day).days
    if left <= soon_days:
        return Said(ngettext("in force, %(num)s day left", "in force, %(num)s days left", left), Mark.WARN)
    return Said(gettext("in force"))


def shelf_list(seen: InspectedDay, *, soon_days: int) -> Listing:
    """The list of all goods that lay in the shop, with everything that their certificates say."""
    lines = tuple(_line(one, seen, soon_days) for one in seen.shelf)
    with_stars = sum(one.stars is not None for one in seen.shelf)
    return Listing(
        "shelf",
        gettext("Products in the shop"),
        (
            Heading(gettext("Code"), width=3),
            Heading(gettext("Product"), width=6),
            Heading(gettext("Producer"), width=5),
            Heading(gettext("Stars"), Written.FIGURE, width=2),
            Heading(gettext("Certificate"), width=4),
            Heading(gettext("Decision and issuer"), width=8),
            Heading(gettext("From day"), Written.DAY, width=4),
            Heading(gettext("Last day"), Written.DAY, width=4),
            Heading(gettext("State on the day"), width=8),
            Heading(gettext("In the shop"), Written.QUANTITY, width=2),
            Heading(gettext("Unit"), width=2),
        ),
        lines,
        said=gettext("%(all)s products in the shop, %(stars)s with stars in force.", all=len(lines), stars=with_stars),
        empty=gettext("Nothing was in the shop on that day."),
    )


def _line(one: ShelfProduct, seen: InspectedDay, soon_days: int) -> Line:
    paper = one.certificate.certificate if one.certificate else None
    state, basis = certificate_state(one.certificate, seen.day, soon_days=soon_days), basis_of(one, seen)
    mark = basis.mark if basis.mark is Mark.ACT or one.stars is None else state.mark
    return Line(
        (
            one.then.sku,
            one.then.full_name,
            one.then.producer.name,
            one.stars,
            *_paper_cells(paper),
            state.words if one.stars is not None else f"{state.words}; {basis.words}",
            one.here,
            one.then.unit_label,
        ),
        mark,
        PRODUCT_PAGE,
        {"sku": one.product.sku, "day": seen.day.isoformat()},
    )


def _paper_cells(paper: Certificate | None) -> tuple[str | date | None, ...]:
    if paper is None:
        return ("", "", None, None)
    decision = gettext("%(number)s of %(day)s", number=paper.decision, day=written_day(paper.decision_date))
    return paper.number, f"{decision}, {paper.issuer}", paper.first_day, paper.last_day


def basis_of(one: ShelfProduct, seen: InspectedDay) -> Said:
    """On what the product could be sold that day, with its paper; nothing, where it could not."""
    found = seen.papers.basis(one.product)
    if found is None:
        return Said(gettext("no basis in force"), Mark.ACT)
    if seen.papers.missing_paper(one.product) is not None:
        return Said(gettext("licence missing"), Mark.ACT)
    name = found.basis.name(current_language())
    if found.basis.code == OCOP or found.row is None:
        return Said(name)
    until = gettext("until %(day)s", day=written_day(found.last_day)) if found.last_day else gettext("no last day")
    return Said(f"{name}: {found.row.evidence}, {until}")
