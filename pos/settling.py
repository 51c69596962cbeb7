"""One press at the counter: a sale, a refund, or both at once (an exchange), whatever lies on the counter.

In an exchange refund and sale are written in one transaction and joined by a tender `exchange` on both: what the goods
that came back pay of the goods that leave. The rest is taken from the customer, or given back.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from core.money import Money
from core.staff import Staff
from pos.basket_table import Basket, need_live, read_lines
from pos.checkout import complete_sale, next_receipt_number, same_sale
from pos.discounts.cash_rounding import cash_rounding
from pos.quote import TotalChanged, quote
from pos.returns.refund import check_back, complete_refund, next_refund_number, same_refund
from pos.returns.refund_table import Refund, refund_of_key
from pos.returns.return_quote import quote_returns, to_pay
from pos.sale import Sale, sale_of_key
from pos.tender import Paid, TenderKind, change_for


@dataclass(frozen=True, slots=True)
class Settled:
    """What one press completed."""

    sale: Sale | None = None
    refund: Refund | None = None


def settle_basket(
    basket: Basket,
    *,
    paid: Sequence[Paid] = (),
    back: Sequence[Paid] = (),
    key: str,
    by: Staff,
    seen: Money | None = None,
) -> Settled:
    """Complete whatever lies on the counter: `paid` comes in, `back` goes back. A second press finds the first result.

    `seen` is what the clerk saw to be paid, below zero what was to be given back. Raises a RuleBroken, and changes
    nothing, when anything of it is not right.
    """
    assert all(tender.kind is not TenderKind.EXCHANGE for tender in (*paid, *back)), "nobody hands over an exchange"
    earlier = None if basket.is_live else settled_by(key, basket)
    if earlier is not None:
        return earlier
    need_live(basket)
    read_lines(basket)
    if not basket.returns:
        return Settled(sale=complete_sale(basket, paid=paid, key=key, by=by, seen=seen))
    total = to_pay(basket)
    if seen is not None and seen != total:
        raise TotalChanged(before=seen, now=total)
    if not basket.lines:
        return Settled(refund=complete_refund(basket, back=back, key=key, by=by))
    return exchange(basket, paid=paid, back=back, key=key, by=by)


def settled_by(key: str, basket: Basket) -> Settled | None:
    """What an earlier press of this key completed, or None; the same key never completes another basket."""
    sale, refund = sale_of_key(key), refund_of_key(key)
    if sale is None and refund is None:
        return None
    return Settled(same_sale(sale, basket) if sale else None, same_refund(refund, basket) if refund else None)


def exchange(basket: Basket, *, paid: Sequence[Paid], back: Sequence[Paid], key: str, by: Staff) -> Settled:
    """Goods for goods: everything is looked at before the first of the two is written."""
    goods, returned = quote(basket), quote_returns(basket)
    trouble = returned.trouble or goods.trouble
    if trouble is not None:
        raise trouble
    both = min(goods.total, returned.total)
    into_sale = [Paid(TenderKind.EXCHANGE, both, str(next_refund_number()))] if both else []
    carried = Paid(TenderKind.EXCHANGE, both, str(next_receipt_number())) if both else None
    tenders = [*into_sale, *paid]
    change_for(goods.total - cash_rounding(goods.total, tenders), tenders)
    check_back(returned.total - both, back)
    refund = complete_refund(basket, back=back, key=key, by=by, carried=carried)
    sale = complete_sale(basket, paid=tenders, key=key, by=by)
    return Settled(sale, refund)
