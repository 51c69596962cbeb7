"""Figures of a shift or a day as the journal keeps them: codes and whole numbers."""

from pos.shifts.shift_totals import Totals

Told = list[dict[str, object]]


def days_told(totals: Totals) -> Told:
    """The sales of each business day."""
    return [{"day": day.day.isoformat(), "n": day.count, "total": day.total.dong} for day in totals.days]


def taxes_told(totals: Totals) -> Told:
    """Net and VAT by rate."""
    return [{"rate": tax.rate, "net": tax.net.dong, "vat": tax.vat.dong} for tax in totals.taxes]


def discounts_told(totals: Totals) -> Told:
    """What was taken off, by kind and by who bears it."""
    return [
        {"kind": each.kind, "bearer": each.bearer, "n": each.count, "amt": each.amount.dong}
        for each in totals.discounts
    ]


def moves_told(totals: Totals) -> Told:
    """Cash put in and taken out without a sale."""
    return [
        {
            "place": move.place.value,
            "way": move.way.value,
            "kind": move.purpose.value,
            "n": move.count,
            "amt": move.amount.dong,
        }
        for move in totals.moves
    ]
