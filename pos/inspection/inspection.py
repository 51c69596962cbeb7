"""The inspector's view (trang thanh tra): every list of a chosen day and of the days before it, by name.

Nothing here writes; what a list needs is read when it is first asked for.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from config.settings import Settings
from core.i18n import N_, gettext
from core.listing import Heading, Line, Listing, Mark, Written, said
from inventory.ledger.valuation import Valuation, valuation_on
from inventory.ledger.value_lists import kept_goods_list, own_goods_list, owners_list
from pos.inspection.count_sheet import count_sheet
from pos.inspection.exception_lists import Limits, exception_lists
from pos.inspection.inspected_day import InspectedDay, inspect
from pos.inspection.producer_list import producer_list
from pos.inspection.sales_lists import sales_lists, sales_sum
from pos.inspection.share_list import basis_list, share_list
from pos.inspection.shelf_list import shelf_list
from pos.inspection.sold_goods import Trade, trade_of

Make = Callable[[], Listing]


@dataclass(frozen=True, slots=True)
class Group:
    """Lists that answer one question."""

    question: str  # marked with N_
    names: tuple[str, ...]


GROUPS = (
    Group(N_("What is in the shop, and on which papers?"), ("shelf", "bases", "shares")),
    Group(
        N_("What is not as it must be?"),
        ("stars", "no-basis", "ending", "expiry", "unproved", "liquor", "recalled", "below-book"),
    ),
    Group(N_("How much is there, and whose is it?"), ("count-sheet", "owners", "own-goods", "kept-goods")),
    Group(
        N_("What happened over these days?"),
        ("producers", "sales", "by-group", "by-stars", "by-form", "by-province", "by-commune", "by-old-district"),
    ),
)


@dataclass
class Inspection:
    """A day, and the days over which movements and sales are told; `settings` say from when on something is told."""

    day: date
    first: date
    last: date
    settings: Settings

    @cached_property
    def seen(self) -> InspectedDay:
        """The shop of the day."""
        return inspect(self.day)

    @cached_property
    def worth(self) -> Valuation:
        """What its stock was worth."""
        return valuation_on(self.day)

    @cached_property
    def trade(self) -> Trade:
        """What was sold over the days."""
        return trade_of(self.first, self.last)

    @cached_property
    def exceptions(self) -> dict[str, Listing]:
        """What is not as it must be, by name."""
        limits = Limits(self.settings.inspection.paper_days, self.settings.inspection.lot_days)
        return {one.name: one for one in exception_lists(self.seen, limits)}

    @cached_property
    def sales(self) -> dict[str, Listing]:
        """The sales from every side, by name."""
        return {one.name: one for one in (sales_sum(self.trade), *sales_lists(self.trade))}

    def listing(self, name: str) -> Listing | None:
        """One list; None for a name that no list has."""
        if name in _EXCEPTIONS:
            return self.exceptions[name]
        if name in _SALES:
            return self.sales[name]
        makers: dict[str, Make] = {
            "shelf": lambda: shelf_list(self.seen, soon_days=self.settings.inspection.paper_days),
            "bases": lambda: basis_list(self.seen),
            "shares": lambda: share_list(self.seen, self.settings),
            "count-sheet": lambda: count_sheet(self.seen),
            "owners": lambda: owners_list(self.worth),
            "own-goods": lambda: own_goods_list(self.worth),
            "kept-goods": lambda: kept_goods_list(self.worth),
            "producers": lambda: producer_list(self.first, self.last),
        }
        return makers[name]() if name in makers else None

    def in_short(self, groups: Sequence[tuple[str, Sequence[Listing]]]) -> Listing:
        """Every list as one line: its title, its figure, how much of it wants somebody's attention."""
        lines = [
            Line(
                (one.title, said(one.in_short), one.to_act_on or None, one.said),
                Mark.WARN if one.to_act_on else Mark.NONE,
            )
            for _, lists in groups
            for one in lists
        ]
        headings = (
            Heading(gettext("List"), width=9),
            Heading(gettext("Figure"), Written.MONEY, width=4),
            Heading(gettext("To look at"), Written.FIGURE, width=2),
            Heading(gettext("Answer"), width=12),
        )
        return Listing("in-short", gettext("In short"), headings, tuple(lines))

    def groups(self) -> list[tuple[str, list[Listing]]]:
        """Every list, under its question."""
        made = ((group.question, [self.listing(name) for name in group.names]) for group in GROUPS)
        return [(question, [one for one in lists if one is not None]) for question, lists in made]


_EXCEPTIONS, _SALES = frozenset(GROUPS[1].names), frozenset(GROUPS[3].names) - {"producers"}
