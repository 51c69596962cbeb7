"""Localities (địa bàn): the communes of today, by our own ids.

Codes of the state differ between their lists (docs/decisions.md), so nothing is keyed on them. Commune and district of
before 1/7/2025 stand as text with the producer, as they were recorded; new communes cross old districts.
"""

from config.reference.localities import Commune, commune, province
from config.reference.table import UnknownReference
from core.errors import RuleBroken
from core.i18n import N_

__all__ = ["Commune", "NoSuchLocality", "need_locality", "need_province"]


class NoSuchLocality(RuleBroken):
    """An id that no commune of today has."""

    message = N_("“%(locality)s” is not a commune of today. Choose one from the list.")


def need_locality(locality_id: str) -> Commune:
    """The commune of an id, or the sentence that there is none."""
    try:
        return commune(locality_id)
    except UnknownReference:
        raise NoSuchLocality(locality=locality_id[:40]) from None


def need_province(province_id: str | None) -> str | None:
    """The id of a province of today, or None where it is not known either."""
    if not province_id:
        return None
    try:
        return province(province_id).id
    except UnknownReference:
        raise NoSuchLocality(locality=province_id[:40]) from None
