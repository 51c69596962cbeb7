"""Agreements for the tests: what the sentences do not mention is as usual."""

from core.clock import today
from core.database import transaction
from inventory.consignment.agreed_terms import Clause
from inventory.consignment.agreement import Conditions, make_agreement
from inventory.lot import Terms

COMMISSION = Terms.on_commission(1500)


def agree(shop, *clauses, of="HTX Quảng Lạc", losses=None, paper="5/2026", first_day=None, **more):
    """An agreement with a producer, by default from today on at 15 % of everything."""
    producer = shop.producer(of)
    with transaction():
        return make_agreement(
            producer,
            Conditions(paper, first_day or today(), **more),
            clauses or [Clause(COMMISSION)],
            losses=losses or {},
            by=shop.by,
        )
