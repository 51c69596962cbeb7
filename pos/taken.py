"""Money taken for a basket before it covers the total: half in cash now, the transfer in a minute.

Working rows like the basket's lines: they survive a power cut, so that nobody asks
the customer twice. The tender that covers the rest completes the sale, and only
then does money stand in the books.
"""

from sqlalchemy import CheckConstraint, ForeignKey, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.money import ZERO, Money
from core.staff import Staff
from pos.basket_table import Basket, need_live, read_lines
from pos.checkout import complete_sale
from pos.sale import Sale
from pos.tender import Paid, PaidTooLittle, TenderKind, check_tender


class TotalChanged(RuleBroken):
    """The basket changed in another window while money was taken in this one."""

    message = N_("The total has changed from %(before)s to %(now)s. Tell the customer and take the payment again.")


class MoneyStillTaken(RuleBroken):
    """A basket is not given up over the customer's money."""

    message = N_("%(amount)s has been taken for this order. Give it back and take the payment out first.")


class TakenTender(Base):
    """One tender the clerk has in hand or has seen arrive, for a basket that is not covered yet."""

    __tablename__ = "taken_tenders"
    __table_args__ = (CheckConstraint("amount > 0", "amount_positive"),)

    basket_id: Mapped[int] = mapped_column(ForeignKey("baskets.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[TenderKind]
    amount: Mapped[Money]
    reference: Mapped[str]


def taken_for(basket: Basket) -> list[Paid]:
    """What has been taken for a basket so far, in the order it came."""
    return [Paid(row.kind, row.amount, row.reference) for row in _rows(basket)]


def take_payment(basket: Basket, tender: Paid, *, seen: Money, key: str, by: Staff) -> Sale | None:
    """Take one tender. The one that covers the total completes the sale; before it, None.

    `seen` is the total that the clerk saw: TotalChanged when the basket has another one now.
    """
    need_live(basket)
    read_lines(basket)
    if seen != basket.total:
        raise TotalChanged(before=seen, now=basket.total)
    check_tender(tender)
    rows = _rows(basket)
    paid = [*(Paid(row.kind, row.amount, row.reference) for row in rows), tender]
    try:
        return complete_sale(basket, paid=paid, key=key, by=by)
    except PaidTooLittle:  # raised before anything is written
        n = rows[-1].n + 1 if rows else 1
        row = TakenTender(basket_id=basket.id, n=n, kind=tender.kind, amount=tender.amount, reference=tender.reference)
        db.session.add(row)
        db.session.flush()
        return None


def take_out_last(basket: Basket) -> None:
    """Give the last tender back to the customer."""
    need_live(basket)
    for row in _rows(basket)[-1:]:
        db.session.delete(row)
    db.session.flush()


def need_nothing_taken(basket: Basket) -> None:
    """Refuse to drop a basket while money lies beside it."""
    taken = sum((tender.amount for tender in taken_for(basket)), ZERO)
    if taken:
        raise MoneyStillTaken(amount=taken)


def _rows(basket: Basket) -> list[TakenTender]:
    return list(db.session.scalars(_TAKEN_FOR, {"basket": basket.id}))


# Made once: building a statement takes longer than running it.
_TAKEN_FOR = select(TakenTender).where(TakenTender.basket_id == bindparam("basket")).order_by(TakenTender.n)
