"""Licences that were typed wrongly, extended or withdrawn: recorded anew, or struck out when there is no such paper."""

from datetime import date
from typing import TypedDict, Unpack

from core.database import db
from core.journal.record import Kind
from core.staff import Staff
from core.text import clean
from inventory.catalogue.correction import refuse_struck
from inventory.catalogue.licence import Licence, check_licence, licence_body
from inventory.catalogue.paper_correction import record_correction, strike_paper
from inventory.catalogue.product import Product


class LicencePaper(TypedDict, total=False):
    """What stands on the paper."""

    number: str
    issuer: str
    first_day: date
    last_day: date | None


def correct_licence(licence: Licence, *, reason: str, by: Staff, **paper: Unpack[LicencePaper]) -> None:
    """Record a licence anew as its paper says; one that was withdrawn gets its real last day."""
    product = product_of_licence(licence)
    before = licence_body(licence, product)
    refuse_struck(licence)
    licence.number = clean(paper.get("number", licence.number), limit=80)
    licence.issuer = clean(paper.get("issuer", licence.issuer), limit=200)
    licence.first_day = paper.get("first_day", licence.first_day)
    licence.last_day = paper.get("last_day", licence.last_day)
    check_licence(licence)
    after = licence_body(licence, product)
    record_correction(licence, Kind.LICENCE, before=before, after=after, reason=reason, by=by)


def product_of_licence(licence: Licence) -> Product | None:
    """The one product that a licence names, or None: all of its kind."""
    return db.session.get(Product, licence.product_id) if licence.product_id is not None else None


def strike_licence(licence: Licence, *, reason: str, by: Staff) -> None:
    """Strike out a licence that was entered by mistake: it never counted."""
    strike_paper(licence, Kind.LICENCE, reason=reason, by=by)
