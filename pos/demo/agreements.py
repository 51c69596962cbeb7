"""The demo's agreements, one of each shape: plain, in steps, at a delivery price, ending soon, ended with grace."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from core.clock import today
from core.money import Money
from core.quantity import Quantity
from core.staff import Staff
from inventory.catalogue.price import price_on
from inventory.catalogue.producer import Producer
from inventory.consignment.agreed_terms import Clause, terms_for
from inventory.consignment.agreement import Conditions, agreement_in_force, make_agreement
from inventory.consignment.agreement_table import ProducerTax, SettlementRhythm
from inventory.consignment.consent import Markdown, give_consent
from inventory.consignment.loss_cause import Bearer, LossCause
from inventory.lot import Terms
from inventory.receiving.delivery import Arrival
from inventory.receiving.goods_there import lots_there
from pos.demo.catalogue import Entered

_DAYS_OPEN = 60  # the demo shop's, when it agrees with everybody
_PERISHES = {LossCause.EXPIRY: Bearer.PRODUCER}


class Shape(NamedTuple):
    """What one of the agreements says."""

    conditions: Conditions
    clauses: list[Clause]
    losses: dict[LossCause, Bearer]


def agree_with_producers(partners: Sequence[Sequence[Entered]], *, by: Staff) -> None:
    """An agreement with each of some producers, of whose consigned goods the first is looked at."""
    for n, goods in enumerate(partners, start=1):
        shape = _shapes(f"(demo) {n:02d}/2026/HĐKG", goods[0])[(n - 1) % 5]
        make_agreement(goods[0].producer, shape.conditions, shape.clauses, losses=shape.losses, by=by)


def _shapes(paper: str, one: Entered) -> list[Shape]:
    first_day = today()
    usual = Conditions(paper, first_day)
    own = Terms.at_delivery_price(Money(one.goods.price.dong * 4 // 5))
    return [
        Shape(usual, [Clause(Terms.on_commission(1500))], _PERISHES),
        Shape(
            replace(usual, rhythm=SettlementRhythm.BATCH, batch_quantity=Quantity.of(50), tax=ProducerTax.DEDUCTION),
            [
                Clause(Terms.on_commission(2000), discount_share=5_000, discount_limit=2_000),
                Clause(
                    Terms.on_commission(1500), price_from=Money(200_000), discount_share=5_000, discount_limit=2_000
                ),
            ],
            dict.fromkeys(LossCause, Bearer.SHOP),
        ),
        Shape(
            replace(usual, rhythm=SettlementRhythm.HALF_MONTH, minimum_payout=Money(200_000)),
            [
                Clause(own, one.product, minimum_price=Money(one.goods.price.dong * 9 // 10)),
                Clause(Terms.on_commission(1800)),
            ],
            _PERISHES,
        ),
        Shape(
            replace(usual, last_day=first_day + timedelta(days=_DAYS_OPEN + 20)),
            [Clause(Terms.on_commission(1500), discount_share=10_000, discount_limit=1_000)],
            _PERISHES | {LossCause.BREAKAGE: Bearer.PRODUCER},
        ),
        Shape(
            replace(usual, last_day=first_day + timedelta(days=_DAYS_OPEN - 5), grace_days=30),
            [Clause(Terms.on_commission(1200))],
            {},
        ),
    ]


def as_agreed(producer: Producer, arrival: Arrival) -> Arrival:
    """Consigned goods on the terms of the agreement in force, where there is one; else as they were typed."""
    agreement = agreement_in_force(producer, today()) if arrival.terms.consigned else None
    if agreement is None:
        return arrival
    agreed = terms_for(agreement, arrival.product, today(), price=price_on(arrival.product, today()))
    return arrival if agreed is None else replace(arrival, terms=agreed.terms, agreed=agreed)


def consent_to_a_markdown(partner: Sequence[Entered], *, by: Staff) -> None:
    """One producer lets his goods that end first be marked down for a week."""
    producer = partner[0].producer
    for there in lots_there(producer):
        price = price_on(there.lot.product, today())
        if there.lot.owner_id == producer.id and price is not None:
            lowest = Money(price.dong * 7 // 10)
            week = Markdown(lowest, 5_000, today(), today() + timedelta(days=7), "(demo) sắp hết hạn")
            give_consent(producer, there.lot.product, week, by=by, lot=there.lot)
            return
