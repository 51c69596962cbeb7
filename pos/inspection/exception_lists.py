"""What is not as it must be (điểm cần lưu ý): by kind, each with how much of it lay in the shop that day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from core.attached_file import RecordFile
from core.database import db
from core.i18n import N_, gettext, ngettext, written_day
from core.listing import Heading, Line, Listing, Mark, Written
from core.quantity import NONE, Quantity
from inventory.catalogue.licence import is_licensed
from inventory.catalogue.mark_use import marks_gone
from inventory.ledger.stock_on_day import HeldLot
from pos.inspection.inspected_day import InspectedDay, ShelfProduct
from pos.inspection.shelf_list import PRODUCT_PAGE


@dataclass(frozen=True, slots=True)
class Found:
    """One thing to look at: of a whole product, or of one lot of it."""

    one: ShelfProduct
    what: str
    held: HeldLot | None = None
    mark: Mark = Mark.ACT

    @property
    def quantity(self) -> Quantity:
        """How much of it lay in the shop."""
        return self.held.here if self.held else self.one.here


@dataclass(frozen=True, slots=True)
class Limits:
    """From when on something is told: so many days before a certificate or a lot ends."""

    paper_days: int
    lot_days: int


def exception_lists(seen: InspectedDay, limits: Limits) -> list[Listing]:
    """One list for each kind; those without a line say so."""
    kinds = (
        ("stars", N_("Stars shown without a certificate in force"), _stars_gone(seen)),
        ("no-basis", N_("May not be sold: no basis in force"), _without_basis(seen)),
        ("ending", N_("Certificates that end within %(days)s days"), _ending(seen, limits.paper_days)),
        ("expiry", N_("Lots past their day, or within %(days)s days of it"), _expiring(seen, limits.lot_days)),
        ("unproved", N_("Lots without papers of where they come from"), _without_papers(seen)),
        ("liquor", N_("Liquor without a licence"), _without_licence(seen)),
        ("recalled", N_("Recalled goods still in the shop"), _recalled(seen)),
        ("below-book", N_("Sold below the book: more went than was entered"), _below_book(seen)),
    )
    days = {"ending": limits.paper_days, "expiry": limits.lot_days}
    return [_listing(name, gettext(title, days=days.get(name, "")), list(found)) for name, title, found in kinds]


def _listing(name: str, title: str, found: list[Found]) -> Listing:
    return Listing(
        name,
        title,
        (
            Heading(gettext("Code"), width=3),
            Heading(gettext("Product"), width=7),
            Heading(gettext("Producer"), width=6),
            Heading(gettext("Lot"), width=3),
            Heading(gettext("What is the matter"), width=8),
            Heading(gettext("In the shop"), Written.QUANTITY, width=2),
            Heading(gettext("Unit"), width=2),
        ),
        tuple(map(_line, found)),
        said=ngettext("%(num)s to look at.", "%(num)s to look at.", len(found)) if found else "",
        empty=gettext("None on that day."),
    )


def _line(found: Found) -> Line:
    one = found.one
    lot = found.held.lot.number if found.held else ""
    cells = (one.then.sku, one.then.full_name, one.then.producer.name, lot, found.what, found.quantity)
    return Line((*cells, one.then.unit_label), found.mark, PRODUCT_PAGE, {"sku": one.product.sku})


def _in_hand(seen: InspectedDay) -> Iterator[ShelfProduct]:
    return (one for one in seen.shelf if one.here > NONE)


def _stars_gone(seen: InspectedDay) -> Iterator[Found]:
    """Labels printed with stars by that day, of goods in the shop whose certificate gave other stars, or none, then."""
    shelf = {one.product.id: one for one in _in_hand(seen)}
    for use in marks_gone(seen.day):
        if use.record_seq in seen.records and use.product_id in shelf:
            labels = ngettext("%(num)s label", "%(num)s labels", use.copies)
            said = gettext("%(stars)s stars on %(labels)s of %(day)s",
                           stars=use.stars, labels=labels, day=written_day(use.day))  # fmt: skip
            yield Found(shelf[use.product_id], said)


def _without_basis(seen: InspectedDay) -> Iterator[Found]:
    for one in _in_hand(seen):
        if seen.papers.basis(one.product) is None:
            standing = one.certificate
            if standing is None:
                yield Found(one, gettext("no certificate and no other basis"))
            elif standing.withdrawn_from is not None and standing.withdrawn_from <= seen.day:
                day = written_day(standing.withdrawn_from)
                yield Found(one, gettext("certificate withdrawn from %(day)s on", day=day))
            else:
                yield Found(one, gettext("certificate ended on %(day)s", day=written_day(standing.last_day)))


def _ending(seen: InspectedDay, days: int) -> Iterator[Found]:
    latest = seen.day + timedelta(days=days)
    for one in _in_hand(seen):
        standing = one.certificate
        if standing is not None and standing.holds_on(seen.day) and standing.last_day <= latest:
            left = (standing.last_day - seen.day).days
            what = ngettext(
                "certificate until %(day)s, %(num)s day left", "certificate until %(day)s, %(num)s days left", left,
                day=written_day(standing.last_day),
            )  # fmt: skip
            yield Found(one, what, mark=Mark.WARN)


def _expiring(seen: InspectedDay, days: int) -> Iterator[Found]:
    latest = seen.day + timedelta(days=days)
    dated = [(held.lot.sell_by, one, held) for one, held in seen.lots_in_hand() if held.lot.sell_by is not None]
    for sell_by, one, held in sorted(dated, key=lambda pair: (pair[0], pair[2].lot.id)):
        day = written_day(sell_by)
        if sell_by < seen.day:
            yield Found(one, gettext("past its day since %(day)s", day=day), held)
        elif sell_by <= latest:
            left = (sell_by - seen.day).days
            what = ngettext("until %(day)s, %(num)s day left", "until %(day)s, %(num)s days left", left, day=day)
            yield Found(one, what, held, Mark.WARN)


def _without_papers(seen: InspectedDay) -> Iterator[Found]:
    bare = [(one, held) for one, held in seen.lots_in_hand() if not held.lot.papers]
    scanned = _with_files(held.lot.record_seq for _, held in bare)
    for one, held in bare:
        if held.lot.record_seq not in scanned:
            received = written_day(held.lot.received_on)
            yield Found(one, gettext("received on %(day)s without papers", day=received), held, Mark.WARN)


def _with_files(receipts: Iterable[int]) -> set[int]:
    """The receipts to which photos or scans of papers were attached."""
    named = select(RecordFile.record_seq).where(RecordFile.record_seq.in_(set(receipts)))
    return set(db.session.scalars(named))


def _without_licence(seen: InspectedDay) -> Iterator[Found]:
    for one in _in_hand(seen):
        if not is_licensed(one.product, seen.papers.licences):
            yield Found(one, gettext("no licence in force on the day"))


def _recalled(seen: InspectedDay) -> Iterator[Found]:
    for one, held in seen.lots_in_hand():
        for recall in seen.papers.recalls.get(one.product.id, ()):
            if recall.covers(held.lot):
                since = gettext("recalled since %(day)s: %(reason)s", day=written_day(recall.since.date()),
                                reason=recall.reason)  # fmt: skip
                yield Found(one, since, held)
                break


def _below_book(seen: InspectedDay) -> Iterator[Found]:
    for one, held in seen.lots:
        if held.here < NONE:
            yield Found(one, gettext("the book says less than nothing"), held, Mark.WARN)
