"""Words for goods that came under an agreement, for tests of the till."""

from __future__ import annotations

from core.clock import today
from core.database import transaction
from inventory.consignment.agreed_terms import Clause, terms_for
from inventory.consignment.agreement import Conditions, agree_terms, agreement_in_force, make_agreement
from inventory.lot import Lot, Terms
from pos.discounts.discount import discounts_of
from pos.settings.change import change_settings
from tests.factories import Shop, goods, producer, receive

MAKER = "HTX Mẫu Sơn"
COMMISSION = Terms.on_commission(1500)


def come_under(shop: Shop, name: str, terms: Terms = COMMISSION, *, quantity: int = 20, **more: object) -> Lot:
    """Goods of the maker that came under his agreement, on terms for this product alone."""
    product, maker = goods(shop, name, of=MAKER), producer(shop, MAKER)
    with transaction():
        if agreement_in_force(maker, today()) is None:
            make_agreement(
                maker, Conditions("5/2026", today()), [Clause(COMMISSION)], losses={}, by=shop.manager
            )  # fmt: skip
        agreement = agreement_in_force(maker, today())
        agree_terms(agreement, [Clause(terms, product, **more)], first_day=today(), by=shop.manager)
        agreed = terms_for(agreement, product, today())
    return receive(shop, name, quantity, terms=terms, of=MAKER, agreed=agreed)


def round_cash(till: Shop) -> None:
    """Cash goes down to whole thousands."""
    with transaction():
        change_settings("rounding", {"cash_rounding": 1_000}, by=till.manager)


def parts_of(number: int = 1) -> list[tuple[str, int, str]]:
    return [(row.kind.value, row.amount.dong, row.bearer) for rows in discounts_of(number).values() for row in rows]
