"""Eligibility (căn cứ được bán tại điểm): may this be sold here today, and if not, which paper is missing?

A product is sellable on a day while one basis is in force: an OCOP certificate of 3 stars or more, or a basis of
QĐ 950/QĐ-BCT and the provinces' plans with its paper (basis.py). Liquor also needs its licence, and nothing may be
recalled. `papers_for` answers for a whole basket or page in five queries at most.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from config.reference.bases import EligibilityBasis, basis, licence_kind
from core.clock import VIETNAM, now
from core.errors import RuleBroken
from core.i18n import N_, current_language
from inventory.catalogue.basis import (
    Eligibility,
    EligibilityEnd,
    eligibilities_for,
    end_eligibility,
    grant_eligibility,
)
from inventory.catalogue.certificate import Standing, standings_for
from inventory.catalogue.licence import Licence, is_licensed, licences_on
from inventory.catalogue.product import Product, ProductRetired, need_goods
from inventory.catalogue.recall import LotOnShelf, Recall, recalls_at

__all__ = [
    "Eligibility",
    "EligibilityEnd",
    "Papers",
    "basis_on",
    "check_receivable",
    "check_sellable",
    "eligible_on",
    "end_eligibility",
    "grant_eligibility",
    "papers_for",
]

OCOP = "ocop"


class NotEligible(RuleBroken):
    """No basis was ever entered."""

    message = N_("%(product)s may not be sold: it has no OCOP certificate and no other basis. "
                 "The manager enters the certificate or another paper on the product's page.")  # fmt: skip


class CertificateLapsed(NotEligible):
    """The 36 months are over."""

    message = N_("%(product)s may not be sold: its OCOP certificate ended on %(day)s and no other basis is in force. "
                 "Ask the producer for the new certificate; the manager enters it.")  # fmt: skip


class CertificateGone(NotEligible):
    """The certificate was withdrawn."""

    message = N_("%(product)s may not be sold: its OCOP certificate was withdrawn from %(day)s on and no other basis "
                 "is in force. The manager enters another paper, or takes it off the shelf.")  # fmt: skip


class TooFewStars(NotEligible):
    """Rated below three stars."""

    message = N_("%(product)s may not be sold: it was rated below 3 stars and no other basis is in force. "
                 "The manager enters another paper, or takes it off the shelf.")  # fmt: skip


class BasisEnded(NotEligible):
    """The paper of another basis is over."""

    message = N_("%(product)s may not be sold: “%(basis)s” ended on %(day)s. Ask for a new paper (%(issuer)s); "
                 "the manager enters it.")  # fmt: skip


class LicenceMissing(NotEligible):
    """Liquor without the shop's licence."""

    message = N_("%(product)s may not be sold: no licence in force (%(licence)s). The manager enters the licence.")


class Recalled(RuleBroken):
    """The product or the lot was recalled."""

    message = N_("%(product)s is recalled since %(since)s: %(reason)s. Take it off the shelf; it cannot be sold.")


class PastItsDay(RuleBroken):
    """Never sold past its day."""

    message = N_("Lot %(lot)s of %(product)s could be sold until %(day)s. Take it off the shelf; choose another lot.")


class LotOnHold(RuleBroken):
    """The shop itself laid the lot aside."""

    message = N_("Lot %(lot)s of %(product)s is on hold since %(since)s: %(reason)s. Lay it aside; choose another lot.")


class ArrivedPastItsDay(RuleBroken):
    """Goods that were past their day when they came."""

    message = N_("%(product)s could be sold until %(day)s only. Give it back to the producer; it cannot be taken in.")


class Held(Protocol):
    """What selling looks at of a hold."""

    @property
    def since(self) -> datetime: ...

    @property
    def reason(self) -> str: ...


class LotWithDay(LotOnShelf, Protocol):
    """What selling looks at besides: the last day a lot may be sold, and whether the shop laid it aside."""

    @property
    def sell_by(self) -> date | None: ...

    @property
    def hold(self) -> Held | None: ...


@dataclass(frozen=True, slots=True)
class InForce:
    """The basis that a product is sold on, with its last day; `row` is None for an OCOP certificate."""

    basis: EligibilityBasis
    last_day: date | None
    row: Eligibility | None


@dataclass(frozen=True, slots=True)
class Spoken:
    """A name of the reference tables, said in the language of the screen."""

    vi: str
    en: str

    def __str__(self) -> str:
        return self.en if current_language() == "en" else self.vi


@dataclass(frozen=True, slots=True)
class Papers:
    """Certificates, bases, licences and recalls of some products on a day, read once."""

    day: date
    standings: dict[int, Standing]
    eligibilities: dict[int, list[tuple[Eligibility, date | None]]]
    licences: list[Licence]
    recalls: dict[int, list[Recall]]

    def stars(self, product: Product) -> int | None:
        """The stars that may be shown, 3 to 5; None for none."""
        standing = self.standings.get(product.id)
        return standing.stars_on(self.day) if standing else None

    def basis(self, product: Product) -> InForce | None:
        """The basis in force: an OCOP certificate before all others; None for none."""
        standing = self.standings.get(product.id)
        if standing is not None and standing.stars_on(self.day) is not None:
            return InForce(basis(OCOP), standing.last_day, None)
        for row, last_day in self.eligibilities.get(product.id, ()):
            if last_day is None or last_day >= self.day:
                return InForce(row.basis, last_day, row)
        return None

    def trouble(self, product: Product, lot: LotWithDay | None = None) -> RuleBroken | None:
        """Why the product, or this lot of it, may not be sold; None when it may."""
        for recall in self.recalls.get(product.id, ()):
            if recall.covers(lot):
                return Recalled(product=product.name, since=recall.since.astimezone(VIETNAM), reason=recall.reason)
        if lot is not None and (held := on_hold(product, lot)) is not None:
            return held
        if lot is not None and lot.sell_by is not None and lot.sell_by < self.day:
            return PastItsDay(lot=lot.number, product=product.name, day=lot.sell_by)
        return self.missing_paper(product)

    def missing_paper(self, product: Product) -> RuleBroken | None:
        """The sentence about the paper that is missing; None when all are there. A service needs none."""
        if product.service:
            return None
        if self.basis(product) is None:
            return self._no_basis(product)
        if not is_licensed(product, self.licences):
            needed = licence_kind(product.licence_needed or "")
            return LicenceMissing(product=product.name, licence=Spoken(needed.vi, needed.en))
        return None

    def _no_basis(self, product: Product) -> RuleBroken:
        standing, ended = self.standings.get(product.id), self.eligibilities.get(product.id)
        if standing is None and ended:
            row, last_day = ended[0]
            rule = row.basis
            names = {"basis": Spoken(rule.vi, rule.en), "issuer": Spoken(rule.issued_by_vi, rule.issued_by_en)}
            return BasisEnded(product=product.name, day=last_day, **names)
        if standing is None:
            return NotEligible(product=product.name)
        if standing.withdrawn_from is not None and standing.withdrawn_from <= self.day:
            return CertificateGone(product=product.name, day=standing.withdrawn_from)
        if standing.holds_on(self.day):
            return TooFewStars(product=product.name)
        return CertificateLapsed(product=product.name, day=standing.last_day)


def on_hold(product: Product, lot: LotWithDay) -> RuleBroken | None:
    """The sentence about a lot that the shop laid aside; None for every other."""
    if lot.hold is None:
        return None
    since = lot.hold.since.astimezone(VIETNAM)
    return LotOnHold(lot=lot.number, product=product.name, since=since, reason=lot.hold.reason)


def papers_for(products: Collection[Product], day: date, *, at: datetime | None = None) -> Papers:
    """The papers of many products on a day, in five queries at most; recalls as of an instant, by default now.

    Other bases are only asked for where the OCOP certificate does not do: it comes before all of them.
    """
    ids = [product.id for product in products]
    standings = standings_for(ids, day)
    others = [number for number in ids if number not in standings or standings[number].stars_on(day) is None]
    recalls: dict[int, list[Recall]] = {}
    for recall in recalls_at(at or now(), ids):
        recalls.setdefault(recall.product_id, []).append(recall)
    return Papers(
        day=day,
        standings=standings,
        eligibilities=eligibilities_for(others, day) if others else {},
        licences=licences_on(day) if any(product.licence_needed for product in products) else [],
        recalls=recalls,
    )


def basis_on(product: Product, day: date) -> InForce | None:
    """The basis a product may be sold on that day, with its last day and paper; None for none."""
    return papers_for([product], day).basis(product)


def eligible_on(product: Product, day: date) -> EligibilityBasis | None:
    """The rule a product may be sold under on a day; None for none."""
    found = basis_on(product, day)
    return found.basis if found else None


def check_sellable(product: Product, lot: LotWithDay | None, day: date, *, at: datetime | None = None) -> None:
    """Refuse to sell what may not be sold on a day; the sentence says which paper is missing and who can add it.

    Raises Recalled, LotOnHold, PastItsDay, or a NotEligible.
    """
    trouble = papers_for([product], day, at=at).trouble(product, lot)
    if trouble is not None:
        raise trouble


def check_receivable(product: Product, day: date, *, sell_by: date | None = None) -> None:
    """Refuse to take in what may not be sold on a day, is out of the range, or is past its own day.

    Raises ServiceNotGoods, ProductRetired, ArrivedPastItsDay, Recalled, or a NotEligible.
    """
    need_goods(product)
    if product.retired_on is not None:
        raise ProductRetired(product=product.name)
    if sell_by is not None and sell_by < day:
        raise ArrivedPastItsDay(product=product.name, day=sell_by)
    check_sellable(product, None, day)
