"""What is taken off each line of a basket: promotions, then line by line, then over the whole of it. Arithmetic only.

The sequence is fixed: a price set by right switches promotions off for its line; of several promotions the best
one for the customer counts; what is given on a line is taken off what the promotion left, what is given on the
basket off what all lines have left, shared out so that the parts add up to it again.
"""

from collections.abc import Sequence

from core.money import ZERO, Money
from pos.basket_table import BasketDiscount, BasketLine
from pos.discounts.discount import DiscountKind, Off, sum_of_offs
from pos.discounts.promotion_table import Promotion

Offs = dict[int, tuple[Off, ...]]
"""What is taken off, by number of the line; a line from which nothing is taken is left out."""


def offs_of(lines: Sequence[BasketLine], promotions: Sequence[Promotion], given: Sequence[BasketDiscount]) -> Offs:
    """Everything that is taken off the lines of a basket, in its order."""
    if not promotions and not given:
        return {}
    offs = by_promotion(lines, promotions)
    of_line = {row.line: row for row in given if row.line is not None}
    for line in lines:
        if line.n in of_line:
            row = of_line[line.n]
            _add(offs, line, Off(DiscountKind.LINE, row.reason, row.takes_off(left_of(line, offs))))
    for row in given:
        if row.line is None:
            off = row.takes_off(left_of_all(lines, offs))
            share_out(offs, lines, Off(DiscountKind.BASKET, row.reason, off))
    return offs


def by_promotion(lines: Sequence[BasketLine], promotions: Sequence[Promotion]) -> Offs:
    """For each product the promotion that is best for the customer; of equals the older one."""
    offs: Offs = {}
    for alike in _lines_by_product(lines).values():
        quantities = [line.quantity for line in alike]
        best: tuple[Money, Promotion, list[Money]] | None = None
        for promotion in promotions:
            if promotion.covers(alike[0].product):
                parts = promotion.takes_off(alike[0].price, quantities)
                whole = sum(parts, ZERO)
                if best is None or whole > best[0]:
                    best = whole, promotion, parts
        if best is not None:
            _, promotion, parts = best
            for line, part in zip(alike, parts, strict=True):
                _add(offs, line, Off(DiscountKind.PROMOTION, promotion.name, part, promotion.number))
    return offs


def _lines_by_product(lines: Sequence[BasketLine]) -> dict[tuple[int, Money], list[BasketLine]]:
    """Lines that promotions count together: of one product at the shop's price, none whose price was set by right."""
    alike: dict[tuple[int, Money], list[BasketLine]] = {}
    for line in lines:
        if not line.is_priced_by_right:
            alike.setdefault((line.product_id, line.price), []).append(line)
    return alike


def left_of(line: BasketLine, offs: Offs) -> Money:
    """What is left of a line's amount after what was taken off so far."""
    return line.amount - sum_of_offs(offs.get(line.n, ()))


def left_of_all(lines: Sequence[BasketLine], offs: Offs) -> Money:
    """What is left of all lines together."""
    return sum((left_of(line, offs) for line in lines), ZERO)


def share_out(offs: Offs, lines: Sequence[BasketLine], off: Off) -> None:
    """Take something off the whole basket: each line bears its part, and the parts add up to it."""
    if not off.amount:
        return
    parts = off.amount.spread([left_of(line, offs).dong for line in lines])
    for line, part in zip(lines, parts, strict=True):
        _add(offs, line, Off(off.kind, off.name, part, off.promotion, off.bearer))


def _add(offs: Offs, line: BasketLine, off: Off) -> None:
    if off.amount:
        offs[line.n] = (*offs.get(line.n, ()), off)
