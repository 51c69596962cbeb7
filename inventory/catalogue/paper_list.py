"""Papers that end or are missing (giấy tờ): what a manager must know before the till refuses.

For each product in the range the day is found from which the till would refuse it, judged by the till's own rule
(`Papers.missing_paper`) on each day on which a paper of it begins or ends. All papers are read at once, whatever the
number of products.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select

from core.database import db
from core.errors import RuleBroken
from inventory.catalogue.basis import Eligibility, EligibilityEnd
from inventory.catalogue.certificate import Certificate, CertificateWithdrawal, Standing
from inventory.catalogue.eligibility import InForce, Papers
from inventory.catalogue.licence import Licence, all_licences
from inventory.catalogue.product import Product

HORIZON_DAYS = 90
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PaperState:
    """How a product stands: what it is sold on today, and the first day without a paper within the horizon.

    `stars_until` is the last day of the stars it shows today, when they end within the horizon.
    """

    product: Product
    basis: InForce | None
    refused_from: date | None
    why: RuleBroken | None
    stars: int | None
    stars_until: date | None
    today: date

    @property
    def days_left(self) -> int | None:
        """Days that it may still be sold, 0 for none; None when nothing ends within the horizon."""
        return None if self.refused_from is None else (self.refused_from - self.today).days

    @property
    def star_days_left(self) -> int | None:
        """Days that its stars still stand, today included; None when they do not end within the horizon."""
        return None if self.stars_until is None else (self.stars_until - self.today).days + 1

    @property
    def ends_in(self) -> int | None:
        """The sooner of both: what the list is sorted and filtered by."""
        return min((days for days in (self.days_left, self.star_days_left) if days is not None), default=None)


@dataclass(frozen=True, slots=True)
class _Book:
    """Every paper of the products that are looked at, read once."""

    certificates: dict[int, list[Standing]] = field(default_factory=dict)
    eligibilities: dict[int, list[tuple[Eligibility, date | None]]] = field(default_factory=dict)
    licences: list[Licence] = field(default_factory=list)

    def papers_on(self, product: Product, day: date) -> Papers:
        """What `papers_for` would read for this product on a day, recalls left out."""
        begun = [one for one in self.certificates.get(product.id, ()) if one.first_day <= day]
        bases = [one for one in self.eligibilities.get(product.id, ()) if one[0].first_day <= day]
        latest_first = sorted(bases, key=lambda one: (-(one[1] or date.max).toordinal(), one[0].id))
        return Papers(
            day=day,
            standings={product.id: begun[-1]} if begun else {},
            eligibilities={product.id: latest_first},
            licences=[
                one for one in self.licences if one.first_day <= day and (one.last_day is None or one.last_day >= day)
            ],
            recalls={},
        )

    def days_of_change(self, product: Product, today: date, last: date) -> Iterator[date]:
        """Today, and the days to come on which a paper of the product begins or the day after one ended."""
        days = {today}
        for standing in self.certificates.get(product.id, ()):
            days |= {standing.first_day, standing.last_day + _DAY}
            days |= {standing.withdrawn_from} if standing.withdrawn_from else set()
        for row, last_day in self.eligibilities.get(product.id, ()):
            days |= {row.first_day} | ({last_day + _DAY} if last_day else set())
        for licence in self.licences if product.licence_needed else ():
            days |= {licence.first_day} | ({licence.last_day + _DAY} if licence.last_day else set())
        yield from sorted(day for day in days if today <= day <= last)


def paper_states(products: Sequence[Product], today: date, *, days: int = HORIZON_DAYS) -> list[PaperState]:
    """How each product stands today and in the days to come; a recall is no matter of papers."""
    book, last = _read_book(), today + timedelta(days=days)
    return [_state(product, book, today, last) for product in products]


def _state(product: Product, book: _Book, today: date, last: date) -> PaperState:
    papers = book.papers_on(product, today)
    stars, refused, why, stars_until = papers.stars(product), None, None, None
    for day in book.days_of_change(product, today, last):
        later = book.papers_on(product, day)
        if stars is not None and stars_until is None and later.stars(product) is None:
            stars_until = day - _DAY
        why = later.missing_paper(product)
        if why is not None:
            refused = day
            break
    return PaperState(product, papers.basis(product), refused, why, stars, stars_until, today)


def _read_book() -> _Book:
    book = _Book(licences=all_licences())
    papers = (
        select(Certificate, CertificateWithdrawal.from_day)
        .outerjoin(CertificateWithdrawal, CertificateWithdrawal.certificate_id == Certificate.id)
        .where(Certificate.struck.is_(False))
        .order_by(Certificate.first_day, Certificate.record_seq)
    )
    for one, withdrawn in db.session.execute(papers):
        standing = Standing(one.stars, one.first_day, one.last_day, withdrawn, one)
        book.certificates.setdefault(one.product_id, []).append(standing)
    bases = (
        select(Eligibility, EligibilityEnd.last_day)
        .outerjoin(EligibilityEnd, EligibilityEnd.eligibility_id == Eligibility.id)
        .where(Eligibility.struck.is_(False))
    )
    for row, ended in db.session.execute(bases):
        last_day = min((day for day in (ended, row.last_day) if day is not None), default=None)
        book.eligibilities.setdefault(row.product_id, []).append((row, last_day))
    return book
