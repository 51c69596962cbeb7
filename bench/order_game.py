"""A shelf played day by day with a demand that is known: what is ordered comes, sells, is missed, or spoils."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from inventory.reordering.estimate.forecast import SoldDays
from inventory.reordering.estimate.shelf import NEVER, Batch

LEAD_DAYS = 3
THOUSAND = 1000


@dataclass(frozen=True)
class Goods:
    """What customers want on each day, and for how many days a delivery may be sold; `weekday` of the first day."""

    name: str
    demand: Sequence[int]
    life: int | None = None
    weekday: int = 0


@dataclass
class Shelf:
    """One product as the shop sees it: what it sold, not what was wanted."""

    goods: Goods
    known: int
    """So many first days another till sold; nothing was ever missing there."""
    stock: list[list[int]] = field(default_factory=list)
    """Last day and pieces of each lot."""
    coming: list[tuple[int, int]] = field(default_factory=list)
    sold: list[int] = field(default_factory=list)
    usable: list[bool] = field(default_factory=list)
    out: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sold = list(self.goods.demand[: self.known])
        self.usable, self.out = [True] * self.known, [False] * self.known

    @property
    def pieces(self) -> int:
        """What lies there."""
        return sum(pieces for _, pieces in self.stock)

    def history(self) -> SoldDays:
        """As the forecast reads it."""
        return SoldDays([pieces * THOUSAND for pieces in self.sold], self.usable, self.out, self.goods.weekday)

    def batches(self, today: int) -> list[Batch]:
        """What lies there and what is on its way, as the policy reads it."""
        life = self.goods.life
        here = [Batch(pieces * THOUSAND, last - today) for last, pieces in self.stock]
        coming = [
            Batch(pieces * THOUSAND, day - today + life - 1 if life else NEVER, day - today)
            for day, pieces in self.coming
        ]
        return here + coming


Order = Callable[[Shelf, int], int]


@dataclass
class Result:
    """How a way of ordering did: pieces wanted, sold, brought, spoiled; pieces that lay there, summed over the days."""

    wanted: int = 0
    met: int = 0
    brought: int = 0
    spoiled: int = 0
    lain: int = 0
    days: int = 0

    def __iadd__(self, other: Result) -> Result:
        for name in ("wanted", "met", "brought", "spoiled", "lain"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.days = max(self.days, other.days)
        return self

    @property
    def share_met(self) -> float:
        """Percent of the demand that was met."""
        return 100 * self.met / max(self.wanted, 1)

    @property
    def mean_stock(self) -> float:
        """Pieces on the shelf on an average day."""
        return self.lain / max(self.days, 1)

    @property
    def share_spoiled(self) -> float:
        """Percent of what came that spoiled."""
        return 100 * self.spoiled / max(self.brought, 1)


def play(goods: Goods, order: Order, *, known: int, every: int) -> Result:
    """Play the days after the known ones, ordering every so many days; the first order comes before the first day."""
    shelf, result = Shelf(goods, known), Result()
    shelf.coming.append((known, sum(goods.demand[known - 14 : known])))
    for day in range(known, len(goods.demand)):
        receive(shelf, day, result)
        if (day - known) % every == 0:
            asked = order(shelf, day)
            if asked > 0:
                shelf.coming.append((day + LEAD_DAYS, asked))
        sell(shelf, day, result)
    return result


def receive(shelf: Shelf, day: int, result: Result) -> None:
    """What was asked for comes, what has expired goes."""
    life = shelf.goods.life
    for arrival in [one for one in shelf.coming if one[0] == day]:
        shelf.coming.remove(arrival)
        shelf.stock.append([day + life - 1 if life else day + NEVER, arrival[1]])
        result.brought += arrival[1]
    shelf.stock.sort()
    while shelf.stock and shelf.stock[0][0] < day:
        result.spoiled += shelf.stock.pop(0)[1]


def sell(shelf: Shelf, day: int, result: Result) -> None:
    """Customers come."""
    wanted = shelf.goods.demand[day]
    before, left = shelf.pieces, wanted
    while left and shelf.stock:
        taken = min(left, shelf.stock[0][1])
        shelf.stock[0][1] -= taken
        left -= taken
        if not shelf.stock[0][1]:
            shelf.stock.pop(0)
    shelf.sold.append(wanted - left)
    shelf.usable.append(before > 0)
    shelf.out.append(not shelf.stock)
    result.wanted += wanted
    result.met += wanted - left
    result.lain += shelf.pieces
    result.days += 1
