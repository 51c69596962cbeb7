"""Eligibility bases: why a product may be sold at a point, which paper proves it, and who gives that paper.

From QĐ 950/QĐ-BCT of 2023 and, for what stands only there, QĐ 920/QĐ-BCT of 2019 and the provinces' plans.
QĐ 950 was issued for 2023-2025 and no successor was found: the last days stay open until one is.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date

from config.reference.table import day_or_none, in_force, read_table, with_code


@dataclass(frozen=True)
class EligibilityBasis:
    """One reason to be on the shelf."""

    code: str
    vi: str
    en: str
    source: str
    evidence_vi: str
    evidence_en: str
    issued_by_vi: str
    issued_by_en: str
    dated: bool
    """Its paper has a last day, which must be typed in."""
    proved_by_certificate: bool
    """It follows from an OCOP certificate in force instead of a paper of its own."""
    first_day: date | None
    last_day: date | None

    def name(self, language: str) -> str:
        """Its name in a language of the screen."""
        return self.en if language == "en" else self.vi

    def evidence(self, language: str) -> str:
        """The paper that proves it."""
        return self.evidence_en if language == "en" else self.evidence_vi

    def issued_by(self, language: str) -> str:
        """Who gives the paper."""
        return self.issued_by_en if language == "en" else self.issued_by_vi


@dataclass(frozen=True)
class LicenceKind:
    """A licence that law asks of the point for some goods."""

    code: str
    vi: str
    en: str
    source: str

    def name(self, language: str) -> str:
        """Its name in a language of the screen."""
        return self.en if language == "en" else self.vi


@functools.cache
def all_bases() -> tuple[EligibilityBasis, ...]:
    """Every basis, the OCOP certificate first."""
    return tuple(
        EligibilityBasis(
            code=row["code"],
            vi=row["vi"],
            en=row["en"],
            source=row["source"],
            evidence_vi=row["evidence_vi"],
            evidence_en=row["evidence_en"],
            issued_by_vi=row["issued_by_vi"],
            issued_by_en=row["issued_by_en"],
            dated=row["dated"] == "yes",
            proved_by_certificate=row["kept_as"] == "certificate",
            first_day=day_or_none(row["first_day"]),
            last_day=day_or_none(row["last_day"]),
        )
        for row in read_table("eligibility_bases")
    )


def bases_on(day: date) -> tuple[EligibilityBasis, ...]:
    """The bases that a product may stand on on a day."""
    return in_force(all_bases(), day)


def basis(code: str) -> EligibilityBasis:
    """The basis of a code such as key_product; an unknown one raises UnknownReference."""
    return with_code("eligibility_bases", all_bases(), code)


@functools.cache
def licence_kinds() -> tuple[LicenceKind, ...]:
    """The licences that a product group can ask for."""
    return tuple(LicenceKind(**row) for row in read_table("licences"))


def licence_kind(code: str) -> LicenceKind:
    """The licence of a code such as liquor_retail; an unknown one raises UnknownReference."""
    return with_code("licences", licence_kinds(), code)
