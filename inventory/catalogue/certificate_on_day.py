"""The certificate that decides for each product on a day, with its paper: number, decision, issuer."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select

from core.database import db
from inventory.catalogue.certificate import Certificate, CertificateWithdrawal, Standing


def certificates_on(product_ids: Collection[int], day: date) -> dict[int, Standing]:
    """The latest certificate begun by a day, be it in force, lapsed or withdrawn; products without one are left out.

    As `standings_for`, which the till asks for the stars alone.
    """
    place = func.row_number().over(
        partition_by=Certificate.product_id, order_by=(Certificate.first_day.desc(), Certificate.record_seq.desc())
    )
    begun = (
        select(Certificate.id, place.label("place"))
        .where(
            Certificate.product_id.in_(list(product_ids)), Certificate.first_day <= day, Certificate.struck.is_(False)
        )
        .subquery()
    )
    latest = (
        select(Certificate, CertificateWithdrawal.from_day)
        .join(begun, begun.c.id == Certificate.id)
        .outerjoin(CertificateWithdrawal, CertificateWithdrawal.certificate_id == Certificate.id)
        .where(begun.c.place == 1)
    )
    return {
        one.product_id: Standing(one.stars, one.first_day, one.last_day, withdrawn, one)
        for one, withdrawn in db.session.execute(latest)
    }
