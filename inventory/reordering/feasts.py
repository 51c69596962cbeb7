"""Feasts as a product knows them: how much more of it sells around each, learnt from its own earlier years."""

from collections import defaultdict
from datetime import date, timedelta

from config.reference.lunar_feasts import LunarFeast, feasts_between, lunar_feasts
from config.reorder_settings import ReorderSettings
from inventory.reordering.demand import Calendar
from inventory.reordering.estimate.feast_lift import Lifts, Sold, Stretch, Window, lift_of
from inventory.reordering.estimate.forecast import SoldDays


class Feasts:
    """The feasts that matter for a forecast made on a day: those felt in the days it learns from, or looks ahead to."""

    def __init__(self, calendar: Calendar, settings: ReorderSettings, *, ahead: int) -> None:
        self.today = calendar.first + timedelta(days=calendar.count)
        self.calendar, self.settings, self.ahead = calendar, settings, ahead
        self.learnt_days = min(settings.history_days, calendar.count)
        first, last = self.today - timedelta(days=self.learnt_days), self.today + timedelta(days=ahead)
        self.near = feasts_between(first, last)
        self._windows = _past_windows(calendar, {feast.code for feast in self.near})

    def lifts_of(self, history: SoldDays) -> Lifts:
        """What each feast does to one product."""
        if not self.near:
            return Lifts({})
        sold = Sold(history.sold, history.usable)
        codes = {feast.code for feast in self.near}
        percent = self.settings.feast
        return Lifts({code: lift_of(sold, self._windows[code], set_percent=percent(code)) for code in codes})

    @property
    def learnt_from(self) -> list[Stretch]:
        """The feasts among the days that the forecast learns from."""
        return self._stretches(self.today - timedelta(days=self.learnt_days))

    @property
    def to_come(self) -> list[Stretch]:
        """The feasts among the days to come, today the first."""
        return self._stretches(self.today)

    def _stretches(self, first: date) -> list[Stretch]:
        return [
            Stretch(feast.code, (feast.first_day - first).days, (feast.last_day - first).days + 1)
            for feast in self.near
        ]

    def next_within(self, first: date, last: date) -> LunarFeast | None:
        """The first feast that is felt in these days."""
        return next((feast for feast in self.near if feast.first_day <= last and first <= feast.last_day), None)


def _past_windows(calendar: Calendar, codes: set[str]) -> dict[str, list[Window]]:
    """The days of earlier feasts, as places in the calendar; those that are not over yet say nothing."""
    windows: dict[str, list[Window]] = defaultdict(list)
    for feast in lunar_feasts():
        window = Window(calendar.place(feast.first_day), calendar.place(feast.last_day))
        if feast.code in codes and window.first >= 0 and window.last < calendar.count:
            windows[feast.code].append(window)
    return windows
