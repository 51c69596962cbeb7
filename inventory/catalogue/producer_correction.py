"""What changes about a producer: the papers are corrected, the shop stops working with them, and may begin again."""

from typing import Unpack

from sqlalchemy import select

from core.clock import today
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.staff import Staff
from inventory.catalogue.correction import NothingCorrected
from inventory.catalogue.producer import (
    Producer,
    ProducerPapers,
    producer_body,
    refuse_retired,
    set_papers,
    write_producer,
)
from inventory.catalogue.product import Product, set_search_keys


class NotRetired(RuleBroken):
    """Nothing to bring back."""

    message = N_("%(name)s was brought back already. Reload the page.")


def correct_producer(producer: Producer, *, by: Staff, reason: str = "", **papers: Unpack[ProducerPapers]) -> None:
    """Record a producer anew with what was mistyped or has changed; what is not named stays.

    Receipts, slips and lots of the past keep the name they were printed with. Raises NothingCorrected when nothing
    differs.
    """
    before = private_and_public(producer)
    set_papers(producer, papers)
    if private_and_public(producer) == before:
        raise NothingCorrected()
    write_producer(producer, by=by, reason=reason)
    for product in db.session.scalars(select(Product).where(Product.producer_id == producer.id)):
        set_search_keys(product)
    db.session.flush()


def private_and_public(producer: Producer) -> tuple[object, ...]:
    """All that can be corrected, to see whether something was."""
    return producer_body(producer), producer.phone, producer.address, producer.tax_code


def retire_producer(producer: Producer, *, by: Staff, reason: str = "") -> None:
    """Stop working with a producer from today on: no new goods. What is on the shelf is sold, what is owed is paid."""
    refuse_retired(producer)
    producer.retired_on = today()
    write_producer(producer, by=by, reason=reason)
    db.session.flush()


def bring_back_producer(producer: Producer, *, by: Staff, reason: str = "") -> None:
    """Work with a producer again."""
    if producer.retired_on is None:
        raise NotRetired(name=producer.name)
    producer.retired_on = None
    write_producer(producer, by=by, reason=reason)
    db.session.flush()
