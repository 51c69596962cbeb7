"""How long a buyer's data is kept: each purpose has its months (config/reference/data_purposes.csv).

The shop looks once a day by itself, and by `shop personal-data sweep`. What is erased leaves a record with the buyer's
sign, and none of the data. Afterwards the write-ahead log is emptied, so that no old page of it holds the data either.
The day is that of the goods (core/journal/selling_day.py): a clock that jumps ten years ahead must not erase everybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select

from config.reference.data_purposes import purpose_as_of
from core.attached_file import forget_unused_files
from core.clock import VIETNAM
from core.database import db, transaction
from core.journal.selling_day import selling_day
from inventory.importing.goods_import_draft import forget_old_imports
from pos.basket_table import Basket, BasketState
from pos.buyers.consent import agreed_by_all, agreed_to, months_after, withdraw_consent
from pos.buyers.customer import erase_customer, forget_purchases, kept_by_law_until, kept_until, last_bought
from pos.buyers.customer_table import BasketBuyer, Consent, Customer
from pos.invoice.forgetting import forget_old_buyers

RETENTION = "retention"
_PATIENCE_MS = 200


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did: consents that ended, buyers erased, and whether the log could be emptied."""

    ended: int
    erased: int
    log_emptied: bool


def sweep() -> Swept:
    """Erase what no purpose holds any more. Call it outside of transaction()."""
    day = selling_day()
    due = due_customers(day)
    with transaction():  # only what is due: the tills wait for this
        forget_unsold_baskets()
        forget_old_imports()
        forget_unused_files()
        forget_old_buyers(day)
        ended = erased = 0
        for customer in db.session.scalars(select(Customer).where(Customer.id.in_(due))).all():
            bought = last_bought(BasketBuyer.customer_id == customer.id).get(customer.id, {})
            over = purposes_over(agreed_to(customer.who), bought, day)
            for purpose in over:
                withdraw_consent(customer, purpose, by=None, why=RETENTION)
                forget_purchases(customer, purpose)
            ended += len(over)
            if not agreed_to(customer.who) and kept_until(customer) is None:
                erase_customer(customer, why=RETENTION, by=None)
                erased += 1
    return Swept(ended, erased, empty_log())


def due_customers(day: date) -> list[int]:
    """Buyers of whom a purpose is over, or whom none holds any more; three queries, however many buyers there are."""
    agreed, bought = agreed_by_all(), last_bought()
    found = []
    for number, who in db.session.execute(select(Customer.id, Customer.who)):
        agrees, last = agreed.get(who, {}), bought.get(number, {})
        if purposes_over(agrees, last, day) or (not agrees and kept_by_law_until(last, day) is None):
            found.append(number)
    return found


def purposes_over(agreed: Mapping[str, Consent], bought: Mapping[str, date], day: date) -> list[str]:
    """The purposes whose months have passed since a buyer agreed or last bought under them."""
    return [
        purpose
        for purpose, consent in agreed.items()
        if months_after(last_use(consent, bought.get(purpose)), purpose_as_of(purpose, day).months) < day
    ]


def last_use(consent: Consent, bought: date | None) -> date:
    """The day from which the months of a purpose count."""
    agreed = consent.at.astimezone(VIETNAM).date()
    return max(agreed, bought) if bought is not None else agreed


def forget_unsold_baskets() -> None:
    """Take buyers off baskets that were given up: nothing was bought under their name."""
    gone = select(Basket.order_code).where(Basket.state.in_([BasketState.VOIDED, BasketState.DROPPED]))
    db.session.execute(delete(BasketBuyer).where(BasketBuyer.order_code.in_(gone)))


def empty_log() -> bool:
    """Move the write-ahead log into the database and cut it to nothing; False while somebody still reads the old one.

    Pages there hold what was erased until the log is written over. PostgreSQL does this in its own time.
    """
    if db.engine.dialect.name != "sqlite":
        return True
    with db.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        (patience,) = raw.execute("PRAGMA busy_timeout").fetchone()
        raw.execute(f"PRAGMA busy_timeout={_PATIENCE_MS}")
        try:
            busy: Sequence[int] = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            raw.execute(f"PRAGMA busy_timeout={patience}")
    return busy[0] == 0
