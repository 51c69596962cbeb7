"""By which kinds of money a sale was paid, and how much may still go back by each.

What a customer paid with goods brought back (an exchange) counts as the kinds that those goods were paid with: nobody
turns a transfer into cash by exchanging first.
"""

from collections.abc import Iterator, Sequence

from core.database import db
from core.money import ZERO, Money
from pos.returns.refund_table import Refund, refunds_of
from pos.sale import Sale
from pos.tender import Paid, TenderKind

MONEY = (TenderKind.CASH, TenderKind.TRANSFER, TenderKind.CARD)
"""The kinds by which money comes and goes; an exchange only carries it over."""
_CARRIED_FIRST = (TenderKind.TRANSFER, TenderKind.CARD, TenderKind.CASH)
ByKind = dict[TenderKind, Money]


def came_in(sale: Sale) -> ByKind:
    """What came in for a sale by each kind, the change taken off the cash."""
    came = dict.fromkeys(MONEY, ZERO)
    came[TenderKind.CASH] -= sale.change
    for tender in sale.tenders:
        if tender.kind is TenderKind.EXCHANGE:
            _add(came, _carried_by(db.session.get_one(Refund, int(tender.reference))))
        else:
            came[tender.kind] += tender.amount
    return came


def money_left(sale: Sale) -> ByKind:
    """How much may still go back by each kind; below zero where a manager allowed more."""
    left = came_in(sale)
    for refund, carried in _refunds_with_carried(sale):
        _take(left, _paid_out(refund))
        _take(left, carried)
    return left


def usual_way_back(total: Money, sale: Sale | None) -> list[Paid]:
    """How money would go back: by the kinds it came with, cash first; cash for goods without a receipt."""
    left = money_left(sale) if sale is not None else {}
    ways, rest = [], total
    for kind in MONEY:
        part = min(rest, max(left.get(kind, ZERO), ZERO))
        if part:
            ways.append(Paid(kind, part))
            rest -= part
    if rest:
        cash = sum((way.amount for way in ways if way.kind is TenderKind.CASH), ZERO)
        ways = [Paid(TenderKind.CASH, cash + rest), *(way for way in ways if way.kind is not TenderKind.CASH)]
    return ways


def goes_another_way(back: Sequence[Paid], sale: Sale | None) -> bool:
    """Whether more goes back by a kind than came in by it and is left. Without a receipt nobody knows."""
    if sale is None:
        return False
    left = money_left(sale)
    return any(sum((p.amount for p in back if p.kind is kind), ZERO) > max(left[kind], ZERO) for kind in MONEY)


def _refunds_with_carried(sale: Sale) -> Iterator[tuple[Refund, ByKind]]:
    """The refunds of a sale, each with the kinds that stand behind what it carried over into an exchange."""
    left = came_in(sale)
    for refund in refunds_of(sale):
        _take(left, _paid_out(refund))
        carried = _drawn(refund, left)
        _take(left, carried)
        yield refund, carried


def _carried_by(refund: Refund) -> ByKind:
    if refund.sale is None:
        return _drawn(refund, {})
    return next(carried for one, carried in _refunds_with_carried(refund.sale) if one.number == refund.number)


def _drawn(refund: Refund, left: ByKind) -> ByKind:
    """The carried part of a refund by kinds, out of what was left; what nothing stands behind is cash."""
    rest = sum((tender.amount for tender in refund.tenders if tender.kind is TenderKind.EXCHANGE), ZERO)
    drawn = dict.fromkeys(MONEY, ZERO)
    for kind in _CARRIED_FIRST:
        drawn[kind] = min(rest, max(left.get(kind, ZERO), ZERO))
        rest -= drawn[kind]
    drawn[TenderKind.CASH] += rest
    return drawn


def _paid_out(refund: Refund) -> ByKind:
    out = dict.fromkeys(MONEY, ZERO)
    for tender in refund.tenders:
        if tender.kind is not TenderKind.EXCHANGE:
            out[tender.kind] += tender.amount
    return out


def _add(to: ByKind, more: ByKind) -> None:
    for kind in MONEY:
        to[kind] += more[kind]


def _take(left: ByKind, taken: ByKind) -> None:
    for kind in MONEY:
        left[kind] -= taken[kind]
